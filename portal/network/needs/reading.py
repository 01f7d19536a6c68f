"""A file of planned purchases (CSV), as procurement teams keep them: columns guessed, mistakes said line by line.

Nothing of the file is trusted: a line that cannot be read is set aside with its reasons, a cell is only ever a text.
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any, Final

from portal.law.money import Vat, parse_pounds
from portal.law.words import Worded
from portal.network.needs.models import Risk, Theme
from portal.network.needs.quarters import read_date, read_quarter
from portal.text import fold, tidy

MOST_BYTES: Final = 2_000_000
MOST_LINES: Final = 5_000
_XLSX: Final = b"PK\x03\x04"

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "title": ("title", "what", "contract title", "requirement", "description", "project", "name"),
    "category": ("category", "category description", "cpv description", "proclass", "type"),
    "category_code": ("cpv", "cpv code", "category code", "code"),
    "quarter": ("quarter", "start", "start date", "planned quarter", "when", "tender date", "procurement start"),
    "value_pence": ("value", "estimated value", "estimated contract value", "budget", "amount", "total value"),
    "vat": ("vat", "vat basis"),
    "risk": ("risk", "risk level", "risk rating"),
    "influenceable": ("can be influenced", "influenceable", "influence", "flexible"),
    "theme": ("theme", "priority"),
    "contract_ends_on": ("contract ends", "contract end", "contract end date", "end date", "expiry", "expiry date"),
    "framework_ends_on": ("framework ends", "framework end", "framework end date", "framework expiry"),
    "notes": ("notes", "note", "comments"),
}
"""What each column may be called, in small letters; the first is its name in the example."""
_ASKED: Final = ("title", "category", "quarter")


class NotPlans(ValueError):
    """The file as a whole cannot be read; the message is a sentence for whoever sent it."""


@dataclass(frozen=True)
class Line:
    """One line: what it says, or sentences about what is wrong with it. `number` counts as a spreadsheet does."""

    number: int
    title: str
    told: dict[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plans:
    """A file's lines, and which of its headings were taken for what; headings that mean nothing here are `unused`."""

    lines: tuple[Line, ...]
    guessed: dict[str, str]
    unused: tuple[str, ...]


def read_plans(content: bytes) -> Plans:
    """Read a file. Raises `NotPlans` with a sentence where it is no such table."""
    rows = _rows(_text(content))
    head = next(rows, (0, []))[1]
    places = guess(head)
    missing = [COLUMNS[name][0] for name in _ASKED if name not in places]
    if missing:
        found = ", ".join(f"“{each}”" for each in head if each)[:300] or "none"
        raise NotPlans(f"No column is called {' or '.join(missing)}. The first line has: {found}.")
    lines: list[Line] = []
    for number, row in rows:
        if len(lines) == MOST_LINES:
            raise NotPlans(f"The file has more than {MOST_LINES:,} lines. Send it in parts.")
        if any(row):
            lines.append(_line(number, {name: row[at] if at < len(row) else "" for name, at in places.items()}))
    if not lines:
        raise NotPlans("The file has headings and no lines below them.")
    used = set(places.values())
    unused = tuple(each for at, each in enumerate(head) if each and at not in used)
    return Plans(tuple(lines), {name: head[at] for name, at in places.items()}, unused)


def heading(column: str) -> str:
    """What a column is called in the example and in sentences about it."""
    name = COLUMNS[column][0]
    return name.upper() if name in {"cpv", "vat"} else name.capitalize()


def guess(head: list[str]) -> dict[str, int]:
    """Which column is which, by its heading: by its whole name first, then by a name that it begins with."""
    names = [" ".join(re.sub(r"\(.*?\)|[^a-z ]", " ", each.lower()).split()) for each in head]
    found: dict[str, int] = {}
    for fits in (str.__eq__, str.startswith):
        for column, known in COLUMNS.items():
            free = (at for at in range(len(names)) if at not in found.values())
            at = next((at for at in free if any(names[at] and fits(names[at], name) for name in known)), None)
            if column not in found and at is not None:
                found[column] = at
    return found


