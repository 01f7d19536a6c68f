"""A row is locked and reread once in a transaction, and anew in the next."""

import threading
import time
from contextlib import nullcontext

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError

from portal.challenges.models import Challenge
from portal.db import Database, hold
from tests.support import make
from tests.support.statements import counted


def test_what_is_held_is_not_asked_for_again(database: Database) -> None:
    with database.writing() as session:
        challenge = make.challenge(session)
        with counted() as first:
            hold(session, challenge)
        with counted() as again:
            hold(session, challenge)
    assert first
    assert not again


def test_the_next_transaction_rereads_it(database: Database) -> None:
    with database.session(writing=True) as session:
        challenge = make.challenge(session)
        session.commit()
        hold(session, challenge)
        session.commit()
        with database.writing() as other:
            other.execute(update(Challenge).values(title="Changed meanwhile"))
        hold(session, challenge)
        assert challenge.title == "Changed meanwhile"


def test_a_savepoint_rolled_back_gives_up_what_was_held_since(database: Database) -> None:
    with database.writing() as session:
        challenge = make.challenge(session)
        savepoint = session.begin_nested()
        hold(session, challenge)
        savepoint.rollback()
        with counted() as statements:
            hold(session, challenge)
        assert statements


@pytest.mark.parametrize(("held", "waits"), [(0.2, 15), (0.6, 0.1)], ids=["in time", "too long"])
def test_whoever_writes_waits_for_another_a_while(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, held: float, waits: float
) -> None:
    monkeypatch.setattr("portal.db.database.SECONDS_TO_WAIT", waits)
    taken = threading.Event()

    def hold_it() -> None:
        with sqlite_database.writing() as session:
            session.execute(text("SELECT 1"))
            taken.set()
            time.sleep(held)

    other = threading.Thread(target=hold_it)
    other.start()
    assert taken.wait(5)
    found = pytest.raises(OperationalError, match="locked") if held > waits else nullcontext()
    with found, sqlite_database.writing() as session:
        make.challenge(session)
    other.join()
