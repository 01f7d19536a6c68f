"""Engines and sessions for SQLite (embedded default) and PostgreSQL (the real one)."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session

COMPILED_STATEMENTS = 3_000
"""How many statements an engine keeps compiled. Every page has its own, and writing one anew costs 7 ms; with the 500
that SQLAlchemy keeps by itself, people at work on different pages turned each other's out."""

SECONDS_TO_WAIT = 15
"""How long SQLite waits for what another holds before it gives up."""
MILLISECONDS_BETWEEN_TRIES = 20
"""How long SQLite waits by itself for its turn to write, between two tries of ours.

Left to wait longer it looks ten times a second only, and of several who write without a pause one may find the database
taken for all those seconds.
"""


class DatabaseAddressError(ValueError):
    """The database address in the configuration cannot be used; the message says why in one sentence."""


class Database:
    """One database, with a way to read and a way to write.

    Reading can never write: SQLite reads under `query_only`, PostgreSQL in a READ ONLY transaction. Writing on
    SQLite begins with BEGIN IMMEDIATE, because its default isolation loses updates; on PostgreSQL it is READ
    COMMITTED and rows are locked by name. Neither writes the values of a statement into a log or an error, because
    sealed texts are among them.
    """

    def __init__(self, address: str, *, echo: bool = False) -> None:
        self.url = _parse(address)
        if self.url.get_backend_name() == "sqlite":
            self.engine = _sqlite_engine(self.url, "BEGIN IMMEDIATE", echo=echo)
            self.reading_engine = _sqlite_engine(self.url, "BEGIN", query_only=True, echo=echo)
        else:
            self.engine = _engine(self.url, echo=echo, isolation_level="READ COMMITTED")
            self.reading_engine = self.engine.execution_options(postgresql_readonly=True)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    def session(self, *, writing: bool) -> Session:
        """A new session; the caller closes it. `session.info["writing"]` says which kind it is."""
        bind = self.engine if writing else self.reading_engine
        return Session(bind, expire_on_commit=False, info={"writing": writing})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that can only read, closed at the end of the block."""
        with self.session(writing=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at the end of the block, or rolls everything back if the block fails."""
        with self.session(writing=True) as session, session.begin():
            yield session

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()
        self.reading_engine.dispose()


def _parse(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        raise DatabaseAddressError(
            "PORTAL_DATABASE_URL is not a database address. Write sqlite:///path/to/portal.sqlite3 or "
            "postgresql://user:password@host/database."
        ) from None
    if url.drivername in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise DatabaseAddressError(f"PORTAL_DATABASE_URL names {url.drivername}; use sqlite or postgresql.")
    return url


def _engine(url: URL, **options: Any) -> Engine:
    return create_engine(url, hide_parameters=True, query_cache_size=COMPILED_STATEMENTS, **options)


def _sqlite_engine(url: URL, begin: str, *, query_only: bool = False, echo: bool = False) -> Engine:
    engine = _engine(url, echo=echo)
    wait = SECONDS_TO_WAIT * 1_000 if query_only else MILLISECONDS_BETWEEN_TRIES

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={wait}", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")
        if query_only:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        _begin(connection, begin)

    return engine


def _begin(connection: Connection, begin: str) -> None:
    """Begin, and ask again and again for as long as another writes."""
    until = time.monotonic() + SECONDS_TO_WAIT
    while True:
        try:
            connection.exec_driver_sql(begin)
        except OperationalError as error:
            busy = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > until:
                raise
        else:
            return
