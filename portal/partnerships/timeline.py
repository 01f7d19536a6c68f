"""Phases as bars on one line of time: where each begins and how long it is, in per cent of the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.partnerships.models import Phase


@dataclass(frozen=True, slots=True)
class Bar:
    """One phase on the line."""

    phase: Phase
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """All phases between the first day and the last; `today` is where today stands, None outside of them."""

    bars: tuple[Bar, ...]
    begins: date
    ends: date
    today: float | None


def line_of(phases: Sequence[Phase], today: date) -> Line | None:
    """The phases drawn against time; None where there are none."""
    if not phases:
        return None
    begins, ends = min(each.starts_on for each in phases), max(each.ends_on for each in phases)
    whole = (ends - begins).days + 1

    def share(days: int) -> float:
        return round(100 * days / whole, 1)

    bars = tuple(
        Bar(each, share((each.starts_on - begins).days), share((each.ends_on - each.starts_on).days + 1))
        for each in phases
    )
    return Line(bars, begins, ends, share((today - begins).days) if begins <= today <= ends else None)
