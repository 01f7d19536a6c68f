"""Lines of CSV in which nothing that somebody typed is ever a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_line(cells: Iterable[Any]) -> str:
    """One line with its end; a text that a spreadsheet would run as a formula is made inert by an apostrophe."""
    kept = io.StringIO()
    csv.writer(kept, lineterminator="\r\n").writerow([_inert(each) for each in cells])
    return kept.getvalue()


def _inert(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
