"""The Green Book's arithmetic against its own published factors and against sums worked by hand."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.business_cases.appraisal import (
    BIAS,
    Flows,
    ProjectKind,
    Worth,
    discount_factor,
    rates_on,
    sensitivity,
    switching_values,
    to_the_penny,
    worth,
)

RATES = rates_on(date(2026, 11, 26))
pence = st.integers(min_value=0, max_value=10**11)
flows = st.builds(
    Flows,
    one_off=st.lists(pence, max_size=12).map(tuple),
    yearly=st.lists(pence, max_size=12).map(tuple),
    benefits=st.lists(pence, max_size=12).map(tuple),
    one_off_bias=st.integers(0, 200),
    yearly_bias=st.integers(0, 50),
)
worths = st.builds(Worth, st.fractions(0, 10**9), st.fractions(0, 10**9))

# Worked with logarithms and long division, not with this code: 1.035 to the power of the year, then 1.03.
FACTORS = {0: "1.0000", 1: "0.9662", 5: "0.8420", 10: "0.7089", 20: "0.5026", 30: "0.3563", 31: "0.3459", 40: "0.2651"}


@pytest.mark.parametrize(("year", "factor"), FACTORS.items())
def test_a_pound_of_a_later_year_is_worth_less(year: int, factor: str) -> None:
    assert f"{float(discount_factor(RATES, year)):.4f}" == factor


@pytest.mark.parametrize("year", [-1, 61])
def test_an_appraisal_has_an_end(year: int) -> None:
    with pytest.raises(ValueError, match="year 0 to year 60"):
        discount_factor(RATES, year)


def test_no_rates_are_made_up_for_the_past() -> None:
    with pytest.raises(ValueError, match="No discount rates"):
        rates_on(date(1999, 1, 1))


def test_net_present_value_of_a_small_option_worked_by_hand() -> None:
    """£10,000 once; £1,000 in years 1 and 2; benefits of £7,000 in years 1 and 2."""
    option = worth(Flows((1_000_000,), (0, 100_000, 100_000), (0, 700_000, 700_000)), RATES)
    assert to_the_penny(option.costs) == 1_000_000 + 96_618 + 93_351
    assert to_the_penny(option.benefits) == 676_329 + 653_457
    assert to_the_penny(option.net) == 139_817, "rounded once, at the end: 6,000 / 1.035 + 6,000 / 1.035² - 10,000"
    assert option.ratio is not None
    assert f"{float(option.ratio):.4f}" == "1.1175"


def test_optimism_is_taken_off_costs_and_never_off_benefits() -> None:
    bias = BIAS[ProjectKind.DEVELOPMENT]
    option = Flows((1_000,), (50,), (2_000,), one_off_bias=bias.one_off, yearly_bias=bias.yearly)
    assert option.costs() == (Fraction(3_050),)
    assert worth(option, RATES) == Worth(Fraction(3_050), Fraction(2_000))
    assert worth(option.without_bias(), RATES) == Worth(Fraction(1_050), Fraction(2_000))


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_money_is_never_negative(wrong: int) -> None:
    one_off, yearly, benefits = ((1, -1) if place == wrong else () for place in range(3))
    with pytest.raises(ValueError, match="never negative"):
        Flows(one_off, yearly, benefits)


@given(flows)
def test_discounting_by_year_agrees_with_discounting_backwards(option: Flows) -> None:
    """Horner's way round: from the last year to the first, one year's growth at a time."""
    for amounts, found in (
        (option.costs(), worth(option, RATES).costs),
        (option.benefits, worth(option, RATES).benefits),
    ):
        value = Fraction(0)
        for year in range(len(amounts) - 1, 0, -1):
            value = (value + amounts[year]) / (1 + RATES.rate(year))
        assert value + (amounts[0] if amounts else 0) == found


@given(worths, worths)
def test_at_its_switching_value_an_option_is_no_better_than_the_other(preferred: Worth, other: Worth) -> None:
    found = switching_values(preferred, other)
    if found.costs_may_rise is not None:
        assert preferred.benefits - preferred.costs * (1 + found.costs_may_rise) == other.net
    if found.benefits_may_fall is not None:
        assert preferred.benefits * (1 - found.benefits_may_fall) - preferred.costs == other.net


def test_benefits_that_cannot_fall_far_enough_have_no_switching_value() -> None:
    assert switching_values(Worth(Fraction(0), Fraction(10)), Worth(Fraction(5), Fraction(0))).benefits_may_fall is None


def test_the_best_option_may_change_with_its_costs() -> None:
    table = sensitivity({"new": Worth(Fraction(100), Fraction(115)), "least": Worth(Fraction(10), Fraction(20))})
    assert table[0].best == ("new",)
    dearer = next(row for row in table if (row.costs_percent, row.benefits_percent) == (10, 0))
    assert dearer.net == {"new": Fraction(5), "least": Fraction(9)}
    assert dearer.best == ("least",)


@given(worths, worths)
def test_nothing_moved_is_what_stands(first: Worth, second: Worth) -> None:
    assert sensitivity({"a": first, "b": second})[0].net == {"a": first.net, "b": second.net}


@given(st.fractions(-(10**9), 10**9))
def test_rounding_moves_nothing_by_more_than_half_a_penny(amount: Fraction) -> None:
    assert abs(to_the_penny(amount) - amount) <= Fraction(1, 2)
