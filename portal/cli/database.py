"""`flask db`: the database's shape."""

from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from flask import current_app
from flask.cli import with_appcontext

from portal.web import database

_ROOT = Path(__file__).resolve().parent.parent.parent


@click.group()
def db() -> None:
    """The database's shape."""


@db.command()
@with_appcontext
def upgrade() -> None:
    """Bring the database to the shape this version needs; does nothing where it has it already."""
    settings = Config(_ROOT / "alembic.ini")
    settings.attributes["database"] = database()
    command.upgrade(settings, "head")
    current_app.logger.info("The database has the shape this version needs.")
