"""The register as a table to take away.

A row for each contract, or for a challenge that has none yet; then one for each plan that follows an agreement which
runs out.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from portal.documents import Cell
from portal.law.dates import RULES
from portal.partnerships.pathway import PARTNERSHIP
from portal.procurement.queries import Line
from portal.procurement.running_out import RunningOut

COLUMNS = {
    "Reference": "The challenge’s reference.",
    "Challenge": "What it is called.",
    "Led by": "The body that leads it, or that plans a purchase.",
    "Release kind": "What its release is in law; empty before that is chosen.",
    "Where it stands": "The state it is in today.",
    "Estimated value before options, £": "In pounds, on the basis its brief names; a plan’s value includes VAT.",
    "Next legal date": "The next day on which something is due, as year-month-day.",
    "What is due": "What that day is.",
    "Overdue": "What should have been done already, each with the day it was due.",
    "Contract": "The contract’s reference. Where there are several, each has a row of its own.",
    "Partner": "The firm.",
    "Contract state": "How far the partnership is.",
    "Contract value, £": "In pounds, VAT included, without an option that was not taken.",
    "Signed": "The day the contract was signed, as year-month-day.",
    "Contract ends": "The last day of its last phase; for a plan, the end of today’s contract.",
    "Purchase option until": "The last day on which the finished thing can be bought under it.",
    "Planned purchase": "Only on the rows of plans, after all challenges: what is to be bought.",
    "Framework ends": "Only on the rows of plans: the end of today’s framework.",
}
"""The columns, each with what it means; the page says so beside the files. A plan fills its body, its value including
VAT, the end of today's contract and the last two."""


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
        yield [*known, *_contract(contract), "", ""]


def row_of_plan(plan: RunningOut) -> list[Cell]:
    """The row of a plan, under the same headings."""
    told: dict[str, Cell] = {
        "Led by": plan.body,
        "Estimated value before options, £": _pounds(plan.value_pence),
        "Contract ends": _day(plan.contract_ends_on),
        "Planned purchase": plan.title,
        "Framework ends": _day(plan.framework_ends_on),
    }
    return [told.get(column, "") for column in COLUMNS]


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
