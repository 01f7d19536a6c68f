"""Column types shared by every table."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Dialect
from sqlalchemy import Enum as EnumType
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

# Letters and digits that cannot be mistaken for one another when read aloud.
_REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class UTCDateTime(TypeDecorator[datetime]):
    """A moment, always with its zone in Python and always UTC in the database (SQLite forgets zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC. Raises `ValueError` for a moment without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A stored moment needs its time zone.")
        return value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Give the zone back. In one step, and not in SQLAlchemy's three: a list has many moments."""
        return _from_text if dialect.name == "sqlite" else _from_driver


def _from_text(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(f"{stored}+00:00")


def _from_driver(stored: datetime | None) -> datetime | None:
    return None if stored is None else stored.astimezone(UTC)


class Choice(EnumType):
    """A column that holds one member of a Python enum by its value, with a CHECK that says so."""

    cache_ok = True

    def __init__(self, members: type[Enum] | None = None, **options: Any) -> None:
        if members is None:
            super().__init__(**options)
            return
        settings: dict[str, Any] = {
            "native_enum": False,
            "create_constraint": True,
            "length": 40,
            "name": members.__name__.lower(),
            "values_callable": lambda enum: [member.value for member in enum],
            "validate_strings": True,
        }
        super().__init__(members, **(settings | options))


Pence = Annotated[int, mapped_column(BigInteger)]
"""Money in whole pence; never a float, never SQLite's Numeric, which is one."""


def random_reference(length: int = 10) -> str:
    """A reference that tells nothing of how many came before it (fifty bits at the default length)."""
    return "".join(secrets.choice(_REFERENCE_ALPHABET) for _ in range(length))
