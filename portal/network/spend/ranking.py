"""Where money could stay: categories by what goes to others and by how many firms registered here could take it on.

A payments file has no addresses. “Others” are whoever is not registered here: most will be far away, some next door.
So each figure is a range, from what surely goes to others to what may, and says what it cannot know.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.law.money import pounds
from portal.network.spend.names import telling_words
from portal.network.spend.queries import Paid
from portal.organisations.models import Organisation

ENOUGH = 3
"""Firms from which on a category counts as one that firms here could take on: enough for a competition."""

_LITTLE = frozenset(
    (
        *("and", "or", "of", "for", "the", "to", "other", "general", "misc", "miscellaneous", "costs", "fees", "items"),
        *("eg", "etc", "expenses", "payments", "charges", "external", "internal", "contracted", "private", "supplies"),
        *("contractors", "services", "hire", "non", "all"),
    )
)
"""Words of a category that tell nothing of what is bought."""


def whole_pounds(pence: int) -> str:
    """An amount without its pence, cut off, for figures that are estimates anyway."""
    return pounds(int(pence / 100) * 100)


@dataclass(frozen=True, slots=True)
class Chance:
    """A category with the firms registered here that it fits. `score` orders the list: money times capacity."""

    paid: Paid
    firms: int

    @property
    def least(self) -> int:
        """What surely goes to others, in pence; nothing where credits outweigh it."""
        return max(0, self.paid.others)

    @property
    def most(self) -> int:
        """What may go to others: with the names of which nobody has said yet whose they are."""
        return max(0, self.paid.others + max(0, self.paid.doubtful))

    @property
    def score(self) -> float:
        """Money that goes to others, weighed by how near the firms here come to a competition."""
        return (self.least + self.most) / 2 * min(self.firms, ENOUGH) / ENOUGH

    @property
    def capacity(self) -> str:
        """How many firms here it fits, in words."""
        return "No firm found" if not self.firms else f"{self.firms} firm{'' if self.firms == 1 else 's'}"

    @property
    def range_words(self) -> str:
        """The range in words; one figure where it is certain."""
        least, most = whole_pounds(self.least), whole_pounds(self.most)
        return least if self.least == self.most else f"{least} to {most}"


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm registered here, by what it says of itself."""

    id: int
    reference: str
    name: str
    words: frozenset[str]


def firms_here(session: Session) -> list[Firm]:
    """Every firm that is registered with a name."""
    rows = session.execute(
        select(Organisation.id, Organisation.reference, Organisation.name, Organisation.summary)
        .where(Organisation.is_supplier, ~Organisation.provisional)
        .order_by(Organisation.name, Organisation.id)
    )
    return [Firm(key, reference, name, _stems(f"{name} {summary}")) for key, reference, name, summary in rows]


def chances(paid: Sequence[Paid], firms: Sequence[Firm]) -> list[Chance]:
    """The categories, the best chance first; those that no firm here fits come last, the most money first."""
    by_word: dict[str, set[int]] = defaultdict(set)
    for firm in firms:
        for word in firm.words:
            by_word[word].add(firm.id)
    found = [Chance(each, len(_fitting(each.name, by_word))) for each in paid]
    return sorted(found, key=lambda each: (-each.score, -each.most, each.paid.name))


def fitting(category: str, firms: Sequence[Firm]) -> list[Firm]:
    """The firms whose own words name what a category is about."""
    wanted = _stems(category) - _LITTLE
    return [firm for firm in firms if wanted & firm.words]


def _fitting(category: str, by_word: dict[str, set[int]]) -> set[int]:
    return set().union(*(by_word.get(word, set()) for word in _stems(category) - _LITTLE))


def _stems(text: str) -> frozenset[str]:
    """The telling words, without the s of the plural, so that “repairs” fits “repair”; short ones tell nothing."""
    words = {word for word in telling_words(text) if len(word) > 2 and word not in _LITTLE}
    return frozenset(word.removesuffix("s") if len(word) > 4 else word for word in words)


def paragraph(authority: str, year: int, chance: Chance, firms: Sequence[Firm]) -> str:
    """The evidence for a business case, in words that say what it does not know."""
    whose = f"{len(firms)} firms registered here name this work" if len(firms) > 1 else "One firm here names this work"
    capacity = (
        f"{whose}, {', '.join(firm.name for firm in firms[:5])} among them."
        if firms
        else ("No firm registered here names this work: a supplier would have to be grown.")
    )
    return (
        f"In the financial year {year} to {year + 1}, {authority} paid {whole_pounds(chance.paid.total)} for "
        f"“{chance.paid.name}” to {chance.paid.payees} suppliers. Of this, {chance.range_words} went to suppliers "
        f"that are not registered in the region’s portal. {capacity} Source: the authority’s own published payments; "
        "people, withheld names and rows that could not be read are left out. The files hold no addresses, so a "
        "supplier that is not registered may still be local."
    )
