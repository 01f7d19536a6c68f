"""In which of its circles the money of an authority stays, by year and by category, and how much nobody can place.

A payments file has no addresses. `whereabouts` says by what a payee is placed all the same. Everything else stands
beside the circles with its reason, and makes each share a range.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from portal.network.local import Basis, Circles, Ring, Shares, shares_by
from portal.network.local.shares import Share
from portal.network.spend.models import Payee, SpendSum
from portal.network.spend.ranking import whole_pounds
from portal.network.spend.whereabouts import Whose, whereabouts

Key = TypeVar("Key", int, str)
BASIS = (
    "A firm registered here is placed by the postcode it gives today, which may be a registered office and not where "
    "the work is done.",
    "Others are placed where somebody of the authority said that they are; where nobody did, by their registered "
    "office if the file gives a company number that the portal knows. What else went to others has no address. So "
    "each share of all that was paid runs from none of that money in the circle to all of it.",
    "What somebody of the authority said is outside the United Kingdom is counted as such, and so are postcodes of "
    "Jersey, Guernsey and the Isle of Man, which are no part of it.",
    "From the payments files that were read, as they give the amounts, with VAT or without. Credits are taken off; "
    "people, withheld names and rows that could not be read are left out.",
)
"""What every figure here rests on."""


class Gap(Enum):
    """Why money is in no circle."""

    OTHERS = "others"
    DOUBTFUL = "doubtful"
    PLACE = "place"
    SAID = "said"

    @property
    def title(self) -> str:
        """The reason in words."""
        return _GAPS[self]


_GAPS = {
    Gap.OTHERS: "Names that are no firm’s here: the files give no address, and nobody has said where they are",
    Gap.DOUBTFUL: "Names in doubt: nobody has said whether they are a firm’s here",
    Gap.PLACE: "Firms here whose postcode is not given or cannot be placed",
    Gap.SAID: "Names whose postcode was said, which cannot be placed in a circle",
}


@dataclass(frozen=True, kw_only=True)
class ByCircle:
    """What was paid, in pence with credits taken off.

    `gaps` are the parts of what is not known where; of what is known, `by_half` was told by the first half of a
    postcode only, `by_islands` by its first two letters (those of the Crown dependencies), `by_office` by the
    registered office of a company that is not registered here, and `by_person` by what somebody of the authority said.
    """

    shares: Shares
    gaps: Mapping[Gap, int] = field(default_factory=dict)
    by_half: int = 0
    by_islands: int = 0
    by_office: int = 0
    by_person: int = 0

    @property
    def total(self) -> int:
        """All that was paid."""
        return self.shares.known + self.shares.unknown

    @property
    def perhaps(self) -> int:
        """What may lie in any circle or in none: the gaps, without those that are credits."""
        return sum(max(0, pence) for pence in self.gaps.values())

    def bounds(self, share: Share) -> tuple[float, float] | None:
        """The share of all that was paid, in per cent: with nothing of the gaps in the circle, and with all of it.

        None where credits outweigh what was paid, of which there is no share.
        """
        return self._bounds(share.within)

    @property
    def bounds_abroad(self) -> tuple[float, float] | None:
        """The same of what lies outside the United Kingdom."""
        return self._bounds(self.shares.abroad)

    def _bounds(self, pence: int) -> tuple[float, float] | None:
        if self.total <= 0:
            return None
        return _percent(pence, self.total), _percent(pence + self.perhaps, self.total)

    def range_words(self, share: Share) -> str:
        """The bounds in words; one figure where it is certain."""
        return _range_words(self.bounds(share))

    @property
    def range_words_abroad(self) -> str:
        """The bounds of what lies outside the United Kingdom in words."""
        return _range_words(self.bounds_abroad)

    @property
    def range_words_unknown(self) -> str:
        """The share of all that was paid of which nobody knows where it went, in words."""
        return "No share" if self.total <= 0 else f"{_percent(self.shares.unknown, self.total):g}%"


def _range_words(found: tuple[float, float] | None) -> str:
    if found is None:
        return "No share"
    least, most = found
    return f"{least:g}%" if least == most else f"{least:g}% to {most:g}%"


@dataclass(frozen=True, kw_only=True)
class YearByCircle(ByCircle):
    """What was paid in one financial year, named by the year it began in."""

    year: int

    @property
    def title(self) -> str:
        """The financial year in words."""
        return f"{self.year} to {self.year + 1}"


@dataclass(frozen=True, kw_only=True)
class CategoryByCircle(ByCircle):
    """What was paid for one category in one financial year; `name` is empty where the file gives none."""

    name: str

    @property
    def title(self) -> str:
        """The category in words."""
        return self.name or "No category given"


def _percent(part: int, whole: int) -> float:
    return round(min(100.0, max(0.0, 100 * part / whole)), 1)


def by_circle(session: Session, organisation_id: int, circles: Circles) -> list[YearByCircle]:
    """Every financial year in which an authority paid, the earliest first, by its circles; one statement."""
    return years_of(_sums(session, organisation_id, circles, SpendSum.year))


def categories_by_circle(
    session: Session, organisation_id: int, circles: Circles, year: int, name: str | None = None
) -> list[CategoryByCircle]:
    """Every category of one year by an authority's circles, the most money first; one of them where it is named."""
    only = [SpendSum.year == year] + ([] if name is None else [SpendSum.category == name])
    return categories_of(_sums(session, organisation_id, circles, SpendSum.category, *only))


