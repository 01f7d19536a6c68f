"""Alembic's environment: the portal's own metadata, on the database the portal is configured for."""

from alembic import context

import config
from portal import models
from portal.db import Base, Database

assert models  # every table is named before the metadata is looked at


def run() -> None:
    """Migrate on the connection `db upgrade` gives, or on one of our own for the `alembic` command."""
    given = context.config.attributes.get("database")
    database = given or Database(config.load()["PORTAL_DATABASE_URL"])
    with database.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
