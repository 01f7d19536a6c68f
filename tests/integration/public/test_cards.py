"""The cards of the public list are kept, and never a day, a deadline or a word too long."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import meta
from sqlalchemy import select, update

from portal.challenges.models import Challenge, Round
from portal.challenges.views.cards import TEMPLATE
from portal.db import Database
from portal.law.calendar import london_date
from tests.support import make
from tests.support.clock import TestClock


@pytest.fixture
def challenge(database: Database, clock: TestClock) -> int:
    clock.set(clock.now())
    with database.writing() as session:
        made = make.challenge(session, state="open", title="Café tables")
        return made.id


def card(client: FlaskClient) -> str:
    text = client.get("/challenges").text
    assert text.count("<article") == 1
    return text[text.index("<article") : text.index("</article>")]


def test_a_card_is_made_of_its_row_and_the_day_alone(app: Flask) -> None:
    environment = app.jinja_env
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, TEMPLATE)
    assert meta.find_undeclared_variables(environment.parse(source)) == set()
    assert list(meta.find_referenced_templates(environment.parse(source))) == []


def test_the_days_that_are_left_are_counted_anew_every_day(
    database: Database, client: FlaskClient, clock: TestClock, challenge: int
) -> None:
    with database.reading() as session:
        deadline = session.scalars(select(Round.deadline).where(Round.challenge_id == challenge)).one()
    assert deadline is not None
    for _ in range(3):
        left = (london_date(deadline) - london_date(clock.now())).days
        assert f"{left} days left" in card(client)
        clock.advance(days=1)
    clock.set(deadline - timedelta(minutes=1))
    assert "Closes today" in card(client)
    clock.set(deadline)
    assert "Responses being assessed" in card(client)
    assert "Closes" not in card(client)


def test_what_changes_on_a_challenge_changes_its_card(database: Database, client: FlaskClient, challenge: int) -> None:
    before = card(client)
    assert card(client) == before
    with database.writing() as session:
        session.execute(update(Challenge).where(Challenge.id == challenge).values(title="Café chairs"))
    assert "Café chairs" in card(client)
    with database.writing() as session:
        asked = session.scalars(select(Round).where(Round.challenge_id == challenge)).one()
        assert asked.deadline is not None
        asked.deadline += timedelta(days=7)
    after = card(client)
    assert after != before.replace("Café tables", "Café chairs")
