"""The seal costs a statement what it reads, and nothing for what is open elsewhere."""

import sqlite3

from sqlalchemy import select

from portal.db import Database
from portal.responses.models import ResponseSection
from tests.support import make


def test_what_others_had_opened_costs_a_statement_nothing(sqlite_database: Database) -> None:
    """SQLite counts what it does; it once went through every opened response of the portal in each statement."""
    with sqlite_database.writing() as session:
        mine = make.response(session, make.challenge(session, state="assessment"), state="opened").id
    before = _work(sqlite_database, mine)
    with sqlite_database.writing() as session:
        elsewhere = make.challenge(session, state="assessment")
        for _ in range(40):
            make.response(session, elsewhere, state="opened")
    assert _work(sqlite_database, mine) < before + 20, "less than a step for each of them"


def _work(database: Database, response_id: int) -> int:
    """The steps SQLite takes to read the sections of one response, as somebody else."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    with database.reading() as session:
        connection = session.connection().connection.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        connection.set_progress_handler(count, 1)
        found = session.scalars(select(ResponseSection.text).where(ResponseSection.response_id == response_id)).all()
        connection.set_progress_handler(None, 1)
    assert found, "what was opened can be read"
    return steps
