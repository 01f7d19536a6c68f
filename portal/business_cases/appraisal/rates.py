"""The Treasury's rates as dated tables, so that a correction is one line: discounting, and optimism bias."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from portal.law.words import Worded

LONGEST_APPRAISAL = 60
"""Years an appraisal may run. Beyond 50 the Green Book wants lower rates as a sensitivity besides."""


@dataclass(frozen=True, slots=True)
class DiscountRates:
    """The rates in force from a day on: for each step the first year it applies to, and its rate in tenths of a %."""

    since: date
    steps: tuple[tuple[int, int], ...]
    source: str

    def rate(self, year: int) -> Fraction:
        """The rate by which year `year` is worth less than the year before; year 0 is not discounted."""
        permille = next(rate for first, rate in reversed(self.steps) if year >= first)
        return Fraction(permille, 1000)


RATES = (
    DiscountRates(
        since=date(2003, 4, 1),
        steps=((0, 35), (31, 30)),
        source="HM Treasury, The Green Book (reissued February 2026): 3.5% to year 30, 3.0% from year 31 to 75, "
        "as in the Department for Transport's TAG",
    ),
)
"""Newest first. A review of discounting was concluded on 30 June 2026; its result was not seen when this was written:
check it before go-live, and add a row."""


def rates_on(day: date) -> DiscountRates:
    """The rates in force on a day. Raises `ValueError` for a day before the first of them."""
    for rates in RATES:
        if rates.since <= day:
            return rates
    raise ValueError("No discount rates are known for a day so long ago.")


@lru_cache(maxsize=256)
def discount_factor(rates: DiscountRates, year: int) -> Fraction:
    """What a pound of year `year` is worth in year 0: one divided by every year's growth up to it.

    Raises `ValueError` for a year before 0 or after the longest appraisal.
    """
    if not 0 <= year <= LONGEST_APPRAISAL:
        raise ValueError(f"An appraisal runs from year 0 to year {LONGEST_APPRAISAL}.")
    if year == 0:
        return Fraction(1)
    return discount_factor(rates, year - 1) / (1 + rates.rate(year))


class ProjectKind(Worded):
    """What sort of project an option is, which decides how far its costs are usually underestimated."""

    OUTSOURCING = ("outsourcing", "A service somebody runs for us")
    DEVELOPMENT = ("development", "Equipment or software to be developed")
    STANDARD_BUILDING = ("standard_building", "A building of a usual kind")
    UNUSUAL_BUILDING = ("unusual_building", "A building of an unusual kind")


@dataclass(frozen=True, slots=True)
class Bias:
    """The most by which costs are to be raised, in whole per cent: what is spent once, and what is spent yearly."""

    one_off: int
    yearly: int
    source: str


_MOTT = (
    "Mott MacDonald, Review of large public procurement in the UK (2002), upper bounds, in the Green Book's supplement"
)

BIAS = {
    ProjectKind.OUTSOURCING: Bias(0, 41, _MOTT),
    ProjectKind.DEVELOPMENT: Bias(200, 0, _MOTT),
    ProjectKind.STANDARD_BUILDING: Bias(24, 0, _MOTT),
    ProjectKind.UNUSUAL_BUILDING: Bias(51, 0, _MOTT),
}
"""Upper bounds: an author may go below one with reasons. Those for development and outsourcing were not seen at
their source when this was written: check them before go-live."""
