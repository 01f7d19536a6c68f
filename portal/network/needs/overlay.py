"""Plans of several bodies laid over each other: what is common, and what comes when. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.network.needs.models import PlannedNeed, Risk
from portal.network.needs.quarters import next_quarter, quarter_of
from portal.text import fold

GROUP_DIGITS = 3
"""Needs whose CPV codes share their first three digits (a group) are of one kind."""
_RISKS = tuple(Risk)
MOST_QUARTERS = 12


@dataclass(frozen=True)
class Common:
    """A kind of purchase and every need of that kind; `words` are the first body's own."""

    words: str
    needs: tuple[PlannedNeed, ...]

    @property
    def bodies(self) -> tuple[str, ...]:
        """Who plans it, in the order of names."""
        return tuple(sorted({each.organisation.name for each in self.needs}))

    @property
    def pence(self) -> int:
        """What is estimated of it, including VAT."""
        return sum(each.with_vat or 0 for each in self.needs)

    @property
    def unvalued(self) -> int:
        """How many have no estimate."""
        return sum(each.value_pence is None for each in self.needs)

    @property
    def first(self) -> date:
        """The earliest quarter."""
        return min(each.quarter for each in self.needs)

    @property
    def last(self) -> date:
        """The latest quarter."""
        return max(each.quarter for each in self.needs)

    @property
    def risk(self) -> Risk:
        """The highest risk among them."""
        return max((each.risk for each in self.needs), key=_RISKS.index)

    @property
    def influenceable(self) -> bool:
        """Whether every body is free to buy it another way."""
        return all(each.influenceable for each in self.needs)


@dataclass(frozen=True)
class InQuarter:
    """What comes in one quarter: pence including VAT by risk, how many needs, and how many of them unvalued."""

    first: date
    pence: dict[Risk, int]
    count: int
    unvalued: int

    @property
    def total(self) -> int:
        """All risks together."""
        return sum(self.pence.values())


def kinds_of(needs: Iterable[PlannedNeed]) -> list[Common]:
    """Needs by kind: first what most bodies plan, then what is worth most.

    Those without a code join the kind in which somebody uses the same words.
    """
    found = list(needs)
    group_of_words = {
        fold(each.category): each.category_code[:GROUP_DIGITS] for each in reversed(found) if each.category_code
    }
    kinds: dict[str, list[PlannedNeed]] = defaultdict(list)
    for each in found:
        words = fold(each.category)
        kinds[(each.category_code or "")[:GROUP_DIGITS] or group_of_words.get(words, words)].append(each)
    common = [Common(each[0].category, tuple(each)) for each in kinds.values()]
    return sorted(common, key=lambda kind: (-len(kind.bodies), -kind.pence, fold(kind.words)))


def shared_kinds(needs: Iterable[PlannedNeed]) -> list[Common]:
    """Only what two bodies or more plan."""
    return [kind for kind in kinds_of(needs) if len(kind.bodies) > 1]


def pipeline_of(needs: Sequence[PlannedNeed]) -> list[InQuarter]:
    """Every quarter from the first need's to the last's, empty ones too; twelve at most."""
    if not needs:
        return []
    first, last = (quarter_of(choose(each.quarter for each in needs)) for choose in (min, max))
    by_quarter: dict[date, list[PlannedNeed]] = defaultdict(list)
    for each in needs:
        by_quarter[each.quarter].append(each)
    found: list[InQuarter] = []
    while first <= last and len(found) < MOST_QUARTERS:
        here = by_quarter[first]
        pence = {risk: sum(each.with_vat or 0 for each in here if each.risk is risk) for risk in _RISKS}
        found.append(InQuarter(first, pence, len(here), sum(each.value_pence is None for each in here)))
        first = next_quarter(first)
    return found
