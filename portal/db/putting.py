"""Bulk rows from files: inserted, or brought up to date where they are known, the same way on both databases."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Table, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.db.base import Base


def put(
    session: Session, model: type[Base], rows: Sequence[dict[str, Any]], *, rough: Collection[str] = frozenset()
) -> None:
    """Insert rows that all have the same columns; of those that are there already, these columns change.

    Rows are told by the table's primary key, of one column; the last of two with the same key counts. `rough` columns
    change only where nothing was known.
    """
    if not rows:
        return
    table: Any = model.__table__
    assert isinstance(table, Table)
    insert: Any = (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert
    (key,) = (column.name for column in table.primary_key)
    statement = insert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name != key}
    changed |= {name: func.coalesce(table.c[name], changed[name]) for name in rough}
    # One row a key: PostgreSQL does not change a row twice in one statement.
    once = {row[key]: row for row in rows}
    session.execute(statement.on_conflict_do_update(index_elements=[key], set_=changed), list(once.values()))
