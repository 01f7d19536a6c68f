"""Conflicts are looked at anew before each notice that says so (Procurement Act 2023 ss.81–83)."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.challenges.conflicts import register
from portal.challenges.services import conflicts
from portal.db import Database, clock
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.notices import services as noticing
from tests.support.awarded import Award, award
from tests.support.people import signed_in

TYPED = {
    "published_at-day": "23",
    "published_at-month": "11",
    "published_at-year": "2026",
    "published_at-time": "8:30am",
}


@pytest.fixture
def made(database: Database) -> Award:
    with database.writing() as session:
        return award(session, ReleaseKind.PROTOTYPE)


def record(database: Database, made: Award) -> None:
    """Record the transparency notice as published."""
    with database.writing() as session:
        duty, officer = made.duty(session, NoticeKind.UK5), made.officer(session)
        noticing.publish(session, officer, made.challenge(session), duty, "005001-2026", clock.now())


def confirm(database: Database, made: Award) -> None:
    with database.writing() as session:
        conflicts.confirm(session, made.officer(session), made.challenge(session), "UK5")


def declare(database: Database, made: Award, *, conflicted: bool = False) -> None:
    with database.writing() as session:
        detail = "A cousin works there." if conflicted else ""
        owner, challenge = made.owner(session), made.challenge(session)
        conflicts.declare(session, owner, challenge, conflicted=conflicted, detail=detail)


def test_a_notice_waits_for_its_confirmation(database: Database, made: Award) -> None:
    with pytest.raises(MoveRefused, match="looked at anew"):
        record(database, made)
    confirm(database, made)
    record(database, made)


def test_a_later_declaration_asks_for_another_confirmation(database: Database, made: Award) -> None:
    confirm(database, made)
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        declare(database, made)
        with pytest.raises(MoveRefused, match="looked at anew"):
            record(database, made)
        confirm(database, made)
        record(database, made)


def test_something_is_done_about_every_interest(database: Database, made: Award) -> None:
    declare(database, made, conflicted=True)
    confirm(database, made)
    with pytest.raises(MoveRefused, match="looked at anew"):
        record(database, made)
    with database.writing() as session:
        officer, owner, challenge = made.officer(session), made.owner(session), made.challenge(session)
        with pytest.raises(NotNow):
            conflicts.mitigate(session, owner, challenge, made.officer_id, mitigation="Nothing")
        with pytest.raises(NotAllowed):
            conflicts.mitigate(session, owner, challenge, made.owner_id, mitigation="Nothing")
        conflicts.mitigate(session, officer, challenge, made.owner_id, mitigation="A colleague decides.")
    record(database, made)


def test_only_an_officer_without_an_interest_confirms(database: Database, made: Award) -> None:
    with database.writing() as session:
        challenge, officer = made.challenge(session), made.officer(session)
        with pytest.raises(NotAllowed):
            conflicts.confirm(session, made.owner(session), challenge, "UK5")
        with pytest.raises(NotNow):
            conflicts.confirm(session, officer, challenge, "UK12")
        conflicts.declare(session, officer, challenge, conflicted=True, detail="A share.")
        with pytest.raises(NotAllowed):
            conflicts.confirm(session, officer, challenge, "UK5")


def test_the_register_names_who_has_declared_and_who_has_not(app: Flask, database: Database, made: Award) -> None:
    with database.writing() as session:
        made.challenge(session).owner_id = made.owner_id
        officer, owner = (session.get_one(Person, each) for each in (made.officer_id, made.owner_id))
        session.flush()
        entries = {each.person_id: each for each in register(session, made.challenge(session))}
        assert entries[made.owner_id].open
    declare(database, made, conflicted=True)
    reference = ""
    with database.reading() as session:
        reference = made.challenge(session).reference
        assert {each.person_id: each.open for each in register(session, made.challenge(session))}[made.owner_id]
    page = signed_in(app, officer).get(f"/challenges/{reference}/brief/conflicts").text
    assert "A cousin works there." in page
    assert "To be recorded" in page
    address = f"/challenges/{reference}/brief/conflicts/{made.owner_id}"
    client = signed_in(app, officer)
    assert client.post(address, data={"mitigation": " "}).status_code == 422
    assert client.post(address, data={"mitigation": "A colleague decides."}).status_code == 302
    with database.reading() as session:
        moment = made.duty(session, NoticeKind.UK5).moment.value
    notice, typed = f"/challenges/{reference}/notices/{moment}/1/UK5/published", {"reference": "005001-2026"} | TYPED
    assert client.post(notice, data=typed).status_code == 422
    assert client.post(notice, data=typed | {"looked": "y"}).status_code == 302
    page = client.get(f"/challenges/{reference}/brief/conflicts").text
    assert "A colleague decides." in page
    assert "UK5: " in page
    assert signed_in(app, owner).post(address, data={"mitigation": "Mine"}).status_code == 403
