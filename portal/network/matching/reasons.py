"""Why a firm may fit a challenge: six reasons, each worth so many points of a hundred, and a sentence. Pure.

The points only order a list that a person reads. They are the portal's own rule, no measure of a firm, and everything
they are made of is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portal.law.money import pounds
from portal.network.local import Ring

WORDS, DEVELOPED, CATEGORY, PLACE, CAPACITY, PAST_WORK = 50, 15, 10, 15, 5, 5
"""The most points of each reason; together a hundred."""

_BY_PLACE: Final = {Ring.OWN: PLACE, Ring.COUNTY: 10, Ring.REGION: 5, Ring.UK: 0}
PENCE_PER_PERSON: Final = 10_000_000
"""Up to £100,000 for each person a contract is taken to be within a firm's own capacity; above, with partners."""
ENOUGH_WORDS: Final = 5
_MOST_SHOWN: Final = 6


@dataclass(frozen=True)
class Reason:
    """One reason: what it is about, the sentence, and its points."""

    about: str
    sentence: str
    points: int


def in_common(words: Sequence[str], score: float, best: float) -> Reason:
    """Words that both have: in proportion to the firm that shares the most, and less where they are fewer than five."""
    enough = min(1.0, len(words) / ENOUGH_WORDS)
    points = round(WORDS * enough * score / best) if best > 0 else 0
    return Reason("Words in common", _listed(words), points)


def developed(words: Sequence[str]) -> Reason | None:
    """Words of the challenge in what the firm has developed and sold already; from two on, all the points."""
    if not words:
        return None
    return Reason(
        "Already developed",
        f"in what it has built or sold: {_listed(words)}",
        DEVELOPED if len(words) > 1 else DEVELOPED // 2,
    )


def category(names: Sequence[str]) -> Reason | None:
    """Categories of the firm that share a word with the challenge."""
    return Reason("Supplies", "; ".join(names[:3]), CATEGORY) if names else None


def place(ring: Ring | None, title: str, basis: str) -> Reason:
    """Where the firm is, as the authority means local; in no circle where it is not known or outside all of them."""
    if not title:
        return Reason("Place", "Not known", 0)
    return Reason("Place", f"{title}, by {basis}", _BY_PLACE[ring] if ring else 0)


def capacity(headcount: int | None, value_pence: int | None) -> Reason:
    """Whether the contract is within what the firm's people can do alone."""
    if headcount is None or value_pence is None:
        missing = "people in the firm" if headcount is None else "value of the contract"
        return Reason("Capacity", f"Not known: the {missing}", 0)
    people = "1 person" if headcount == 1 else f"{headcount:,} people"
    alone = value_pence <= max(headcount, 1) * PENCE_PER_PERSON
    said = "could do it alone" if alone else "would need partners"
    return Reason("Capacity", f"{people}, who {said} at an estimated {pounds(value_pence)}", CAPACITY if alone else 0)


def past_work(partnerships: int) -> Reason | None:
    """Partnerships the firm has or had through the portal."""
    if not partnerships:
        return None
    said = "1 partnership" if partnerships == 1 else f"{partnerships} partnerships"
    return Reason("Past work", f"{said} through this portal", PAST_WORK)


def _listed(words: Sequence[str]) -> str:
    rest = len(words) - _MOST_SHOWN
    return ", ".join(words[:_MOST_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
