"""Spreadsheets of plain tables, in which nothing that somebody typed is ever a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of ours (never anything typed), with what it comes to for programs that do not work it out."""

    text: str
    value: float


Cell = Formula | str | int | float | Decimal | Fraction | date | datetime | None
_LONDON = ZoneInfo("Europe/London")
_LONGEST_NAME = 31  # what spreadsheet programs allow for a sheet's name
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, the headings of its columns and its rows. Moments are shown as London tells them."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The tables as one XLSX file, each with its headings frozen; text is kept as text whatever it begins with."""
    kept = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(kept, options) as book:
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name.translate(_FORBIDDEN)[:_LONGEST_NAME]), sheet, heading, body)
    return kept.getvalue()


def _write(page: Any, sheet: Sheet, heading: Any, body: Any) -> None:
    page.freeze_panes(1, 0)
    page.set_column(0, max(0, len(sheet.columns) - 1), 24)
    for column, title in enumerate(sheet.columns):
        page.write_string(0, column, title, heading)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            _put(page, number, column, value, body)


def _put(page: Any, row: int, column: int, value: Cell, body: Any) -> None:
    if value is None:
        page.write_blank(row, column, None, body)
    elif isinstance(value, Formula):
        page.write_formula(row, column, value.text, body, value.value)
    elif isinstance(value, int | float | Decimal | Fraction) and not isinstance(value, bool):
        page.write_number(row, column, float(value), body)
    elif isinstance(value, datetime):
        page.write_string(row, column, value.astimezone(_LONDON).strftime("%Y-%m-%d %H:%M %Z"), body)
    else:
        page.write_string(row, column, str(value), body)
