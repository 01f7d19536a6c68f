"""`fire` is the only writer of states: it locks, settles the clock, authorises, checks and journals."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal import workflow
from portal.challenges.models import Challenge
from portal.db import Database
from portal.journal import JournalEntry
from portal.machine import Machine, Move, MoveRefused, NotAllowed, NotNow, Situation, State, requirement
from portal.policy import Actor, Grant, Permission, Role, Scope, ScopeKind
from portal.workflow import registry
from tests.support import make
from tests.support.clock import TestClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@requirement("It has a summary.", link="brief.tasks")
def has_summary(at: Situation[Challenge]) -> bool:
    return bool(at.subject.summary)


@requirement("Whoever wrote it may not release it.")
def not_the_owner(at: Situation[Challenge]) -> bool:
    return at.subject.owner_id != at.actor.person_id


MACHINE = Machine(
    "challenge",
    title="Small",
    initial="articulation",
    states=(State("articulation", "Brief"), State("open", "Open"), State("assessment", "Closed"),
            State("withdrawn", "Withdrawn", end=True)),
    moves=(
        Move(name="release", title="Release", sources=frozenset({"articulation"}), target="open",
             who=(Permission.CHALLENGE_PROCURE,), requirements=(has_summary,), bars=(not_the_owner,),
             stamps=("released_at",)),
        Move(name="close", title="Close", sources=frozenset({"open"}), target="assessment",
             due=lambda at: at.subject.state_since + timedelta(days=10)),
        Move(name="withdraw", title="Withdraw", sources=frozenset({"articulation", "open", "assessment"}),
             target="withdrawn", who=(Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE), asks=("reason",),
             version=lambda at: at.subject.title),
    ),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _small_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._machines, Challenge, lambda _challenge: MACHINE)


@pytest.fixture
def key(database: Database, clock: TestClock) -> int:
    """A challenge resting at articulation at noon."""
    clock.set(NOON)
    with database.writing() as session:
        return make.challenge(session, state="articulation").id


def somebody(challenge: Challenge, role: Role, number: int) -> Actor:
    return Actor(number, f"Person {number}", (Grant(role, Scope(ScopeKind.AUTHORITY, challenge.lead_id)),))


def officer(challenge: Challenge, number: int = 1) -> Actor:
    return somebody(challenge, Role.PROCUREMENT_OFFICER, number)


def owner(challenge: Challenge, number: int = 2) -> Actor:
    return somebody(challenge, Role.CHALLENGE_OWNER, number)


def events(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(JournalEntry.event).order_by(JournalEntry.sequence)))


def test_the_state_cannot_be_set_by_anybody_else(database: Database, key: int) -> None:
    with database.writing() as session:
        challenge = session.get_one(Challenge, key)
        with pytest.raises(RuntimeError, match=r"portal\.workflow\.fire"):
            challenge.state = "open"


def test_a_move_sets_state_time_stamps_and_journal(database: Database, key: int) -> None:
    with database.writing() as session:
        challenge = session.get_one(Challenge, key)
        assert workflow.fire(session, officer(challenge), challenge, "release").title == "Open"
    with database.reading() as session:
        challenge = session.get_one(Challenge, key)
        assert (challenge.state, challenge.state_since, challenge.released_at) == ("open", NOON, NOON)
    assert events(database) == ["challenge.release"]


@pytest.mark.parametrize(
    ("prepare", "actor", "refusal"),
    [
        ({}, owner, NotAllowed),
        ({"owner_id": 1}, officer, NotAllowed),
        ({"summary": ""}, officer, MoveRefused),
    ],
)
def test_a_refused_move_leaves_nothing_behind(
    database: Database, key: int, prepare: dict[str, Any], actor: Any, refusal: type[Exception]
) -> None:
    with database.writing() as session:
        if "owner_id" in prepare:
            prepare = {"owner_id": make.person(session).id}
        for name, value in prepare.items():
            setattr(session.get_one(Challenge, key), name, value)
    with database.reading() as session:
        number = session.get_one(Challenge, key).owner_id or 1
    with pytest.raises(refusal), database.writing() as session:
        challenge = session.get_one(Challenge, key)
        workflow.fire(session, actor(challenge, number), challenge, "release")
    with database.reading() as session:
        assert session.get_one(Challenge, key).state == "articulation"
    assert events(database) == []


def test_the_clock_s_moves_are_settled_first_and_journalled_when_they_were_due(
    database: Database, key: int, clock: TestClock
) -> None:
    with database.writing() as session:
        challenge = session.get_one(Challenge, key)
        workflow.fire(session, officer(challenge), challenge, "release")
    clock.advance(days=30)
    with database.reading() as session:
        assert workflow.effective_state(session, session.get_one(Challenge, key)) == "assessment"
    with pytest.raises(NotNow), database.writing() as session:
        challenge = session.get_one(Challenge, key)
        workflow.fire(session, officer(challenge), challenge, "release")
    with database.writing() as session:
        workflow.settle(session, session.get_one(Challenge, key))
    with database.reading() as session:
        assert session.get_one(Challenge, key).state_since == NOON + timedelta(days=10)
    assert events(database) == ["challenge.release", "challenge.close"]


def test_two_people_with_different_parts_are_needed(database: Database, key: int) -> None:
    def withdraw(actor: Any, number: int, act: Any = workflow.fire, **given: Any) -> None:
        with database.writing() as session:
            challenge = session.get_one(Challenge, key)
            act(session, actor(challenge, number), challenge, "withdraw", **given)

    with pytest.raises(MoveRefused, match="Another person must agree"):
        withdraw(officer, 1, reason="No money.")
    with pytest.raises(MoveRefused, match="Say why"):
        withdraw(owner, 2, workflow.agree)
    withdraw(owner, 2, workflow.agree, reason="No money.")
    with pytest.raises(MoveRefused, match="different person"):
        withdraw(owner, 2)
    with pytest.raises(MoveRefused, match="different parts"):
        withdraw(owner, 3)
    withdraw(officer, 1)
    assert events(database) == ["challenge.withdraw.agreed", "challenge.withdraw"]


def test_an_agreement_lapses_when_what_was_agreed_changes(database: Database, key: int) -> None:
    with database.writing() as session:
        challenge = session.get_one(Challenge, key)
        workflow.agree(session, owner(challenge), challenge, "withdraw", reason="No money.")
    with database.writing() as session:
        session.get_one(Challenge, key).title = "Another title"
    with pytest.raises(MoveRefused, match="Another person must agree"), database.writing() as session:
        challenge = session.get_one(Challenge, key)
        workflow.fire(session, officer(challenge), challenge, "withdraw", reason="No money.")


def test_two_officers_at_once_make_one_move_and_one_journal_row(database: Database, key: int) -> None:
    outcomes: list[str] = []
    start = threading.Barrier(4)

    def release(number: int) -> None:
        start.wait()
        try:
            with database.writing() as session:
                challenge = session.get_one(Challenge, key)
                workflow.fire(session, officer(challenge, number), challenge, "release")
            outcomes.append("released")
        except NotNow:
            outcomes.append("too late")

    threads = [threading.Thread(target=release, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["released", "too late", "too late", "too late"]
    assert events(database) == ["challenge.release"]


def test_the_outlook_says_who_and_what_is_missing(database: Database, key: int) -> None:
    with database.writing() as session:
        session.get_one(Challenge, key).summary = ""
    with database.reading() as session:
        challenge = session.get_one(Challenge, key)
        seen = {look.move.name: look for look in workflow.outlook(session, officer(challenge), challenge)}
    assert set(seen) == {"release", "withdraw"}
    assert [each.sentence for each in seen["release"].missing] == ["It has a summary."]
    assert (seen["release"].allowed, seen["release"].ready) == (True, False)
    assert seen["release"].who == "a procurement officer"
