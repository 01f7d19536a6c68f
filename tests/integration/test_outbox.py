"""Messages are queued in the transaction that caused them and sent at least once (invariant 6)."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal import outbox
from portal.db import Database
from portal.outbox import OutboxMessage
from tests.support.clock import TestClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def queued(database: Database, count: int = 1, **options: object) -> None:
    with database.writing() as session:
        for number in range(count):
            outbox.queue(session, "test.kind", f"person{number}@example.org", **options, number=number)  # type: ignore[arg-type]


def test_what_is_rolled_back_is_never_mailed(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        outbox.queue(session, "test.kind", "someone@example.org")
        raise RuntimeError
    sent: list[outbox.Leased] = []
    assert outbox.deliver(database, sent.append) == 0
    assert sent == []


def test_a_message_goes_out_once_with_its_parameters(database: Database) -> None:
    queued(database, 3)
    sent: list[outbox.Leased] = []
    assert outbox.deliver(database, sent.append) == 3
    assert outbox.deliver(database, sent.append) == 0
    assert [(each.to_address, each.parameters) for each in sent] == [
        (f"person{number}@example.org", {"number": number}) for number in range(3)
    ]


def test_the_same_once_key_is_queued_once(database: Database) -> None:
    queued(database, once_key="outcome:7")
    queued(database, once_key="outcome:7")
    sent: list[outbox.Leased] = []
    assert outbox.deliver(database, sent.append) == 1


def test_a_failing_message_waits_and_does_not_hold_up_the_others(database: Database, clock: TestClock) -> None:
    clock.set(NOON)
    queued(database, 2)
    tries = []

    def send(leased: outbox.Leased) -> None:
        tries.append(leased.to_address)
        if leased.to_address == "person0@example.org" and len(tries) < 3:
            raise ConnectionError("mail server away, person0@example.org")

    assert outbox.deliver(database, send) == 1
    assert outbox.deliver(database, send) == 0
    clock.advance(minutes=3)
    assert outbox.deliver(database, send) == 1
    with database.reading() as session:
        first = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).first()
        assert first is not None
        assert (first.last_fault, first.attempts) == ("ConnectionError", 2)


def test_after_eight_tries_it_is_given_up(database: Database, clock: TestClock) -> None:
    clock.set(NOON)
    queued(database)

    def send(_leased: outbox.Leased) -> None:
        raise ConnectionError

    for _ in range(8):
        outbox.deliver(database, send)
        clock.advance(days=1)
    with database.reading() as session:
        assert session.scalars(select(OutboxMessage.given_up_at)).one() is not None
    sent: list[outbox.Leased] = []
    assert outbox.deliver(database, sent.append) == 0


def test_a_worker_killed_while_sending_loses_nothing(database: Database, clock: TestClock) -> None:
    clock.set(NOON)
    queued(database)

    def killed(_leased: outbox.Leased) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        outbox.deliver(database, killed)
    sent: list[outbox.Leased] = []
    assert outbox.deliver(database, sent.append) == 0, "still leased"
    clock.advance(seconds=timedelta(minutes=3).total_seconds())
    assert outbox.deliver(database, sent.append) == 1


def test_two_workers_at_once_send_each_message_once(database: Database) -> None:
    queued(database, 40)
    sent: list[int] = []
    lock = threading.Lock()

    def send(leased: outbox.Leased) -> None:
        with lock:
            sent.append(leased.id)

    def work() -> None:
        while outbox.deliver(database, send, most=5):
            pass

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sorted(sent) == sorted(set(sent))
    assert len(sent) == 40
