"""Dates as people write them into forms, read strictly: what could mean two days is not guessed at."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo


class UnreadableDate(ValueError):
    """The text is no date that can be read in one way only."""


def read_date(text: str, unstated_zone: tzinfo) -> datetime | date:
    """The moment a text names, in its own zone or else the publisher's; a plain date where it gives no time.

    Reads year first (2021/9/16, 2021-09-16) or the month in words (16 September 2021, Sept. 16, 2021), then a
    time (5:00 PM, 12 p.m., 17:00, noon), then a zone (ET, BST, Z, +01:00). Refuses 04/05/2021, which is April
    in one country and May in another, and midnight in words, which is the beginning or the end of its day.

    Raises:
        UnreadableDate: the text has another form, or names a day or an hour that does not exist.
    """
    match = _WHEN.fullmatch(_tidied(text))
    if match is None:
        raise UnreadableDate(f"“{text.strip()}” is not a date in a form that can be read in one way only")
    parts = match.groupdict()
    try:
        day = date(*_year_month_day(parts))
        if not _EARLIEST <= day.year <= _LATEST:
            raise ValueError(day)
        clock = _time_of_day(parts)
        zone = _zone(parts["zone"], unstated_zone)
    except ValueError as error:
        raise UnreadableDate(f"“{text.strip()}” names a day or a time that does not exist") from error
    return day if clock is None else datetime.combine(day, clock, tzinfo=zone)


def _tidied(text: str) -> str:
    lower = " ".join(text.lower().split())
    return _NOON.sub("12 pm", lower.replace("a.m.", "am").replace("p.m.", "pm"))


def _year_month_day(parts: dict[str, str | None]) -> tuple[int, int, int]:
    if parts["numeric_year"]:
        return int(parts["numeric_year"]), int(parts["numeric_month"] or 0), int(parts["numeric_day"] or 0)
    month = _MONTHS.index((parts["month_first"] or parts["month_second"] or "")[:3]) + 1
    return int(parts["year"] or 0), month, int(parts["day_first"] or parts["day_second"] or 0)


def _time_of_day(parts: dict[str, str | None]) -> time | None:
    if parts["hour"] is None:
        return None
    hour, half = int(parts["hour"]), parts["half"] or parts["half_only"]
    if half is not None:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, int(parts["minute"] or 0), int(parts["second"] or 0))


def _zone(words: str | None, unstated: tzinfo) -> tzinfo:
    if words is None:
        return unstated
    if words in _ZONES:
        return _ZONES[words]
    sign = -1 if words[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(words[1:3]), minutes=int(words[-2:])))


def _hours(offset: int) -> timezone:
    return timezone(timedelta(hours=offset))


_EARLIEST: Final = 1900
_LATEST: Final = 2199
_NOON: Final = re.compile(r"(?:12 )?(?:noon|midday)")
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

_ZONES: Final[dict[str, tzinfo]] = {
    "z": UTC,
    "utc": UTC,
    "gmt": UTC,
    "bst": _hours(1),
    "uk time": ZoneInfo("Europe/London"),
    "cet": _hours(1),
    "cest": _hours(2),
    "et": ZoneInfo("America/New_York"),
    "est": _hours(-5),
    "edt": _hours(-4),
    "ct": ZoneInfo("America/Chicago"),
    "cst": _hours(-6),
    "cdt": _hours(-5),
    "mt": ZoneInfo("America/Denver"),
    "mst": _hours(-7),
    "mdt": _hours(-6),
    "pt": ZoneInfo("America/Los_Angeles"),
    "pst": _hours(-8),
    "pdt": _hours(-7),
}

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"

_WHEN: Final = re.compile(
    rf"""
    {_WEEKDAY.replace(" ", "[ ]")}
    (?:
        (?P<numeric_year>\d{{4}})(?P<mark>[-/.])(?P<numeric_month>\d\d?)(?P=mark)(?P<numeric_day>\d\d?)
      | (?: (?P<day_first>\d\d?)(?:st|nd|rd|th)?[ ](?P<month_second>{_MONTH}),?
          | (?P<month_first>{_MONTH})[ ](?P<day_second>\d\d?)(?:st|nd|rd|th)?,? )
        [ ](?P<year>\d{{4}})
    )
    (?:
        (?:,?[ ](?:at[ ])?|t)
        (?P<hour>\d\d?)
        (?: :(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?[ ]?(?P<half>am|pm)? | [ ]?(?P<half_only>am|pm) )
        (?:[ ]?\(?(?P<zone>{"|".join(_ZONES).replace(" ", "[ ]")}|[+-]\d\d:?\d\d)\)?)?
    )?
    """,
    re.VERBOSE | re.ASCII,
)
