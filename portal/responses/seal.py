"""The seal: until opened, a response can be read by its own members and by nobody else, whatever the way.

A criterion is put on every ORM statement of every session, so that no query, count, lazy load or `get` can forget
it. A session knows its reader: the web layer names the organisations the signed-in person answers for with
`read_as`, and a session nobody named reads as a stranger. Where the seal is lifted is a short list that a test
keeps (`tests/integration/test_seal.py`): acts that must touch what nobody may see, and that show nothing of it.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Select, Table, TextClause, event, not_, or_, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlalchemy.sql.base import ExecutableOption

from portal.files.models import StoredFile
from portal.responses.models import BelowResponse, Response, ResponseFile, ResponseMember

_READER = "answers_for"
_LIFTED = "seal_lifted"
SEALED: tuple[type[Any], ...] = (Response, *BelowResponse.__subclasses__())
"""The tables that are hidden until opening; the files attached to a response are hidden with it."""

_responses = Response.__table__
_members = ResponseMember.__table__
_files = ResponseFile.__table__
_tables = frozenset(model.__table__ for model in SEALED)
_names = re.compile(r"\b(" + "|".join(sorted(model.__tablename__ for model in SEALED)) + r")\b", re.IGNORECASE)


_verdicts: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


class SealBroken(RuntimeError):
    """A statement would read sealed tables in a way the seal cannot cover; it was not run."""


def read_as(session: Session, organisations: Iterable[int]) -> None:
    """Say for which organisations this session's reader answers."""
    session.info[_READER] = frozenset(organisations)


def answers_for(session: Session) -> frozenset[int]:
    """The organisations for which this session's reader answers."""
    reader: frozenset[int] = session.info.get(_READER, frozenset())
    return reader


@contextmanager
def lifted(session: Session) -> Iterator[None]:
    """Lift the seal for the length of a block: for opening, and for nothing that shows anything to anybody."""
    before = session.info.get(_LIFTED, False)
    session.info[_LIFTED] = True
    try:
        yield
    finally:
        session.info[_LIFTED] = before


def _mine(organisations: frozenset[int]) -> Any:
    return select(_members.c.response_id).where(
        _members.c.organisation_id.in_(sorted(organisations)), _members.c.accepted_at.is_not(None)
    )


def _readable(organisations: frozenset[int]) -> Any:
    readable: ColumnElement[bool] = _responses.c.opened_at.is_not(None)
    if organisations:
        readable = or_(readable, _responses.c.id.in_(_mine(organisations)))
    return select(_responses.c.id).where(readable)


def _files_of_others(organisations: frozenset[int]) -> Any:
    return select(_files.c.file_id).where(_files.c.response_id.not_in(_readable(organisations)))


@lru_cache(maxsize=1024)
def _readable_rows(organisations: frozenset[int]) -> dict[type[Any], ColumnElement[bool]]:
    """For each model what a reader who answers for these organisations may see."""
    readable, others = _readable(organisations), _files_of_others(organisations)
    own: ColumnElement[bool] = Response.opened_at.is_not(None)
    if organisations:
        own = or_(own, Response.id.in_(_mine(organisations)))
    below = {child: child.response_id.in_(readable) for child in BelowResponse.__subclasses__()}
    return {Response: own, **below, StoredFile: not_(StoredFile.id.in_(others))}


@lru_cache(maxsize=1024)
def _criteria(organisations: frozenset[int]) -> tuple[ExecutableOption, ...]:
    """The same as options of a statement; kept, because every statement needs them.

    One by one: a criterion on the mixin needs a lambda, and SQLAlchemy would keep the first reader's for everybody.
    """
    rows = _readable_rows(organisations)
    return tuple(with_loader_criteria(model, rule, include_aliases=True) for model, rule in rows.items())


@event.listens_for(Session, "do_orm_execute")
def _seal(statement: ORMExecuteState) -> None:
    if statement.session.info.get(_LIFTED):
        return
    reader = answers_for(statement.session)
    if statement.is_column_load:  # rereading a row takes no criteria from options
        rule = _readable_rows(reader).get(statement.bind_mapper.class_) if statement.bind_mapper else None
        if rule is not None:
            statement.statement = cast("Select[Any]", statement.statement).where(rule)
    elif statement.is_orm_statement and not statement.is_insert:
        statement.statement = statement.statement.options(*_criteria(reader))
    elif _reads_sealed(statement.statement):
        raise SealBroken("Sealed tables are read through the ORM only, as entities of a SELECT.")


def _reads_sealed(statement: Any) -> bool:
    """Whether a statement that the criteria do not reach (Core, text, INSERT … SELECT) reads a sealed table.

    A statement never changes, so that one which was built once is looked at once.
    """
    known = _verdicts.get(statement)
    if known is None:
        known = _verdicts[statement] = _look(statement)
    return known


def _look(statement: Any) -> bool:
    if isinstance(statement, TextClause):
        return _names.search(statement.text) is not None
    if statement.is_dml and statement.is_insert:
        statement = statement.select
    return statement is not None and any(_is_sealed(part) for part in visitors.iterate(statement))


def _is_sealed(part: Any) -> bool:
    table = part if isinstance(part, Table) else getattr(part, "table", None)
    return table is not None and getattr(table, "_deannotate", lambda: table)() in _tables
