"""What a chosen firm says of itself, as one plain value."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """The four answers; `subcontractors` are names with the part of the work each does."""

    share_code: str
    ground_applies: bool
    grounds: str
    debarred: bool
    subcontractors: Sequence[tuple[str, str]] = ()