def latest_years(session: Session, circles: Mapping[int, Circles]) -> dict[int, YearByCircle]:
    """The latest financial year in which each of these authorities paid, by its own circles; two statements."""
    latest = dict(
        session.execute(
            select(SpendSum.organisation_id, func.max(SpendSum.year))
            .where(SpendSum.organisation_id.in_(list(circles)))
            .group_by(SpendSum.organisation_id)
        ).all()
    )
    asked = [_asked(key, circles[key], SpendSum.year, SpendSum.year == year) for key, year in latest.items()]
    by_body: dict[int, list[tuple[int, str, str | None, str | None, int]]] = defaultdict(list)
    for body, *row in session.execute(union_all(*asked)) if asked else ():
        by_body[body].append(_row(row))
    return {body: years_of(rows)[0] for body, rows in by_body.items()}


def _sums(
    session: Session, organisation_id: int, circles: Circles, key: Any, *conditions: ColumnElement[bool]
) -> Iterable[tuple[Any, str, str | None, str | None, int]]:
    rows = session.execute(_asked(organisation_id, circles, key, *conditions))
    return (_row(row) for _body, *row in rows)


def _row(row: Sequence[Any]) -> tuple[Any, str, str | None, str | None, int]:
    key, whose, ring, basis, pence = row
    return key, whose, ring, basis, int(pence)


def _asked(organisation_id: int, circles: Circles, key: Any, *conditions: ColumnElement[bool]) -> Select[Any]:
    """The authority and, for each key: whose word it is where that is, circle and basis if known, and pence."""
    where = whereabouts(circles)
    told = (key.label("key"), where.whose.label("whose"), where.ring.label("ring"), where.basis.label("basis"))
    each = (
        where.join(
            select(*told, SpendSum.pence.label("pence"))
            .select_from(SpendSum)
            .join(Payee, Payee.id == SpendSum.payee_id)
        )
        .where(SpendSum.organisation_id == organisation_id, *conditions)
        .subquery()
    )
    parts = (each.c.key, each.c.whose, each.c.ring, each.c.basis)
    return select(literal(organisation_id), *parts, func.coalesce(func.sum(each.c.pence), 0)).group_by(*parts)


def years_of(rows: Iterable[tuple[int, str, str | None, str | None, int]]) -> list[YearByCircle]:
    """The years from their sums, the earliest first. Pure."""
    return [YearByCircle(year=year, **parts) for year, parts in sorted(_gathered(rows).items())]


def categories_of(rows: Iterable[tuple[str, str, str | None, str | None, int]]) -> list[CategoryByCircle]:
    """The categories from their sums, the most money first. Pure."""
    found = [CategoryByCircle(name=name, **parts) for name, parts in _gathered(rows).items()]
    return sorted(found, key=lambda each: (-each.total, each.name))


def _gathered(rows: Iterable[tuple[Key, str, str | None, str | None, int]]) -> dict[Key, dict[str, Any]]:
    """What each key's sums make of a `ByCircle`, by the names of its fields."""
    amounts: dict[Key, Counter[str | None]] = defaultdict(Counter)
    gaps: dict[Key, Counter[Gap]] = defaultdict(Counter)
    bases: Counter[tuple[Key, str | None]] = Counter()
    words: Counter[tuple[Key, Whose]] = Counter()
    for key, whose, ring, basis, pence in rows:
        amounts[key][ring] += pence
        if ring is None:
            gaps[key][_UNPLACED[Whose(whose)]] += pence
            continue
        words[key, Whose(whose)] += pence
        bases[key, basis] += pence
    return {
        key: {
            "shares": shares_by(amounts[key]),
            "gaps": dict(gaps[key]),
            "by_half": bases[key, Basis.OUTWARD.value],
            "by_islands": bases[key, Basis.ISLANDS.value],
            "by_office": words[key, Whose.OFFICE],
            "by_person": words[key, Whose.SAID],
        }
        for key in amounts
    }


_UNPLACED = {
    Whose.FIRM: Gap.PLACE,
    Whose.SAID: Gap.SAID,
    Whose.OFFICE: Gap.OTHERS,
    Whose.DOUBTFUL: Gap.DOUBTFUL,
    Whose.OTHERS: Gap.OTHERS,
}
"""The gap that money falls into whose place nobody can tell."""


def notes_of(circles: Circles, found: Iterable[ByCircle]) -> list[str]:
    """What these figures rest on and what they do not know, in sentences."""
    every = list(found)
    halves, offices = sum(each.by_half for each in every), sum(each.by_office for each in every)
    islands, persons = sum(each.by_islands for each in every), sum(each.by_person for each in every)
    told = (
        [f"{whole_pounds(halves)} of what is placed was placed by the first half of a postcode only."] if halves else []
    )
    if islands:
        told.append(
            f"{whole_pounds(islands)} of what is outside the United Kingdom is told by postcodes of Jersey, Guernsey "
            "or the Isle of Man."
        )
    told += [f"{whole_pounds(offices)} of what is placed was placed by registered offices alone."] if offices else []
    if persons:
        told.append(f"{whole_pounds(persons)} of what is placed was placed by what people of the authority said of it.")
    return [Shares.NOTE, *BASIS, *told, *circles.gaps]


def lines_of(circles: Circles, found: ByCircle) -> list[tuple[str, Share]]:
    """The circles an authority has drawn, and the United Kingdom, with its own names for them, the innermost first."""
    drawn = {each.ring for each in circles.drawn} | {Ring.UK}
    return [(circles.title(share.ring), share) for share in found.shares.lines if share.ring in drawn]
