"""Paging in SQL: a page of rows, and a count that stops at a thousand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import BindParameter, Integer, Select, bindparam, func, select
from sqlalchemy.orm import Session

T = TypeVar("T")
COUNT_STOPS_AT = 1_000


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. `total` is exact up to a thousand; `more` says that there are more than that."""

    items: Sequence[T]
    number: int
    size: int
    total: int
    more: bool

    @property
    def has_next(self) -> bool:
        """Whether another page follows."""
        return self.more or self.number * self.size < self.total

    @property
    def total_text(self) -> str:
        """The count as a page says it."""
        return f"more than {COUNT_STOPS_AT:,}" if self.more else f"{self.total:,}"


def page_number() -> int:
    """The page asked for in the address; anything that is no page number is page 1."""
    text = request.args.get("page", "1")
    return min(int(text), 100_000) if text.isascii() and text.isdigit() and len(text) < 7 and int(text) else 1


def window(name: str) -> BindParameter[int]:
    """The size or the offset of a page in a statement that is built once.

    It is written into the text, because PostgreSQL keeps a plan only where it knows how few rows are wanted.
    """
    return bindparam(name, type_=Integer, literal_execute=True)


def at_most(rows: int) -> BindParameter[int]:
    """How many rows a statement is cut to, or passes over, as is known when it is built; written like a `window`."""
    return bindparam(None, rows, type_=Integer, literal_execute=True)


def page_of(
    session: Session,
    rows: Select[Any],
    *,
    number: int,
    size: int = 20,
    read: Callable[[Session, Select[Any]], Sequence[T]] | None = None,
) -> Page[T]:
    """Read page `number` of an ordered statement, and count it as far as a thousand."""
    limited = rows.order_by(None).with_only_columns(*rows.selected_columns[:1]).limit(at_most(COUNT_STOPS_AT + 1))
    total = session.scalar(select(func.count()).select_from(limited.subquery())) or 0
    shown = rows.limit(at_most(size)).offset(at_most((number - 1) * size))
    items = read(session, shown) if read else session.scalars(shown).unique().all()
    return Page(items, number, size, min(total, COUNT_STOPS_AT), total > COUNT_STOPS_AT)
