"""Every test has a database of its own: full of tables, empty of rows."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg._preparing import PrepareManager
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event

from portal.db import Base, Database
from portal.db.database import COMPILED_STATEMENTS
from tests.support.postgresql import PLAN_ONCE, Server

# Some tables are born with rows (the journal's head); a schema of its own remembers them, with the way back to them: a
# function, whose statements a connection plans once. As a replica the server runs neither foreign keys nor the triggers
# that guard the journal.
REMEMBER_FIRST_ROWS = """
DO $$
DECLARE
    name text;
    found boolean;
    deletes text := '';
    inserts text := '';
BEGIN
    CREATE SCHEMA first;
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
        deletes := deletes || format('IF EXISTS (SELECT FROM public.%1$s) THEN DELETE FROM public.%1$s; END IF;', name);
        EXECUTE 'SELECT EXISTS (SELECT FROM ' || name || ')' INTO found;
        IF found THEN
            EXECUTE 'CREATE TABLE first.' || name || ' AS TABLE public.' || name;
            inserts := inserts || format('INSERT INTO public.%1$s SELECT * FROM first.%1$s;', name);
        END IF;
    END LOOP;
    EXECUTE format(
        'CREATE PROCEDURE first.back() LANGUAGE plpgsql AS %L',
        'BEGIN SET LOCAL session_replication_role = replica;' || deletes || inserts || 'END'
    );
END $$
"""


@contextmanager
def only_one(directory: Path) -> Iterator[None]:
    """Keep the other workers of this test run out for the length of a block."""
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sqlite_template(directory: Path) -> Path:
    """A SQLite file with every table, made by the first who asks."""
    template = directory / "template.sqlite3"
    with only_one(directory):
        if not template.exists():
            unfinished = directory / "unfinished.sqlite3"
            _create_tables(f"sqlite:///{unfinished}")
            unfinished.rename(template)
    return template


_kept: dict[tuple[str, str], Database] = {}
_idle: dict[str, list[psycopg.Connection]] = {}


def kept(address: str, use: str, kind: type[Database] = Database) -> Database:
    """The database at an address, the same one for each use: what its engine has compiled serves every test."""
    if (address, use) not in _kept:
        database = _kept[address, use] = kind(address)
        if database.dialect == "postgresql":
            _keep_connections(database.engine, _idle.setdefault(address, []))
    return _kept[address, use]


class StaysPrepared(PrepareManager):
    """What a connection has prepared outlives a rollback, as it does in PostgreSQL.

    The driver lets go of everything then, because a table could have come or gone. Ours stay, most tests refuse or
    rehearse something, and each rollback had every statement after it planned anew.
    """

    def clear(self) -> bool:
        """Let nothing go."""
        return False


def _keep_connections(engine: Engine, idle: list[psycopg.Connection]) -> None:
    """Let the connections that a test leaves behind serve the next: a new one reads what it knows of tables anew.

    What has been asked once stays planned; the hundred plans that are kept otherwise turned each other out.
    """

    @event.listens_for(engine, "do_connect")
    def connect(*_how: Any) -> psycopg.Connection | None:
        return idle.pop() if idle else None

    def close(connection: psycopg.Connection) -> None:
        if connection.info.transaction_status is TransactionStatus.IDLE:
            idle.append(connection)
        else:
            connection.close()

    @event.listens_for(engine, "connect")
    def prepare(connection: psycopg.Connection, _record: Any) -> None:
        if not isinstance(connection._prepared, StaysPrepared):  # one that was kept knows what it has prepared
            connection._prepared = StaysPrepared()
            connection.prepare_threshold = 1
            connection.prepared_max = COMPILED_STATEMENTS

    engine.dialect.do_close = close  # type: ignore[method-assign, assignment]


@contextmanager
def sqlite_copy(template: Path, target: Path) -> Iterator[Database]:
    """A database in a copy of the template, whatever lay there before."""
    for rest in target.parent.glob(f"{target.name}*"):
        rest.unlink()
    shutil.copyfile(template, target)
    database = kept(f"sqlite:///{target}", "test")
    try:
        yield database
    finally:
        database.dispose()


def postgresql_server(directory: Path) -> Server:
    """The server of this test run with its template database, started by the first who asks.

    Raises:
        NoServerError: PostgreSQL cannot be had on this machine.
    """
    server = Server(directory / "postgresql", PLAN_ONCE)
    with only_one(directory):
        server.start()
        with server.superuser() as connection:
            has = connection.execute("SELECT FROM pg_database WHERE datname = 'template_portal'").fetchone()
            if has is None:
                connection.execute("CREATE DATABASE unfinished")
                _create_tables(server.address("unfinished"))
                with server.superuser("unfinished") as unfinished:
                    unfinished.execute(REMEMBER_FIRST_ROWS)
                connection.execute("ALTER DATABASE unfinished RENAME TO template_portal")
    return server


@contextmanager
def postgresql_database_named(server: Server, name: str, template: str) -> Iterator[str]:
    """The address of a new database, dropped afterwards."""
    with server.superuser() as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    try:
        yield server.address(name)
    finally:
        while idle := _idle.get(server.address(name)):
            idle.pop().close()
        with server.superuser() as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def empty_postgresql(connection: psycopg.Connection) -> None:
    """Delete every row the test wrote. The same connection each time: it knows the tables and has planned how."""
    connection.execute("CALL first.back()")


def worker() -> str:
    """Which of the processes of this test run we are."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def _create_tables(address: str) -> None:
    import portal.models  # noqa: F401  (names every table; here, because pure tests need none of them)

    database = Database(address)
    Base.metadata.create_all(database.engine)
    database.dispose()
