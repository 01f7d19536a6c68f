"""Days in law with the arithmetic written out, so that anybody can check how one is come by."""

from calendar import month_name
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.law.calendar import (
    ONE_DAY,
    STANDSTILL_WORKING_DAYS,
    last_day_of,
    last_day_within,
    standstill,
    why_no_working_day,
)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A day, and in words how it is reckoned."""

    day: date
    arithmetic: str


def day_in_full(day: date, *, year: bool = True) -> str:
    """Monday 23 November 2026; without the year where the year is plain."""
    text = f"{_DAYS[day.weekday()]} {day.day} {month_name[day.month]}"
    return f"{text} {day.year}" if year else text


def standstill_reckoned(award_notice: date) -> Reckoning:
    """The last day of the standstill (Procurement Act 2023 s.51(2)): see `portal.law.calendar.standstill`."""
    found = standstill(award_notice)
    skipped = _left_out(award_notice, found.last_day)
    return Reckoning(
        found.last_day,
        f"Award notice {day_in_full(award_notice)} + {STANDSTILL_WORKING_DAYS} working days beginning with that "
        f"day{skipped}. Last day {day_in_full(found.last_day)}; may sign from {day_in_full(found.may_sign_from)}.",
    )


def _left_out(first: date, last: date) -> str:
    """The days between that do not count, each with its reason; weekends by the pair."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    said = list(_grouped((day, why) for day in days if (why := why_no_working_day(day))))
    return f", not counting {_listed(said)}" if said else ""


def _grouped(days: Iterable[tuple[date, str]]) -> Iterable[str]:
    held: date | None = None
    for day, why in days:
        if why == "weekend":
            if held is not None and day - held == ONE_DAY:
                yield f"the weekend of {held.day} and {day.day} {month_name[day.month]}"
                held = None
                continue
            if held is not None:
                yield day_in_full(held, year=False)
            held = day
            continue
        if held is not None:
            yield day_in_full(held, year=False)
            held = None
        yield f"{day_in_full(day, year=False)} ({why})"
    if held is not None:
        yield day_in_full(held, year=False)


def _listed(said: list[str]) -> str:
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def within(days: int, *, beginning: date, event: str) -> Reckoning:
    """The last day of a period that begins *with* the day of the event, which counts as its first.

    Procurement Act 2023 s.53(1) and (3), s.70(2), s.80(1): "beginning with the day on which".
    """
    last = last_day_within(days, beginning=beginning)
    return Reckoning(
        last,
        f"{event} {day_in_full(beginning)} + {days} days, that day counted as the first. Last day {day_in_full(last)}.",
    )


def earliest(days: int, *, after: date, event: str) -> Reckoning:
    """The earliest day of a deadline: its period begins the day *after* the event (Procurement Act 2023 s.54(5))."""
    first = last_day_of(days, after=after)
    return Reckoning(
        first,
        f"{event} {day_in_full(after)} + {days} days, counted from the day after. "
        f"Earliest day for the deadline {day_in_full(first)}.",
    )


def quarter_end(day: date) -> date:
    """The last day of the quarter a day falls in; quarters end with March, June, September and December (s.70(5))."""
    month = (day.month - 1) // 3 * 3 + 3
    return date(day.year + month // 12, month % 12 + 1, 1) - ONE_DAY


def payment_information(days: int, *, paid_on: date) -> Reckoning:
    """The last day for information on a payment: days beginning with the last day of its quarter (s.70(2))."""
    end = quarter_end(paid_on)
    last = last_day_within(days, beginning=end)
    return Reckoning(
        last,
        f"Paid {day_in_full(paid_on)}; its quarter ends {day_in_full(end)} + {days} days, that day counted as the "
        f"first. Last day {day_in_full(last)}.",
    )


def years_after(years: int, *, beginning: date, event: str) -> Reckoning:
    """The last day of a period of whole years that begins with the day of the event.

    Procurement Act 2023 s.71(2) (twelve months) and Sch. 5 para 8 (five years). Begun on 29 February it ends with
    28 February.
    """
    try:
        again = beginning.replace(year=beginning.year + years)
    except ValueError:
        again = date(beginning.year + years, 3, 1)
    last = again - ONE_DAY
    period = "12 months" if years == 1 else f"{years} years"
    return Reckoning(
        last,
        f"{event} {day_in_full(beginning)} + {period}, that day counted as the first. Last day {day_in_full(last)}.",
    )
