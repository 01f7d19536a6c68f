"""Clarifications and hearings: asked in writing, the same time for each, and never a better offer."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.challenges.models import RoundKind
from portal.cli.chores import settle_due
from portal.db import Database
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.organisations.models import Organisation
from portal.outbox import OutboxMessage
from portal.policy import Role
from portal.responses import queries, services
from portal.responses.clarified import clarifications_of, inside_clarification, own_clarification
from portal.responses.models import Clarification, Snapshot
from tests.support import make
from tests.support.answering import (
    Scene,
    acting,
    answered,
    asked_of,
    challenge_of,
    hear,
    scene,
    started,
    submitted,
    written,
)
from tests.support.clock import TestClock
from tests.support.people import signed_in

ASKED = "What do you mean by a stop?"


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(
        datetime(2026, 9, 7, 9, tzinfo=UTC)
    )  # far from bank holidays, among which a week and three days can be the same working days
    return scene(database)


@pytest.fixture
def reference(database: Database, at: Scene, clock: TestClock) -> str:
    """Two firms have answered, and two people have opened; the reference of the first firm's response."""
    found = answered(database, at)
    with database.reading() as session:
        rival = next(iter(acting(session, at.stranger).grants)).scope.id
    other = started(database, at, person=at.stranger, firm=rival)
    written(database, at, other, person=at.stranger)
    submitted(database, at, other, person=at.stranger)
    clock.set(at.deadline + timedelta(hours=1))
    for person in at.officers:
        with database.writing() as session:
            challenge, asked = challenge_of(session, at), asked_of(session, at)
            services.open_responses(session, acting(session, person), challenge, asked, no_interest=True)
    return found


def ask(database: Database, at: Scene, *, days: int = 7, only: str = "") -> list[str]:
    """The first officer asks every firm, or one; answers the clarifications' references, the first firm's first."""
    with database.writing() as session:
        officer, challenge, asked = acting(session, at.officers[0]), challenge_of(session, at), asked_of(session, at)
        chosen = [
            each for each in queries.opened_responses(session, challenge, asked.kind) if only in {"", each.reference}
        ]
        due = at.deadline + timedelta(days=days)
        return [
            row.reference
            for row in services.ask_to_clarify(session, officer, challenge, asked, chosen, text=ASKED, due_at=due)
        ]


def answer(database: Database, person: int, row: str, text: str = "A place where buses wait.") -> None:
    with database.writing() as session:
        actor = acting(session, person)
        found = own_clarification(session, actor, row)
        assert found is not None
        services.answer_clarification(session, actor, found, text=text)


def kinds(database: Database) -> list[tuple[str, int | None]]:
    with database.reading() as session:
        rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
        return [(each.kind, each.to_person_id) for each in rows if "clarif" in each.kind or "hearing" in each.kind]


def state_of(database: Database, row: str) -> tuple[str, datetime]:
    with database.reading() as session:
        found = session.scalars(select(Clarification).where(Clarification.reference == row)).one()
        return found.state, found.due_at


def test_a_firm_explains_and_the_snapshot_stays(database: Database, at: Scene, reference: str) -> None:
    with database.reading() as session:
        before = [each.digest for each in session.scalars(select(Snapshot))]
    row = ask(database, at, only=reference)[0]
    answer(database, at.member, row)
    with database.writing() as session:
        officer = acting(session, at.officers[0])
        found = inside_clarification(session, officer, row)
        assert found is not None
        services.accept_answer(session, officer, found)
    with database.reading() as session:
        actor = acting(session, at.owner)
        response = queries.opened(session, actor, reference)
        assert response is not None
        (said,) = clarifications_of(session, response)
        assert (said.asked, said.answer, said.counts) == (ASKED, "A place where buses wait.", True)
        assert [each.digest for each in session.scalars(select(Snapshot))] == before
    told = [("responses.clarify", at.member), ("responses.clarify", at.colleague)]
    told += [("responses.clarified", at.officers[0])]
    told += [("responses.clarification_judged", at.member), ("responses.clarification_judged", at.colleague)]
    assert kinds(database) == told


def test_an_answer_that_improves_the_offer_does_not_count(database: Database, at: Scene, reference: str) -> None:
    row = ask(database, at, only=reference)[0]
    answer(database, at.member, row, "We also offer a lower price.")
    with database.writing() as session:
        officer = acting(session, at.officers[0])
        found = inside_clarification(session, officer, row)
        assert found is not None
        with pytest.raises(NotAllowed):
            services.accept_answer(session, acting(session, at.owner), found)
        services.set_answer_aside(session, officer, found, reason="A lower price is another offer.")
        (said,) = clarifications_of(session, found.response)
        assert (said.counts, said.verdict) == (False, "A lower price is another offer.")


