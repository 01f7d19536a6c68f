"""A showcase event is planned, moved, held and begun; what it shows is fixed once the panel scores."""

from datetime import timedelta

import pytest

from portal.db import Conflict, Database, clock
from portal.law.money import Vat
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.showcases import requirements, services
from portal.showcases.given import CostLine, EventPlan, Showing
from tests.integration.showing.conftest import Scene, appearances, event_in, make_ready
from tests.integration.showing.staged import event_of, score, seat, showing
from tests.integration.showing.test_support import ids, mailed

LINE = CostLine("Sensors", 100_000, 20_000, 3, Vat.EXCLUSIVE, "Forty homes.")


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
