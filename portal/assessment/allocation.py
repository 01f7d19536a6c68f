"""Who reads what: spreading responses over a panel so that everybody has about the same to do."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Pair = tuple[int, int]
"""A response and a person."""


@dataclass(frozen=True, slots=True)
class Skill:
    """What somebody can judge: some criteria and lots, or (None) all of them."""

    criteria: frozenset[int] | None = None
    lots: frozenset[int] | None = None

    def of(self, criteria: Iterable[int], lot: int) -> frozenset[int]:
        """Which of the criteria they can judge in that lot."""
        if self.lots is not None and lot not in self.lots:
            return frozenset()
        return frozenset(each for each in criteria if self.criteria is None or each in self.criteria)


ANYTHING = frozenset({0})


def spread(
    responses: Sequence[int],
    people: Sequence[int],
    *,
    each: int | None,
    taken: Iterable[Pair] = (),
    barred: Iterable[Pair] = (),
    covers: Mapping[Pair, frozenset[int]] | None = None,
) -> list[Pair]:
    """The pairs to add so that every criterion of every response has `each` people (None: all who can judge it).

    `taken` pairs stand and count; `barred` ones (somebody stood down from that response) are never made again.
    `covers` names the criteria that somebody can judge on a response; without it everybody can judge everything. The
    person with least to do comes first, so nobody's load grows past another's by more than it must.
    """
    standing, never = set(taken), set(barred)
    load = Counter(person for _, person in standing)
    added: list[Pair] = []

    def can(response: int, person: int) -> frozenset[int]:
        return ANYTHING if covers is None else covers.get((response, person), frozenset())

    for response in responses:
        able = [p for p in people if (response, p) not in never | standing and can(response, p)]
        has = Counter(key for answered, p in standing if answered == response for key in can(response, p))
        for person in sorted(able, key=lambda p: (load[p], people.index(p))):
            if each is None or any(has[key] < each for key in can(response, person)):
                has.update(can(response, person))
                load[person] += 1
                added.append((response, person))
    return added


def uncovered(
    lots: Sequence[int], criteria: Sequence[int], skills: Sequence[Skill], quorum: int
) -> list[tuple[int, int, int]]:
    """Where no allocation can meet the quorum: lot, criterion, and how many people can judge it there."""
    counts = Counter((lot, key) for lot in lots for skill in skills for key in skill.of(criteria, lot))
    return [(lot, key, counts[lot, key]) for lot in lots for key in criteria if counts[lot, key] < quorum]


def least_laden(loads: Mapping[int, int]) -> int | None:
    """The person with least to do, the first named of equals; None where nobody is left."""
    return min(loads, key=loads.__getitem__, default=None)
