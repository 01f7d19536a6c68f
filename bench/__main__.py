"""How fast the portal is: `make bench`, or `python -m bench --rows 1000 100000 --databases sqlite postgresql --quick`.

It measures and judges nothing: it ends well whatever the tables say.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from sqlalchemy import text

import portal.models  # noqa: F401  (names every table)
from bench import measure, report
from bench.bare import bare_app
from bench.data import filled
from bench.measure import Cost, DatabaseTime
from bench.pages import Asked, bare_requests, portal_requests
from portal.application import create_app
from portal.db import Base, Database
from tests.support.app import settings
from tests.support.postgresql import Server, throwaway_server

KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Place:
    """A new database with every table, and how to learn what its own processes use."""

    address: str
    server: Server | None = None

    def time(self) -> DatabaseTime:
        """What PostgreSQL's processes for our connections use; SQLite works in our own."""
        if self.server is None:
            return measure.time_of([])
        with self.server.superuser() as connection:
            ours = "SELECT pid FROM pg_stat_activity WHERE datname LIKE 'bench%'"
            return measure.time_of([pid for (pid,) in connection.execute(ours).fetchall()])

    def settle(self, database: Database) -> None:
        """Let the database learn what it holds, as its own upkeep does in the course of a day."""
        if self.server is None:
            return
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def main() -> None:
    """Measure every kind and size asked for."""
    asked = _arguments()
    html = ""
    for kind in asked.databases:
        smallest: dict[str, Cost] = {}
        for rows in sorted(asked.rows):
            with _place(kind, rows) as place, TemporaryDirectory(prefix="portal-bench-") as folder:
                requests, costs, html = _costs(place, rows, Path(folder), quick=asked.quick)
            smallest = smallest or costs
            _print(report.table(f"{KINDS[kind]}, {rows:,} challenges", requests, costs, smallest))
    _print(report.weight(html, Path("static")))


def _arguments() -> Namespace:
    parser = ArgumentParser("bench", description="CPU and queries of the hot pages, beside a bare Flask page.")
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 100_000], help="challenges in the database")
    parser.add_argument("--databases", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--quick", action="store_true", help="fewer and shorter batches")
    return parser.parse_args()


@contextmanager
def _place(kind: str, rows: int) -> Iterator[Place]:
    if kind == "sqlite":
        with TemporaryDirectory(prefix="portal-bench-") as folder:
            yield Place(f"sqlite:///{folder}/bench.sqlite3")
        return
    with throwaway_server() as server:
        with server.superuser() as connection:
            connection.execute(f"CREATE DATABASE bench{rows:d}".encode())
        yield Place(server.address(f"bench{rows:d}"), server)


def _costs(place: Place, rows: int, folder: Path, *, quick: bool) -> tuple[list[Asked], dict[str, Cost], str]:
    """The requests and their costs, and the front page for what it loads."""
    portal = create_app(settings(place.address, folder) | {"TESTING": False, "WTF_CSRF_ENABLED": True})
    database: Database = portal.extensions["database"]
    try:
        Base.metadata.create_all(database.engine)
        site = filled(database, rows)
        place.settle(database)
        requests = [*bare_requests(bare_app(database)), *portal_requests(portal, site)]
        return requests, measure.measured(requests, place.time(), quick=quick), _front(portal)
    finally:
        database.dispose()


def _front(portal: Flask) -> str:
    return portal.test_client().get("/").text


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
