"""Alembic's environment: the portal's own metadata, on the database the portal is configured for."""

from typing import Any, Literal

from alembic import context

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


def run() -> None:
    """Migrate on the connection `db upgrade` gives, or on one of our own for the `alembic` command."""
    given = context.config.attributes.get("database")
    database = given or Database(config.load()["PORTAL_DATABASE_URL"])
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            include_object=compared,
            render_item=plainly,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
