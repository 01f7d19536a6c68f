"""Reading what came with a move."""

from datetime import datetime
from typing import Any

from portal.machine import Situation


def given_deadline(at: Situation[Any]) -> datetime | None:
    """The deadline given with the move; the first of two people gave it as text. None where it cannot be one."""
    said = at.given.get("deadline")
    if isinstance(said, str):
        try:
            said = datetime.fromisoformat(said)
        except ValueError:
            return None
    return said if isinstance(said, datetime) and said.tzinfo is not None else None
