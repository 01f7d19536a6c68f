"""The arithmetic of the ranking: exact fractions throughout, rounded only to be shown.

A published ranking may be challenged in court, so no float comes near it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from math import floor
from typing import TypeVar

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A criterion as the ranking sees it: its weight in points of a hundred and its highest score."""

    id: int
    weight: int | Fraction
    max_score: int
    position: int


class Tie(Enum):
    """Whether an equal total was met, and what decided."""

    NONE = "none"
    BROKEN = "broken"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a response stands. Responses that nothing tells apart share a rank, and a person must decide."""

    key: int
    rank: int
    total: Fraction
    meets_minimum: bool
    tie: Tie


def mean(scores: Sequence[int]) -> Fraction:
    """The plain mean, exactly. Raises `ValueError` for no scores."""
    if not scores:
        raise ValueError("There is nothing to take the mean of.")
    return Fraction(sum(scores), len(scores))


def price_parts(prices: Mapping[int, int | None]) -> dict[int, Fraction]:
    """Each price's part of the highest score: the lowest gets all of it, others what the lowest is of theirs.

    No price at all gets nothing, and free of charge is the lowest there is.
    """
    said = [price for price in prices.values() if price is not None]
    lowest = min(said, default=0)
    return {
        key: Fraction(0) if price is None else Fraction(1) if price == lowest else Fraction(lowest, price)
        for key, price in prices.items()
    }


def lighter(criteria: Sequence[Weighed], eased: int, by: int) -> list[Weighed]:
    """The criteria with `by` points taken from one of them and given to the others by their weight, exactly.

    A criterion that carries less than `by`, or that is the only one, loses all it can without falling below nothing.
    """
    rest = sum(each.weight for each in criteria if each.id != eased)
    own = next(each.weight for each in criteria if each.id == eased)
    taken = min(Fraction(by), Fraction(own)) if rest else Fraction(0)
    return [
        replace(each, weight=each.weight - taken if each.id == eased else each.weight + taken * each.weight / rest)
        for each in criteria
    ]


def weighted_total(criteria: Iterable[Weighed], scores: Mapping[int, Fraction]) -> Fraction:
    """The total in per cent (0 to 100): each score's part of its highest, times its weight.

    Raises `KeyError` where a criterion has no score.
    """
    return sum((scores[each.id] * each.weight / each.max_score for each in criteria), Fraction(0))


def ranked(
    criteria: Sequence[Weighed], responses: Mapping[int, Mapping[int, Fraction]], minimum_percent: int
) -> list[Place]:
    """Every response in its place, best first.

    Equal totals are told apart by the higher score on the heaviest criterion, then on the next heaviest and so on
    (equal weights in the order the brief names them).
    """
    by_weight = sorted(criteria, key=lambda each: (-each.weight, each.position))

    def key_of(response: int) -> tuple[Fraction, ...]:
        scores = responses[response]
        return weighted_total(criteria, scores), *(scores[each.id] for each in by_weight)

    keys = {response: key_of(response) for response in responses}
    order = sorted(responses, key=lambda each: (tuple(-part for part in keys[each]), each))
    equal_totals = _repeated(key[0] for key in keys.values())
    equal_keys = _repeated(keys.values())
    places: list[Place] = []
    for number, response in enumerate(order, start=1):
        key = keys[response]
        shared = key in equal_keys and places and keys[places[-1].key] == key
        tie = Tie.OPEN if key in equal_keys else Tie.BROKEN if key[0] in equal_totals else Tie.NONE
        rank = places[-1].rank if shared else number
        places.append(Place(response, rank, key[0], key[0] >= minimum_percent, tie))
    return places


def _repeated(values: Iterable[K]) -> set[K]:
    return {value for value, times in Counter(values).items() if times > 1}


def goes_on(places: Sequence[Place], most: int | None) -> set[int]:
    """Who is chosen if the ranking alone decides: the first `most` that meet the minimum (None: all of them).

    A tie that nothing breaks on the last place chooses none of those tied for it: a person must.
    """
    able = [place for place in places if place.meets_minimum]
    if most is None or len(able) <= most:
        return {place.key for place in able}
    last = able[most - 1].rank
    contested = able[most].rank == last
    return {place.key for place in able[:most] if not (contested and place.rank == last)}


def broken_order(places: Sequence[Place], chosen: set[int]) -> list[tuple[int, int]]:
    """Pairs (passed over, chosen instead) that break the ranking: someone better ranked and able was passed over."""
    able = [place for place in places if place.meets_minimum]
    return [
        (better.key, worse.key)
        for worse in able
        if worse.key in chosen
        for better in able
        if better.key not in chosen and better.rank < worse.rank
    ]


def hundredths(number: Fraction) -> int:
    """A number that is not negative in whole hundredths, half up: 72.345% is 7235 basis points."""
    return floor(number * 100 + Fraction(1, 2))
