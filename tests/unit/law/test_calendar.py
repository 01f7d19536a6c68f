import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law.calendar import (
    add_working_days,
    is_working_day,
    last_day_of,
    last_day_within,
    london_date,
    standstill,
    thirty_days,
    working_days_after,
)

BANK_HOLIDAYS = Path(__file__).parents[4] / "shared/data/codes/bank-holidays_moj.json"
PROCLAIMED_SINCE = {date(2026, 6, 15)}
"""Bank holidays declared after the file was published: Scotland's World Cup Monday."""

days = st.dates(date(2025, 2, 24), date(2040, 12, 31))
counts = st.integers(0, 60)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 5, 30),  # Saturday
        date(2026, 5, 31),  # Sunday
        date(2026, 12, 25),  # Christmas Day
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday: not in Scotland
        date(2026, 3, 17),  # St Patrick's Day: Northern Ireland only
        date(2026, 7, 13),  # the Twelfth, in lieu: Northern Ireland only
        date(2026, 8, 3),  # summer holiday: Scotland only
        date(2026, 8, 31),  # summer holiday elsewhere
        date(2026, 11, 30),  # St Andrew's Day: Scotland only
        date(2026, 12, 28),  # Boxing Day, in lieu
        date(2026, 1, 2),  # 2 January: Scotland only
    ],
)
def test_weekends_and_any_nations_bank_holidays_are_not_working_days(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 6, 1), date(2026, 12, 24), date(2026, 12, 31), date(2026, 4, 2)])
def test_ordinary_weekdays_are_working_days(day: date) -> None:
    assert is_working_day(day)


def test_the_published_list_of_bank_holidays_agrees() -> None:
    if not BANK_HOLIDAYS.exists():
        pytest.skip("needs the shared data beside the repository: ../shared/data")
    nations = json.loads(BANK_HOLIDAYS.read_text(encoding="utf-8")).values()
    published = {date.fromisoformat(event["date"]) for nation in nations for event in nation["events"]}
    years = {day.year for day in published}
    weekdays = (
        day
        for year in years
        for day in (date(year, 1, 1) + timedelta(days=n) for n in range(366))
        if day.year == year and day.weekday() < 5
    )
    ours = {day for day in weekdays if not is_working_day(day)}
    assert ours - PROCLAIMED_SINCE == {day for day in published if day.weekday() < 5}


@pytest.mark.parametrize(
    ("notice", "last_day", "may_sign_from"),
    [
        (date(2026, 6, 1), date(2026, 6, 10), date(2026, 6, 11)),
        (date(2026, 11, 23), date(2026, 12, 3), date(2026, 12, 4)),  # St Andrew's Day between
        (date(2026, 12, 21), date(2027, 1, 5), date(2027, 1, 6)),  # 25 and 28 December, 1 and 4 January
        (date(2026, 3, 31), date(2026, 4, 13), date(2026, 4, 14)),  # Easter between
        (date(2026, 9, 2), date(2026, 9, 11), date(2026, 9, 12)),  # ends on a Friday
    ],
)
def test_standstill_is_eight_working_days_beginning_with_publication(
    notice: date, last_day: date, may_sign_from: date
) -> None:
    period = standstill(notice)
    assert (period.first_day, period.last_day, period.may_sign_from) == (notice, last_day, may_sign_from)


def test_standstill_after_a_weekend_notice_begins_on_monday() -> None:
    assert standstill(date(2026, 5, 30)) == standstill(date(2026, 6, 1))


@given(days)
def test_standstill_holds_eight_working_days_and_never_ends_early(notice: date) -> None:
    period = standstill(notice)
    span = (period.last_day - notice).days + 1
    inside = [notice + timedelta(days=n) for n in range(span)]
    assert sum(map(is_working_day, inside)) == 8
    assert period.may_sign_from == period.last_day + timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 6, 1), 0, date(2026, 6, 1)),
        (date(2026, 6, 1), 1, date(2026, 6, 2)),
        (date(2026, 6, 5), 1, date(2026, 6, 8)),
        (date(2026, 6, 6), 1, date(2026, 6, 8)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
    ],
)
def test_working_days_are_added_after_the_day(start: date, count: int, expected: date) -> None:
    assert add_working_days(start, count) == expected


@given(days, days, counts)
def test_a_later_start_never_ends_earlier(one: date, other: date, count: int) -> None:
    first, second = sorted((one, other))
    assert add_working_days(first, count) <= add_working_days(second, count)


@given(days, st.integers(1, 60))
def test_one_more_working_day_is_the_next_working_day(day: date, count: int) -> None:
    reached = add_working_days(day, count)
    assert is_working_day(reached)
    assert add_working_days(day, count + 1) == add_working_days(reached, 1) > reached


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 6, 1), -1)


def test_periods_begin_the_day_after_or_on_the_day_as_each_rule_says() -> None:
    assert last_day_of(25, after=date(2026, 6, 1)) == date(2026, 6, 26)
    assert last_day_within(120, beginning=date(2026, 1, 1)) == date(2026, 4, 30)
    assert thirty_days(date(2026, 6, 1)) == date(2026, 6, 30)


def test_the_day_is_londons() -> None:
    assert london_date(datetime(2026, 6, 1, 23, 30, tzinfo=UTC)) == date(2026, 6, 2)  # summer time
    assert london_date(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == date(2026, 12, 1)
    with pytest.raises(ValueError, match="time zone"):
        london_date(datetime(2026, 6, 1, 23, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "until", "count"),
    [
        (date(2026, 11, 27), date(2026, 11, 27), 0),
        (date(2026, 11, 27), date(2026, 12, 1), 1),  # over the weekend and St Andrew's Day
        (date(2026, 11, 23), date(2026, 11, 27), 4),
        (date(2026, 11, 27), date(2026, 11, 23), 0),
    ],
)
def test_working_days_between_two_days_are_counted(day: date, until: date, count: int) -> None:
    assert working_days_after(day, until) == count
