"""Showcase day: planned, shown, judged, chosen."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.queries import round_of
from portal.db import Conflict, Database, clock, guard_state
from portal.law.money import Vat
from portal.law.releases import ReleaseKind
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.outbox import OutboxMessage
from portal.outbox.messages import worded
from portal.responses.models import Response
from portal.showcases import queries, requirements, services
from portal.showcases.given import CostLine, EventPlan, Mark, Showing
from portal.showcases.models import PanelScore, PanelSeat, ShowcaseEvent
from portal.workflow import agree, fire
from tests.integration.showing.conftest import Scene, appearances, build, event_in, make_ready, plans, with_plans
from tests.integration.showing.test_support import ids, mailed

LINE = CostLine("Sensors", 100_000, 20_000, 3, Vat.EXCLUSIVE, "Forty homes.")


def showing(session: Session, *, kind: ReleaseKind = ReleaseKind.PROTOTYPE, days: float = -0.1) -> Scene:
    """Both firms ready, the challenge at its showcase, the event begun."""
    scene = build(session, state="support", kind=kind)
    with_plans(session, scene)
    make_ready(session, scene)
    event_in(session, scene, days=days)
    with guard_state():
        scene.challenge(session).state = "showcase"
    session.flush()
    return scene


def event_of(session: Session, scene: Scene) -> ShowcaseEvent:
    event = queries.event_of(session, scene.challenge(session))
    assert event is not None
    return event


def seat(session: Session, scene: Scene, who: str) -> PanelSeat:
    """The person sits on the panel and has no conflict."""
    event = event_of(session, scene)
    services.name_panel_member(session, scene.actor(session, "owner"), event, scene.people[who].email)
    found = queries.own_seat(session, scene.actor(session, who), event.reference)
    assert found is not None
    services.declare(session, scene.actor(session, who), found, conflicted=False, detail="")
    session.flush()
    return found


def score(session: Session, scene: Scene, who: str, marks: Iterable[int], *, lock: bool = True) -> PanelSeat:
    """The person scores every firm on every criterion with the same mark per firm."""
    mine, actor = seat(session, scene, who), scene.actor(session, who)
    criteria = queries.criteria_of(session, scene.challenge(session))
    for appearance, mark in zip(appearances(session, scene), marks, strict=True):
        given = [Mark(criterion.id, mark, f"Worth {mark}.") for criterion in criteria]
        services.save_scores(session, actor, mine, mine.version, appearance, given)
        session.flush()
    if lock:
        services.lock_scores(session, actor, mine, mine.version)
        session.flush()
    return mine


def test_planning_gives_every_firm_its_place_and_tells_it(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        event_in(session, scene)
        assert [each.response.organisation.name for each in appearances(session, scene)] == [
            "Arbor Ltd",
            "Bramble & Co",
        ]
        assert mailed(session, "showcases.planned") == ids(scene, "arbor", "bramble")


def test_a_new_date_is_told_to_firms_panel_and_guests(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        event, owner = event_in(session, scene), scene.actor(session, "owner")
        seat(session, scene, "judge1")
        services.invite_guest(session, owner, event, "Investor@Example.org")
        plan = EventPlan(at=event.at, place=event.place, link="", notes="Step-free.", minutes_each=15)
        services.plan_event(session, owner, scene.challenge(session), event.version, plan)
        assert mailed(session, "showcases.changed") == set()
        plan = EventPlan(at=event.at + timedelta(days=1), place="Library", link="", notes="", minutes_each=15)
        services.plan_event(session, owner, scene.challenge(session), event.version, plan)
        everybody = {*ids(scene, "arbor", "bramble", "judge1"), "investor@example.org"}
        assert mailed(session, "showcases.changed") == everybody


def test_a_plan_made_from_an_older_version_is_a_conflict(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        event, owner = event_in(session, scene), scene.actor(session, "owner")
        began, plan = event.version, EventPlan(event.at, "Library", "", "", 20)
        services.plan_event(session, owner, scene.challenge(session), began, plan)
        session.flush()
        with pytest.raises(Conflict):
            services.plan_event(session, owner, scene.challenge(session), began, plan)


def test_the_event_is_held_only_once_its_time_has_come_and_by_the_owner(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session, days=1)
        event, owner = event_of(session, scene), scene.actor(session, "owner")
        with pytest.raises(MoveRefused, match="time"):
            services.move_event(session, owner, event, "hold")
        with pytest.raises(NotAllowed):
            services.move_event(session, scene.actor(session, "officer"), event, "hold")
        with clock.stopped_at(clock.now() + timedelta(days=2)):
            services.move_event(session, owner, event, "hold")
        assert requirements.event_held.check(scene.situation(session)) is True


def test_a_cancelled_event_is_no_planned_one_until_it_is_planned_again(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        event, owner, at = event_in(session, scene), scene.actor(session, "owner"), scene.situation(session)
        with pytest.raises(MoveRefused):
            services.move_event(session, owner, event, "cancel")
        services.move_event(session, owner, event, "cancel", "The hall flooded.")
        assert requirements.event_planned.check(at) is False
        assert mailed(session, "showcases.cancelled") == ids(scene, "arbor", "bramble")
        services.move_event(session, owner, event, "plan_again")
        assert event.cancel_reason == ""


def test_what_a_showcase_asks_before_it_begins(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        at, owner = scene.situation(session), scene.actor(session, "owner")
        make_ready(session, scene)
        both = ["Arbor Ltd", "Bramble & Co"]
        assert requirements.event_planned.check(at) is False
        assert requirements.guests_invited.check(at) is False
        assert requirements.panel_named.check(at) == ["0 of 2 people without a conflict are named."]
        assert requirements.costs_known.check(at) == [f"{firm} gave no cost yet." for firm in both]
        event = event_in(session, scene)
        assert requirements.event_planned.check(at) == [f"{firm} has not said what it will show." for firm in both]
        for appearance in appearances(session, scene):
            services.write_appearance(session, owner, appearance, appearance.version, Showing("A lamp.", ""))
            services.add_cost(session, owner, appearance, LINE)
        services.say_why_no_guests(session, owner, event, "A first trial with patients.")
        seat(session, scene, "judge1")
        seat(session, scene, "judge2")
        for each in ("costs_known", "event_planned", "panel_named", "guests_invited"):
            assert getattr(requirements, each).check(at) in (True, []), each


def test_costs_add_up_over_their_years_including_vat(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        event_in(session, scene)
        appearance = appearances(session, scene)[0]
        services.add_cost(session, scene.actor(session, "arbor"), appearance, LINE)
        session.flush()
        session.refresh(appearance)
        assert appearance.total_pence == 192_000


def test_what_is_shown_stays_once_the_panel_scores(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        score(session, scene, "judge1", (3, 4), lock=False)
        appearance = appearances(session, scene)[0]
        with pytest.raises(NotNow):
            services.add_cost(session, scene.actor(session, "arbor"), appearance, LINE)


def test_nobody_of_a_firm_that_answered_judges(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        event, owner = event_in(session, scene), scene.actor(session, "owner")
        said = services.name_panel_member(session, owner, event, scene.people["bramble"].email)
        assert said is not None
        assert "cannot judge" in said
        assert services.name_panel_member(session, owner, event, "nobody@example.org") is not None
        assert queries.seats_of(session, event) == []


def test_nobody_scores_with_a_declared_conflict_or_without_declaring(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        mine, judge = seat(session, scene, "judge1"), scene.actor(session, "judge1")
        appearance = appearances(session, scene)[0]
        services.declare(session, judge, mine, conflicted=True, detail="My sister works there.")
        session.flush()
        with pytest.raises(NotNow):
            services.save_scores(session, judge, mine, mine.version, appearance, [])
        assert requirements.panel_named.check(scene.situation(session)) == [
            "0 of 2 people without a conflict are named."
        ]


def test_scoring_begins_with_the_event(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session, days=1)
        mine = seat(session, scene, "judge1")
        with pytest.raises(NotNow):
            services.save_scores(
                session, scene.actor(session, "judge1"), mine, mine.version, appearances(session, scene)[0], []
            )


def test_locking_asks_for_every_score_and_a_reason_for_each_firm(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        mine, judge = seat(session, scene, "judge1"), scene.actor(session, "judge1")
        with pytest.raises(MoveRefused) as refused:
            services.lock_scores(session, judge, mine, mine.version)
        assert len(refused.value.refusal.missing) == 6


def test_locked_scores_never_change(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        mine = score(session, scene, "judge1", (3, 4))
        with pytest.raises(NotNow):
            services.save_scores(
                session, scene.actor(session, "judge1"), mine, mine.version, appearances(session, scene)[0], []
            )
        with pytest.raises(NotNow):
            services.stand_down(session, scene.actor(session, "owner"), event_of(session, scene), mine.id)


def test_a_second_tab_does_not_overwrite_the_first(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        mine, judge = seat(session, scene, "judge1"), scene.actor(session, "judge1")
        appearance, began = appearances(session, scene)[0], mine.version
        services.save_scores(session, judge, mine, began, appearance, [])
        session.flush()
        with pytest.raises(Conflict):
            services.save_scores(session, judge, mine, began, appearance, [])


def test_a_score_that_does_not_exist_is_refused(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        mine = seat(session, scene, "judge1")
        criterion = queries.criteria_of(session, scene.challenge(session))[0]
        with pytest.raises(ValueError, match="no score 6"):
            services.save_scores(
                session,
                scene.actor(session, "judge1"),
                mine,
                mine.version,
                appearances(session, scene)[0],
                [Mark(criterion.id, 6, "")],
            )
        assert session.scalars(select(PanelScore)).all() == []


def test_results_are_seen_only_once_the_whole_panel_has_locked(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        event, at = event_of(session, scene), scene.situation(session)
        score(session, scene, "judge1", (2, 5))
        score(session, scene, "judge2", (3, 4), lock=False)
        assert queries.results_of(session, event) is None
        waited = scene.people["judge2"].name
        assert requirements.panel_locked.check(at) == [f"{waited} has not locked yet."]
        mine = queries.own_seat(session, scene.actor(session, "judge2"), event.reference)
        assert mine is not None
        services.lock_scores(session, scene.actor(session, "judge2"), mine, mine.version)
        session.flush()
        results = queries.results_of(session, event)
        assert results is not None
        assert [(r.appearance.response.organisation.name, r.total.percent, r.total.rank) for r in results] == [
            ("Bramble & Co", 90.0, 1),
            ("Arbor Ltd", 50.0, 2),
        ]
        assert requirements.panel_locked.check(at) is True


def judged(session: Session, *, kind: ReleaseKind) -> Scene:
    """Held and locked: Arbor has 60%, Bramble 80%."""
    scene = showing(session, kind=kind)
    score(session, scene, "judge1", (3, 4))
    score(session, scene, "judge2", (3, 4))
    services.move_event(session, scene.actor(session, "owner"), event_of(session, scene), "hold")
    session.flush()
    return scene


def choose(session: Session, scene: Scene, reasons: dict[int, str]) -> None:
    challenge = scene.challenge(session)
    seen = queries.choice_digest(session, challenge)
    services.choose(session, scene.actor(session, "owner"), challenge, seen, reasons)


def test_in_a_competition_the_ranking_decides(database: Database) -> None:
    with database.writing() as session:
        scene = judged(session, kind=ReleaseKind.FIRST_ROUND)
        arbor, bramble = scene.responses
        with pytest.raises(MoveRefused, match="scored more"):
            choose(session, scene, {arbor: "We like them."})
        choose(session, scene, {bramble: ""})
        assert requirements.solution_chosen.check(scene.situation(session)) == []
        choose(session, scene, {bramble: "", arbor: ""})
        assert requirements.solution_chosen.check(scene.situation(session)) == []


def test_in_a_competition_nobody_below_the_minimum_goes_on(database: Database) -> None:
    with database.writing() as session:
        scene = judged(session, kind=ReleaseKind.FIRST_ROUND)
        asked = round_of(session, scene.challenge(session))
        assert asked is not None
        asked.minimum_percent = 70
        arbor, bramble = scene.responses
        with pytest.raises(MoveRefused, match="70%"):
            choose(session, scene, {bramble: "", arbor: ""})


def test_outside_a_competition_a_reason_decides(database: Database) -> None:
    with database.writing() as session:
        scene = judged(session, kind=ReleaseKind.PROTOTYPE)
        arbor, _bramble = scene.responses
        with pytest.raises(MoveRefused, match="Say why Arbor Ltd"):
            choose(session, scene, {arbor: ""})
        choose(session, scene, {arbor: "Residents understood it at once."})
        assert requirements.solution_chosen.check(scene.situation(session)) is True


def test_a_choice_from_a_stale_form_is_a_conflict(database: Database) -> None:
    with database.writing() as session:
        scene = judged(session, kind=ReleaseKind.PROTOTYPE)
        challenge, owner = scene.challenge(session), scene.actor(session, "owner")
        seen = queries.choice_digest(session, challenge)
        services.choose(session, owner, challenge, seen, {scene.responses[0]: "Simple."})
        with pytest.raises(Conflict):
            services.choose(session, owner, challenge, seen, {scene.responses[1]: "Cheap."})


@pytest.mark.parametrize(("first", "second"), [("owner", "officer"), ("officer", "owner")])
def test_choosing_ends_the_others_whoever_of_the_two_makes_the_move(
    database: Database, first: str, second: str
) -> None:
    with database.writing() as session:
        scene = judged(session, kind=ReleaseKind.PROTOTYPE)
        challenge = scene.challenge(session)
        arbor, bramble = scene.responses
        choose(session, scene, {arbor: "Residents understood it at once."})
        session.flush()
        agree(session, scene.actor(session, first), challenge, "choose_solution")
        session.flush()
        fire(session, scene.actor(session, second), challenge, "choose_solution")
        session.flush()
        assert session.get_one(Response, arbor).state == "chosen"
        assert session.get_one(Response, bramble).state == "not_chosen"
        assert mailed(session, "showcases.chosen") == ids(scene, "arbor")
        assert mailed(session, "showcases.not_chosen") == ids(scene, "bramble")


def test_a_guest_says_what_they_think_and_the_firm_hears_who_wants_to_talk(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        event, guest = event_of(session, scene), scene.actor(session, "guest")
        arbor, bramble = appearances(session, scene)
        services.give_feedback(session, guest, event, arbor, text="Clever.", wants_to_talk=False)
        services.give_feedback(session, guest, event, bramble, text="", wants_to_talk=True)
        services.give_feedback(session, guest, event, bramble, text="Call me.", wants_to_talk=True)
        said = queries.feedback_on(session, [arbor, bramble])
        assert [(each.text, each.name) for each in said[arbor.id]] == [("Clever.", None)]
        assert [(each.text, each.name) for each in said[bramble.id]] == [("Call me.", scene.people["guest"].name)]
        queued = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "showcases.wants_to_talk")).all()
        assert [each.to_person_id for each in queued] == list(ids(scene, "bramble"))


def test_guests_speak_only_of_what_they_have_seen(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session, days=1)
        with pytest.raises(NotNow):
            services.give_feedback(
                session,
                scene.actor(session, "guest"),
                event_of(session, scene),
                appearances(session, scene)[0],
                text="Nice.",
                wants_to_talk=False,
            )


def test_a_guest_is_invited_once_and_finds_only_their_own_event(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        event, owner = event_in(session, scene), scene.actor(session, "owner")
        assert services.invite_guest(session, owner, event, "a@example.org") is True
        assert services.invite_guest(session, owner, event, "A@example.org") is False
        assert requirements.guests_invited.check(scene.situation(session)) is True
        other = showing(session)
        assert queries.event_for_guest(session, scene.actor(session, "guest"), event.reference) is not None
        stranger = event_of(session, other).reference
        assert queries.event_for_guest(session, scene.actor(session, "guest"), stranger) is None


def test_a_firm_that_leaves_is_no_longer_in_the_running_order(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        event_in(session, scene)
        fire(session, scene.actor(session, "owner"), plans(session, scene)[0], "put_out", reason="Not ready.")
        assert [each.response.organisation.name for each in appearances(session, scene)] == ["Bramble & Co"]


def test_every_mail_of_a_showcase_has_its_words(database: Database) -> None:
    with database.writing() as session:
        scene = showing(session)
        event, appearance = event_of(session, scene), appearances(session, scene)[0]
        for kind in ("planned", "changed", "cancelled"):
            mail = worded(session, f"showcases.{kind}", {"event_id": event.id, "path": "/here"})
            assert mail is not None
            assert mail.path == "/here"
        for kind, known in {
            "panel": {"event_id": event.id},
            "guest": {"event_id": event.id},
            "wants_to_talk": {"appearance_id": appearance.id},
            "chosen": {"response_id": appearance.response_id},
            "not_chosen": {"response_id": appearance.response_id},
        }.items():
            mail = worded(session, f"showcases.{kind}", known)
            assert mail is not None
            assert mail.path.startswith("/")
            assert "{" not in mail.path + mail.subject
