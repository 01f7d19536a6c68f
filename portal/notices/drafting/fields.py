"""A field of a notice: what it says, where that came from, and where it is met while it says nothing."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One piece of information that a notice must hold.

    `asked_by` is the rule that asks for it, `source` says in words where the value came from. Without a value it is
    missing, and met on the page that `endpoint` and `values` lead to; `elsewhere` says that the portal does not keep it
    and that it is entered on the official platform, which counts as nothing missing.
    """

    label: str
    value: str
    asked_by: str
    source: str = ""
    endpoint: str = ""
    values: tuple[tuple[str, Any], ...] = ()
    elsewhere: bool = False

    @property
    def missing(self) -> bool:
        """Whether it should be known here and is not."""
        return not self.value and not self.elsewhere


def elsewhere(label: str, asked_by: str, hint: str = "") -> Field:
    """What the portal does not keep; `hint` where something beside that is to be said."""
    return Field(label, "", asked_by, hint, elsewhere=True)
