"""The register as a table to take away: a row for each contract, or for a challenge that has none yet."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from portal.documents import Cell
from portal.law.dates import RULES
from portal.partnerships.pathway import PARTNERSHIP
from portal.procurement.queries import Line

COLUMNS = (
    "Reference",
    "Challenge",
    "Led by",
    "Release kind",
    "Where it stands",
    "Estimated value before options, £",
    "Next legal date",
    "What is due",
    "Overdue",
    "Contract",
    "Partner",
    "Contract state",
    "Contract value, £",
    "Signed",
    "Contract ends",
    "Purchase option until",
)


def rows_of(line: Line, today: date, title_of: Callable[[str], str]) -> Iterator[list[Cell]]:
    """The rows of one challenge. Days as 2026-12-04, amounts in pounds."""
    row, following = line.row, line.following(today)
    known: list[Cell] = [
        row.reference,
        row.title,
        row.lead,
        row.release_kind.title if row.release_kind else "",
        title_of(row.standing),
        _pounds(row.estimated_pence),
        _day(following.day if following else None),
        RULES[following.key].title if following else "",
        "; ".join(f"{RULES[each.key].title} ({each.day.isoformat()})" for each in line.overdue(today)),
    ]
    for contract in line.contracts or [None]:
        yield known + _contract(contract)


def _contract(contract: Any) -> list[Cell]:
    if contract is None:
        return [""] * 7
    return [
        contract.contract_reference,
        contract.firm,
        PARTNERSHIP[contract.state].title,
        _pounds(contract.value_pence),
        _day(contract.signed_on),
        _day(contract.ends_on),
        _day(contract.option_expires_on),
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _pounds(pence: int | None) -> Cell:
    return "" if pence is None else Decimal(pence) / 100
