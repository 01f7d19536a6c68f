"""The fit check: plain questions from the brief, an honest answer, and nothing kept of it anywhere."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from portal import journal
from portal.challenges.models import Challenge, Deal, DealStage, MustHave, Round
from portal.db import Database, clock
from portal.policy import CLOCK
from portal.workflow import machine_of
from tests.integration.public.test_page import publish
from tests.support import make
from tests.support.page import Page

MUSTS = ("Works without reading.", "Works on a phone that is four years old.")


@pytest.fixture
def reference(database: Database) -> str:
    with database.writing() as session:
        made = make.challenge(session, state="open")
        for position, text in enumerate(MUSTS, start=1):
            session.add(MustHave(challenge_id=made.id, position=position, text=text))
        stages = [DealStage(stage=3, hours=6), DealStage(stage=4, hours=80, pays_pence=500_000)]
        session.add(Deal(challenge_id=made.id, go_on_count=3, decision_on=date(2027, 2, 1), stages=stages))
        session.flush()
        publish(session, made, 1)
        return made.reference


@pytest.fixture
def anybody(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=True)


def answers(**said: str) -> dict[str, str]:
    return {"brief": "1", "must_1": "yes", "must_2": "yes", "effort": "yes", "stage_4": "yes"} | said


def ask(anybody: FlaskClient, reference: str, **said: str) -> Any:
    return anybody.get(f"/challenges/{reference}/fit", query_string=answers(**said))


def test_the_challenge_leads_to_it_and_it_asks_what_a_solution_must_do(anybody: FlaskClient, reference: str) -> None:
    page = Page(anybody.get(f"/challenges/{reference}").text)
    assert f"/challenges/{reference}/fit" in [each.get("href") for each in page.all("a")]
    asked = anybody.get(f"/challenges/{reference}/fit")
    for text in (*MUSTS, "about 80 hours", "Paid: £5,000 for each firm", "you can still respond"):
        assert text in asked.text
    assert "csrf" not in asked.text
    assert asked.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({}, "This looks like a fit"),
        ({"must_2": "could"}, "This could be a fit"),
        ({"effort": "unsure"}, "This could be a fit"),
        ({"must_1": "no", "must_2": "could"}, "This does not look like a fit as it stands"),
        ({"stage_4": "no"}, "This does not look like a fit as it stands"),
    ],
)
def test_it_says_whether_and_why_and_never_prevents(
    anybody: FlaskClient, reference: str, said: dict[str, str], verdict: str
) -> None:
    shown = ask(anybody, reference, **said)
    page = Page(shown.text)
    assert page.one("h1").text == verdict
    assert "You can still respond" in shown.text
    assert f"/challenges/{reference}/respond" in [each.get("href") for each in page.all("a")]
    assert all(text in shown.text for text in MUSTS)


def test_it_tells_what_answering_costs_what_is_paid_and_when(anybody: FlaskClient, reference: str) -> None:
    shown = ask(anybody, reference).text
    # Two questions of 500 words beside the summary and the price of 300: 20 + 50 + 50 + 60 + 10 minutes.
    assert "190 minutes (about 3 hours)" in shown
    assert "Unpaid; we expect about 6 hours of your time" in shown
    assert "£5,000 for each firm; we expect about 80 hours of your time" in shown
    assert "1 February 2027" in shown
    assert "Not yet" in shown


def test_a_moved_and_a_broken_promise_are_told(database: Database, anybody: FlaskClient, reference: str) -> None:
    with database.writing() as session:
        challenge = session.scalars(select(Challenge).where(Challenge.reference == reference)).one()
        asked = session.scalars(select(Round).where(Round.challenge_id == challenge.id)).one()
        assert asked.deadline is not None
        asked.deadline += timedelta(days=5)
        session.flush()
        publish(session, challenge, 2, "More time")
        challenge.brief_number = 2
        machine = machine_of(challenge).name
        journal.record(
            session,
            CLOCK,
            f"{machine}.select",
            (machine, challenge.id),
            challenge_id=challenge.id,
            at=clock.now() + timedelta(days=900),
            before="assessment",
            after="support",
        )
    shown = ask(anybody, reference, brief="2").text
    assert "moved to" in shown
    assert "(later than promised)" in shown


def test_nothing_is_written_kept_or_handed_on(database: Database, anybody: FlaskClient, reference: str) -> None:
    written: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.split()[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            written.append(statement)

    engines = {database.engine, database.reading_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    shown = ask(anybody, reference, must_1="no")
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
    assert written == []
    assert "Set-Cookie" not in shown.headers
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "said", [{"must_1": ""}, {"must_1": "perhaps"}, {"stage_4": "<script>"}, {"effort": "yes\x00"}]
)
def test_bad_answers_get_a_sentence_and_keep_the_rest(
    anybody: FlaskClient, reference: str, said: dict[str, str]
) -> None:
    shown = ask(anybody, reference, **said)
    assert shown.status_code == 422
    assert "There is a problem" in shown.text
    assert "checked" in shown.text
    assert "Set-Cookie" not in shown.headers


def test_a_brief_that_changed_meanwhile_is_asked_again(anybody: FlaskClient, reference: str) -> None:
    assert "The brief has changed since you answered" in ask(anybody, reference, brief="7").text


def test_a_closed_challenge_says_so_and_an_unreleased_one_is_not_there(
    database: Database, anybody: FlaskClient, reference: str
) -> None:
    with database.writing() as session:
        closed = make.challenge(session, state="assessment").reference
        hidden = make.challenge(session, state="articulation").reference
    assert "takes no responses now" in anybody.get(f"/challenges/{closed}/fit").text
    assert anybody.get(f"/challenges/{hidden}/fit").status_code == 404
