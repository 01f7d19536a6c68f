"""The time everybody gets back when the portal was away."""

from datetime import datetime, timedelta

import pytest

from portal.law.calendar import LONDON
from portal.law.incidents import least_extension, next_working_hour, time_lost


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in March 2026; the 6th is a Friday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=LONDON)


OPENED, NOON = at(2, 9), at(6, 12)


@pytest.mark.parametrize(
    ("began", "ended", "lost", "earliest"),
    [
        (at(4, 10), at(4, 11), timedelta(hours=1), at(6, 13)),
        (at(4, 10), at(4, 10, 20), timedelta(minutes=20), at(6, 13)),
        (at(4, 10), at(4, 15), timedelta(hours=5), at(6, 17)),
        (at(4, 10), at(4, 15, 1), timedelta(hours=5, minutes=1), at(9, 9)),
        (at(6, 11), at(6, 14), timedelta(hours=1), at(6, 15)),
        (at(5, 12), at(6, 12), timedelta(days=1), at(9, 9)),
        (at(1, 9), at(2, 10), timedelta(hours=1), at(6, 13)),
        (at(6, 11), at(7, 3), timedelta(hours=1), at(9, 9)),
    ],
)
def test_everybody_gets_back_what_was_lost(
    began: datetime, ended: datetime, lost: timedelta, earliest: datetime
) -> None:
    assert time_lost(began, ended, opened=OPENED, deadline=NOON) == lost
    assert least_extension(began, ended, opened=OPENED, deadline=NOON) == earliest


def test_what_fell_outside_costs_nobody_anything() -> None:
    assert time_lost(at(6, 13), at(6, 14), opened=OPENED, deadline=NOON) == timedelta()
    assert time_lost(at(1, 9), at(1, 10), opened=OPENED, deadline=NOON) == timedelta()


@pytest.mark.parametrize(
    ("moment", "hour"),
    [
        (at(6, 9), at(6, 9)),
        (at(6, 3), at(6, 9)),
        (at(6, 17), at(6, 17)),
        (at(6, 16, 30), at(6, 17)),
        (at(6, 17, 1), at(9, 9)),
        (at(7, 12), at(9, 9)),
        (at(6, 23, 30), at(9, 9)),
    ],
)
def test_a_restored_deadline_is_a_full_working_hour(moment: datetime, hour: datetime) -> None:
    assert next_working_hour(moment) == hour
