"""The sealed canary (invariant 4): what a firm has written is found nowhere, whatever the way, until two people open.

Each text of the submitted response and of the draft on the challenges `open` and `closed` has a word of its own
(`tests.support.world.stories`). Everybody but the firm itself reads every page there is, and asks every list and
search for the words.
"""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select

from portal.challenges.models import Challenge
from portal.challenges.queries import inside, round_of
from portal.db import Base, Database
from portal.mail.sending import rendered
from portal.outbox import OutboxMessage, worded
from portal.responses import seal, services
from portal.responses.models import Response
from portal.responses.seal import SEALED
from tests.support.clock import TestClock
from tests.support.world import ANONYMOUS, WALKERS, Address, World, build
from tests.support.world.addresses import Thing
from tests.support.world.network import WOULD_BRING
from tests.support.world.people import TOGETHER
from tests.support.world.stories import DRAFTED, SUBMITTED, Words
from tests.support.world.visiting import Visitor, walk_of

SEALED_TABLES = frozenset(model.__tablename__ for model in SEALED)
FIRM_PEOPLE = frozenset({"firm", "firm-member"})
RIVAL_PEOPLE = frozenset({"rival"})
SEALED_AT = ("open", "closed", "tender")
"""The stories in which nothing has been opened."""


def words_of(words: Words) -> list[str]:
    """A firm's words as they could be met, and its price in every writing."""
    pounds = words.pence / 100
    return [
        words.text,
        words.file_name,
        words.file_content,
        str(words.pence),
        f"{pounds:,.2f}",
        f"{pounds:.2f}",
        f"{words.pence // 100:,}",
        str(words.pence // 100),
    ]


def found_in(text: str, canaries: list[str]) -> list[str]:
    told = text.casefold()
    return [each for each in canaries if each.casefold() in told]


def searches(canaries: list[str]) -> list[Address]:
    """Lists and searches asked for the words themselves."""
    paths = ("/challenges?q={}", "/challenges.atom?q={}", "/organisations?q={}", "/register/organisation/join?q={}")
    return [Address("search", "GET", path.format(each), Thing()) for each in canaries[:3] for path in paths]


def tells(world: World, who: str, canaries: list[str]) -> list[str]:
    """Everything one person is shown that holds a canary; what they typed themselves does not count."""
    visitor = Visitor(world, who)
    answers = walk_of(world, who).answers + [visitor.ask(each) for each in searches(canaries)]
    met = ((each, set(found_in(each.text, canaries)) - set(found_in(each.address.path, canaries))) for each in answers)
    return [f"{each.address}: {words}" for each, words in met if words]


def references(world: World, who: str) -> list[str]:
    return [world.names[f"{who}'s response at {story}"] for story in SEALED_AT]


def rows_outside(database: Database, canaries: list[str]) -> list[str]:
    """The tables that are not sealed and hold a canary all the same: journal, outbox and search index among them."""
    with database.engine.connect() as connection:
        return [
            f"{table.name}: {found_in(str(tuple(row)), canaries)}"
            for table in Base.metadata.sorted_tables
            if table.name not in SEALED_TABLES and table.name != "stored_file"
            for row in connection.execute(table.select())
            if found_in(str(tuple(row)), canaries)
        ]


def mails(app: Flask) -> Iterator[tuple[int | None, str]]:
    """Every mail of the outbox in full, with whom it goes to."""
    with app.app_context(), app.extensions["database"].reading() as session:
        for row in session.scalars(select(OutboxMessage)):
            mail = worded(session, row.kind, json.loads(row.parameters))
            if mail is not None:
                yield row.to_person_id, f"{mail.subject} {mail.path} {rendered(mail, '')}"


@pytest.mark.parametrize("who", [each for each in WALKERS if each.values[0] not in FIRM_PEOPLE | RIVAL_PEOPLE])
def test_nobody_else_is_shown_a_word(world: World, who: str) -> None:
    canaries = words_of(SUBMITTED) + words_of(DRAFTED) + references(world, "rival") + references(world, "firm")
    assert tells(world, who, canaries) == []


@TOGETHER
def test_firms_are_not_shown_each_others(world: World) -> None:
    for who in sorted(FIRM_PEOPLE):
        assert tells(world, who, words_of(DRAFTED) + references(world, "rival")) == []
    for who in sorted(RIVAL_PEOPLE):
        assert tells(world, who, words_of(SUBMITTED) + references(world, "firm")) == []


@TOGETHER
def test_the_firm_itself_is_shown_its_words(world: World) -> None:
    """Else the tests above would look for something that nobody could find."""
    walked = " ".join(each.text for each in walk_of(world, "firm").answers)
    assert found_in(walked, words_of(SUBMITTED)[:3]) == words_of(SUBMITTED)[:3]
    assert found_in(walked, words_of(SUBMITTED)[3:])
    assert set(found_in(walked, references(world, "firm")[:1])) == set(references(world, "firm")[:1])


@pytest.mark.parametrize("who", [each for each in WALKERS if each.values[0] not in FIRM_PEOPLE | RIVAL_PEOPLE])
def test_nobody_else_learns_who_would_answer_together(world: World, who: str) -> None:
    """The council's people, the public, and firms that have not said so themselves."""
    assert tells(world, who, list(WOULD_BRING.values())) == []


def test_who_would_answer_together_stands_in_no_other_row_and_no_mail(world: World) -> None:
    said = list(WOULD_BRING.values())
    assert {each.split(":")[0] for each in rows_outside(world.database, said)} == {"teaming_word"}
    assert [to for to, mail in mails(world.app) if found_in(mail, said)] == []


TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
REGISTER = "matching.firms"
"""The register's firms for a challenge, named whether or not they answered: that the page reads the same without any
response is held by `test_no_page_tells_whether_there_are_responses`."""
INSIDE = ("owner", "officer", "opener", "budget", "deputy", "adviser", "coordinator", "admin", ANONYMOUS)


@pytest.mark.parametrize("who", INSIDE)
def test_no_page_of_the_challenge_names_a_firm(world: World, who: str) -> None:
    visitor = Visitor(world, who)
    for story in SEALED_AT:
        for address in visitor.pages(world.names[f"{story} challenge"]):
            if address.endpoint == REGISTER:
                continue
            assert found_in(visitor.ask(address).text, ["Amberley", "Brockwell", "Cawdale"]) == [], address


def test_no_page_tells_whether_there_are_responses(app: Flask, clock: TestClock) -> None:
    """Every page reads the same, to the letter, when the responses are gone.

    Once the deadline has passed it is said whether anybody answered at all, so there one response is left.
    """
    world = build(app)
    visitors = [Visitor(world, who) for who in ("owner", "officer", "opener", "coordinator", ANONYMOUS)]

    def pages() -> list[tuple[Address, str]]:
        own = [visitor.ask(each) for visitor in visitors for each in visitor.lists()]
        of_challenges = [
            visitor.ask(each)
            for visitor in visitors
            for story in SEALED_AT
            for each in visitor.pages(world.names[f"{story} challenge"])
        ]
        return [(each.address, TOKEN.sub("", each.text)) for each in own + of_challenges]

    clock.set(clock.now())
    before = pages()
    left = world.names["firm's response at closed"]
    with world.database.writing() as session, seal.lifted(session):
        gone = (
            select(Response.id)
            .join(Response.challenge)
            .where(Challenge.id.in_([world.challenges[story] for story in SEALED_AT]), Response.reference != left)
        )
        keys = session.scalars(gone).all()
        assert len(keys) == 5
        for below in SEALED:
            if below is not Response:
                session.execute(delete(below).where(below.response_id.in_(keys)))
        session.execute(delete(Response).where(Response.id.in_(keys)))
    assert [str(one[0]) for one, other in zip(before, pages(), strict=True) if one != other] == []


def test_no_row_and_no_mail_holds_a_word(world: World) -> None:
    canaries = words_of(SUBMITTED) + words_of(DRAFTED)
    assert rows_outside(world.database, canaries) == []
    for to, mail in mails(world.app):
        assert found_in(mail, canaries) == []
        if to not in {world.people[each] for each in ("firm", "firm-member", "partner-firm")}:
            assert found_in(mail, references(world, "firm")) == []
        assert found_in(mail, references(world, "rival")) == []


@contextmanager
def listening(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The portal's own log in full, and every statement with what it gives of its values.

    Below that SQLAlchemy logs every row it reads: a debugger's tool, which nothing in the portal switches on.
    """
    with caplog.at_level(logging.DEBUG, "portal"), caplog.at_level(logging.INFO, "sqlalchemy.engine"):
        yield


def test_no_log_holds_a_word_and_two_people_open(app: Flask, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    """From the first word that is typed to the opening, which shows what was submitted and still no draft."""
    with listening(caplog):
        world = build(app)
        for who in ("officer", "rival", "firm"):
            Visitor(world, who).walk()
        canaries = words_of(SUBMITTED) + words_of(DRAFTED)
        assert caplog.records
        assert [each for each in caplog.messages if found_in(each, canaries)] == []
    for who, opens in (("officer", False), ("officer2", True)):
        with world.database.writing() as session:
            actor = world.actor(session, who)
            challenge = inside(session, actor, world.names["closed challenge"])
            assert challenge is not None
            asked = round_of(session, challenge)
            assert asked is not None
            assert services.open_responses(session, actor, challenge, asked, no_interest=True) is opens
    opened = world.names["firm's response at closed"]
    read = Address("read", "GET", f"/responses/{opened}/read", Thing())
    assert found_in(Visitor(world, "officer").ask(read).text, words_of(SUBMITTED)[:2]) == words_of(SUBMITTED)[:2]
    for who in ("officer", "officer2", "owner", "opener", "assessor", "firm", "admin"):
        assert tells(world, who, words_of(DRAFTED) + references(world, "rival")) == [], who
