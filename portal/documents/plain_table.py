"""Plain tables (CSV) in which nothing that somebody typed is ever a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula, with a sign before it that keeps it a text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def csv_line(cells: Iterable[Any]) -> str:
    """One line; its texts are inert."""
    kept = io.StringIO()
    csv.writer(kept, lineterminator="\r\n").writerow([inert(cell) for cell in cells])
    return kept.getvalue()


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A whole table with its headings."""
    return csv_line(columns) + "".join(csv_line(row) for row in rows)
