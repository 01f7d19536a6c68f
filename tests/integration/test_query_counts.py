"""How many statements a hot page takes: a number that is known, and that no number of rows changes."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.assessment.models import Assignment
from portal.challenges.models import Challenge, ChallengeParty, Opening, Part, Question
from portal.challenges.queries import round_of
from portal.db import Database, clock, random_reference
from portal.law.calendar import london_date
from portal.network.options import NetworkOption
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.procurement.models import LegalDate
from portal.responses.models import Response
from portal.support.models import SupportPlan
from tests.support import make, many, networked
from tests.support.app import made_for_tests
from tests.support.people import signed_in
from tests.support.statements import counted

FEW, MANY = 7, 50

PAGES = {
    "/": 1,
    "/challenges": 1,
    "/challenges?q=tram": 1,
    "/challenges?q=tram+clinic&status=open&theme=transport": 1,
}
"""The lists that anybody reads, and the statements they take."""

CHALLENGE_PAGE = 3
"""The statements of a challenge's own page, for somebody who has not signed in."""

HOMES = {
    Role.CHALLENGE_OWNER: 4,
    Role.PROCUREMENT_OFFICER: 5,
    Role.BUDGET_HOLDER: 4,
    Role.ASSESSOR: 2,
    Role.SUPPORT_ADVISER: 3,
    Role.SUPPLIER_ADMINISTRATOR: 7,
    Role.COORDINATOR: 3,
    Role.SHOWCASE_GUEST: 3,
    Role.AUTHORITY_ADMINISTRATOR: 3,
}
"""The statements of home for each role; the first of them says who asks."""

REGISTER = 7
"""The statements of the procurement register; one of them is for the plans that follow an agreement of today."""

OFFICERS_LIST = 6
"""The statements of the list of opened responses."""


def statements_of(client: FlaskClient, path: str) -> int:
    """The statements a page takes once everything is warm."""
    assert client.get(path).status_code == 200
    with counted() as statements:
        assert client.get(path).status_code == 200
    return len(statements)


def add_challenges(database: Database, count: int) -> None:
    """Released challenges of one authority, in every state."""
    with database.writing() as session:
        many.released(session, count, authorities=1, seed=count)


@pytest.mark.parametrize(("path", "expected"), PAGES.items())
def test_a_public_page_takes_as_many_statements_for_few_rows_as_for_many(
    database: Database, app: Flask, path: str, expected: int
) -> None:
    for count in (FEW, MANY):
        with database.writing() as session:
            many.released(session, count, authorities=1, seed=count)
        assert statements_of(app.test_client(), path) == expected


def test_a_challenge_page_takes_as_many_statements_for_few_questions_as_for_many(
    database: Database, app: Flask
) -> None:
    with database.writing() as session:
        many.released(session, MANY, authorities=1)
        rows = select(Challenge.id, Challenge.reference).where(Challenge.state == "open").limit(1)
        challenge_id, reference = session.execute(rows).one()
    for count in (FEW, MANY):
        with database.writing() as session:
            _add_answers(session, session.get_one(Challenge, challenge_id), count)
        assert statements_of(app.test_client(), f"/challenges/{reference}") == CHALLENGE_PAGE


def _add_answers(session: Session, challenge: Challenge, count: int) -> None:
    asked, person, now = round_of(session, challenge), make.person(session), clock.now()
    assert asked is not None
    for _ in range(count):
        question = Question(reference=random_reference(), round_id=asked.id, asked_by_id=person.id, asked_at=now)
        question.text = question.published_text = question.answer = "How many buses?"
        question.answered_at = question.state_since = now
        question.state = "answered"
        session.add(question)


@pytest.fixture
def scene(database: Database) -> dict[str, Any]:
    """An authority with one challenge that is judged and one that is supported, and somebody of every role."""
    with database.writing() as session:
        lead, partner, firm = make.authority(session), make.partner(session), make.supplier(session)
        judged = make.challenge(session, state="assessment", lead=lead)
        supported = make.challenge(session, state="support", lead=lead)
        session.add(ChallengeParty(challenge_id=supported.id, organisation_id=partner.id, part=Part.SUPPORT))
        held_in = {
            Role.ASSESSOR: judged,
            Role.SUPPORT_ADVISER: partner,
            Role.SUPPLIER_ADMINISTRATOR: firm,
            Role.COORDINATOR: None,
            Role.SHOWCASE_GUEST: supported,
        }
        people = {role: make.person_as(session, role, held_in.get(role, lead)) for role in HOMES}
        return {"lead": lead, "judged": judged, "supported": supported, "firm": firm, "people": people}