def test_a_firm_needs_time_and_its_answer_is_final(database: Database, at: Scene, reference: str) -> None:
    with pytest.raises(NotNow, match="earliest day"):
        ask(database, at, days=0)
    row = ask(database, at, only=reference)[0]
    answer(database, at.member, row)
    with pytest.raises(NotNow):
        answer(database, at.member, row, "Or rather this.")


def test_whoever_is_asked_later_gets_the_time_that_others_had(
    app: Flask, database: Database, at: Scene, reference: str
) -> None:
    ask(database, at, days=7, only=reference)
    for days in (3, 14):
        with pytest.raises(NotNow, match="Give these the same: until"):
            ask(database, at, days=days)
    with database.reading() as session:
        officer, challenge = session.get_one(Person, at.officers[0]), challenge_of(session, at)
        address = f"/challenges/{challenge.reference}/clarifications/ask"
        rival = next(
            each
            for each in queries.opened_responses(session, challenge, RoundKind.CHALLENGE)
            if each.reference != reference
        )
    client, early = signed_in(app, officer), at.deadline + timedelta(days=3)
    typed = {"firms": rival.reference, "text": ASKED, "due-day": early.day, "due-month": early.month}
    answer = client.post(address, data=typed | {"due-year": early.year, "due-time": "12 noon"})
    assert (answer.status_code, "Give these the same" in answer.text) == (422, True)
    ask(database, at, days=7)


def test_nobody_is_asked_before_the_opening(database: Database, at: Scene) -> None:
    answered(database, at)
    with database.writing() as session:
        officer = acting(session, at.officers[0])
        with pytest.raises(NotNow, match="between the opening"):
            services.ask_to_clarify(
                session, officer, challenge_of(session, at), asked_of(session, at), [], text=ASKED, due_at=at.deadline
            )


@pytest.mark.parametrize(("late_by", "state"), [(-1, "answered"), (0, "unanswered"), (1, "unanswered")])
def test_the_time_is_kept_to_the_millisecond(
    database: Database, at: Scene, reference: str, clock: TestClock, late_by: int, state: str
) -> None:
    row = ask(database, at, only=reference)[0]
    due = state_of(database, row)[1]
    clock.set(due + timedelta(milliseconds=late_by))
    if state == "answered":
        answer(database, at.member, row)
    else:
        with pytest.raises(NotNow, match="No answer in time"):
            answer(database, at.member, row)
    settle_due(database)
    assert state_of(database, row)[0] == state


def test_more_time_is_for_everybody_asked(database: Database, at: Scene, reference: str, clock: TestClock) -> None:
    first, second = ask(database, at)
    assert state_of(database, first)[1] == state_of(database, second)[1]
    answer(database, at.member, first, "An early answer.")
    later = state_of(database, second)[1] + timedelta(days=2)
    with database.writing() as session:
        officer = acting(session, at.officers[0])
        found = inside_clarification(session, officer, second)
        assert found is not None
        with pytest.raises(MoveRefused):
            services.give_more_time(session, officer, found, due_at=found.due_at, reason="No later")
    with database.writing() as session:
        officer = acting(session, at.officers[0])
        found = inside_clarification(session, officer, second)
        assert found is not None
        assert services.give_more_time(session, officer, found, due_at=later, reason="A long question.") == 2
    assert [state_of(database, each) for each in (first, second)] == [("asked", later)] * 2
    with database.reading() as session:
        response = queries.opened(session, acting(session, at.owner), reference)
        assert response is not None
        assert clarifications_of(session, response)[0].answer == ""  # it may still change
    clock.set(later)
    assert settle_due(database) >= 2
    assert [state_of(database, each)[0] for each in (first, second)] == ["answered", "unanswered"]


