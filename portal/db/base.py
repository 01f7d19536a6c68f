"""The declarative base, and what rows with a state or a version have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import MetaData, String, event, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from portal.db.types import UTCDateTime


class Base(DeclarativeBase):
    """Every table of the portal; constraints are named by rule so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UTCDateTime}


def values_of(row: Base) -> tuple[Any, ...]:
    """Every column of a row."""
    return tuple(getattr(row, name) for name in _columns(type(row)))


@cache
def _columns(model: type[Base]) -> tuple[str, ...]:
    return tuple(inspect(model).column_attrs.keys())


class Versioned:
    """A row that people edit: two edits from the same version cannot both be kept (invariant 7)."""

    version: Mapped[int] = mapped_column(nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


_moving: ContextVar[bool] = ContextVar("moving", default=False)


class Stateful:
    """A row with a life of its own; only `portal.workflow.fire` may change its state (invariant 1)."""

    state: Mapped[str] = mapped_column(String(40), index=True)
    state_since: Mapped[datetime]


@contextmanager
def guard_state() -> Iterator[None]:
    """Lift the guard on `.state` for the length of a block; `workflow.fire` is the only caller."""
    token = _moving.set(True)
    try:
        yield
    finally:
        _moving.reset(token)


@event.listens_for(Stateful, "attribute_instrument", propagate=True)
def _guard(model: Any, key: str, attribute: Any) -> None:
    if key != "state":
        return

    @event.listens_for(attribute, "set")
    def refuse(target: Any, value: str, old: Any, initiator: Any) -> None:
        if inspect(target).persistent and not _moving.get():
            raise RuntimeError("A state changes only in portal.workflow.fire.")


class Conflict(Exception):
    """Somebody else changed the same thing since this person began to edit it."""


def expect_version(row: Versioned, version: int | None) -> None:
    """Raise `Conflict` unless `row` is still the version this person began from."""
    if row.version != version:
        raise Conflict(f"version {row.version} instead of {version}")
