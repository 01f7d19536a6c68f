"""The portal was away: recorded by an officer, made good for everyone, and readable by everybody."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import workflow
from portal.accounts.models import Person
from portal.challenges import incidents
from portal.challenges.models import DeadlineChange, Incident, Round, RoundKind
from portal.challenges.queries import round_of
from portal.challenges.services.incidents import record_incident
from portal.db import Database, clock, guard_state
from portal.law.releases import ReleaseKind
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.organisations.models import Organisation
from portal.outbox.models import OutboxMessage
from portal.responses import services as responses
from tests.support import make
from tests.support.answering import Scene, acting, answered, asked_of, challenge_of, scene
from tests.support.clock import TestClock
from tests.support.people import signed_in

HOUR = timedelta(hours=1)


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    found = scene(database)
    with database.writing() as session:
        asked_of(session, found).opens_at = found.deadline - timedelta(days=30)
    return found


def away(database: Database, at: Scene, began: datetime, ended: datetime, *, officer: int = 0) -> None:
    with database.writing() as session:
        actor = acting(session, at.officers[officer])
        challenge, asked = challenge_of(session, at), asked_of(session, at)
        record_incident(session, actor, challenge, asked, began=began, ended=ended, what="The network was cut.")


def least(database: Database, at: Scene) -> datetime:
    with database.reading() as session:
        found = incidents.owed(session, asked_of(session, at))
        assert found is not None
        return found


def extend(database: Database, at: Scene, until: datetime) -> None:
    with database.writing() as session:
        given = {"deadline": until, "reason": "The network was cut."}
        workflow.fire(session, acting(session, at.officers[0]), challenge_of(session, at), "extend", **given)


def reopen(database: Database, at: Scene, until: datetime) -> None:
    """Two officers, the second of whom confirms what the first one gave."""
    given = {"deadline": until, "reason": "The network was cut."}
    with database.writing() as session:
        workflow.agree(session, acting(session, at.officers[0]), challenge_of(session, at), "reopen", **given)
    with database.writing() as session:
        workflow.fire(session, acting(session, at.officers[1]), challenge_of(session, at), "reopen")


def test_everyone_gets_at_least_the_time_that_was_lost(
    app: Flask, database: Database, at: Scene, clock: TestClock
) -> None:
    clock.set(at.deadline - timedelta(days=2))
    away(database, at, at.deadline - timedelta(days=3), at.deadline - timedelta(days=3) + 2 * HOUR)
    owed = least(database, at)
    assert owed >= at.deadline + 2 * HOUR
    with pytest.raises(MoveRefused, match="in which the portal was away"):
        extend(database, at, owed - HOUR)
    extend(database, at, owed)
    with database.reading() as session:
        change = session.scalars(select(DeadlineChange)).one()
        assert (change.incident, change.after) == (True, owed)
        assert incidents.owed(session, asked_of(session, at)) is None
    page = app.test_client().get(f"/challenges/{at.challenge}").text
    assert "because this portal was away" in page
    assert "The network was cut." in page


def test_a_closed_round_opens_again_by_two_officers_and_an_incident(
    database: Database, at: Scene, clock: TestClock
) -> None:
    answered(database, at)
    clock.set(at.deadline + 2 * HOUR)
    later = at.deadline + timedelta(days=4)
    with pytest.raises(MoveRefused, match="recorded when the portal was away"):
        reopen(database, at, later)
    away(database, at, at.deadline - HOUR, at.deadline + HOUR)
    assert least(database, at) >= at.deadline + 2 * HOUR
    reopen(database, at, later)
    with database.reading() as session:
        assert challenge_of(session, at).state == "open"
        assert asked_of(session, at).deadline == later


def test_nothing_is_reopened_once_it_was_opened(database: Database, at: Scene, clock: TestClock) -> None:
    answered(database, at)
    clock.set(at.deadline + HOUR)
    for person in at.officers:
        with database.writing() as session:
            challenge, asked = challenge_of(session, at), asked_of(session, at)
            responses.open_responses(session, acting(session, person), challenge, asked, no_interest=True)
    with pytest.raises(NotNow, match="before anything is opened"):
        away(database, at, at.deadline - HOUR, at.deadline)


def test_an_incident_lies_in_the_time_to_answer_and_is_over(database: Database, at: Scene, clock: TestClock) -> None:
    clock.set(at.deadline - timedelta(days=1))
    for began, ended in (
        (at.deadline - timedelta(days=40), at.deadline - timedelta(days=31)),
        (at.deadline - HOUR, at.deadline),
        (at.deadline - timedelta(days=2), at.deadline - timedelta(days=3)),
    ):
        with pytest.raises(NotNow):
            away(database, at, began, ended)
    with database.writing() as session, pytest.raises(NotAllowed):
        record_incident(
            session,
            acting(session, at.owner),
            challenge_of(session, at),
            asked_of(session, at),
            began=at.deadline - timedelta(days=3),
            ended=at.deadline - timedelta(days=2),
            what="No",
        )


def test_the_page_records_and_proposes(app: Flask, database: Database, at: Scene, clock: TestClock) -> None:
    clock.set(at.deadline - timedelta(days=2))
    with database.reading() as session:
        officer = session.get_one(Person, at.officers[0])
    client, address = signed_in(app, officer), f"/challenges/{at.challenge}/incident"
    assert client.post(address, data={"what": "Away"}).status_code == 422
    day = at.deadline - timedelta(days=3)
    typed = {"what": "The network was cut."}
    for name, hour in (("began", "10am"), ("ended", "11:30")):
        typed |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
        typed[f"{name}-time"] = hour
    assert client.post(address, data=typed).status_code == 302
    page = client.get(address).text
    assert "The network was cut." in page
    assert "Move the deadline for everyone" in page
    assert "The network was cut." in client.get(f"/challenges/{at.challenge}/extend").text
    extend(database, at, least(database, at))
    assert "Time that was given back" in client.get(address).text
    assert "Moved: see why" in client.get(f"/challenges/{at.challenge}").text


def test_an_incident_is_made_good_once(database: Database, at: Scene, clock: TestClock) -> None:
    """Two officers extend at once: the deadline moves once for the incident, or later and later, never back."""
    clock.set(at.deadline - timedelta(days=2))
    away(database, at, at.deadline - timedelta(days=3), at.deadline - timedelta(days=3) + HOUR)
    owed, gate, outcomes = least(database, at), Barrier(2), []

    def run() -> None:
        gate.wait()
        try:
            extend(database, at, owed)
            outcomes.append("moved")
        except MoveRefused:
            outcomes.append("refused")

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["moved", "refused"]
    with database.reading() as session:
        assert len(session.scalars(select(DeadlineChange)).all()) == 1
        assert session.scalars(select(Incident)).one().change_id is not None


@pytest.fixture
def tendered(database: Database, at: Scene) -> Scene:
    """The same challenge in its tender, which closed an hour ago; a firm had answered in time, nothing is opened."""
    with database.writing() as session:
        challenge = challenge_of(session, at)
        challenge.release_kind = ReleaseKind.ENGAGEMENT
        with guard_state():
            challenge.state = "tender_assessment"
        asked = make.round_of(
            session,
            challenge,
            kind=RoundKind.TENDER,
            opens_at=at.deadline - timedelta(days=40),
            deadline=clock.now() - HOUR,
        )
        firm = session.get_one(Organisation, at.firm)
        keys: dict[str, Any] = {"round_id": asked.id, "lot_id": asked.lots[0].id, "organisation": firm}
        make.response(session, challenge, state="submitted", submitted_at=clock.now() - 5 * HOUR, **keys)
    return at


def tender_of(session: Session, at: Scene) -> Round:
    found = round_of(session, challenge_of(session, at), RoundKind.TENDER)
    assert found is not None
    return found


def reopen_tender(database: Database, at: Scene, until: datetime) -> None:
    given = {"deadline": until, "reason": "The network was cut."}
    with database.writing() as session:
        workflow.agree(session, acting(session, at.officers[0]), challenge_of(session, at), "reopen_tender", **given)
    with database.writing() as session:
        workflow.fire(session, acting(session, at.officers[1]), challenge_of(session, at), "reopen_tender")


def test_a_closed_tender_opens_again_like_the_first_round(app: Flask, database: Database, tendered: Scene) -> None:
    until = clock.now() + timedelta(days=4)
    with pytest.raises(MoveRefused, match="recorded when the portal was away"):
        reopen_tender(database, tendered, until)
    with database.writing() as session:
        actor, challenge, asked = (
            acting(session, tendered.officers[0]),
            challenge_of(session, tendered),
            tender_of(session, tendered),
        )
        began = clock.now() - 2 * HOUR
        record_incident(session, actor, challenge, asked, began=began, ended=began + HOUR / 2, what="Cut.")
        officer = session.get_one(Person, tendered.officers[0])
    page = signed_in(app, officer).get(f"/challenges/{tendered.challenge}/incident").text
    assert "Open it again for everyone" in page
    assert f"/challenges/{tendered.challenge}/moves/reopen_tender" in page
    reopen_tender(database, tendered, until)
    with database.reading() as session:
        assert challenge_of(session, tendered).state == "tender"
        assert tender_of(session, tendered).deadline == until
        assert asked_of(session, tendered).deadline == tendered.deadline
        mailed = session.scalars(select(OutboxMessage.to_person_id).where(OutboxMessage.kind == "responses.reopened"))
        assert set(mailed) == {tendered.member, tendered.colleague}


def test_no_tender_is_reopened_once_it_was_opened(database: Database, tendered: Scene) -> None:
    with database.writing() as session:
        asked = tender_of(session, tendered)
        began = clock.now() - 2 * HOUR
        record_incident(
            session,
            acting(session, tendered.officers[0]),
            challenge_of(session, tendered),
            asked,
            began=began,
            ended=began + HOUR / 2,
            what="Cut.",
        )
    for person in tendered.officers:
        with database.writing() as session:
            challenge, asked = challenge_of(session, tendered), tender_of(session, tendered)
            responses.open_responses(session, acting(session, person), challenge, asked, no_interest=True)
    with pytest.raises(MoveRefused, match="No response has been opened"):
        reopen_tender(database, tendered, clock.now() + timedelta(days=4))
