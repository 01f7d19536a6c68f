"""What is sealed stays sealed (invariant 4): in every statement, for everybody but the response's own members."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.db import Database
from portal.responses import seal
from portal.responses.models import Response, ResponseSection
from tests.support import make

WORD = "quokka"


@pytest.fixture
def sealed(database: Database) -> dict[str, int]:
    """A submitted response of firm A, with a firm B beside it."""
    with database.writing() as session:
        challenge = make.challenge(session, state="open")
        response = make.response(session, challenge, text=WORD, state="submitted")
        other = make.supplier(session)
        session.flush()
        return {"response": response.id, "mine": response.organisation_id, "other": other.id}


STATEMENTS: list[Any] = [
    select(Response.id),
    select(Response),
    select(func.count()).select_from(Response),
    select(func.count(Response.id)),
    select(ResponseSection.text),
    select(ResponseSection).join(Response, Response.id == ResponseSection.response_id),
    select(func.count()).select_from(ResponseSection).where(ResponseSection.text == WORD),
    select(Response.id).where(select(ResponseSection.id).where(ResponseSection.response_id == Response.id).exists()),
]


@pytest.mark.parametrize("statement", STATEMENTS, ids=str)
def test_only_the_firm_itself_finds_its_response(database: Database, sealed: dict[str, int], statement: Any) -> None:
    for reader, finds in (((), False), ((sealed["other"],), False), ((sealed["mine"],), True)):
        with database.reading() as session:
            seal.read_as(session, reader)
            assert bool(session.execute(statement).scalars().first()) is finds


def test_not_by_its_key_either(database: Database, sealed: dict[str, int]) -> None:
    with database.reading() as session:
        assert session.get(Response, sealed["response"]) is None


def test_nor_can_a_stranger_change_it(database: Database, sealed: dict[str, int]) -> None:
    from sqlalchemy import update

    with database.writing() as session:
        session.execute(update(ResponseSection).values(text="emptied"))
    with database.reading() as session:
        seal.read_as(session, (sealed["mine"],))
        assert session.scalars(select(ResponseSection.text)).one() == WORD


def test_once_opened_others_can_read_it(database: Database, sealed: dict[str, int]) -> None:
    with database.writing() as session, seal.lifted(session):
        session.get_one(Response, sealed["response"]).opened_at = datetime(2026, 3, 2, tzinfo=UTC)
    with database.reading() as session:
        assert session.scalars(select(ResponseSection.text)).all() == [WORD]
