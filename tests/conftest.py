"""Databases, clock, app and browser for every test; what they are made of is in `tests.support`."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from portal.db import Database
from portal.db import clock as portal_clock
from tests.support import databases
from tests.support.app import made_for_tests
from tests.support.clock import TestClock
from tests.support.grouping import name_groups
from tests.support.postgresql import NoServerError, Server
from tests.support.required import is_missing

RUN_DIRECTORY = pytest.StashKey[Path]()
MEMORY = Path("/dev/shm")
ROOM_NEEDED = 4 * 2**30
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgresql)

# A process that holds the whole portal has a million living things: to look through all of them for garbage as often as
# Python does by itself took a fifth of the time.
gc.set_threshold(50_000, 20, 100)

# The same examples every time, and no verdict on speed: a run must not depend on who else uses the machine.
settings.register_profile("portal", deadline=None, derandomize=True)
settings.load_profile("portal")


def pytest_configure(config: pytest.Config) -> None:
    """Give the processes of one test run a folder in common."""
    given = getattr(config, "workerinput", {}).get("run_directory")
    directory = Path(given or mkdtemp(prefix="portal-tests-", dir=_in_memory()))
    directory.chmod(0o711)
    config.stash[RUN_DIRECTORY] = directory


def _in_memory() -> Path | None:
    """Where databases need no disk, if there is room: a test waited 20 ms for its own to be written and closed."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_NEEDED else None


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["run_directory"] = str(node.config.stash[RUN_DIRECTORY])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep together what belongs together, where tests are handed out to several processes."""
    if getattr(config.option, "loadgroup", False):
        name_groups(items)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        directory = config.stash[RUN_DIRECTORY]
        Server(directory / "postgresql").stop()
        shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_server(pytestconfig: pytest.Config) -> Server:
    """The PostgreSQL server of this test run, started when first asked for."""
    try:
        return databases.postgresql_server(pytestconfig.stash[RUN_DIRECTORY])
    except NoServerError as error:
        is_missing("postgresql", str(error))


@pytest.fixture(scope="session")
def _postgresql_of_worker(postgresql_server: Server) -> Iterator[tuple[str, psycopg.Connection]]:
    name = f"portal_{databases.worker()}"
    with (
        databases.postgresql_database_named(postgresql_server, name, "template_portal") as address,
        postgresql_server.superuser(name) as emptying,
    ):
        yield address, emptying


@pytest.fixture
def postgresql_database(_postgresql_of_worker: tuple[str, psycopg.Connection]) -> Iterator[Database]:
    """A PostgreSQL database with every table and no row."""
    address, emptying = _postgresql_of_worker
    database = databases.kept(address, "test")
    yield database
    database.dispose()
    databases.empty_postgresql(emptying)


@pytest.fixture
def sqlite_database(pytestconfig: pytest.Config) -> Iterator[Database]:
    """A SQLite database with every table and no row."""
    directory = pytestconfig.stash[RUN_DIRECTORY]
    template = databases.sqlite_template(directory)
    with databases.sqlite_copy(template, directory / f"{databases.worker()}.sqlite3") as database:
        yield database


@pytest.fixture(params=["sqlite", POSTGRESQL])
def database(request: pytest.FixtureRequest) -> Database:
    """The test runs twice: on SQLite and on PostgreSQL."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found


@pytest.fixture(params=["sqlite", POSTGRESQL])
def bare_database_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, of both kinds in turn, for migrations."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.sqlite3'}"
        return
    server: Server = request.getfixturevalue("postgresql_server")
    with databases.postgresql_database_named(server, f"bare_{databases.worker()}", "template0") as address:
        yield address


@pytest.fixture
def clock() -> Iterator[TestClock]:
    """The portal's clock, running until the test sets it."""
    yield TestClock()
    portal_clock.set_to(None)


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Iterator[Flask]:
    """The whole portal on the test's database; its files and mail lie in `tmp_path`."""
    with made_for_tests(database.url.render_as_string(hide_password=False), tmp_path) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Asks for pages without a browser."""
    return app.test_client()
