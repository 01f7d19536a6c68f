"""How pages write money, dates and times, all in the GOV.UK style and London's time."""

import re
from calendar import month_name
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask import Flask

from portal.law.money import pounds

LONDON = ZoneInfo("Europe/London")
_MONTHS = tuple(month_name)
NO_BREAK, JOINED = "\N{NO-BREAK SPACE}", "\N{WORD JOINER}"


def register(app: Flask) -> None:
    """Give the filters to every template."""
    app.jinja_env.filters.update(
        cited=cited,
        money=money,
        date=long_date,
        datetime=long_datetime,
        time=clock_time,
        daytime=time_of_day,
        exact=exact_datetime,
        isoformat=machine_time,
        plural=plural,
    )


_REFERENCE = re.compile(r"\b(ss?|regs?|Sch|paras?)(\.?)( ?)(?=\d)")


def cited(words: str) -> str:
    """Words that cite the law, so that no line ends between “reg.” or “s.” and its number."""
    return _REFERENCE.sub(lambda found: f"{found[1]}{found[2]}{NO_BREAK if found[3] else JOINED}", words)


def money(pence: int | None) -> str:
    """Whole pence as pounds: £207,720, or £12.50."""
    return "Not known" if pence is None else pounds(pence)


def long_date(day: date | datetime | None) -> str:
    """4 December 2026, in London."""
    if day is None:
        return ""
    return _day(day.astimezone(LONDON) if isinstance(day, datetime) else day)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month]} {day.year}"


def clock_time(moment: datetime) -> str:
    """12 noon, 5pm, 9:30am, 11:59pm, in London."""
    return time_of_day(moment.astimezone(LONDON))


def time_of_day(local: time | datetime) -> str:
    """12 noon, 5pm, 9:30am: a time of any day, as a clock shows it."""
    if (local.hour, local.minute) in {(12, 0), (0, 0)}:
        return "12 noon" if local.hour else "midnight"
    hour, half = local.hour % 12 or 12, "am" if local.hour < 12 else "pm"
    return f"{hour}{half}" if local.minute == 0 else f"{hour}:{local.minute:02}{half}"


def long_datetime(moment: datetime | None) -> str:
    """4 December 2026 at 12 noon GMT: with the zone's word, so that nobody has to guess."""
    if moment is None:
        return ""
    local = moment.astimezone(LONDON)
    return f"{_day(local)} at {time_of_day(local)} {local.tzname()}"


def exact_datetime(moment: datetime) -> str:
    """4 December 2026 at 11:59:59.123 GMT: for receipts, cut (never rounded) to the millisecond."""
    local = moment.astimezone(LONDON)
    thousandths = local.microsecond // 1000
    return f"{_day(local)} at {local.hour:02}:{local.minute:02}:{local.second:02}.{thousandths:03} {local.tzname()}"


def machine_time(moment: date | datetime) -> str:
    """ISO 8601, for the datetime attribute of a time element."""
    return moment.isoformat()


def plural(count: int, one: str, many: str | None = None) -> str:
    """1 firm, 2 firms."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
