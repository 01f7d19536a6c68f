"""The world of `tests.support.world`, built once for each database of a test process."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.models import Person
from portal.db import Database
from tests.conftest import POSTGRESQL, RUN_DIRECTORY
from tests.support import databases, quick_passwords
from tests.support.app import made_for_tests
from tests.support.people import signed_in
from tests.support.visit import Visit
from tests.support.world import World, build


@pytest.fixture(scope="session", params=["sqlite", POSTGRESQL])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Everybody and everything, in a database that tests leave as they found it."""
    folder = tmp_path_factory.mktemp("world")
    with _database(request) as address, made_for_tests(address, folder) as app:
        yield build(app)


@contextmanager
def _database(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        with databases.postgresql_database_named(server, f"world_{databases.worker()}", "template_portal") as address:
            yield address
        return
    directory = request.config.stash[RUN_DIRECTORY]
    template = databases.sqlite_template(directory)
    with databases.sqlite_copy(template, directory / f"world_{databases.worker()}.sqlite3") as database:
        yield database.url.render_as_string(hide_password=False)


@pytest.fixture
def visit(app: Flask, database: Database) -> Visit:
    """Come in as somebody."""

    def come(person: int) -> FlaskClient:
        with database.reading() as session:
            return signed_in(app, session.get_one(Person, person))

    return come


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords.use(monkeypatch)