def add_work(database: Database, scene: dict[str, Any], count: int) -> None:
    """More of everything that can wait for somebody."""
    with database.writing() as session:
        judged, supported = (session.get_one(Challenge, scene[name].id) for name in ("judged", "supported"))
        lead, firm = (session.get_one(Organisation, scene[name].id) for name in ("lead", "firm"))
        states = ("design_thinking", "articulation", "open", "support", "showcase", "business_case", "award")
        for number in range(count):
            made = make.challenge(session, state=states[number % len(states)], lead=lead)
            if made.state == "open":
                make.response(session, made, organisation=firm)
            _add_sheet(session, make.response(session, judged, state="opened"), scene["people"][Role.ASSESSOR])
            _add_plan(session, make.response(session, supported, state="chosen"))


def _add_sheet(session: Session, response: Response, assessor: Person) -> None:
    now = clock.now()
    keys = {"challenge_id": response.challenge_id, "round_id": response.round_id, "response_id": response.id}
    sheet = Assignment(person_id=assessor.id, assigned_at=now, **keys)
    sheet.state, sheet.state_since = "assigned", now
    make.eligible(session, response)
    session.add(sheet)


def _add_plan(session: Session, response: Response) -> None:
    plan = SupportPlan(response_id=response.id, challenge_id=response.challenge_id, made_at=clock.now())
    plan.state, plan.state_since = "to_contact", clock.now()
    session.add(plan)


@pytest.mark.parametrize(("role", "expected"), HOMES.items())
def test_home_takes_as_many_statements_for_few_rows_as_for_many(
    database: Database, app: Flask, scene: dict[str, Any], role: Role, expected: int
) -> None:
    client = signed_in(app, scene["people"][role])
    for count in (FEW, MANY):
        add_work(database, scene, count)
        assert statements_of(client, "/home") == expected


@pytest.mark.parametrize("role", [Role.PROCUREMENT_OFFICER, Role.COORDINATOR])
def test_the_register_takes_as_many_statements_for_few_contracts_as_for_many(
    database: Database, app: Flask, scene: dict[str, Any], role: Role
) -> None:
    client = signed_in(app, scene["people"][role])
    for count in (FEW, MANY):
        add_work(database, scene, count)
        with database.writing() as session:
            judged = session.get_one(Challenge, scene["judged"].id)
            for number in range(count):
                _add_date(session, judged, count + number)
            lead = session.get_one(Organisation, judged.lead_id)
            for _ in range(count):
                networked.need(session, lead, contract_ends_on=london_date(clock.now()))
            if count == FEW:
                networked.tries(session, lead, NetworkOption.SHARED_NEED)
        assert statements_of(client, "/procurement") == REGISTER


def _add_date(session: Session, challenge: Challenge, number: int) -> None:
    day = london_date(clock.now()) + timedelta(days=number)
    row = LegalDate(challenge_id=challenge.id, key="details", number=number, day=day, remind_on=day)
    row.asks = row.notice = True
    row.met = False
    session.add(row)


def test_the_officers_list_takes_as_many_statements_for_few_responses_as_for_many(
    database: Database, app: Flask, scene: dict[str, Any]
) -> None:
    officer = scene["people"][Role.PROCUREMENT_OFFICER]
    with database.writing() as session:
        asked = round_of(session, session.get_one(Challenge, scene["judged"].id))
        assert asked is not None
        asked.opened_at = clock.now() + timedelta(seconds=1)
        session.add(Opening(round_id=asked.id, person_id=officer.id, at=clock.now()))
    client = signed_in(app, officer)
    path = f"/challenges/{scene['judged'].reference}/responses"
    for count in (FEW, MANY):
        add_work(database, scene, count)
        assert statements_of(client, path) == OFFICERS_LIST
    assert client.get(path).text.count('scope="row"') == FEW + MANY


@pytest.mark.postgresql
def test_postgresql_keeps_the_plans_of_a_page(postgresql_database: Database, tmp_path: Path) -> None:
    with made_for_tests(postgresql_database.url.render_as_string(hide_password=False), tmp_path) as app:
        client = app.test_client()
        for _ in range(10):
            client.get("/challenges")
        with app.extensions["database"].reading() as session:
            assert session.scalar(text("SELECT count(*) FROM pg_prepared_statements")) >= PAGES["/challenges"]
