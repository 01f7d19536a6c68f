"""How a machine says no: always in sentences, and always with everything that is missing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unmet:
    """A requirement that does not hold: its sentence, what exactly is missing, and the page where it is met."""

    name: str
    sentence: str
    link: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a move cannot be made now: every unmet requirement, not the first."""

    move: str
    title: str
    missing: tuple[Unmet, ...]


class MoveRefused(Exception):
    """The right person asked at the right time, but something is missing."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.title}: " + " ".join(each.sentence for each in refusal.missing))
        self.refusal = refusal


class NotAllowed(Exception):
    """This person may not do this; the message says why in words fit for a page."""


class NotNow(Exception):
    """The subject is not in a state from which this can be done; the message says so in words."""
