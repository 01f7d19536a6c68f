"""A firm answers several lots: ticked together at the start, one response each, on one page."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Person
from portal.challenges.models import Lot
from portal.db import Database
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.responses import seal
from portal.responses.models import Response
from tests.support import make
from tests.support.answering import Scene, asked_of, scene
from tests.support.clock import TestClock
from tests.support.people import signed_in
from tests.support.visit import said

Visit = Callable[[int], FlaskClient]


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(clock.now())
    made = scene(database)
    with database.writing() as session:
        asked = asked_of(session, made)
        asked.lots[0].title = "Signs"
        session.add_all(Lot(round_id=asked.id, number=number, title=f"Part {number}") for number in (2, 3))
    return made


@pytest.fixture
def visit(app: Flask, database: Database) -> Visit:
    def come(person: int) -> FlaskClient:
        with database.reading() as session:
            return signed_in(app, session.get_one(Person, person))

    return come


def begun(database: Database, at: Scene) -> list[tuple[int, int]]:
    """The lots and firms of all responses."""
    with database.reading() as session, seal.lifted(session):
        rows = select(Lot.number, Response.organisation_id).join(Response, Response.lot_id == Lot.id)
        return [(lot, firm) for lot, firm in session.execute(rows.order_by(Response.id))]


def test_several_lots_are_begun_at_once_and_listed(database: Database, at: Scene, visit: Visit) -> None:
    client, path = visit(at.member), f"/challenges/{at.challenge}/respond"
    assert "Choose as many as you want." in said(client, path)
    answer = client.post(path, data={"lot": ["1", "3"]})
    assert (answer.status_code, answer.location) == (302, path)
    assert begun(database, at) == [(1, at.firm), (3, at.firm)]
    page = said(client, path)
    assert "lot 1: Signs Draft" in page
    assert "lot 3: Part 3 Draft" in page
    assert "The lot that is left is 2: Part 2" in page
    listed = said(client, "/responses")
    assert "lot 1: Signs" in listed
    assert "lot 3: Part 3" in listed


def test_pressed_twice_each_lot_has_one_response(database: Database, at: Scene, visit: Visit) -> None:
    client, path = visit(at.member), f"/challenges/{at.challenge}/respond"
    for _ in range(2):
        assert client.post(path, data={"lot": ["1", "2"]}).status_code == 302
    assert begun(database, at) == [(1, at.firm), (2, at.firm)]


def test_one_lot_leads_straight_to_its_draft_and_the_rest_can_follow(
    database: Database, at: Scene, visit: Visit
) -> None:
    client, path = visit(at.member), f"/challenges/{at.challenge}/respond"
    assert client.post(path, data={"lot": "2"}).location.startswith("/responses/")
    assert client.post(path, data={"lot": ["1", "3"]}).status_code == 302
    assert "Start writing" not in said(client, path)
    assert len(begun(database, at)) == 3


@pytest.mark.parametrize("lots", [[], ["9"], ["1", "x"]])
def test_a_lot_has_to_be_chosen_and_to_be_there(database: Database, at: Scene, visit: Visit, lots: list[str]) -> None:
    answer = visit(at.member).post(f"/challenges/{at.challenge}/respond", data={"lot": lots})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert begun(database, at) == []


def test_a_person_of_two_firms_chooses_who_answers_which_lots(database: Database, at: Scene, visit: Visit) -> None:
    with database.writing() as session:
        second = make.supplier(session)
        make.grant(session, session.get_one(Person, at.member), Role.SUPPLIER_MEMBER, second)
        references = [session.get_one(Organisation, each).reference for each in (at.firm, second.id)]
        other = second.id
    client, path = visit(at.member), f"/challenges/{at.challenge}/respond"
    assert client.post(path, data={"firm": references[0], "lot": ["1", "2", "3"]}).status_code == 302
    assert client.post(path, data={"firm": references[1], "lot": ["1", "2"]}).status_code == 302
    assert begun(database, at) == [(1, at.firm), (2, at.firm), (3, at.firm), (1, other), (2, other)]
