"""A firm that withdraws asks for help: an adviser who does not buy hears of it, and the buyer never does."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.db import Database
from portal.journal import JournalEntry
from portal.organisations.models import Organisation
from portal.outbox.models import OutboxMessage
from portal.policy import Role
from portal.responses.helping import open_help_requests
from portal.responses.models import HelpRequest
from tests.support import make
from tests.support.answering import Scene, answered, challenge_of, scene
from tests.support.clock import TestClock
from tests.support.people import signed_in

Visit = Callable[[int], FlaskClient]


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(clock.now())
    return scene(database)


@pytest.fixture
def visit(app: Flask, database: Database) -> Visit:
    def come(person: int) -> FlaskClient:
        with database.reading() as session:
            return signed_in(app, session.get_one(Person, person))

    return come


def _adviser(database: Database, at: Scene, *, buys: bool = False) -> int:
    """An adviser of a partner body; with `buys`, one whose body also leads the challenge."""
    with database.writing() as session:
        lead = session.get_one(Organisation, challenge_of(session, at).lead_id)
        lead.is_partner = True
        body = lead if buys else make.partner(session)
        person = make.person(session)
        make.grant(session, person, Role.SUPPORT_ADVISER, body)
        return person.id


def _withdraws(visit: Visit, at: Scene, reference: str, **fields: str) -> str:
    answer = visit(at.member).post(f"/responses/{reference}/withdraw", data=fields, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def _waiting(database: Database, person: int) -> list[str]:
    with database.reading() as session:
        actor = actor_of(session, session.get_one(Person, person))
        return [each.organisation.name for each in open_help_requests(session, actor)]


def test_without_consent_nobody_is_told(database: Database, at: Scene, visit: Visit) -> None:
    adviser, reference = _adviser(database, at), answered(database, at)
    assert "get in touch" not in _withdraws(visit, at, reference, reason="no_time")
    assert _waiting(database, adviser) == []


def test_an_adviser_sees_the_firm_and_takes_it_on_once(database: Database, at: Scene, visit: Visit) -> None:
    adviser, second, reference = _adviser(database, at), _adviser(database, at), answered(database, at)
    assert "A support adviser will get in touch." in _withdraws(visit, at, reference, reason="not_ready", help="y")
    desk = visit(adviser).get("/support").text
    assert "What we make is not ready yet." in desk
    with database.reading() as session:
        asked = session.scalars(select(HelpRequest)).one().id
        told = set(
            session.scalars(select(OutboxMessage.to_person_id).where(OutboxMessage.kind == "responses.help_asked"))
        )
    assert told == {adviser, second}
    assert visit(adviser).post("/support/help", data={"request": asked}).status_code == 302
    assert visit(second).post("/support/help", data={"request": asked}).status_code == 409
    assert _waiting(database, second) == []


def test_the_buyer_never_hears_of_it(database: Database, at: Scene, visit: Visit) -> None:
    beside, buyer, reference = _adviser(database, at), _adviser(database, at, buys=True), answered(database, at)
    pages = ("/home", "/support", f"/challenges/{at.challenge}", f"/challenges/{at.challenge}/responses")
    people = (*at.officers, at.owner, buyer)
    before = {(who, page): visit(who).get(page).text for who in people for page in pages}
    _withdraws(visit, at, reference, reason="too_much", help="y")
    assert _waiting(database, beside)
    with database.reading() as session:
        firm = session.get_one(Organisation, at.firm).name
        told = set(
            session.scalars(select(OutboxMessage.to_person_id).where(OutboxMessage.kind == "responses.help_asked"))
        )
        filed = session.scalars(select(JournalEntry.challenge_id).where(JournalEntry.event == "help.asked")).all()
    assert told == {beside}
    assert filed == [None]
    for who in people:
        assert _waiting(database, who) == []
        for page in pages:
            after = visit(who).get(page).text
            assert "asks for help" not in after
            assert after.count(firm) == before[who, page].count(firm)
