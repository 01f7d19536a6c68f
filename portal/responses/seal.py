"""The seal: until opened, a response can be read by its own members and by nobody else, whatever the way.

A criterion is put on every ORM statement of every session, so that no query, count, lazy load or `get` can forget
it. A session knows its reader: the web layer names the organisations the signed-in person answers for with
`read_as`, and a session nobody named reads as a stranger. Only two acts lift the seal, both in this feature's
services and both in transactions that people may make: opening, and recording that somebody was late.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, event, or_, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from portal.responses.models import (
    LateAttempt,
    Response,
    ResponseFile,
    ResponseMember,
    ResponseSection,
    Snapshot,
)

_READER = "answers_for"
_LIFTED = "seal_lifted"
CHILDREN = (ResponseMember, ResponseSection, ResponseFile, Snapshot, LateAttempt)
"""The tables below a response; each is hidden with it."""

_responses = Response.__table__
_members = ResponseMember.__table__


def read_as(session: Session, organisations: Iterable[int]) -> None:
    """Say for which organisations this session's reader answers."""
    session.info[_READER] = frozenset(organisations)


@contextmanager
def lifted(session: Session) -> Iterator[None]:
    """Lift the seal for the length of a block: for opening, and for nothing that shows anything to anybody."""
    session.info[_LIFTED] = True
    try:
        yield
    finally:
        session.info[_LIFTED] = False


def _mine(organisations: frozenset[int]) -> Any:
    return select(_members.c.response_id).where(
        _members.c.organisation_id.in_(sorted(organisations)), _members.c.accepted_at.is_not(None)
    )


def _opened() -> Any:
    return select(_responses.c.id).where(_responses.c.opened_at.is_not(None))


@lru_cache(maxsize=1024)
def _criteria(organisations: frozenset[int]) -> tuple[ExecutableOption, ...]:
    """What a reader who answers for these organisations may see; kept, because every statement needs it."""
    opened = _opened()
    own: ColumnElement[bool] = Response.opened_at.is_not(None)
    if organisations:
        own = or_(own, Response.id.in_(_mine(organisations)))
    options = [with_loader_criteria(Response, own, include_aliases=True)]
    for child in CHILDREN:
        below: ColumnElement[bool] = child.response_id.in_(opened)
        if organisations:
            below = or_(below, child.response_id.in_(_mine(organisations)))
        options.append(with_loader_criteria(child, below, include_aliases=True))
    return tuple(options)


@event.listens_for(Session, "do_orm_execute")
def _seal(statement: ORMExecuteState) -> None:
    info = statement.session.info
    if info.get(_LIFTED) or statement.is_insert or not statement.is_orm_statement:
        return
    statement.statement = statement.statement.options(*_criteria(info.get(_READER, frozenset())))
