"""What a search finds, newest first, on either database.

SQLite walks its index in the order of the keys and stops when it has enough. PostgreSQL has to choose between its two
ways, and cannot: it knows nothing of how many rows hold words that begin so. Left to itself it read 100,000 rows for
a rare word, and sorted 37,000 for a frequent one. So the statement looks at the newest rows first. Where the words are
frequent among them it goes on that way until it has found enough; where they are rare, it asks the index for all.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Select, func, select, union_all

from portal.challenges import search
from portal.web.paging import window

Narrowing = Callable[[FromClause, ColumnElement[int]], FromClause]
"""Joins to rows of the search, by the key of their challenge, whatever the conditions speak of."""

MOST = "most"
"""The parameter that says how many rows are enough: as many as are counted, or as the page reaches to."""

_SAMPLE = 500
_FREQUENT = 25
"""Matches among the sample from which on walking is quicker than sorting: one row in twenty."""
_FARTHEST = 20_000
"""Rows that are walked at most before the index is asked after all."""


def matches(dialect: str, narrowing: Narrowing | None, conditions: list[ColumnElement[bool]]) -> Select[Any]:
    """Ids of challenges that hold every word asked for and meet the conditions, with their `position` in time.

    Where the search is not narrowed, no other table is joined.
    """
    if dialect == "sqlite":
        return _in(search.indexed(dialect), narrowing, conditions)
    sample = _in(search.newest(_SAMPLE), narrowing, conditions).subquery()
    sampled = select(func.count().label("found")).select_from(sample).cte("sampled")
    walk = _in(search.newest(_FARTHEST), narrowing, conditions)
    walked = _materialized(
        walk.where(select(sampled.c.found).scalar_subquery() >= _FREQUENT)
        .order_by(walk.selected_columns.position.desc())
        .limit(window(MOST)),
        "walked",
    )
    enough = select(func.count() >= window(MOST)).select_from(walked).scalar_subquery()
    every = _materialized(_in(search.indexed(dialect), narrowing, conditions).where(~enough), "every")
    of_walk, of_index = (select(each.c.id, each.c.position) for each in (walked, every))
    either = _materialized(union_all(of_walk.where(enough), of_index), "matches")
    return select(either.c.id, either.c.position)


def _in(searched: search.Searched, narrowing: Narrowing | None, conditions: list[ColumnElement[bool]]) -> Select[Any]:
    rows = searched.rows if narrowing is None else narrowing(searched.rows, searched.challenge_id)
    columns: list[ColumnElement[Any]] = [searched.challenge_id.label("id"), searched.position.label("position")]
    return select(*columns).select_from(rows).where(searched.match, *conditions)


def _materialized(rows: Any, name: str) -> CTE:
    """Rows that PostgreSQL finds once, whatever it thinks of them, and never mixes with what is asked of them."""
    once: CTE = rows.cte(name).prefix_with("MATERIALIZED")
    return once
