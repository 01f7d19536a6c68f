"""Money or firms by circle, said so that nobody adds up what is one inside the other. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.network.local.models import Ring
from portal.network.local.placing import ABROAD


@dataclass(frozen=True)
class Share:
    """What lies within one circle, all circles inside it included; `percent` is of what is known, one decimal."""

    ring: Ring
    within: int
    percent: float


@dataclass(frozen=True)
class Shares:
    """One line a circle, each holding those above it; what is not known stands beside them and in no percentage.

    `abroad` is what is known to lie outside the United Kingdom: in no line, but part of what is known.
    """

    lines: tuple[Share, ...]
    known: int
    unknown: int
    abroad: int = 0

    NOTE = "Each circle holds the ones inside it, so the lines are not to be added up."

    @property
    def percent_abroad(self) -> float:
        """The part of what is known that lies outside the United Kingdom."""
        return _percent(self.abroad, self.known)

    @property
    def basis(self) -> str:
        """What the percentages are of."""
        if not self.unknown:
            return "Of everything counted here."
        total = self.known + self.unknown
        return f"Of the {_percent(self.known, total):g}% of which the place is known; the rest is in no circle."


def shares_of(amounts: Mapping[Ring | None, int], *, abroad: int = 0) -> Shares:
    """What lies within each circle, from what lies in it and in none inside it (None: not known where), and from what
    lies outside the United Kingdom.

    Amounts may be below nought, as credits are; percentages are nought where nothing is known.
    """
    known = sum(amount for ring, amount in amounts.items() if ring is not None) + abroad
    within, lines = 0, []
    for ring in Ring:
        within += amounts.get(ring, 0)
        lines.append(Share(ring, within, _percent(within, known)))
    return Shares(tuple(lines), known, amounts.get(None, 0), abroad)


def shares_by(amounts: Mapping[str | None, int]) -> Shares:
    """The same from amounts by what the column `ring` says (`Placed.ring`)."""
    circles = {Ring(ring) if ring else None: amount for ring, amount in amounts.items() if ring != ABROAD}
    return shares_of(circles, abroad=amounts.get(ABROAD, 0))


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
