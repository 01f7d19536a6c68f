"""The rows of the opened responses are kept, and never longer than what they say is true."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import meta
from sqlalchemy import select, update

from portal.accounts.models import Person
from portal.challenges.models import Challenge
from portal.db import Database
from portal.db import clock as portal_clock
from portal.organisations.models import Organisation
from portal.responses.models import Eligibility, Response
from portal.responses.views.rows import TEMPLATE
from tests.support.answering import Scene, after, answered, opened_by, scene
from tests.support.clock import TestClock
from tests.support.people import signed_in


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(clock.now())
    at = scene(database)
    answered(database, at)
    after(at.deadline)
    for officer in at.officers[:2]:
        opened_by(database, at, officer)
    return at


@pytest.fixture
def officer(database: Database, app: Flask, at: Scene) -> FlaskClient:
    with database.reading() as session:
        return signed_in(app, session.get_one(Person, at.officers[0]))


def row(client: FlaskClient, at: Scene) -> str:
    text = client.get(f"/challenges/{at.challenge}/responses").text
    body = text[text.index("<tbody") : text.index("</tbody>")]
    assert body.count("<tr") == 1
    return body


def test_a_row_is_made_of_what_it_is_given_alone(app: Flask) -> None:
    environment = app.jinja_env
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, TEMPLATE)
    assert meta.find_undeclared_variables(environment.parse(source)) == set()
    assert list(meta.find_referenced_templates(environment.parse(source))) == []


def test_what_changes_on_a_response_changes_its_row(database: Database, officer: FlaskClient, at: Scene) -> None:
    assert "To decide" in row(officer, at)
    assert "Latest" in row(officer, at)
    with database.writing() as session:
        session.execute(update(Organisation).where(Organisation.id == at.firm).values(name="Ripe & Ready <Ltd>"))
    assert "Ripe &amp; Ready &lt;Ltd&gt;" in row(officer, at)
    with database.writing() as session:
        session.execute(update(Challenge).where(Challenge.reference == at.challenge).values(brief_number=2))
    assert "Version 1" in row(officer, at)
    assert "Latest" not in row(officer, at)
    with database.writing() as session:
        response = session.scalars(select(Response)).one()
        session.add(Eligibility(response_id=response.id, eligible=True, decided_at=portal_clock.now()))
    assert "To decide" not in row(officer, at)


def test_what_is_kept_is_shown_to_nobody_who_may_not_read(
    database: Database, officer: FlaskClient, app: Flask, at: Scene
) -> None:
    row(officer, at)
    with database.reading() as session:
        firm = session.get_one(Person, at.member)
    answer = signed_in(app, firm).get(f"/challenges/{at.challenge}/responses")
    assert answer.status_code == 404