def _text(content: bytes) -> str:
    if content.startswith(_XLSX):
        raise NotPlans("This is a workbook. Save the sheet as CSV and send that.")
    if len(content) > MOST_BYTES:
        raise NotPlans("The file is larger than 2 MB. Send it in parts.")
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotPlans("The letters of this file cannot be read. Save it as CSV UTF-8.")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows, whatever divides their cells; quotes that never close are a sentence, not a fault."""
    first = text.split("\n", 1)[0]
    divider = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=divider)
    try:
        for row in reader:
            yield reader.line_num, [" ".join(tidy(cell).split()) for cell in row]
    except csv.Error:
        raise NotPlans(f"Line {reader.line_num} cannot be divided into cells. Is a quotation mark missing?") from None


def _line(number: int, cells: dict[str, str]) -> Line:
    told: dict[str, Any] = {"notes": ""}
    problems = []
    for name, typed in cells.items():
        try:
            told[name] = _READERS[name](typed)
        except ValueError as problem:
            problems.append(f"{heading(name)}: {problem}")
    defaults = {"risk": Risk.MEDIUM, "vat": Vat.INCLUSIVE, "theme": Theme.NONE, "influenceable": True}
    return Line(number, cells["title"][:160], defaults | told, tuple(problems))


def _named(most: int) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if not typed:
            raise ValueError("It is empty.")
        if len(typed) > most:
            raise ValueError(f"It is longer than {most} characters.")
        return typed

    return read


def cpv_code(typed: str) -> str | None:
    """A CPV code with its eight digits, without the check digit; None for an empty cell.

    Raises `ValueError` with a sentence.
    """
    if not typed:
        return None
    found = re.match(r"\s*(\d{8})(?:-?\d)?(?!\d)", typed, re.ASCII)
    if found is None:
        raise ValueError(f"“{typed[:40]}” is no CPV code. It has eight digits, such as 45453000.")
    return found[1]


def _choice(kind: type[Worded], otherwise: Worded) -> Callable[[str], Worded]:
    words = {fold(each.title): each for each in kind} | {str(each.value).replace("_", " "): each for each in kind}

    def read(typed: str) -> Worded:
        if not typed:
            return otherwise
        if fold(typed) not in words:
            raise ValueError(f"“{typed[:40]}” is not among {', '.join(each.title for each in kind)}.")
        return words[fold(typed)]

    return read


def _vat(typed: str) -> Vat:
    said = fold(typed)
    if not said or said.startswith(("inc", "with", "gross")):
        return Vat.INCLUSIVE
    if said.startswith(("ex", "before", "net", "without")):
        return Vat.EXCLUSIVE
    if said.startswith(("no", "exempt")):
        return Vat.NOT_APPLICABLE
    raise ValueError(f"“{typed[:40]}” does not say whether VAT is in it. Write including or excluding.")


def _yes(typed: str) -> bool:
    said = fold(typed)
    if said in {"", "yes", "y", "true", "1"}:
        return True
    if said in {"no", "n", "false", "0"}:
        return False
    raise ValueError(f"“{typed[:40]}” is neither yes nor no.")


_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "title": _named(160),
    "category": _named(120),
    "category_code": cpv_code,
    "quarter": read_quarter,
    "value_pence": lambda typed: parse_pounds(typed) if typed else None,
    "vat": _vat,
    "risk": _choice(Risk, Risk.MEDIUM),
    "influenceable": _yes,
    "theme": _choice(Theme, Theme.NONE),
    "contract_ends_on": lambda typed: read_date(typed) if typed else None,
    "framework_ends_on": lambda typed: read_date(typed) if typed else None,
    "notes": lambda typed: typed[:2_000],
}
