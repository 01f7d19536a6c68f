"""Public pages are kept once they were written, and never show what no longer holds."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, ChallengeLink, DeadlineChange, LinkKind, OfficialNotice, Question, Round
from portal.db import Database, clock, random_reference
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.web.kept import MadeOfMore, kept_page
from tests.support import make
from tests.support.clock import TestClock
from tests.support.people import signed_in


def title(session: Session, challenge: Challenge) -> None:
    challenge.title = "Cafés that close late"


def lead(session: Session, challenge: Challenge) -> None:
    session.get_one(Organisation, challenge.lead_id).name = "Borough of Somewhere Else"


def answer(session: Session, challenge: Challenge) -> None:
    asked = session.scalars(select(Round).where(Round.challenge_id == challenge.id)).one()
    said = {"text": "May we?", "published_text": "May two firms share?", "answer": "They may."}
    person = make.person(session)
    session.add(
        Question(
            reference=random_reference(),
            round_id=asked.id,
            asked_by_id=person.id,
            asked_at=clock.now(),
            answered_at=clock.now(),
            state="answered",
            state_since=clock.now(),
            **said,
        )
    )


def deadline(session: Session, challenge: Challenge) -> None:
    asked = session.scalars(select(Round).where(Round.challenge_id == challenge.id)).one()
    assert asked.deadline is not None
    before, after = asked.deadline, asked.deadline + timedelta(days=3)
    asked.deadline = after
    session.add(
        DeadlineChange(
            round_id=asked.id,
            before=before,
            after=after,
            reason="Schools are closed.",
            changed_at=clock.now(),
            changed_by_id=make.person(session).id,
        )
    )


def notice(session: Session, challenge: Challenge) -> None:
    session.add(
        OfficialNotice(
            challenge_id=challenge.id,
            ocid="ocds-h6vhtk-000001",
            number="000001-2026",
            published_at=clock.now(),
            linked_at=clock.now(),
        )
    )


def link(session: Session, challenge: Challenge) -> None:
    other = make.challenge(session, state="open", title="Where it came from")
    session.add(ChallengeLink(earlier_id=other.id, later_id=challenge.id, kind=LinkKind.COPY))


@pytest.fixture
def reference(database: Database, clock: TestClock) -> str:
    clock.set(clock.now())
    with database.writing() as session:
        return make.challenge(session, state="open", title="Café tables").reference


@pytest.fixture
def visitor(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Somebody the portal does not know, and a portal that takes kept pages at their word as in production."""
    monkeypatch.setitem(app.config, "TESTING", False)
    return client


@pytest.mark.parametrize("change", [title, lead, answer, deadline, notice, link], ids=lambda each: each.__name__)
def test_whatever_changes_shows_at_once(
    database: Database, visitor: FlaskClient, reference: str, change: Callable[[Session, Challenge], None]
) -> None:
    path = f"/challenges/{reference}"
    before = visitor.get(path).text
    assert visitor.get(path).text == before
    with database.writing() as session:
        change(session, session.scalars(select(Challenge).where(Challenge.reference == reference)).one())
    assert visitor.get(path).text != before


@pytest.mark.parametrize("path", ["/", "/challenges", "/challenges/{}"])
def test_a_deadline_that_passes_shows_at_once(
    database: Database, visitor: FlaskClient, clock: TestClock, reference: str, path: str
) -> None:
    with database.reading() as session:
        closes = session.scalars(select(Round.deadline)).one()
    assert closes is not None
    clock.set(closes - timedelta(milliseconds=1))
    assert "Closes today" in visitor.get(path.format(reference)).text
    clock.set(closes)
    assert "Closes today" not in visitor.get(path.format(reference)).text


def test_who_has_signed_in_neither_gets_a_kept_page_nor_leaves_one(
    database: Database, app: Flask, visitor: FlaskClient, reference: str
) -> None:
    with database.writing() as session:
        person = make.person_as(session, Role.COORDINATOR)
    known = signed_in(app, person)
    for _ in range(2):
        assert "Sign out" in known.get(f"/challenges/{reference}").text
        assert "Sign out" not in visitor.get(f"/challenges/{reference}").text


def test_a_page_that_shows_more_than_was_named_is_found_out(app: Flask) -> None:
    template = app.jinja_env.from_string("{{ said }}")
    with app.test_request_context("/challenges"):
        assert [kept_page(template, ("a", 1), lambda: {"said": "One"}) for _ in range(2)] == ["One", "One"]
        assert kept_page(template, ("a", 2), lambda: {"said": "Two"}) == "Two"
        with pytest.raises(MadeOfMore):
            kept_page(template, ("a", 1), lambda: {"said": "Three"})
