"""Reading Companies House's free company data, row by row in bounded memory."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from portal.db import Database, put
from portal.law import companies
from portal.network.register.models import RegisteredCompany
from portal.text import tidy

_CHUNK = 10_000
_NEEDED = ("CompanyName", "CompanyNumber", "CompanyStatus")


class NotCompanies(ValueError):
    """The file is not Companies House's; the message says so."""


@dataclass
class Imported:
    """What became of the rows; `reasons` says of the first few that were set aside why, each with its line."""

    taken: int = 0
    set_aside: int = 0
    reasons: list[str] = field(default_factory=list)


def import_file(database: Database, path: Path) -> Imported:
    """Read every company; reading a newer file brings them up to date. Raises `NotCompanies`."""
    report = Imported()
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = csv.reader(file)
        header = [name.strip() for name in next(lines, [])]
        if any(name not in header for name in _NEEDED):
            raise NotCompanies("This file has not the columns of Companies House’s free company data.")
        rows = _rows(header, lines, report)
        while chunk := list(islice(rows, _CHUNK)):
            with database.writing() as session:
                put(session, RegisteredCompany, chunk)
    return report


def _rows(header: list[str], lines: Iterator[list[str]], report: Imported) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=2):
        if not any(line):
            continue
        try:
            row = _row(dict(zip(header, (tidy(cell).strip() for cell in line), strict=False)))
        except ValueError as problem:
            report.set_aside += 1
            if len(report.reasons) < 5:
                report.reasons.append(f"line {number}: {str(problem).rstrip('.')}")
            continue
        report.taken += 1
        yield row


def _row(said: dict[str, str]) -> dict[str, Any]:
    name = said.get("CompanyName", "")
    if not name:
        raise ValueError("it has no name")
    activities = (said.get(f"SICCode.SicText_{each}", "") for each in range(1, 5))
    return {
        "number": companies.company_number(said.get("CompanyNumber", "")),
        "name": name[:200],
        "status": said.get("CompanyStatus", "")[:60],
        "category": said.get("CompanyCategory", "")[:120],
        "postcode": _postcode(said.get("RegAddress.PostCode", "")),
        "incorporated_on": _day(said.get("IncorporationDate", "")),
        "activities": "; ".join(each for each in activities if each)[:400],
    }


def _postcode(text: str) -> str | None:
    try:
        return companies.postcode(text)
    except ValueError:
        return None


def _day(text: str) -> Any:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 (a day, of no time)
    except ValueError:
        return None
