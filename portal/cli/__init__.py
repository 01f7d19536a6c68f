"""What an operator types: `flask --app wsgi …`."""

from flask import Flask

from portal.cli.categories import categories
from portal.cli.challenges import challenges
from portal.cli.companies import companies
from portal.cli.database import db
from portal.cli.demo import demo
from portal.cli.journal import journal
from portal.cli.open_data import open_data
from portal.cli.places import places
from portal.cli.users import users
from portal.cli.worker import worker


def register(app: Flask) -> None:
    """Put the commands on the app."""
    for command in (categories, challenges, companies, db, demo, journal, open_data, places, users, worker):
        app.cli.add_command(command)
