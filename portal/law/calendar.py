"""Days that count in law: working days, standstill, and periods of days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from holidays import country_holidays

LONDON = ZoneInfo("Europe/London")
"""The zone in which every deadline is set and shown."""

PARTS_OF_THE_UK = {"ENG": "England", "NIR": "Northern Ireland", "SCT": "Scotland", "WLS": "Wales"}
STANDSTILL_WORKING_DAYS = 8
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standstill:
    """The days between an award notice and the first day on which the contract may be signed."""

    first_day: date
    last_day: date
    may_sign_from: date


def london_date(moment: datetime) -> date:
    """The day it is in London at this moment.

    Raises ValueError for a moment without a zone, which could be a day out.
    """
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone before it has a day")
    return moment.astimezone(LONDON).date()


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    # One finished set for a year: the library's own objects grow when asked, which
    # is not safe between threads.
    return frozenset(
        day for part in PARTS_OF_THE_UK for day in country_holidays("GB", subdiv=part, years=year, expand=False)
    )


def is_working_day(day: date) -> bool:
    """Whether ``day`` counts as a working day (Procurement Act 2023 s.123(1)).

    Not a weekend, Christmas Day, Good Friday, nor a bank holiday in *any* part of the United
    Kingdom, so that St Andrew's Day and the Twelfth of July stop the clock in Birmingham too.
    Newly proclaimed holidays arrive with the ``holidays`` package: keep it up to date.
    """
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def why_no_working_day(day: date) -> str:
    """Why a day does not count, for arithmetic that anybody can check; empty for a working day (s.123(1))."""
    if day.weekday() >= 5:
        return "weekend"
    parts = [
        name
        for part, name in PARTS_OF_THE_UK.items()
        if day in country_holidays("GB", subdiv=part, years=day.year, expand=False)
    ]
    if not parts:
        return ""
    if len(parts) == len(PARTS_OF_THE_UK):
        return "bank holiday"
    return f"bank holiday in {' and '.join(filter(None, [', '.join(parts[:-1]), parts[-1]]))}"


def _working_days_from(day: date) -> Iterator[date]:
    while True:
        if is_working_day(day):
            yield day
        day += ONE_DAY


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``; none leaves the day as it is.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("Working days are counted forwards only")
    if count == 0:
        return day
    return next(islice(_working_days_from(day + ONE_DAY), count - 1, None))


def take_working_days(day: date, count: int) -> date:
    """The ``count``-th working day before ``day``; none leaves the day as it is.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("Working days are counted by how many they are")
    while count:
        day -= ONE_DAY
        count -= is_working_day(day)
    return day


def working_days_after(day: date, until: date) -> int:
    """How many working days lie after ``day`` as far as ``until``, which counts itself; none where it is earlier."""
    days = (day + timedelta(days=number) for number in range(1, (until - day).days + 1))
    return sum(is_working_day(each) for each in days)


def standstill(award_notice: date) -> Standstill:
    """The mandatory standstill after a contract award notice (Procurement Act 2023 s.51(2)).

    Eight working days *beginning with* the day of publication. The contract may be signed from
    the day after the last of them, if no claim is pending (s.101). A notice published on a day
    that is not a working day begins the count on the next one.
    """
    days = list(islice(_working_days_from(award_notice), STANDSTILL_WORKING_DAYS))
    return Standstill(days[0], days[-1], days[-1] + ONE_DAY)


def last_day_of(days: int, *, after: date) -> date:
    """The last day of a period that begins the day *after* ``after``.

    Participation and tendering periods run so (Procurement Act 2023 s.54(5)): invited on 1 June,
    25 days end on 26 June, which is then the earliest day a deadline may fall on.
    """
    return after + timedelta(days=days)


def last_day_within(days: int, *, beginning: date) -> date:
    """The last day of a period *beginning with* the day ``beginning``, which counts as its first.

    Duties after an event run so (Procurement Act 2023 s.53(1), s.68, s.80(1), s.88(2)).
    """
    return beginning + timedelta(days=days - 1)


def thirty_days(beginning: date) -> date:
    """The last day of the thirty that begin with this one.

    For the contract details notice (Procurement Act 2023 s.53(1)(b)), the contract termination
    notice (s.80(1)) and the payment of an invoice (s.68 and s.88(2)).
    """
    return last_day_within(30, beginning=beginning)
