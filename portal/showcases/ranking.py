"""From the panel's locked scores to a ranking: pure arithmetic, exact to the last part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol


class Weighed(Protocol):
    """What is needed of a criterion: its weight in points of a hundred, and its highest score."""

    id: int
    weight: int
    max_score: int


@dataclass(frozen=True, slots=True)
class Total:
    """One prototype's share of all points, and its place; equals share a place."""

    key: int
    share: Fraction
    rank: int

    @property
    def percent(self) -> float:
        """The share in per cent to one decimal, for showing; compare `share`."""
        return round(float(self.share * 100), 1)


def share_of(criteria: Iterable[Weighed], scores: Mapping[int, list[int]]) -> Fraction:
    """The weighted share of all points: each criterion counts with the mean of the panel's scores.

    `scores` are by criterion; one nobody scored counts nothing.
    """
    whole = sum(criterion.weight for criterion in criteria) or 1
    gained = sum(
        (
            criterion.weight * Fraction(sum(given), len(given) * criterion.max_score)
            for criterion in criteria
            if (given := scores.get(criterion.id))
        ),
        Fraction(),
    )
    return gained / whole


def ranked(shares: Mapping[int, Fraction]) -> list[Total]:
    """The best first; who has the same share has the same rank."""
    return [
        Total(key, share, 1 + sum(other > share for other in shares.values()))
        for key, share in sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def follows_ranking(totals: Iterable[Total], chosen: Iterable[int]) -> bool:
    """Whether nobody is chosen over somebody who scored more."""
    taken = frozenset(chosen)
    worst = min((total.share for total in totals if total.key in taken), default=None)
    best_left = max((total.share for total in totals if total.key not in taken), default=None)
    return worst is None or best_left is None or worst >= best_left
