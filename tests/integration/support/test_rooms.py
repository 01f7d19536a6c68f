"""Rooms and equipment taken off the list, and whose time is asked for twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from portal.challenges.models import ChallengeParty, Part
from portal.db import Database
from portal.machine import NotAllowed, NotNow
from portal.support import queries, services
from portal.support.services import NewTime
from tests.integration.showing.conftest import Scene, build, with_plans
from tests.integration.support.conftest import firm_plan, offer, offer_room
from tests.support.page import Page

Client = Callable[[str], Any]


def test_a_room_goes_off_the_list_with_its_free_times(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        (slot,) = offer_room(session, scene)
        owner, challenge = scene.actor(session, "owner"), scene.challenge(session)
        assert slot.resource_id is not None
        removed = services.remove_resource(session, owner, challenge, slot.resource_id)
        session.flush()
        assert removed.name == "Test room"
        assert queries.resources_of(session, challenge) == []
        assert slot.withdrawn_at is not None
        assert [line.things.offered for line in queries.ledger_of(session, challenge)] == [0, 0]
        with pytest.raises(NotNow, match="taken it off the list already"):
            services.remove_resource(session, owner, challenge, slot.resource_id)
        again = services.TimeOffer(None, slot.resource_id, slot.starts_at, 60, 1, "Loft", "", None)
        with pytest.raises(NotNow, match="Choose somebody who helps"):
            services.offer(session, owner, challenge, again)


def test_a_room_that_is_booked_stays_until_it_is_not(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        (slot,) = offer_room(session, scene)
        owner, challenge = scene.actor(session, "owner"), scene.challenge(session)
        arbor, plan = scene.actor(session, "arbor"), firm_plan(session, scene, "arbor")
        booked = services.book(session, arbor, plan, slot.id)
        assert slot.resource_id is not None
        with pytest.raises(NotNow, match=r"Test room is booked for 1 time\. Move or call off"):
            services.remove_resource(session, owner, challenge, slot.resource_id)
        assert slot.withdrawn_at is None
        services.give_back(session, arbor, plan, booked.id)
        services.remove_resource(session, owner, challenge, slot.resource_id)
        assert queries.resources_of(session, challenge) == []


def test_nobody_removes_another_bodys_room(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        (slot,) = offer_room(session, scene)
        assert slot.resource_id is not None
        with pytest.raises(NotAllowed):
            services.remove_resource(
                session, scene.actor(session, "adviser"), scene.challenge(session), slot.resource_id
            )
        assert len(queries.resources_of(session, scene.challenge(session))) == 1


def test_the_page_offers_removal_to_those_whose_room_it_is(client_of: Client, scene: Scene, database: Database) -> None:
    with database.writing() as session:
        (slot,) = offer_room(session, scene)
        address = f"/challenges/{scene.reference}/support/resources/{slot.resource_id}/remove"
    page = f"/challenges/{scene.reference}/support/times"
    assert address not in client_of("adviser").get(page).get_data(as_text=True)
    owner = client_of("owner")
    assert address in owner.get(page).get_data(as_text=True)
    assert owner.post(address).status_code == 302
    text = owner.get(page).get_data(as_text=True)
    assert "Test room is off the list." in text
    assert "None is listed yet." in text
    assert Page(text).faults() == []


def test_whoever_is_asked_for_twice_is_named_with_the_time_that_is_free(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        first, _second = offer(session, scene, count=2)
        later = offer(session, scene, days=5)[0]
        owner, challenge = scene.actor(session, "owner"), scene.challenge(session)
        said = (
            r"already has a time on offer or booked from 11am to 12 noon on 31 March 2026\. "
            r"The next time that is free is 31 March 2026 at 1pm BST\."
        )
        with pytest.raises(services.DoubleBooked, match=said):
            offer(session, scene, days=4 + 0.5 / 24)
        with pytest.raises(services.DoubleBooked, match=said):
            to = NewTime(first.starts_at + timedelta(minutes=5), later.place, later.link)
            services.move(session, owner, challenge, later, None, later.version, to)


def test_what_another_challenge_has_is_not_told(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        offer(session, scene)
        other = build(session)
        other.people["adviser"] = scene.people["adviser"]
        with_plans(session, other)
        challenge = other.challenge(session)
        challenge.owner_id = other.people["owner"].id
        hub = next(p.organisation_id for p in scene.challenge(session).parties if p.part is Part.SUPPORT)
        session.add(ChallengeParty(challenge_id=challenge.id, organisation_id=hub, part=Part.SUPPORT))
        session.flush()
        with pytest.raises(services.DoubleBooked) as clash:
            offer(session, other)
        assert "on 31 March 2026, for another challenge. The next time" in str(clash.value)
        assert scene.reference not in str(clash.value)


def test_moving_into_a_taken_time_says_so_beside_the_field(client_of: Client, scene: Scene, database: Database) -> None:
    with database.writing() as session:
        first, later = offer(session, scene)[0], offer(session, scene, days=5)[0]
        key, at = later.id, first.starts_at
    sent = {"move-version": "1", "move-seen": "", "move-place": "The annexe", "move-link": ""}
    sent |= {f"move-starts_at-{name}": str(value) for name, value in (("day", 31), ("month", 3), ("year", 2026))}
    assert at == datetime(2026, 3, 31, 10, tzinfo=UTC)
    address = f"/challenges/{scene.reference}/support/times/{key}"
    answer = client_of("owner").post(address, data=sent | {"move-starts_at-time": "11:15am"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "already has a time on offer or booked from 11am to 12 noon" in text
    assert 'value="The annexe"' in text
    assert Page(text).faults() == []
