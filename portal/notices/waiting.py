"""The arithmetic of a standstill, day by day, so that anybody can check it."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.law.calendar import Standstill, is_working_day


@dataclass(frozen=True, slots=True)
class Day:
    """A day between the award notice and the first on which the contract may be signed; `counts` numbers it."""

    day: date
    counts: int | None
    why_not: str


def days_of(waiting: Standstill) -> tuple[Day, ...]:
    """Every day from the first to the last, with its number among the working days or why it is none."""
    days, counted = [], 0
    day = waiting.first_day
    while day <= waiting.last_day:
        if is_working_day(day):
            counted += 1
            days.append(Day(day, counted, ""))
        else:
            why = "weekend" if day.weekday() >= 5 else "bank holiday in a part of the UK"
            days.append(Day(day, None, why))
        day += timedelta(days=1)
    return tuple(days)