def test_who_sees_a_clarification(app: Flask, database: Database, at: Scene, reference: str) -> None:
    row = ask(database, at, only=reference)[0]
    with database.writing() as session:
        people = {each: session.get_one(Person, each) for each in (at.member, at.stranger, at.owner, at.officers[0])}
        lead = session.get_one(Organisation, challenge_of(session, at).lead_id)
        budget = make.person_as(session, Role.BUDGET_HOLDER, lead)
    seen = {each: signed_in(app, person).get(f"/clarifications/{row}").status_code for each, person in people.items()}
    assert seen == {at.member: 200, at.stranger: 404, at.owner: 404, at.officers[0]: 404}
    inside = {
        each: signed_in(app, person).get(f"/clarifications/{row}/judge").status_code for each, person in people.items()
    }
    assert inside == {at.member: 404, at.stranger: 404, at.owner: 200, at.officers[0]: 200}
    assert signed_in(app, budget).get(f"/clarifications/{row}/judge").status_code == 404


def test_the_pages_of_a_clarification(app: Flask, database: Database, at: Scene, reference: str) -> None:
    with database.reading() as session:
        officer, member = (session.get_one(Person, each) for each in (at.officers[0], at.member))
    client, base = signed_in(app, officer), f"/challenges/{at.challenge}/clarifications"
    assert client.post(f"{base}/ask", data={"text": ""}).status_code == 422
    soon = at.deadline
    when = {"due-day": soon.day, "due-month": soon.month, "due-year": soon.year, "due-time": "11pm"}
    typed = {"text": ASKED, "firms": [reference], **when}
    early = client.post(f"{base}/ask", data=typed)
    assert early.status_code == 422
    assert "The earliest day is" in early.text
    assert ASKED in early.text
    later = at.deadline + timedelta(days=10)
    when = {"due-day": later.day, "due-month": later.month, "due-year": later.year, "due-time": "12 noon"}
    assert client.post(f"{base}/ask", data=typed | when).status_code == 302
    firm = signed_in(app, member)
    home = firm.get("/home").text
    assert "Explain your response" in home
    address = home.split('href="/clarifications/')[1].split('"')[0]
    page = firm.get(f"/clarifications/{address}").text
    assert ASKED in page
    assert firm.post(f"/clarifications/{address}", data={"text": "A place."}).status_code == 422  # not declared
    assert firm.post(f"/clarifications/{address}", data={"text": "A place.", "unchanged": "y"}).status_code == 302
    assert "Look at what a firm explained" in client.get("/home").text
    assert client.post(f"/clarifications/{address}/judge", data={"counts": "no"}).status_code == 422
    assert client.post(f"/clarifications/{address}/judge", data={"counts": "yes"}).status_code == 302
    read = client.get(f"/responses/{reference}/read").text
    assert "A place." in read
    assert "Taken into account" in read


def test_a_hearing_lets_the_firm_speak_before_it_is_left_out(
    app: Flask, database: Database, at: Scene, reference: str, clock: TestClock
) -> None:
    def leave_out() -> None:
        with database.writing() as session:
            actor = acting(session, at.officers[0])
            response = queries.opened(session, actor, reference)
            assert response is not None
            services.decide_eligibility(session, actor, response, eligible=False, reason="Not from here")

    with pytest.raises(MoveRefused, match="heard"):
        leave_out()
    hear(database, at, reference, asked="Where are you based?", said="")
    with pytest.raises(MoveRefused, match="heard"):
        leave_out()
    with database.reading() as session:
        member = session.get_one(Person, at.member)
        row = session.scalars(select(Clarification)).one()
    assert "Say what you think before it is decided" in signed_in(app, member).get("/home").text
    assert "Where are you based?" in signed_in(app, member).get(f"/clarifications/{row.reference}").text
    clock.set(row.due_at)
    leave_out()
    with database.reading() as session:
        response = queries.opened(session, acting(session, at.owner), reference)
        assert response is not None
        decided = queries.eligibility_of(session, [response])[response.id]
        assert decided.firm_asked == "Where are you based?"
        assert decided.firm_said.startswith("Nothing, although it could until")
    assert ("responses.hearing", at.member) in kinds(database)


def test_an_answer_races_its_time(database: Database, at: Scene, reference: str, clock: TestClock) -> None:
    """The firm sends while the worker notes that the time is over: one of them, never both and never neither."""
    row = ask(database, at, only=reference)[0]
    due = state_of(database, row)[1]
    gate, outcomes = Barrier(2), []

    def send() -> None:
        gate.wait()
        try:
            answer(database, at.member, row)
            outcomes.append("answered")
        except NotNow:
            outcomes.append("unanswered")

    def lapse() -> None:
        gate.wait()
        clock.set(due)
        settle_due(database)

    clock.set(due - timedelta(milliseconds=1))
    threads = [Thread(target=each) for each in (send, lapse)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    settle_due(database)
    assert [state_of(database, row)[0]] == outcomes
