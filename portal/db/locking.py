"""Row locks, in the one order that cannot deadlock: the challenge first, then rows by id, the journal's head last.

On SQLite a writing transaction already holds the whole database, so these only reread the row. A row is locked and
reread once in a transaction: from then on nobody else can have changed it.
"""

from functools import cache
from typing import Any, NamedTuple, Protocol, TypeVar, TypeVarTuple

from sqlalchemy import Row, Select, event, inspect
from sqlalchemy.orm import Mapper, Session


class _Rooted(Protocol):
    def root(self) -> Any: ...


T = TypeVar("T", bound=_Rooted)
More = TypeVarTuple("More")
_HELD = "held"


def hold(session: Session, *rows: Any) -> None:
    """Lock rows for a move (FOR UPDATE), in the order of their ids, and reread them.

    Only their own rows: what a query joined to them (a challenge's lead) stays free, and stays as it was read.
    """
    held = session.info.setdefault(_HELD, set())
    for row in sorted(rows, key=lambda each: int(each.id)):
        if row not in held:
            _reread(session, row, {"of": type(row)})
            held.add(row)


def read_held(session: Session, lock: Select[Any], rows: Select[T, *More], given: dict[str, Any]) -> Row[T, *More]:
    """Lock what a row hangs on (its `root`) by `lock`, then lock the row and read it by `rows` with all it loads.

    `rows` comes from `locking` and selects the row first, then what else is asked beside it. It must name the root
    too: what a statement reads beside a lock it had to wait for is what stood before the wait, so that only what is
    read by the second statement is sure to stand now. Raises `NoResultFound`.
    """
    session.execute(lock, given).one()
    found = session.execute(rows, given).unique().one()
    row = found[0]
    session.info.setdefault(_HELD, set()).update((row, row.root()))
    return found


def locking(rows: Select[T, *More], model: type[T]) -> Select[T, *More]:
    """A statement that locks the rows of `model` it finds as `hold` does, and reads anew what was read before."""
    return rows.with_for_update(of=model).execution_options(populate_existing=True)


def share(session: Session, row: Any) -> None:
    """Lock a row for an edit below it (FOR SHARE): other editors may go on, a move must wait."""
    if row not in session.info.get(_HELD, ()):
        _reread(session, row, {"read": True, "of": type(row)})


def _reread(session: Session, row: Any, lock: dict[str, Any]) -> None:
    """Read a row's own columns anew under its lock.

    The rows below it are read again when they are asked for. What it points to stays, unless it points elsewhere now.
    """
    parts = _parts(inspect(row).mapper)
    pointed = [row.__dict__.get(name) for name in parts.pointers]
    session.refresh(row, parts.columns, with_for_update=lock)
    if pointed != [row.__dict__.get(name) for name in parts.pointers]:
        session.refresh(row)
    elif loaded := [name for name in parts.below if name in row.__dict__]:
        session.expire(row, loaded)


class _Parts(NamedTuple):
    """The names of a model's columns, of the keys among them that point to other rows, and of what lies below it."""

    columns: tuple[str, ...]
    pointers: tuple[str, ...]
    below: tuple[str, ...]


@cache
def _parts(mapper: Mapper[Any]) -> _Parts:
    columns = mapper.column_attrs
    pointers = (each.key for each in columns if any(column.foreign_keys for column in each.columns))
    below = (each.key for each in mapper.relationships if each.uselist)
    return _Parts(tuple(each.key for each in columns), tuple(pointers), tuple(below))


@event.listens_for(Session, "after_commit")
def _let_go(session: Session) -> None:
    session.info.pop(_HELD, None)


@event.listens_for(Session, "after_soft_rollback")
def _let_go_of_some(session: Session, _previous: Any) -> None:
    """Rolled back to a savepoint, it holds less; what is left nobody noted, so that everything is asked for anew."""
    session.info.pop(_HELD, None)
