"""Alembic's environment: the portal's own metadata, on the database the portal is configured for."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

import config
import portal.models  # noqa: F401  (names every table before the metadata is looked at)
from portal.db import Base, Choice, Database, UTCDateTime
from portal.db.shape import compared


def plainly(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as SQLAlchemy's, so that an old migration never depends on today's code."""
    if kind == "type" and isinstance(thing, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Choice):
        values = ", ".join(repr(value) for value in thing.enums)
        return (
            f"sa.Enum({values}, name={thing.name!r}, native_enum=False, create_constraint=True, length={thing.length})"
        )
    return False


@contextmanager
def tables_made_anew(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew that others point to; it may not while foreign keys are looked at.

    They can be switched only outside a transaction; `check_keys` looks at them as a whole before the commit.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")


def check_keys(connection: Connection) -> None:
    """Raise `RuntimeError` for rows of a SQLite database that point nowhere."""
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("This migration leaves rows that point to rows which are gone.")


def run() -> None:
    """Migrate on the connection `db upgrade` gives, or on one of our own for the `alembic` command."""
    given = context.config.attributes.get("database")
    database = given or Database(config.load()["PORTAL_DATABASE_URL"])
    with database.engine.connect() as connection, tables_made_anew(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            include_object=compared,
            render_item=plainly,
        )
        with context.begin_transaction():
            context.run_migrations()
        check_keys(connection)
        connection.commit()


run()
