"""An option's money by year, and what it is worth in the money of year 0."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import zip_longest

from portal.business_cases.appraisal.rates import DiscountRates, discount_factor


@dataclass(frozen=True, slots=True)
class Flows:
    """Pence of today's prices by year, year 0 first; a sequence that ends early goes on with nothing.

    `one_off` and `yearly` are costs, because what is spent once is underestimated otherwise than what is spent every
    year; `one_off_bias` and `yearly_bias` are what is added to them for optimism, in whole per cent.
    """

    one_off: tuple[int, ...] = ()
    yearly: tuple[int, ...] = ()
    benefits: tuple[int, ...] = ()
    one_off_bias: int = 0
    yearly_bias: int = 0

    def __post_init__(self) -> None:
        """Raise `ValueError` for a negative amount or uplift."""
        if min((*self.one_off, *self.yearly, *self.benefits, self.one_off_bias, self.yearly_bias), default=0) < 0:
            raise ValueError("Costs, benefits and uplifts are never negative.")

    @property
    def years(self) -> int:
        """How many years there are, year 0 among them."""
        return max(len(self.one_off), len(self.yearly), len(self.benefits))

    def costs(self) -> tuple[Fraction, ...]:
        """Each year's cost with what is added for optimism."""
        once, yearly = 1 + Fraction(self.one_off_bias, 100), 1 + Fraction(self.yearly_bias, 100)
        return tuple(one * once + each * yearly for one, each in zip_longest(self.one_off, self.yearly, fillvalue=0))

    def without_bias(self) -> "Flows":
        """The same money as its author wrote it down."""
        return replace(self, one_off_bias=0, yearly_bias=0)


@dataclass(frozen=True, slots=True)
class Worth:
    """What an option costs and brings, as present values in pence of year 0."""

    costs: Fraction
    benefits: Fraction

    @property
    def net(self) -> Fraction:
        """Benefits less costs (net present value)."""
        return self.benefits - self.costs

    @property
    def ratio(self) -> Fraction | None:
        """Benefits divided by costs (benefit-cost ratio); None where nothing is spent."""
        return self.benefits / self.costs if self.costs else None


def present_value(amounts: Sequence[Fraction | int], rates: DiscountRates) -> Fraction:
    """What amounts of year 0, 1, 2 … are worth in year 0."""
    return sum((amount * discount_factor(rates, year) for year, amount in enumerate(amounts)), Fraction(0))


def worth(flows: Flows, rates: DiscountRates) -> Worth:
    """What an option costs and brings in the money of year 0."""
    return Worth(present_value(flows.costs(), rates), present_value(flows.benefits, rates))


def to_the_penny(amount: Fraction) -> int:
    """Whole pence, halves away from nothing, as spreadsheets round."""
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
