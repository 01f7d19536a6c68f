"""A firm asks to talk about its outcome; an officer names a time or answers; each sees how it stands."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.assessment.models import Outcome
from portal.challenges.models import ConflictDeclaration
from portal.db import Database, clock
from portal.debriefs.models import Debrief
from portal.journal import JournalEntry
from portal.mail.sending import rendered
from portal.organisations.models import Organisation
from portal.outbox import worded
from portal.outbox.models import OutboxMessage
from portal.policy import Role
from portal.responses.models import Response
from tests.support import make
from tests.support.awarded import award
from tests.support.clock import TestClock
from tests.support.visit import Visit, said

WANTS = "Why did our trial count for so little?"


@dataclass
class Talk:
    """A challenge at award with a chosen firm and one that was not: ids, and the responses' references."""

    challenge: str
    officer: int
    owner: int
    chosen: int
    not_chosen: int
    responses: tuple[str, str]


@pytest.fixture
def talk(database: Database, clock: TestClock) -> Talk:
    clock.set(datetime(2026, 11, 23, 9, tzinfo=UTC))
    with database.writing() as session:
        made = award(session)
        for outcome in session.scalars(select(Outcome)):
            outcome.sent_at = clock.now()
        first, second = (session.get_one(Response, each).reference for each in made.responses)
        reference = made.challenge(session).reference
        return Talk(reference, made.officer_id, made.owner_id, made.people[0], made.people[1], (first, second))


def ask(client: FlaskClient, response: str) -> None:
    answer = client.post(f"/responses/{response}/debrief", data={"wants": WANTS, "prefers": "Tuesdays"})
    assert answer.status_code == 302, answer.text


def reference_of(database: Database) -> str:
    with database.reading() as session:
        return session.scalars(select(Debrief.reference)).one()


def mails(app: Flask, database: Database, kind: str) -> list[tuple[int | None, str]]:
    """Every mail of a kind: whom it goes to, and its words with the page to act on."""
    with app.test_request_context(), database.reading() as session:
        rows = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)).all()
        found = [(row.to_person_id, worded(session, row.kind, json.loads(row.parameters))) for row in rows]
        return [(to, f"{mail.subject} {mail.path} {rendered(mail, '')}") for to, mail in found if mail]


def at(moment: datetime) -> dict[str, str]:
    names = ("day", "month", "year")
    parts = {f"takes_place_at-{name}": str(getattr(moment, name)) for name in names}
    return parts | {"takes_place_at-time": f"{moment:%H:%M}", "place": "We call you"}


@pytest.mark.parametrize("which", [0, 1])
def test_chosen_and_not_chosen_firms_ask_and_the_officers_are_told(
    app: Flask, database: Database, talk: Talk, visit: Visit, which: int
) -> None:
    client = visit((talk.chosen, talk.not_chosen)[which])
    assert "(debrief)" in said(client, f"/responses/{talk.responses[which]}/feedback")
    ask(client, talk.responses[which])
    assert WANTS in said(client, f"/responses/{talk.responses[which]}/debrief")
    [(to, mail)] = mails(app, database, "debriefs.asked")
    assert to == talk.officer
    assert f"/debriefs/{reference_of(database)}" in mail
    assert WANTS not in mail
    officer = visit(talk.officer)
    assert "See to a firm's debrief" in said(officer, "/home")
    assert "Asked for" in said(officer, f"/challenges/{talk.challenge}/debriefs")
    assert WANTS in said(officer, f"/debriefs/{reference_of(database)}")
    with database.reading() as session:
        entry = session.scalars(select(JournalEntry).where(JournalEntry.event == "debrief.ask")).one()
        assert entry.challenge_id is not None
        assert WANTS not in entry.data


def test_it_is_asked_once_and_needs_a_question(database: Database, talk: Talk, visit: Visit) -> None:
    client, path = visit(talk.chosen), f"/responses/{talk.responses[0]}/debrief"
    empty = client.post(path, data={"wants": " ", "prefers": "Tuesdays"})
    assert empty.status_code == 422
    assert "Say what you want to know." in empty.text
    assert "Tuesdays" in empty.text
    ask(client, talk.responses[0])
    again = client.post(path, data={"wants": "Something else"})
    assert again.status_code == 409
    assert "has been asked for already" in again.text


