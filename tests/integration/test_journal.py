"""The journal: append-only, chained, and provable with a receipt (invariant 5)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from portal import journal
from portal.db import Database
from portal.policy import CLOCK


@pytest.fixture
def written(database: Database) -> list[journal.Head]:
    """Five entries in five transactions; answers the head after each."""
    heads = []
    for number in range(1, 6):
        with database.writing() as session:
            journal.record(session, CLOCK, "kettle.boil", ("kettle", number), challenge_id=number, cups=number)
            heads.append(journal.write(session))
    return heads


@contextmanager
def unguarded(database: Database) -> Iterator[Connection]:
    """The journal as somebody with the database's own password would rewrite it."""
    with database.engine.connect() as connection:
        if database.dialect == "sqlite":
            for act in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER journal_entry_no_{act}"))
        else:
            connection.execute(text("ALTER TABLE journal_entry DISABLE TRIGGER USER"))
        yield connection
        if database.dialect == "postgresql":
            connection.execute(text("ALTER TABLE journal_entry ENABLE TRIGGER USER"))
        connection.commit()


def faults(database: Database, receipt: journal.Head | None = None) -> list[str]:
    with database.reading() as session:
        return [fault.sentence for fault in journal.verify(session, receipt=receipt)]


def test_an_honest_journal_holds_together(database: Database, written: list[journal.Head]) -> None:
    assert faults(database) == []
    assert faults(database, written[2]) == []
    assert [head.sequence for head in written] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("act", ["UPDATE journal_entry SET event = 'x'", "DELETE FROM journal_entry"])
def test_the_database_itself_refuses_to_rewrite_it(database: Database, written: list[journal.Head], act: str) -> None:
    with database.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(act))


TAMPERINGS = {
    "edited": ["UPDATE journal_entry SET actor_id = 99 WHERE sequence = 3"],
    "deleted": ["DELETE FROM journal_entry WHERE sequence = 3"],
    "inserted": [
        "INSERT INTO journal_entry SELECT 6, at, actor_id, event, subject_kind, subject_id, challenge_id, data, "
        "previous, digest FROM journal_entry WHERE sequence = 5"
    ],
    "swapped": [
        "UPDATE journal_entry SET sequence = 99 WHERE sequence = 2",
        "UPDATE journal_entry SET sequence = 2 WHERE sequence = 3",
        "UPDATE journal_entry SET sequence = 3 WHERE sequence = 99",
    ],
    "first deleted": ["DELETE FROM journal_entry WHERE sequence = 1"],
    "last deleted": ["DELETE FROM journal_entry WHERE sequence = 5"],
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_is_found(database: Database, written: list[journal.Head], how: str) -> None:
    with unguarded(database) as connection:
        for statement in TAMPERINGS[how]:
            connection.execute(text(statement))
    assert faults(database)


def test_a_receipt_finds_a_journal_cut_off_and_sealed_again(database: Database, written: list[journal.Head]) -> None:
    with unguarded(database) as connection:
        connection.execute(text("DELETE FROM journal_entry WHERE sequence > 3"))
        head = {"n": 3, "d": written[2].digest}
        connection.execute(text("UPDATE journal_head SET sequence = :n, digest = :d"), head)
    assert faults(database) == []
    assert faults(database, written[4]) == ["The entry a receipt was given for is missing or has changed."]
    assert faults(database, written[1]) == []


def test_what_is_rolled_back_was_never_journalled(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        journal.record(session, CLOCK, "kettle.boil", ("kettle", 1))
        session.flush()
        raise RuntimeError
    with database.writing() as session:
        journal.record(session, CLOCK, "kettle.pour", ("kettle", 1))
    with database.reading() as session:
        assert [entry.event for entry in session.query(journal.JournalEntry)] == ["kettle.pour"]
    assert faults(database) == []
