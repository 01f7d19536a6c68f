"""In which of its circles the money of an authority stays, year by year, and how much of it nobody can place.

A payments file has no addresses, so only what went to firms registered here can be placed, by the postcode each of them
gave. Everything else stands beside the circles with its reason, and makes each share of all that was paid a range.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from sqlalchemy import and_, case, func, literal, select
from sqlalchemy.orm import Session

from portal.network.local import Basis, Circles, Ring, Shares, shares_of
from portal.network.local.shares import Share
from portal.network.spend.models import IS_FIRM, Match, Payee, SpendSum
from portal.network.spend.ranking import whole_pounds
from portal.organisations.models import Organisation

Row = tuple[int, str, str | None, str | None, int]
"""A financial year, whose the money is ("firm" or a `Gap`), circle and basis where they are known, and pence."""
_FIRM = "firm"
BASIS = (
    "A firm registered here is placed by the postcode it gives today, which may be a registered office and not where "
    "the work is done.",
    "What went to others has no address. So each share of all that was paid runs from none of that money in the circle "
    "to all of it.",
    "From the payments files that were read, as they give the amounts, with VAT or without. Credits are taken off; "
    "people, withheld names and rows that could not be read are left out.",
)
"""What every figure here rests on."""


class Gap(Enum):
    """Why money is in no circle."""

    OTHERS = "others"
    DOUBTFUL = "doubtful"
    PLACE = "place"

    @property
    def title(self) -> str:
        """The reason in words."""
        return _GAPS[self]


_GAPS = {
    Gap.OTHERS: "Names that are no firm’s here: the files give no address",
    Gap.DOUBTFUL: "Names in doubt: nobody has said whether they are a firm’s here",
    Gap.PLACE: "Firms here whose postcode is not given or cannot be placed",
}


@dataclass(frozen=True)
class YearByCircle:
    """What was paid in one financial year (named by the year it began in), in pence with credits taken off.

    `gaps` are the parts of what is not known where; `by_half` is how much of what is known was told by the first half
    of a postcode only.
    """

    year: int
    shares: Shares
    gaps: dict[Gap, int] = field(default_factory=dict)
    by_half: int = 0

    @property
    def title(self) -> str:
        """The financial year in words."""
        return f"{self.year} to {self.year + 1}"

    @property
    def total(self) -> int:
        """All that was paid."""
        return self.shares.known + self.shares.unknown

    def bounds(self, share: Share) -> tuple[float, float] | None:
        """The share of all that was paid, in per cent: with nothing of the gaps in the circle, and with all of it.

        None where credits outweigh what was paid, of which there is no share.
        """
        if self.total <= 0:
            return None
        perhaps = sum(max(0, pence) for pence in self.gaps.values())
        return _percent(share.within, self.total), _percent(share.within + perhaps, self.total)

    def range_words(self, share: Share) -> str:
        """The bounds in words; one figure where it is certain."""
        found = self.bounds(share)
        if found is None:
            return "No share"
        least, most = found
        return f"{least:g}%" if least == most else f"{least:g}% to {most:g}%"


def _percent(part: int, whole: int) -> float:
    return round(min(100.0, max(0.0, 100 * part / whole)), 1)


def by_circle(session: Session, organisation_id: int, circles: Circles) -> list[YearByCircle]:
    """Every financial year in which an authority paid, the earliest first, by its circles; one statement."""
    where = circles.placed(Organisation.postcode)
    whose = case(
        (Payee.matched.in_(IS_FIRM), literal(_FIRM)),
        (Payee.matched == Match.DOUBTFUL, literal(Gap.DOUBTFUL.value)),
        else_=literal(Gap.OTHERS.value),
    ).label("whose")
    ring, basis = where.ring.label("ring"), where.basis.label("basis")
    each = (
        where.join(
            select(SpendSum.year, whose, ring, basis, SpendSum.pence)
            .select_from(SpendSum)
            .join(Payee, Payee.id == SpendSum.payee_id)
            .outerjoin(Organisation, and_(Organisation.id == Payee.firm_id, Payee.matched.in_(IS_FIRM)))
        )
        .where(SpendSum.organisation_id == organisation_id)
        .subquery()
    )
    parts = (each.c.year, each.c.whose, each.c.ring, each.c.basis)
    rows = session.execute(select(*parts, func.coalesce(func.sum(each.c.pence), 0)).group_by(*parts))
    return years_of((year, kind, where_, told, int(pence)) for year, kind, where_, told, pence in rows)


def years_of(rows: Iterable[Row]) -> list[YearByCircle]:
    """The years from their sums, the earliest first. Pure."""
    amounts: dict[int, Counter[Ring | None]] = defaultdict(Counter)
    gaps: dict[int, Counter[Gap]] = defaultdict(Counter)
    halves: Counter[int] = Counter()
    for year, whose, ring, basis, pence in rows:
        placed = Ring(ring) if whose == _FIRM and ring else None
        amounts[year][placed] += pence
        if placed is None:
            gaps[year][Gap.PLACE if whose == _FIRM else Gap(whose)] += pence
        elif basis == Basis.OUTWARD.value:
            halves[year] += pence
    return [YearByCircle(year, shares_of(amounts[year]), dict(gaps[year]), halves[year]) for year in sorted(amounts)]


def notes_of(circles: Circles, years: Iterable[YearByCircle]) -> list[str]:
    """What the figures of these years rest on and what they do not know, in sentences."""
    halves = sum(each.by_half for each in years)
    told = [f"{whole_pounds(halves)} of it was placed by the first half of a postcode only."] if halves else []
    return [Shares.NOTE, *BASIS, *told, *circles.gaps]


def lines_of(circles: Circles, found: YearByCircle) -> list[tuple[str, Share]]:
    """The circles an authority has drawn, and the United Kingdom, with its own names for them, the innermost first."""
    drawn = {each.ring for each in circles.drawn} | {Ring.UK}
    return [(circles.title(share.ring), share) for share in found.shares.lines if share.ring in drawn]
