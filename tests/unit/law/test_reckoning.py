"""Days in law with their arithmetic, against tables worked by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law import reckoning
from portal.law.calendar import (
    add_working_days,
    is_working_day,
    standstill,
    take_working_days,
    why_no_working_day,
    working_days_after,
)

days = st.dates(date(2025, 2, 24), date(2040, 12, 31))
counts = st.integers(0, 40)


def test_the_award_notice_of_june_is_written_out() -> None:
    found = reckoning.standstill_reckoned(date(2026, 6, 1))
    assert found.day == date(2026, 6, 10)
    assert found.arithmetic == (
        "Award notice Monday 1 June 2026 + 8 working days beginning with that day, not counting the weekend of "
        "6 and 7 June. Last day Wednesday 10 June 2026; may sign from Thursday 11 June 2026."
    )


def test_the_award_notice_of_november_names_saint_andrews_day() -> None:
    found = reckoning.standstill_reckoned(date(2026, 11, 23))
    assert found.day == date(2026, 12, 3)
    assert found.arithmetic == (
        "Award notice Monday 23 November 2026 + 8 working days beginning with that day, not counting the "
        "weekend of 28 and 29 November and Monday 30 November (bank holiday in Scotland). Last day Thursday 3 December "
        "2026; may sign from Friday 4 December 2026."
    )


def test_a_notice_on_a_sunday_leaves_that_day_out() -> None:
    found = reckoning.standstill_reckoned(date(2026, 9, 6))
    assert "not counting Sunday 6 September and the weekend of 12 and 13 September" in found.arithmetic
    assert found.day == date(2026, 9, 16)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 11, 30), "bank holiday in Scotland"),
        (date(2026, 7, 13), "bank holiday in Northern Ireland"),
        (date(2026, 4, 6), "bank holiday in England, Northern Ireland and Wales"),
        (date(2026, 12, 25), "bank holiday"),
        (date(2026, 11, 28), "weekend"),
        (date(2026, 11, 27), ""),
    ],
)
def test_why_a_day_does_not_count(day: date, why: str) -> None:
    assert why_no_working_day(day) == why


@given(days)
def test_a_day_counts_exactly_where_there_is_no_reason_against_it(day: date) -> None:
    assert is_working_day(day) == (not why_no_working_day(day))


@given(days, counts)
def test_working_days_taken_back_are_those_that_lie_between(day: date, count: int) -> None:
    earlier = take_working_days(day, count)
    before_day = day if is_working_day(day) else add_working_days(day, 1)
    assert working_days_after(earlier, before_day) == count or count == 0
    assert count == 0 or is_working_day(earlier)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 12, 3), 3, date(2026, 11, 27)),  # over Saint Andrew's Day and a weekend
        (date(2027, 1, 5), 2, date(2026, 12, 30)),  # 31 December, then 30; 1 and 4 January do not count
        (date(2026, 9, 12), 1, date(2026, 9, 11)),
        (date(2026, 9, 12), 0, date(2026, 9, 12)),
    ],
)
def test_working_days_before_by_hand(day: date, count: int, expected: date) -> None:
    assert take_working_days(day, count) == expected


def test_working_days_are_not_counted_backwards_twice() -> None:
    with pytest.raises(ValueError, match="by how many"):
        take_working_days(date(2026, 9, 12), -1)


@pytest.mark.parametrize(
    ("days_allowed", "signed", "last"),
    [
        (30, date(2026, 12, 4), date(2027, 1, 2)),
        (90, date(2026, 12, 4), date(2027, 3, 3)),
        (120, date(2026, 12, 4), date(2027, 4, 2)),
        (180, date(2026, 12, 4), date(2027, 6, 1)),
        (30, date(2028, 2, 1), date(2028, 3, 1)),  # a leap year
    ],
)
def test_periods_that_begin_with_the_day_of_signing(days_allowed: int, signed: date, last: date) -> None:
    found = reckoning.within(days_allowed, beginning=signed, event="Signed")
    assert found.day == last
    assert found.arithmetic.endswith(f"Last day {reckoning.day_in_full(last)}.")


def test_the_earliest_deadline_is_counted_from_the_day_after() -> None:
    found = reckoning.earliest(25, after=date(2026, 6, 1), event="Invited")
    assert found.day == date(2026, 6, 26)
    assert found.arithmetic == (
        "Invited Monday 1 June 2026 + 25 days, counted from the day after. Earliest day for the deadline "
        "Friday 26 June 2026."
    )


@pytest.mark.parametrize(
    ("paid", "end", "last"),
    [
        (date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 29)),
        (date(2026, 6, 30), date(2026, 6, 30), date(2026, 7, 29)),
        (date(2026, 11, 27), date(2026, 12, 31), date(2027, 1, 29)),
        (date(2027, 1, 1), date(2027, 3, 31), date(2027, 4, 29)),
    ],
)
def test_payments_are_published_after_their_quarter(paid: date, end: date, last: date) -> None:
    assert reckoning.quarter_end(paid) == end
    assert reckoning.payment_information(30, paid_on=paid).day == last


@given(days)
def test_a_quarter_ends_within_three_months_and_never_before(day: date) -> None:
    end = reckoning.quarter_end(day)
    assert timedelta(0) <= end - day <= timedelta(days=91)
    assert (end + timedelta(days=1)).day == 1
    assert end.month in {3, 6, 9, 12}


@pytest.mark.parametrize(
    ("years", "begins", "last"),
    [
        (1, date(2026, 12, 4), date(2027, 12, 3)),
        (1, date(2028, 2, 29), date(2029, 2, 28)),
        (5, date(2026, 12, 4), date(2031, 12, 3)),
    ],
)
def test_whole_years(years: int, begins: date, last: date) -> None:
    assert reckoning.years_after(years, beginning=begins, event="Signed").day == last


@given(days)
def test_the_standstill_written_out_is_the_standstill(day: date) -> None:
    found, said = standstill(day), reckoning.standstill_reckoned(day)
    assert said.day == found.last_day
    assert said.arithmetic.endswith(f"may sign from {reckoning.day_in_full(found.may_sign_from)}.")
