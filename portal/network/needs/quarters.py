"""Quarters of the calendar year, kept as their first day, and read however people write them."""

import re
from collections.abc import Iterator
from datetime import date, datetime

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_QUARTER = re.compile(r"(?:q|quarter )([1-4])")
_FINANCIAL = re.compile(r"(20\d\d) ?[/-] ?(20)?(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_DATES = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y", "%d %B %Y", "%d %b %Y")


def quarter_of(day: date) -> date:
    """The first day of the quarter a day lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(first: date) -> date:
    """The first day of the quarter after."""
    return date(first.year + 1, 1, 1) if first.month == 10 else date(first.year, first.month + 3, 1)


def quarters_from(day: date, count: int) -> Iterator[date]:
    """So many quarters, the one a day lies in first."""
    first = quarter_of(day)
    for _ in range(count):
        yield first
        first = next_quarter(first)


def words_of(first: date) -> str:
    """January to March 2027."""
    return span_of(first, first)


def month_ending(first: date) -> str:
    """The last month of a quarter: September 2027."""
    return f"{MONTHS[first.month + 1].capitalize()} {first.year}"


def span_of(first: date, last: date) -> str:
    """From the beginning of one quarter to the end of another: January to September 2027."""
    begins = MONTHS[first.month - 1].capitalize()
    if first.year != last.year:
        begins = f"{begins} {first.year}"
    return f"{begins} to {month_ending(last)}"


def short_words_of(first: date) -> str:
    """Jan–Mar 2027, for the foot of a bar."""
    return f"{MONTHS[first.month - 1][:3].capitalize()}–{MONTHS[first.month + 1][:3].capitalize()} {first.year}"


def read_date(text: str) -> date:
    """A date as people write it in tables: 31/3/2027, 2027-03-31 or 31 March 2027.

    Raises `ValueError` with a sentence.
    """
    typed = " ".join(text.split()).removesuffix(" 00:00:00")
    for form in _DATES:
        try:
            found = datetime.strptime(typed, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
        if 2000 <= found.year <= 2100:
            return found
    raise ValueError(f"“{typed[:40]}” is no date. Write it like 31/3/2027.")


def read_quarter(text: str) -> date:
    """The first day of a quarter: Q1 2027 (calendar), Q1 2027/28 (financial, from April), March 2027 or a date.

    Raises `ValueError` with a sentence.
    """
    typed = " ".join(text.lower().split())
    number, financial, year = _QUARTER.search(typed), _FINANCIAL.search(typed), _YEAR.search(typed)
    if number and financial and int(financial[3]) == (int(financial[1]) + 1) % 100:
        quarter = int(number[1])
        return date(int(financial[1]) + (quarter == 4), quarter * 3 % 12 + 1, 1)
    if number and year and not financial:
        return date(int(year[1]), int(number[1]) * 3 - 2, 1)
    month = next((each for each, name in enumerate(MONTHS, 1) if re.match(rf"{name[:3]}[a-z]*\b", typed)), None)
    if month and year:
        return quarter_of(date(int(year[1]), month, 1))
    try:
        return quarter_of(read_date(text))
    except ValueError:
        raise ValueError(f"“{typed[:40]}” is no quarter. Write it like Q1 2027, or Q1 2027/28 for April.") from None
