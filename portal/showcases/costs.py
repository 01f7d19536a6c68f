"""What deploying a prototype costs in each year, in the same shape for every firm. Whole pence, and pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from portal.law.money import Vat, with_vat

YEARS = 5
"""Every firm's costs are shown for year 0 (setting up) and at least this many years of running."""

Firm = TypeVar("Firm")


class Line(Protocol):
    """A part of the cost: once in year 0, and in each of the years 1 to `years`; amounts on the basis `vat` names."""

    @property
    def one_off_pence(self) -> int:
        """Due in year 0."""

    @property
    def yearly_pence(self) -> int:
        """Due in each of its years."""

    @property
    def years(self) -> int:
        """For how many."""

    @property
    def vat(self) -> Vat:
        """The basis of both amounts."""


@dataclass(frozen=True, slots=True)
class YearCost:
    """One year's cost before VAT and with it."""

    year: int
    before_vat_pence: int
    with_vat_pence: int

    @property
    def vat_pence(self) -> int:
        """The VAT in it."""
        return self.with_vat_pence - self.before_vat_pence


@dataclass(frozen=True, slots=True)
class Schedule:
    """A prototype's costs by year. `stops_after` is the year after which some running cost was no longer named."""

    years: tuple[YearCost, ...]
    stops_after: int | None

    @property
    def before_vat_pence(self) -> int:
        """All years before VAT."""
        return sum(each.before_vat_pence for each in self.years)

    @property
    def with_vat_pence(self) -> int:
        """All years with VAT."""
        return sum(each.with_vat_pence for each in self.years)

    @property
    def most_pence(self) -> int:
        """The dearest year with VAT."""
        return max((each.with_vat_pence for each in self.years), default=0)


def before_vat(pence: int, basis: Vat, rate: int = 20) -> int:
    """The amount without its VAT at `rate` per cent, to the nearest penny, halves up."""
    if basis is not Vat.INCLUSIVE:
        return pence
    return (pence * 200 + 100 + rate) // (2 * (100 + rate))


def by_year(lines: Iterable[Line], at_least: int = YEARS) -> Schedule:
    """The costs of each year from 0 to `at_least` or further; a line's VAT is rounded as that year's bill will be."""
    known = list(lines)
    running = [line.years for line in known if line.yearly_pence]
    last = max([at_least, *running])
    found = []
    for year in range(last + 1):
        due = [(line.yearly_pence if year else line.one_off_pence, line.vat) for line in known if year <= line.years]
        found.append(
            YearCost(
                year,
                sum(before_vat(pence, vat) for pence, vat in due),
                sum(with_vat(pence, vat) for pence, vat in due),
            )
        )
    shortest = min(running, default=None)
    return Schedule(tuple(found), shortest if shortest is not None and shortest < last else None)


def alike(firms: Mapping[Firm, Sequence[Line]]) -> dict[Firm, Schedule]:
    """Every firm's costs over the same years, those of whichever names the most, so that they can be compared."""
    furthest = max((line.years for lines in firms.values() for line in lines if line.yearly_pence), default=YEARS)
    return {firm: by_year(lines, max(YEARS, furthest)) for firm, lines in firms.items()}
