"""What is sealed stays sealed (invariant 4): in every statement, for everybody but the response's own members."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import exists, func, insert, literal, select, text, union, union_all, update
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.challenges.models import Challenge
from portal.db import Base, Database
from portal.files.models import StoredFile
from portal.responses import seal
from portal.responses.models import Response, ResponseFile, ResponseSection
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


_other = aliased(Response)
_below = select(Response).subquery()
_again = aliased(Response, _below)
_common = select(Response.id).cte("common")
_section = aliased(ResponseSection)
_sections = select(ResponseSection).subquery()

STATEMENTS: list[Any] = [
    select(_other.id),
    select(_again.id),
    select(_below.c.id),
    select(_common.c.id),
    select(func.count()).select_from(_below),
    select(func.max(Response.id)),
    select(select(Response.id).limit(1).scalar_subquery()),
    select(select(Response.id).exists()),
    select(Response.id).execution_options(yield_per=10),
    select(Response).options(selectinload(Response.members), joinedload(Response.challenge)),
    select(Response).from_statement(select(Response)),
    union(select(Response.id), select(ResponseSection.response_id)),
    union_all(select(Response.id), select(Response.id)),
    select(union(select(Response.id), select(_other.id)).subquery().c.id),
    select(Challenge.id).where(Challenge.id.in_(select(Response.challenge_id))),
    select(Challenge.id).where(exists().where(Response.challenge_id == Challenge.id)),
    select(Challenge.id).where(exists(Response.id).where(Response.challenge_id == Challenge.id)),
    select(Challenge.id).join(Response, Response.challenge_id == Challenge.id),
    select(Response.id).select_from(Challenge).outerjoin(Response, Response.challenge_id == Challenge.id),
    select(func.count()).where(Response.id > 0),
    select(Response.id),
    select(Response),
    select(func.count()).select_from(Response),
    select(func.count(Response.id)),
    select(ResponseSection.text),
    select(ResponseSection).join(Response, Response.id == ResponseSection.response_id),
    select(func.count()).select_from(ResponseSection).where(ResponseSection.text == WORD),
    select(_section.text),
    select(_sections.c.text),
    select(_section.text).join(ResponseSection, ResponseSection.response_id == _section.response_id),
    select(ResponseSection.text).select_from(Challenge).outerjoin(ResponseSection, ResponseSection.text == WORD),
    select(ResponseSection.response_id).union(select(_section.response_id)),
    select(Challenge.id).where(select(ResponseSection.id).exists()),
    select(Challenge.id).where(select(func.max(ResponseSection.response_id)).scalar_subquery() > 0),
    select(Response.id).where(select(ResponseSection.id).where(ResponseSection.response_id == Response.id).exists()),
]


@pytest.mark.parametrize("statement", STATEMENTS, ids=str)
def test_only_the_firm_itself_finds_its_response(database: Database, sealed: dict[str, int], statement: Any) -> None:
    for reader, finds in (((), False), ((sealed["other"],), False), ((sealed["mine"],), True)):
        with database.reading() as session:
            seal.read_as(session, reader)
            assert bool(session.execute(statement).scalars().first()) is finds


_response = Response.__table__.alias()

UNCOVERED: list[Any] = [
    select(exists().where(Response.id > 0)),
    select(func.row_number().over(order_by=Response.id)),
    select(Response.__table__.c.id),
    select(Response.__table__.alias().c.id),
    select(Response.__table__.alias().select().cte().c.id),
    select(literal(1)).select_from(Response.__table__),
    select(literal(1)).select_from(Response.__table__.alias()),
    select(func.count()).select_from(Challenge.__table__.join(Response.__table__)),
    select(func.count()).select_from(Challenge.__table__).join(Response.__table__),
    select(Challenge.__table__.c.id).join(_response, _response.c.challenge_id == Challenge.__table__.c.id),
    select(Challenge.__table__.c.id).where(exists(select(literal(1)).select_from(_response))),
    select(Challenge.__table__.c.id).order_by(select(_response.c.id).limit(1).scalar_subquery()),
    union_all(select(Challenge.__table__.c.id), select(_response.c.id)),
    select(literal(1)).select_from(select(_response.c.id).lateral()),
    text("SELECT text FROM response_section"),
    insert(Challenge).from_select(["title"], select(Response.reference)),
]


@pytest.mark.parametrize("statement", UNCOVERED, ids=str)
def test_what_the_seal_cannot_cover_does_not_run(database: Database, sealed: dict[str, int], statement: Any) -> None:
    with database.writing() as session, pytest.raises(seal.SealBroken):
        session.execute(statement)


def test_what_reads_no_sealed_table_runs_as_ever(database: Database, sealed: dict[str, int]) -> None:
    with database.reading() as session:
        assert session.execute(select(literal(1))).scalar() == 1
        assert session.execute(text("SELECT 1")).scalar() == 1
        assert session.execute(select(Challenge.__table__.c.id)).scalar()


def test_not_through_a_relationship(database: Database, sealed: dict[str, int]) -> None:
    with database.reading() as session:
        with seal.lifted(session):
            response = session.get_one(Response, sealed["response"])
            section = session.scalars(select(ResponseSection)).one()
        session.expire(response, ["members"])
        assert response.members == []
        with pytest.raises(InvalidRequestError):
            session.refresh(response)
        with pytest.raises(InvalidRequestError):
            session.refresh(section)


def test_not_by_the_old_way_to_ask(database: Database, sealed: dict[str, int]) -> None:
    with database.reading() as session:
        assert session.query(Response).count() == 0
        assert session.query(ResponseSection).filter_by(text=WORD).all() == []


def test_not_through_another_table_written_from_it(database: Database, sealed: dict[str, int]) -> None:
    with database.writing() as session:
        told = select(func.coalesce(func.max(ResponseSection.text), "nothing")).scalar_subquery()
        session.execute(update(Challenge).values(summary=told))
        assert session.scalars(select(Challenge.summary)).one() == "nothing"


def test_nor_the_files_attached_to_it(database: Database, sealed: dict[str, int]) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    with database.writing() as session:
        free, kept = (
            StoredFile(digest=name * 64, size=1, mime="text/plain", name=f"{name}.txt", uploaded_at=now)
            for name in "ab"
        )
        session.add_all([free, kept])
        session.flush()
        session.add(ResponseFile(response_id=sealed["response"], file_id=kept.id, attached_at=now, removed_at=now))
    for reader, finds in (((), ["a.txt"]), ((sealed["other"],), ["a.txt"]), ((sealed["mine"],), ["a.txt", "b.txt"])):
        with database.reading() as session:
            seal.read_as(session, reader)
            assert session.scalars(select(StoredFile.name).order_by(StoredFile.name)).all() == finds


def test_one_readers_statements_never_serve_another(database: Database, sealed: dict[str, int]) -> None:
    for reader, finds in (((sealed["mine"],), 1), ((), 0), ((sealed["other"],), 0), ((sealed["mine"],), 1)):
        with database.reading() as session:
            seal.read_as(session, reader)
            assert len(session.scalars(select(ResponseSection)).all()) == finds


def test_not_by_its_key_either(database: Database, sealed: dict[str, int]) -> None:
    with database.reading() as session:
        assert session.get(Response, sealed["response"]) is None


def test_nor_can_a_stranger_change_it(database: Database, sealed: dict[str, int]) -> None:
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


def test_whatever_can_bring_a_response_along_is_sealed() -> None:
    """Where a statement of one model, with everything it loads by a join, would read a sealed table, it is sealed."""
    sealed = {model.__tablename__ for model in seal.SEALED}
    for mapper in Base.registry.mappers:
        everything = [joinedload(getattr(mapper.class_, each.key)) for each in mapper.relationships]
        statement = select(mapper.class_).options(*everything)
        if sealed & set(re.findall(r"\w+", str(statement))):
            assert seal._comes_near(select(mapper.class_)), mapper
    assert not seal._comes_near(select(Challenge))


def test_a_statement_that_was_built_once_is_sealed_for_each_reader(database: Database, sealed: dict[str, int]) -> None:
    statement = select(Response.id)
    for reader, finds in (((sealed["mine"],), 1), ((), 0), ((sealed["other"],), 0), ((sealed["mine"],), 1)):
        with database.reading() as session:
            seal.read_as(session, reader)
            assert len(session.scalars(statement).all()) == finds
            with seal.lifted(session):
                assert len(session.scalars(statement).all()) == 1
