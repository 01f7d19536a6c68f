"""The standstill day by day, and phases against time."""

from datetime import date

from portal.law.calendar import standstill
from portal.notices.waiting import days_of
from portal.partnerships.models import Phase
from portal.partnerships.timeline import line_of


def test_every_day_of_the_wait_is_counted_or_says_why_not() -> None:
    days = days_of(standstill(date(2026, 11, 23)))
    assert [each.counts for each in days] == [1, 2, 3, 4, 5, None, None, None, 6, 7, 8]
    assert [each.why_not for each in days if each.why_not] == [
        "weekend",
        "weekend",
        "bank holiday in a part of the UK",
    ]


def phase(starts: date, ends: date) -> Phase:
    return Phase(starts_on=starts, ends_on=ends)


def test_phases_lie_where_their_dates_say() -> None:
    line = line_of(
        [phase(date(2027, 1, 1), date(2027, 1, 5)), phase(date(2027, 1, 6), date(2027, 1, 10))], date(2027, 1, 6)
    )
    assert line is not None
    assert [(each.left, each.width) for each in line.bars] == [(0.0, 50.0), (50.0, 50.0)]
    assert line.today == 50.0


def test_today_is_not_drawn_outside_of_the_line_and_nothing_without_phases() -> None:
    line = line_of([phase(date(2027, 1, 1), date(2027, 1, 1))], date(2027, 1, 2))
    assert line is not None
    assert (line.today, line.bars[0].width) == (None, 100.0)
    assert line_of([], date(2027, 1, 1)) is None
