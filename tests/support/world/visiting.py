"""Asking as somebody, and looking at what was answered, without the world being changed by it."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote_plus

from flask import Flask, Request
from flask.testing import FlaskClient
from sqlalchemy import Table
from sqlalchemy.orm import Session

from portal.db import Base, Database
from tests.support.databases import kept
from tests.support.people import signed_in
from tests.support.world.addresses import Address, Thing, addresses
from tests.support.world.people import ANONYMOUS
from tests.support.world.region import World


class Rehearsal(Database):
    """A database on which everything happens up to its commit, and nothing stays."""

    def session(self, *, writing: bool) -> Session:
        """As ever, but committing only sends what there is to send."""
        session = super().session(writing=writing)
        session.commit = session.flush  # type: ignore[method-assign]
        return session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """As ever, but rolled back at the end of the block."""
        with self.session(writing=True) as session:
            yield session
            session.flush()


@dataclass(frozen=True)
class Answer:
    """What somebody was answered."""

    address: Address
    status: int
    location: str
    text: str


class Visitor:
    """One person's browser. Every request carries the same cookie, whatever the answers say of it."""

    def __init__(self, world: World, who: str) -> None:
        self.world, self.who = world, who
        self._headers = {} if who == ANONYMOUS else {"Cookie": _cookie(world, who)}
        self._client: FlaskClient = world.app.test_client(use_cookies=False)

    def ask(self, address: Address, **sent: Any) -> Answer:
        """Ask once."""
        answer = self._client.open(address.path, method=address.method, headers=self._headers, **sent)
        answered = Answer(
            address,
            answer.status_code,
            answer.headers.get("Location", ""),
            answer.get_data().decode("utf-8", "replace"),
        )
        answer.close()
        return answered

    def walk(self) -> list[Answer]:
        """Every page there is, as this person."""
        return [self.ask(each) for each in addresses(self.world) if each.method == "GET"]

    def lists(self) -> list[Address]:
        """Every page whose address names nothing: home, lists, feeds."""
        return [each for each in addresses(self.world) if each.method == "GET" and each.thing == Thing()]

    def pages(self, reference: str) -> list[Address]:
        """Every page of a challenge, whichever challenge the world's table asks it of."""
        found = []
        for each in addresses(self.world):
            own = self.world.names.get(f"{each.thing.story} challenge", "")
            if each.method == "GET" and own and f"/challenges/{own}" in each.path:
                found.append(Address(each.endpoint, "GET", each.path.replace(own, reference), each.thing))
        return found


@dataclass(frozen=True)
class Walk:
    """Every page there is as one person is shown it, with every table as it was before and after."""

    answers: list[Answer]
    before: dict[str, str]
    after: dict[str, str]


def walk_of(world: World, who: str) -> Walk:
    """One person's walk, taken once for all tests of a process: while nothing is changed it shows the same."""
    if who not in world.walks:
        visitor = Visitor(world, who)
        before = digests(world.database)
        world.walks[who] = Walk(visitor.walk(), before, digests(world.database))
    walked: Walk = world.walks[who]
    return walked


@contextmanager
def rehearsing(world: World) -> Iterator[None]:
    """For the length of a block the app works up to every commit, and nothing stays."""
    rehearsal = kept(world.database.url.render_as_string(hide_password=False), "rehearsal", Rehearsal)
    world.app.extensions["database"] = rehearsal
    try:
        yield
    finally:
        world.app.extensions["database"] = world.database
        rehearsal.dispose()


@contextmanager
def heeding(app: Flask) -> Iterator[list[str]]:
    """For the length of a block the addresses at which anything looked behind the question mark."""
    heeded: list[str] = []

    class Heeding(Request):
        @property
        def query_string(self) -> bytes:
            heeded.append(self.path)
            return self.behind

        @query_string.setter
        def query_string(self, behind: bytes) -> None:
            self.behind = behind

    before, app.request_class = app.request_class, Heeding
    try:
        yield heeded
    finally:
        app.request_class = before


def digests(database: Database) -> dict[str, str]:
    """Every table with a digest of all its rows."""
    with database.engine.connect() as connection:
        return {table.name: _digest(connection, table) for table in Base.metadata.sorted_tables}


def _digest(connection: Any, table: Table) -> str:
    rows = sorted(repr(tuple(row)) for row in connection.execute(table.select()))
    digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return f"{len(rows)} rows, {digest[:16]}"


def _cookie(world: World, who: str) -> str:
    with world.database.reading() as session:
        client = signed_in(world.app, world.person(session, who))
    cookie = client.get_cookie(world.app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return f"{cookie.key}={cookie.value}"


class _Fields(HTMLParser):
    """The names of everything that can be filled in on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field."""
        name = dict(attrs).get("name")
        if tag in {"input", "textarea", "select", "button"} and name:
            self.names.add(name)


def form_of(fields: Iterable[str], text: str) -> dict[str, Any]:
    """What a client sends for a form that has the same text in every field.

    Letters stand for themselves, which the portal reads as it reads `%C3%A9`: to quote and unquote a long text in each
    of twenty fields took more of a test's time than all that the portal did with it.
    """
    typed = _quoted(text)
    body = "&".join(f"{quote_plus(name)}={typed}" for name in fields)
    return {"data": body.encode(), "content_type": "application/x-www-form-urlencoded"}


@cache
def _quoted(text: str) -> str:
    return "".join(each if each.isalpha() else quote_plus(each) for each in text)


def fields_in(page: str) -> set[str]:
    """The names of the fields of every form on a page."""
    fields = _Fields()
    fields.feed(page)
    return fields.names
