"""Submitting: an immutable copy, a receipt that can be proved, one result however often the button is pressed."""

import json
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import journal
from portal.accounts.models import Person
from portal.db import Database
from portal.db import clock as portal_clock
from portal.journal import JournalEntry
from portal.machine import MoveRefused
from portal.outbox.models import OutboxMessage
from portal.responses import queries, receipts, seal, services
from portal.responses.content import content_of, digest_of
from portal.responses.models import LateAttempt, Response, Snapshot
from portal.responses.sections import SUMMARY
from tests.support.answering import (
    WORD,
    Scene,
    acting,
    answered,
    challenge_of,
    own,
    scene,
    started,
    submitted,
    written,
)
from tests.support.clock import TestClock
from tests.support.people import signed_in
from tests.support.statements import counted


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(clock.now())
    return scene(database)


def _snapshots(database: Database) -> list[Snapshot]:
    with database.reading() as session, seal.lifted(session):
        return list(session.scalars(select(Snapshot).order_by(Snapshot.number)))


def test_all_that_is_missing_is_said_at_once(database: Database, at: Scene) -> None:
    reference = started(database, at)
    with pytest.raises(MoveRefused) as refused:
        submitted(database, at, reference)
    assert [each.sentence for each in refused.value.refusal.missing] == [
        "Write “Summary”.",
        "Write “Fit with the need”.",
        "Write “Delivery”.",
        "Give a price, or say what it depends on.",
    ]
    assert _snapshots(database) == []


def test_a_text_over_its_limit_is_kept_and_not_submitted(database: Database, at: Scene) -> None:
    reference = started(database, at)
    written(database, at, reference, text="word " * 302)
    with pytest.raises(MoveRefused, match="2 words over its limit of 300"):
        submitted(database, at, reference)


def test_the_copy_holds_what_was_written_and_never_changes(database: Database, at: Scene) -> None:
    reference = answered(database, at)
    written(database, at, reference, text="Rewritten.")
    (kept,) = _snapshots(database)
    content = content_of(kept)
    assert {each.text for each in content.sections} == {f"We offer a {WORD}."}
    assert kept.digest == digest_of(kept.content)
    assert json.loads(kept.content)["brief"] == 1


def test_the_same_key_gives_the_same_receipt(database: Database, at: Scene) -> None:
    reference = answered(database, at)
    assert submitted(database, at, reference, once_key="once") == 1
    assert submitted(database, at, reference, once_key="again") == 2
    assert len(_snapshots(database)) == 2


def test_the_same_key_gives_it_even_after_the_deadline(database: Database, at: Scene, clock: TestClock) -> None:
    reference = answered(database, at)
    clock.set(at.deadline + timedelta(seconds=1))
    assert submitted(database, at, reference, once_key="once") == 1


def test_a_receipt_can_be_held_against_the_record(database: Database, at: Scene) -> None:
    answered(database, at)
    with database.reading() as session:
        seal.read_as(session, (at.firm,))
        snapshot = session.scalars(select(Snapshot)).one()
        receipt = receipts.receipt_of(session.scalars(select(Response)).one(), snapshot)
    with database.reading() as session:
        assert receipts.verify(session, receipt.code)[0] is receipts.Verdict.STANDS
        wrapped = "\r\n ".join(receipt.code[i : i + 60] for i in range(0, len(receipt.code), 60))
        assert receipts.verify(session, wrapped)[0] is receipts.Verdict.STANDS
        changed = receipt.code.replace('"copy":1', '"copy":2')
        assert receipts.verify(session, changed)[0] is receipts.Verdict.DOES_NOT_STAND
        assert list(journal.verify(session, receipt=(receipt.sequence, receipt.head))) == []
    assert WORD not in receipt.code


