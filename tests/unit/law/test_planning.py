"""A planned procurement notice shortens the time to tender where it comes in time, and only then (s.15(3), s.54(4))."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law.planning import Planned, period_after, qualifying_window
from portal.law.thresholds import ContractKind, Standing

ABOVE, NOTIFIABLE = Standing.ABOVE_THRESHOLD, Standing.NOTIFIABLE
SERVICES = ContractKind.SERVICES
NOTICE = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        (date(2026, 3, 2), date(2026, 4, 11), date(2027, 3, 2)),
        (date(2026, 11, 23), date(2027, 1, 2), date(2027, 11, 23)),
        (date(2028, 2, 29), date(2028, 4, 9), date(2029, 2, 28)),
    ],
)
def test_forty_days_at_least_and_twelve_months_at_most(published: date, first: date, last: date) -> None:
    window = qualifying_window(published)
    assert (window.first, window.last) == (first, last)
    assert [window.holds(day) for day in (first - timedelta(1), first, last, last + timedelta(1))] == [
        *(False, True, True, False)
    ]


def test_the_window_is_written_out() -> None:
    assert qualifying_window(NOTICE).arithmetic == (
        "Planned procurement notice Monday 2 March 2026 + 40 days. Tender notice from Saturday 11 April 2026, and no "
        "later than 12 months after: Tuesday 2 March 2027."
    )


@pytest.mark.parametrize(
    ("standing", "contract", "planned", "days"),
    [
        (ABOVE, SERVICES, None, 25),
        (ABOVE, SERVICES, Planned(NOTICE), 10),
        (ABOVE, SERVICES, Planned(NOTICE, date(2026, 4, 10)), 25),
        (ABOVE, SERVICES, Planned(NOTICE, date(2027, 3, 3)), 25),
        (ABOVE, SERVICES, Planned(date(2026, 6, 2), date(2026, 6, 1)), 25),
        (ABOVE, ContractKind.LIGHT_TOUCH, Planned(NOTICE), 10),
        (NOTIFIABLE, SERVICES, Planned(NOTICE), 10),
    ],
)
def test_the_time_to_tender(standing: Standing, contract: ContractKind, planned: Planned | None, days: int) -> None:
    assert period_after(planned, standing, contract, invited_on=date(2026, 6, 1)).days == days


def test_the_source_says_how_far_apart_they_are() -> None:
    found = period_after(Planned(NOTICE), ABOVE, SERVICES, invited_on=date(2026, 6, 1))
    assert found.source == (
        "Procurement Act 2023 s.54(4): 10 days after a qualifying planned procurement notice: "
        "from Monday 2 March 2026 to the tender notice on Monday 1 June 2026 there are 91 days"
    )
    late = period_after(Planned(date(2026, 5, 31)), ABOVE, SERVICES, invited_on=date(2026, 6, 1))
    assert late.source.endswith(
        "The planned procurement notice does not shorten them: from Sunday 31 May 2026 to the tender notice on "
        "Monday 1 June 2026 there is 1 day, and s.15(3) asks for at least 40 days and at most 12 months"
    )


@given(st.dates(date(2025, 2, 24), date(2040, 1, 1)), st.integers(0, 400))
def test_days_and_months_agree_with_counting(published: date, days: int) -> None:
    tender = published + timedelta(days=days)
    assert qualifying_window(published).holds(tender) == (days >= 40 and tender <= qualifying_window(published).last)
    assert 365 <= (qualifying_window(published).last - published).days <= 366
