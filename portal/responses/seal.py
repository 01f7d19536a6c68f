"""The seal: until opened, a response can be read by its own members and by nobody else, whatever the way.

A criterion is put on every ORM statement of every session, so that no query, count, lazy load or `get` can forget
it. A session knows its reader: the web layer names the organisations the signed-in person answers for with
`read_as`, and a session nobody named reads as a stranger. Where the seal is lifted is a short list that a test
keeps (`tests/integration/test_seal.py`): acts that must touch what nobody may see, and that show nothing of it.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    Select,
    Table,
    TextClause,
    bindparam,
    event,
    inspect,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlalchemy.sql.base import ExecutableOption

from portal.db import Base
from portal.files.models import StoredFile
from portal.responses.models import BelowResponse, Response, ResponseFile, ResponseMember

_ANSWERS_FOR = "answers_for"
_LIFTED = "seal_lifted"
SEALED: tuple[type[Any], ...] = (Response, *BelowResponse.__subclasses__())
"""The tables that are hidden until opening; the files attached to a response are hidden with it."""

_responses = Response.__table__
_members = ResponseMember.__table__
_files = ResponseFile.__table__
_tables = frozenset(model.__table__ for model in SEALED)
_names = re.compile(r"\b(" + "|".join(sorted(model.__tablename__ for model in SEALED)) + r")\b", re.IGNORECASE)

_READER = "seal_reader"
"""The parameter by which a statement is told for which organisations its reader answers."""

# A statement never changes, so that one which was built once is looked at once.
_verdicts: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()
_near_verdicts: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()
_sealed: WeakKeyDictionary[Executable, dict[bool, Executable]] = WeakKeyDictionary()


class SealBroken(RuntimeError):
    """A statement would read sealed tables in a way the seal cannot cover; it was not run."""


def read_as(session: Session, organisations: Iterable[int]) -> None:
    """Say for which organisations this session's reader answers."""
    session.info[_ANSWERS_FOR] = frozenset(organisations)


def answers_for(session: Session) -> frozenset[int]:
    """The organisations for which this session's reader answers."""
    reader: frozenset[int] = session.info.get(_ANSWERS_FOR, frozenset())
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


def _mine(reader: Any) -> Any:
    return select(_members.c.response_id).where(
        _members.c.organisation_id.in_(reader), _members.c.accepted_at.is_not(None)
    )


def _readable(response_id: Any, reader: Any) -> Any:
    """True where this reader may read the response of that id, which is looked up by its key, row by row.

    Compared with all that may be read, each statement would go through every opened response of the portal. The id is
    compared twice, inside and outside, so that a subquery which lost its row would still find only what may be read.
    """
    one = _responses.alias()
    readable: ColumnElement[bool] = one.c.opened_at.is_not(None)
    if reader is not None:
        readable = or_(readable, one.c.id.in_(_mine(reader)))
    return response_id.in_(select(one.c.id).where(one.c.id == response_id, readable))


def _of_another(file_id: Any, reader: Any) -> Any:
    """True of a file that hangs on a response this reader may not read."""
    attached = _files.alias()
    hidden = not_(_readable(attached.c.response_id, reader))
    return file_id.in_(select(attached.c.file_id).where(attached.c.file_id == file_id, hidden))


def _rules(reader: Any) -> dict[type[Any], ColumnElement[bool]]:
    """For each model what a reader who answers for these organisations may see; None is a stranger."""
    own: ColumnElement[bool] = Response.opened_at.is_not(None)
    if reader is not None:
        own = or_(own, Response.id.in_(_mine(reader)))
    below = {child: _readable(child.response_id, reader) for child in BelowResponse.__subclasses__()}
    return {Response: own, **below, StoredFile: not_(_of_another(StoredFile.id, reader))}


@cache
def _known_rules(is_member: bool) -> dict[type[Any], ColumnElement[bool]]:
    """The rules for a stranger, and for somebody named by the statement's own parameter: built once for everybody."""
    return _rules(bindparam(_READER, expanding=True, type_=Integer) if is_member else None)


def _criteria(rules: dict[type[Any], ColumnElement[bool]]) -> tuple[ExecutableOption, ...]:
    """The rules as options of a statement.

    One by one: a criterion on the mixin needs a lambda, and SQLAlchemy would keep the first reader's for everybody.
    They are not handed on to lazy loads, which come by here themselves.
    """
    return tuple(
        with_loader_criteria(model, rule, include_aliases=True, propagate_to_loaders=False)
        for model, rule in rules.items()
    )


_known_criteria = cache(lambda is_member: _criteria(_known_rules(is_member)))


@event.listens_for(Session, "do_orm_execute")
def _seal(statement: ORMExecuteState) -> None:
    if statement.session.info.get(_LIFTED):
        return
    reader = answers_for(statement.session)
    if statement.is_column_load:  # rereading a row takes no criteria from options
        mapper = statement.bind_mapper
        if mapper is not None and mapper.class_ in _known_rules(False):
            rule = _known_rules(bool(reader))[mapper.class_]
            statement.statement = cast("Select[Any]", statement.statement).where(rule)
            _name_reader(statement, reader)
    elif statement.is_select and statement.is_orm_statement:
        if _comes_near(statement.statement):
            statement.statement = _sealed_form(statement.statement, bool(reader))
            _name_reader(statement, reader)
    elif statement.is_orm_statement and not statement.is_insert:
        rules = _rules([literal(each) for each in sorted(reader)] or None)
        statement.statement = statement.statement.options(*_criteria(rules))
    elif _reads_sealed(statement.statement):
        raise SealBroken("Sealed tables are read through the ORM only, as entities of a SELECT.")


def _name_reader(statement: ORMExecuteState, reader: frozenset[int]) -> None:
    if reader:
        statement.parameters = {**(cast("dict[str, Any]", statement.parameters) or {}), _READER: sorted(reader)}


def _sealed_form(statement: Any, is_member: bool) -> Any:
    """The statement with the criteria; of one that was built once they are put on once."""
    criteria = _known_criteria(is_member)
    if criteria[0] in statement._with_options:  # what a relationship is loaded by has them of what it belongs to
        return statement
    forms = _sealed.setdefault(statement, {})
    if is_member not in forms:
        forms[is_member] = statement.options(*criteria)
    return forms[is_member]


def _comes_near(statement: Any) -> bool:
    """Whether a statement of entities names a table from which a sealed one can be reached, itself included.

    What no relationship leads from to a response cannot bring one along, whatever is loaded with it.
    """
    known = _near_verdicts.get(statement)
    if known is None:
        known = _near_verdicts[statement] = any(_table_of(part) in _near() for part in visitors.iterate(statement))
    return known


@cache
def _near() -> frozenset[Any]:
    """The tables of every model from which relationships lead to what is sealed, however far."""
    near: set[Mapper[Any]] = {inspect(model) for model in _known_rules(False)}
    every = set(Base.registry.mappers)
    while found := {each for each in every - near if any(to.mapper in near for to in each.relationships)}:
        near |= found
    return frozenset(table for mapper in near for table in mapper.tables)


def _reads_sealed(statement: Any) -> bool:
    """Whether a statement that the criteria do not reach (Core, text, INSERT … SELECT) reads a sealed table."""
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
    return _table_of(part) in _tables


def _table_of(part: Any) -> Any:
    """The table that a part of a statement is, or is a column of; None of any other part."""
    table = part if isinstance(part, Table) else getattr(part, "table", None)
    return None if table is None else getattr(table, "_deannotate", lambda: table)()