@pytest.mark.parametrize("column", ["content", "submitted_at"])
def test_a_record_that_was_changed_no_longer_stands(database: Database, at: Scene, column: str) -> None:
    answered(database, at)
    with database.writing() as session, seal.lifted(session):
        snapshot = session.scalars(select(Snapshot)).one()
        receipt = receipts.receipt_of(session.scalars(select(Response)).one(), snapshot)
        if column == "content":
            snapshot.content = snapshot.content.replace(WORD, "wombat")
    if column == "submitted_at":
        receipt = receipts.Receipt(
            receipt.response,
            receipt.number,
            receipt.received - timedelta(hours=1),
            receipt.content,
            receipt.sequence,
            receipt.head,
        )
    with database.reading() as session:
        assert receipts.verify(session, receipt.code)[0] is receipts.Verdict.DOES_NOT_STAND


NOT_RECEIPTS = [
    "",
    "x",
    "{}",
    "[]",
    "null",
    '{"journal":[1,2]}',
    '{"journal":[1e400,"x"],"response":1,"copy":1,"received":"2026-01-01","content":1}',
    "[" * 5000,
    '{"journal":[99999999999999999999,"x"],"response":"a","copy":1,"received":"2026-01-01T00:00:00+00:00","content":"x"}',
]


@pytest.mark.parametrize("code", NOT_RECEIPTS)
def test_anything_else_is_not_a_receipt(sqlite_database: Database, code: str) -> None:
    with sqlite_database.reading() as session:
        assert receipts.verify(session, code)[0] is receipts.Verdict.UNREADABLE


def test_withdrawn_and_submitted_again(database: Database, at: Scene) -> None:
    reference = answered(database, at)
    with database.writing() as session:
        actor = acting(session, at.member)
        services.withdraw(session, actor, own(session, actor, reference), reason="A better idea")
    assert submitted(database, at, reference, once_key="second") == 2
    with database.reading() as session:
        assert own(session, acting(session, at.member), reference).state == "submitted"


def test_an_amended_brief_is_confirmed_by_submitting_again(database: Database, at: Scene) -> None:
    reference = answered(database, at)
    with database.writing() as session:
        challenge_of(session, at).brief_number = 2
    with database.reading() as session:
        assert own(session, acting(session, at.member), reference).brief_number == 1
    submitted(database, at, reference, once_key="confirmed")
    with database.reading() as session:
        assert own(session, acting(session, at.member), reference).brief_number == 2
        assert content_of(_snapshots(database)[1]).brief_number == 2


def test_the_journal_and_the_outbox_hold_no_word_of_it(database: Database, at: Scene) -> None:
    answered(database, at)
    with database.reading() as session:
        entries = session.scalars(select(JournalEntry).where(JournalEntry.subject_kind == "response")).all()
        assert {each.event for each in entries} >= {"response.submit", "response.received"}
        assert {each.challenge_id for each in entries} == {None}, "a challenge's journal would tell that it exists"
        assert not [each for each in entries if WORD in each.data]
        messages = session.scalars(select(OutboxMessage)).all()
        assert [each.kind for each in messages] == ["responses.submitted"]
        assert not [each for each in messages if WORD in each.parameters]


def test_one_microsecond_late_is_late(database: Database, at: Scene, clock: TestClock) -> None:
    reference = started(database, at)
    written(database, at, reference)
    clock.set(at.deadline)
    with pytest.raises(services.Closed) as closed:
        submitted(database, at, reference)
    assert (closed.value.deadline, closed.value.at) == (at.deadline, at.deadline)
    assert _snapshots(database) == []


def _together(*acts: Callable[[], Any]) -> list[Any]:
    """Run each act in a thread of its own, all from the same moment; answers what each gave or raised."""
    barrier, results = Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[number] = act()
        except Exception as error:
            results[number] = error  # type: ignore[call-overload]

    threads = [Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), "deadlock"
    return results


def test_pressed_many_times_at_once_makes_one_copy(database: Database, at: Scene) -> None:
    reference = started(database, at)
    written(database, at, reference)
    press = lambda: submitted(database, at, reference, once_key="pressed")  # noqa: E731
    assert _together(*[press] * 6) == [1] * 6
    assert len(_snapshots(database)) == 1
    with database.reading() as session:
        received = select(func.count()).select_from(JournalEntry).where(JournalEntry.event == "response.received")
        assert session.scalar(received) == 1
        assert list(journal.verify(session)) == []