def test_a_time_is_named_and_another_then_it_is_held(app: Flask, database: Database, talk: Talk, visit: Visit) -> None:
    ask(visit(talk.not_chosen), talk.responses[1])
    reference, officer = reference_of(database), visit(talk.officer)
    soon = clock.now() + timedelta(hours=3)
    assert officer.post(f"/debriefs/{reference}/arrange", data=at(soon - timedelta(days=2))).status_code == 422
    assert officer.post(f"/debriefs/{reference}/held", data={"note": ""}).status_code == 409
    for moment in (soon, soon + timedelta(hours=1)):
        assert officer.post(f"/debriefs/{reference}/arrange", data=at(moment)).status_code == 302
    firm = visit(talk.not_chosen)
    assert "Be there: your debrief" in said(firm, "/home")
    assert "1pm" in said(firm, f"/responses/{talk.responses[1]}/debrief")
    [(to, mail)] = mails(app, database, "debriefs.arranged")
    assert to == talk.not_chosen, "the mail about the earlier time is not sent any more"
    assert "1pm" in mail
    assert "See to" not in said(officer, "/home")
    clock.advance(hours=5)
    assert "See to a firm's debrief" in said(officer, "/home")
    assert officer.post(f"/debriefs/{reference}/held", data={"note": "We spoke of the trial."}).status_code == 302
    assert "We spoke of the trial." in said(visit(talk.not_chosen), f"/responses/{talk.responses[1]}/debrief")
    [(to, mail)] = mails(app, database, "debriefs.held")
    assert to == talk.not_chosen
    assert "written down for you" in mail
    assert f"/responses/{talk.responses[1]}/debrief" in mail
    assert "We spoke of the trial." not in mail, "what was said stays behind the sign-in"


def test_a_debrief_without_a_note_is_told_of_too(app: Flask, database: Database, talk: Talk, visit: Visit) -> None:
    ask(visit(talk.chosen), talk.responses[0])
    reference, officer = reference_of(database), visit(talk.officer)
    officer.post(f"/debriefs/{reference}/arrange", data=at(clock.now() + timedelta(hours=1)))
    clock.advance(hours=2)
    assert officer.post(f"/debriefs/{reference}/held", data={"note": ""}).status_code == 302
    [(to, mail)] = mails(app, database, "debriefs.held")
    assert to == talk.chosen
    assert "Nothing was written down" in mail


def test_it_is_answered_in_writing(app: Flask, database: Database, talk: Talk, visit: Visit) -> None:
    ask(visit(talk.chosen), talk.responses[0])
    reference, officer = reference_of(database), visit(talk.officer)
    assert officer.post(f"/debriefs/{reference}/answer", data={"text": ""}).status_code == 422
    assert officer.post(f"/debriefs/{reference}/answer", data={"text": "It was short."}).status_code == 302
    firm = visit(talk.chosen)
    assert "It was short." in said(firm, f"/responses/{talk.responses[0]}/debrief")
    assert "Read what you asked about your outcome" in said(firm, "/home")
    [(_to, mail)] = mails(app, database, "debriefs.answered")
    assert "It was short." not in mail
    assert officer.post(f"/debriefs/{reference}/arrange", data=at(clock.now() + timedelta(days=1))).status_code == 409


def test_it_is_withdrawn_and_the_officers_are_told(app: Flask, database: Database, talk: Talk, visit: Visit) -> None:
    client = visit(talk.chosen)
    ask(client, talk.responses[0])
    assert client.post(f"/responses/{talk.responses[0]}/debrief/withdraw").status_code == 302
    assert "You withdrew your request" in said(client, f"/responses/{talk.responses[0]}/debrief")
    assert [to for to, _mail in mails(app, database, "debriefs.withdrawn")] == [talk.officer]
    assert "See to" not in said(visit(talk.officer), "/home")


def test_nobody_else_reads_it(database: Database, talk: Talk, visit: Visit) -> None:
    ask(visit(talk.chosen), talk.responses[0])
    reference = reference_of(database)
    assert visit(talk.not_chosen).get(f"/responses/{talk.responses[0]}/debrief").status_code == 404
    assert visit(talk.not_chosen).get(f"/debriefs/{reference}").status_code == 404
    assert visit(talk.owner).get(f"/debriefs/{reference}").status_code == 403
    with database.writing() as session:
        body = session.scalars(select(Response).where(Response.reference == talk.responses[0])).one().challenge.lead_id
        second = make.person_as(session, Role.PROCUREMENT_OFFICER, session.get_one(Organisation, body))
        key = session.scalars(select(Debrief.challenge_id)).one()
        declared = {"capacity": "Officer", "conflicted": True, "detail": "A cousin.", "declared_at": clock.now()}
        session.add(ConflictDeclaration(challenge_id=key, person_id=second.id, **declared))
        second_id = second.id
    assert visit(second_id).get(f"/debriefs/{reference}").status_code == 404


def test_nothing_can_be_asked_before_the_outcome_is_sent(database: Database, talk: Talk, visit: Visit) -> None:
    with database.writing() as session:
        for outcome in session.scalars(select(Outcome)):
            outcome.sent_at = None
    assert visit(talk.chosen).get(f"/responses/{talk.responses[0]}/debrief").status_code == 404
