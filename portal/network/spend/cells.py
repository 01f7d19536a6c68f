"""Single cells of a payments file: days, amounts, names, and whether a name is a person's."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from portal.law.money import MOST_PENCE
from portal.network.spend.given_names import GIVEN_NAMES
from portal.text import fold, mended, tidy

REMEMBERED: Final = 20_000
"""Cells whose reading is remembered: the same days, names and categories come again and again in a file."""


class Unreadable(ValueError):
    """The cell does not hold what it should."""


_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[t ].*)?", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[a-z]{3,9})[-/. ,]+(\d{4}|\d{2})(?: .*)?", re.ASCII)
_SERIAL: Final = re.compile(r"(3\d{4}|4\d{4}|5\d{4})(?:\.0+)?", re.ASCII)
_SPREADSHEET_BEGINS: Final = date(1899, 12, 30)
_EARLIEST, _LATEST = 1990, 2100


@lru_cache(maxsize=REMEMBERED)
def day_of(cell: str) -> date:
    """The day a cell names: 2022-05-03, 03/05/2022 (the day first, as in this country), 3-May-22, or a spreadsheet's
    own number of days.

    Raises `Unreadable`.
    """
    text = cell.strip().lower()
    try:
        day = _day(text)
    except ValueError as error:
        raise Unreadable(cell) from error
    if not _EARLIEST <= day.year < _LATEST:
        raise Unreadable(cell)
    return day


def _day(text: str) -> date:
    if found := _SERIAL.fullmatch(text):
        return _SPREADSHEET_BEGINS + timedelta(days=int(found[1]))
    if found := _YEAR_FIRST.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(text):
        month = int(found[2]) if found[2].isdigit() else _MONTHS.index(found[2][:3]) + 1
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return date(year, month, int(found[1]))
    raise ValueError(text)


_AMOUNT: Final = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+", re.ASCII)


def pence_of(cell: str) -> int:
    """Whole pence, below nought for a credit: 1,234.56, £500, -20.5, (1,000.00), 40.00-, 40.00 CR.

    A part of a penny is rounded, halves away from nought. Raises `Unreadable`.
    """
    text = cell.strip().replace("£", "").replace("GBP", "").replace("\u2212", "-").replace("\u00a0", "").strip()
    bracketed = text.startswith("(") and text.endswith(")")
    text = text[1:-1].strip() if bracketed else text
    credit = bracketed
    for mark in ("-", "CR", "cr"):
        if text.startswith("-") or text.endswith(mark):
            text, credit = text.removeprefix("-").removesuffix(mark).strip(), not bracketed
            break
    text = text.removeprefix("+").removesuffix("DR").strip()
    if not _AMOUNT.fullmatch(text):
        raise Unreadable(cell)
    try:
        pence = int((Decimal(text.replace(",", "")) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    except InvalidOperation as error:
        raise Unreadable(cell) from error
    if pence > MOST_PENCE:
        raise Unreadable(cell)
    return -pence if credit else pence


@lru_cache(maxsize=REMEMBERED)
def text_of(cell: str, most: int) -> str:
    """A cell's text in one line, mended where it was read in a wrong encoding, cut where it is too long."""
    return " ".join(mended(tidy(cell)).split())[:most]