def test_submitting_while_the_clock_strikes_gives_one_honest_result(
    database: Database, at: Scene, clock: TestClock
) -> None:
    reference = started(database, at)
    written(database, at, reference)
    clock.set(at.deadline - timedelta(microseconds=1))

    def strike() -> None:
        portal_clock.set_to(at.deadline)

    results = _together(
        lambda: submitted(database, at, reference, once_key="a"),
        strike,
        lambda: submitted(database, at, reference, once_key="b"),
    )
    kept = _snapshots(database)
    taken = [each for each in (results[0], results[2]) if isinstance(each, int)]
    refused = [each for each in (results[0], results[2]) if isinstance(each, services.Closed)]
    assert len(taken) + len(refused) == 2
    assert sorted(taken) == [each.number for each in kept]
    assert all(each.submitted_at < at.deadline for each in kept)


def test_withdrawing_against_submitting_leaves_one_of_the_two(database: Database, at: Scene) -> None:
    reference = answered(database, at)

    def withdraw() -> None:
        with database.writing() as session:
            actor = acting(session, at.colleague)
            services.withdraw(session, actor, own(session, actor, reference))

    results = _together(withdraw, lambda: submitted(database, at, reference, once_key="other"))
    assert results == [None, 2], "both are allowed, in either order"
    with database.reading() as session:
        events = session.scalars(
            select(JournalEntry.event)
            .where(JournalEntry.event.in_(("response.submit", "response.withdraw")))
            .order_by(JournalEntry.sequence)
        ).all()
        state = own(session, acting(session, at.member), reference).state
    assert state == {"response.submit": "submitted", "response.withdraw": "withdrawn"}[events[-1]]
    assert len(events) == 3


def test_two_of_a_firm_save_the_same_section_at_once(database: Database, at: Scene) -> None:
    reference = started(database, at)

    def save(person: int, text: str) -> Callable[[], int]:
        def act() -> int:
            with database.writing() as session:
                actor = acting(session, person)
                return services.save_section(
                    session, actor, own(session, actor, reference), SUMMARY, text, version=None
                )

        return act

    results = _together(save(at.member, "Mine"), save(at.colleague, "Theirs"))
    assert sorted(str(type(each).__name__) for each in results) == ["Conflict", "int"]
    with database.reading() as session:
        text = queries.sections_of(session, own(session, acting(session, at.member), reference))[0].text
    assert text == ("Mine" if results[0] == 1 else "Theirs")


def test_a_late_attempt_is_noted_apart(database: Database, at: Scene) -> None:
    reference = started(database, at)
    with database.writing() as session:
        actor = acting(session, at.member)
        response = own(session, actor, reference)
        late = services.Closed(at.deadline, at.deadline + timedelta(milliseconds=1))
        services.record_late_attempt(session, actor, response.id, response.round_id, late)
    with database.reading() as session:
        assert session.scalars(select(LateAttempt)).all() == []
        seal.read_as(session, (at.firm,))
        assert session.scalars(select(LateAttempt)).one().at == late.at


SUBMITTING = 11
"""The statements of a press of the button: five that read, of them two under locks, and six that write. Where the draft
has files, one more reads them."""


def test_submitting_takes_as_many_statements_for_a_long_response_as_for_a_short_one(
    database: Database, app: Flask, at: Scene, clock: TestClock
) -> None:
    reference = started(database, at)
    with database.reading() as session:
        client = signed_in(app, session.get_one(Person, at.member))
    for number, text in enumerate(("We offer a quokka.", "We have run this for two years. " * 20)):
        written(database, at, reference, text=text)
        for press in ("once to warm", "once to count"):
            clock.advance(seconds=1)
            with counted() as statements:
                answer = client.post(
                    f"/responses/{reference}/submit", data={"declared": "y", "once_key": f"{press} {number}"}
                )
            assert answer.status_code == 302
        assert len(statements) == SUBMITTING
    assert len(_snapshots(database)) == 4
