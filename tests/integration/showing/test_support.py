"""Support: plans, the first contact, who is told what, and what becomes public."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.challenges.queries import inside
from portal.db import Conflict, Database
from portal.law.releases import ReleaseKind
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.outbox import OutboxMessage
from portal.outbox.messages import worded
from portal.support import effects, queries, requirements, services
from portal.support.models import SupportPlan
from portal.support.services import PlanText
from portal.workflow import fire
from tests.integration.showing.conftest import Scene, build, make_ready, plans, with_plans
from tests.support.clock import TestClock


def mailed(session: Session, kind: str) -> set[int | str]:
    session.flush()
    found = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).all()
    return {each.to_person_id or each.to_address or "" for each in found}


def ids(scene: Scene, *names: str) -> set[int]:
    return {scene.people[name].id for name in names}


def note(session: Session, scene: Scene, plan: SupportPlan, text: str = "There are 400 homes.") -> None:
    services.note_told(session, scene.actor(session, "owner"), plan, told_on=date(2026, 3, 2), text=text)
    session.flush()


def tell(session: Session, scene: Scene, text: str = "There are 400 homes in all.") -> None:
    challenge = scene.challenge(session)
    for fact in queries.facts_of(session, challenge):
        if fact.told_to_all_at is None:
            services.tell_all(session, scene.actor(session, "owner"), challenge, fact, fact.version, text)
    session.flush()


def test_selecting_gives_each_chosen_firm_one_plan_and_tells_firms_and_advisers(
    database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        effects.make_plans(scene.situation(session))
        found = plans(session, scene)
        assert [(plan.response.organisation.name, plan.state) for plan in found] == [
            ("Arbor Ltd", "to_contact"),
            ("Bramble & Co", "to_contact"),
        ]
        assert {plan.adviser_id for plan in found} == ids(scene, "adviser")
        assert mailed(session, "support.plan_made") == ids(scene, "arbor", "bramble")
        assert mailed(session, "support.firms_to_contact") == ids(scene, "adviser")


def test_a_response_has_one_plan(database: Database, scene: Scene) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        first = plans(session, scene)[0]
        now = first.made_at
        session.add(
            SupportPlan(
                response_id=first.response_id,
                challenge_id=first.challenge_id,
                state="to_contact",
                state_since=now,
                made_at=now,
            )
        )


@pytest.mark.parametrize(
    ("now", "late"),
    [
        (datetime(2026, 11, 30, 12, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 23, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 2, 0, 1, tzinfo=UTC), True),
    ],
)
def test_a_firm_hears_from_somebody_within_two_working_days(
    database: Database, clock: TestClock, now: datetime, late: bool
) -> None:
    # Chosen on a Thursday: Friday is the first working day, and Monday is St Andrew's Day, which counts nowhere.
    clock.set(datetime(2026, 11, 26, 12, tzinfo=UTC))
    with database.writing() as session:
        scene = build(session)
        plan = with_plans(session, scene)[0]
        clock.set(now)
        contact = queries.first_contact(plan)
        assert contact is not None
        assert (contact.due_on, contact.late) == (date(2026, 12, 1), late)


def test_the_first_session_is_the_first_contact(database: Database, scene: Scene, clock: TestClock) -> None:
    clock.set(datetime(2026, 5, 4, 9, tzinfo=UTC))
    with database.writing() as session:
        plan = plans(session, scene)[0]
        services.record_session(
            session,
            scene.actor(session, "adviser"),
            plan,
            held_on=date(2026, 5, 1),
            minutes=90,
            with_whom="Two of us",
            notes="Try it on a ward.",
        )
        assert (plan.state, plan.contacted_at) == ("under_way", clock.now())
        assert queries.first_contact(plan) is None


def test_a_firm_is_put_out_only_with_a_reason_and_is_told(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        plan, owner = plans(session, scene)[0], scene.actor(session, "owner")
        with pytest.raises(MoveRefused):
            services.move_plan(session, owner, plan, "put_out")
        services.move_plan(session, owner, plan, "put_out", "It cannot be made in time.")
        assert (plan.state, plan.out_reason) == ("out", "It cannot be made in time.")
        assert mailed(session, "support.put_out") == ids(scene, "arbor")
        with pytest.raises(NotNow):
            services.ask_for_help(session, scene.actor(session, "arbor"), plan, "Please?")


def test_a_firm_may_leave_and_its_adviser_and_the_owner_hear_of_it(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        plan = plans(session, scene)[0]
        plan.challenge.owner_id = scene.people["owner"].id
        with pytest.raises(NotAllowed):
            services.move_plan(session, scene.actor(session, "bramble"), plan, "leave", "Not ours.")
        services.move_plan(session, scene.actor(session, "arbor"), plan, "leave", "No time.")
        assert plan.state == "out"
        assert mailed(session, "support.firm_left") == ids(scene, "adviser", "owner")


@pytest.mark.parametrize("who", ["stranger", "other_owner", "arbor", "guest", "judge1"])
def test_only_the_team_and_its_advisers_move_a_plan(database: Database, scene: Scene, who: str) -> None:
    with database.writing() as session, pytest.raises(NotAllowed):
        fire(session, scene.actor(session, who), plans(session, scene)[0], "contact")


def test_nobody_is_ready_for_a_need_that_nobody_named(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        plan, adviser = plans(session, scene)[0], scene.actor(session, "adviser")
        fire(session, adviser, plan, "contact")
        with pytest.raises(MoveRefused, match="needs"):
            fire(session, adviser, plan, "make_ready")
        services.write_plan(session, adviser, plan, plan.version, PlanText(None, "A test room.", "", None))
        fire(session, adviser, plan, "make_ready")
        assert plan.state == "ready"


def test_a_plan_written_from_an_older_version_is_a_conflict(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        plan, adviser = plans(session, scene)[0], scene.actor(session, "adviser")
        began = plan.version
        services.write_plan(session, adviser, plan, began, PlanText(None, "A test room.", "", None))
        session.flush()
        with pytest.raises(Conflict):
            services.write_plan(session, adviser, plan, began, PlanText(None, "A lift.", "", None))


def test_only_people_of_supporting_bodies_become_advisers(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        plan, owner = plans(session, scene)[0], scene.actor(session, "owner")
        stranger = scene.people["stranger"].id
        with pytest.raises(NotNow):
            services.write_plan(session, owner, plan, plan.version, PlanText(stranger, "", "", None))
        assert [each.id for each in queries.advisers_of(session, plan.challenge)] == list(ids(scene, "adviser"))


def test_support_ends_with_the_showcase(database: Database) -> None:
    with database.writing() as session:
        scene = build(session, state="business_case")
        plan = with_plans(session, scene)[0]
        with pytest.raises(NotNow):
            services.ask_for_help(session, scene.actor(session, "arbor"), plan, "More.")
        with pytest.raises(MoveRefused):
            fire(session, scene.actor(session, "adviser"), plan, "contact")


def test_who_asks_for_help_waits_before_the_others_on_the_desk(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        adviser, found = scene.actor(session, "adviser"), plans(session, scene)
        for plan in found:
            fire(session, adviser, plan, "contact")
        services.ask_for_help(session, scene.actor(session, "bramble"), found[1], "How do we price it?")
        session.flush()
        assert mailed(session, "support.help_asked") == ids(scene, "adviser")
        assert [each.id for each in session.scalars(queries.desk(adviser)).unique()] == [found[1].id, found[0].id]


def test_the_showcase_waits_until_every_firm_is_ready_or_out(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        at = scene.situation(session)
        assert requirements.every_firm_ready_or_out.check(at) == [
            "Arbor Ltd is not ready yet.",
            "Bramble & Co is not ready yet.",
        ]
        assert requirements.one_firm_ready.check(at) is False
        make_ready(session, scene)
        assert requirements.every_firm_ready_or_out.check(at) == []
        assert requirements.one_firm_ready.check(at) is True


def test_what_one_firm_was_told_all_must_be_told(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        at, first = scene.situation(session), plans(session, scene)[0]
        assert requirements.facts_told_to_all.check(at) is True
        note(session, scene, first)
        assert requirements.facts_told_to_all.check(at) is False
        tell(session, scene)
        assert requirements.facts_told_to_all.check(at) is True
        assert mailed(session, "support.told_to_all") == ids(scene, "arbor", "bramble")


def test_a_firm_reads_its_own_words_and_the_others_only_the_public_ones(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        arbor, bramble = plans(session, scene)
        note(session, scene, arbor, "Your lamp would fit the 400 homes.")
        assert queries.facts_for(session, bramble) == []
        tell(session, scene, "There are 400 homes.")
        seen = queries.facts_for(session, bramble)
        assert [(fact.public_text, fact.plan_id == bramble.id) for fact in seen] == [("There are 400 homes.", False)]


def test_a_firm_reads_its_own_plan_alone(database: Database, scene: Scene) -> None:
    with database.reading() as session:
        arbor, bramble = scene.references
        mine = queries.own_plan(session, scene.actor(session, "arbor"), arbor)
        assert mine is not None
        assert mine.response.reference == arbor
        assert queries.own_plan(session, scene.actor(session, "arbor"), bramble) is None
        assert queries.own_plan(session, scene.actor(session, "owner"), arbor) is None


def test_an_adviser_reads_plans_of_challenges_that_their_body_supports(database: Database, scene: Scene) -> None:
    with database.reading() as session:
        plan = plans(session, scene)[0]
        assert queries.plan_inside(session, scene.actor(session, "adviser"), scene.reference, plan.id) is not None
        assert queries.plan_inside(session, scene.actor(session, "stranger"), scene.reference, plan.id) is None
        assert inside(session, scene.actor(session, "stranger"), scene.reference) is None


@pytest.mark.parametrize("kind", [ReleaseKind.ENGAGEMENT, ReleaseKind.PROTOTYPE])
def test_the_pack_becomes_public_when_tenders_are_invited_after_an_engagement(
    database: Database, kind: ReleaseKind
) -> None:
    with database.writing() as session:
        scene = build(session, kind=kind)
        arbor, _bramble = with_plans(session, scene)
        note(session, scene, arbor, "Your lamp would fit.")
        tell(session, scene, "There are 400 homes.")
        note(session, scene, arbor, "A secret.")
        challenge = scene.challenge(session)
        assert queries.public_pack(session, challenge) == []
        effects.publish_pack(scene.situation(session))
        effects.publish_pack(scene.situation(session))
        session.flush()
        said = [fact.text for fact in queries.public_pack(session, challenge)]
        assert said == (["There are 400 homes."] if kind is ReleaseKind.ENGAGEMENT else [])


def test_every_mail_of_support_has_its_words(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        first = plans(session, scene)[0]
        known = {"response_id": first.response_id, "plan_id": first.id, "challenge_id": first.challenge_id}
        for kind, names in {
            "plan_made": ("response_id",),
            "firms_to_contact": ("challenge_id",),
            "your_firm": ("plan_id",),
            "help_asked": ("plan_id",),
            "firm_left": ("plan_id",),
            "put_out": ("response_id",),
            "told_to_all": ("response_id",),
        }.items():
            mail = worded(session, f"support.{kind}", {name: known[name] for name in names})
            assert mail is not None
            assert mail.path.startswith("/")
            assert "{" not in mail.subject