_WITHHELD: Final = re.compile(
    r"\b(redact(ed|ions?)?|withheld|personal (information|data)|not disclosed|confidential)\b", re.IGNORECASE
)
_INDIVIDUALS: Final = re.compile(
    r"\b(personal budgets?|direct payments?|individuals?|private (individual|landlord)|foster(ing)? carers?|"
    r"service users?|named person)\b",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(r"(mr|mrs|ms|miss|mx|dr|rev|sir|lady|prof)\b\.? ?(and|&|/)? ?", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[a-z]+(['’-][a-z]+)*", re.ASCII)
_SURNAME_FIRST: Final = re.compile(r"[A-Za-z'’-]{2,}, ?[A-Za-z][A-Za-z'’.-]*( [A-Za-z]\.?)?")
_TITLES: Final = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr"))
_COUPLE: Final = re.compile(r"^(\w+)\.? (?:and|&) (\w+)", re.ASCII)
_COUNCIL: Final = re.compile(r"\b[MR]\.? ?B\.? ?C\b", re.ASCII)
_INITIALS: Final = re.compile(r"(?:[A-Z](?:\. ?| )){1,3}[A-Z][A-Za-z'’-]{2,}|[A-Z][A-Za-z'’-]{2,}(?: [A-Z]\.?){1,3}")
_BUSINESS: Final = frozenset(
    (
        *(
            "ltd",
            "limited",
            "plc",
            "llp",
            "cic",
            "inc",
            "co",
            "company",
            "group",
            "services",
            "solutions",
            "associates",
        ),
        *("partners", "trust", "council", "school", "academy", "college", "university", "society", "association"),
        *("centre", "center", "club", "church", "hotel", "care", "homes", "housing", "bank", "surgery", "practice"),
        *("solicitors", "chambers", "consultancy", "consulting", "consultants", "construction", "builders", "building"),
        *("contractors", "engineering", "electrical", "plumbing", "transport", "travel", "taxis", "garage", "motors"),
        *("stores", "shop", "foods", "catering", "media", "design", "print", "printing", "systems", "software"),
        *("technology", "technologies", "uk", "and", "&", "sons", "bros", "brothers", "trading", "ta", "t/a", "farm"),
        *("festival", "foundation", "charity", "house", "hall", "nursery", "studio", "theatre", "museum", "library"),
        *("gallery", "energy", "water", "gas", "telecom", "insurance", "express", "hire", "properties", "property"),
        *(
            "training",
            "schools",
            "buildings",
            "builder",
            "productions",
            "events",
            "films",
            "foods",
            "garden",
            "gardens",
        ),
        *("lodge", "court", "inn", "arms", "street", "road", "international", "account", "fund", "funeral", "removals"),
        *("park", "legal", "law", "therapy", "counselling", "dental", "pharmacy", "opticians", "architects"),
    )
)
"""Words that people's names do not have, in names of firms."""


def is_withheld(name: str) -> bool:
    """Whether the authority left a name out before it published the file."""
    return _WITHHELD.search(name) is not None


@lru_cache(maxsize=REMEMBERED)
def is_individual(name: str) -> bool:
    """Whether a name is, or may well be, a person's rather than a firm's.

    People are told by a title (Mrs Shah), by initials (J K Shah), by a surname set first (Shah, Jaya) or by a common
    given name (Jaya Shah, David & Jaya Shah), unless a word says that it is a business (J K Shah Plumbing). Where both
    could be, the name is left out: a lost row of business can be found again in the file, a person's name must not be
    kept.
    """
    if _INDIVIDUALS.search(name):
        return True
    words = _COUPLE.sub(_one_of_two, fold(name)).replace(",", " ").replace(".", "").split()
    if not _BUSINESS.isdisjoint(words) or any(each.isdigit() for each in words) or _COUNCIL.search(name):
        return False
    if _TITLE.match(name) and len(words) <= 5:
        return True
    return bool(_SURNAME_FIRST.fullmatch(name) or _INITIALS.fullmatch(name)) or _begins_given(words)


def _one_of_two(found: re.Match[str]) -> str:
    """“Mr and Mrs”, “David & Jaya”: the sign between two people is no sign of a business."""
    both = {found[1], found[2]} <= _TITLES | GIVEN_NAMES
    return f"{found[1]} {found[2]}" if both else found[0]


def _begins_given(words: Sequence[str]) -> bool:
    """Whether words are of letters only and a common given name stands first, initials aside, with others after it."""
    plain = [word for word in words if len(word) > 1]
    return 2 <= len(plain) <= 5 and all(map(_LETTERS.fullmatch, words)) and plain[0].split("-")[0] in GIVEN_NAMES
