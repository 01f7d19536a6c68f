"""A row of a payments file, taken as a payment or left out, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from portal.law.companies import company_number
from portal.network.spend.cells import Unreadable, day_of, is_individual, is_withheld, pence_of, text_of
from portal.network.spend.columns import Role

MOST_NAME, MOST_CATEGORY, MOST_REFERENCE = 200, 160, 60


class Why(Enum):
    """Why a row was left out; its amount is counted all the same where it can be read."""

    EMPTY = "empty"
    AMOUNT = "amount"
    DATE = "date"
    PAYEE = "payee"
    WITHHELD = "withheld"
    INDIVIDUAL = "individual"

    @property
    def label(self) -> str:
        """The reason in words."""
        return _WORDS[self]


_WORDS = {
    Why.EMPTY: "The row is empty",
    Why.AMOUNT: "Its amount cannot be read",
    Why.DATE: "Its day cannot be read",
    Why.PAYEE: "It does not say who was paid",
    Why.WITHHELD: "The name was withheld by the authority",
    Why.INDIVIDUAL: "A person was paid, or may have been; people are left out",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A payment as it is kept. `pence` below nought is a credit."""

    number: int
    paid_on: date
    payee: str
    pence: int
    category: str
    directorate: str
    reference: str
    company_number: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not kept: its number, why, and its amount where that can be read. Nothing else of it stays."""

    number: int
    why: Why
    pence: int | None


def read_row(number: int, row: Sequence[str], columns: Mapping[Role, int]) -> Taken | LeftOut:
    """What becomes of a row of the file."""
    cells = {role: row[at] if at < len(row) else "" for role, at in columns.items()}
    if not any(cell.strip() for cell in row):
        return LeftOut(number, Why.EMPTY, None)
    try:
        pence = pence_of(cells[Role.AMOUNT])
    except Unreadable:
        return LeftOut(number, Why.AMOUNT, None)
    payee = text_of(cells[Role.PAYEE], MOST_NAME)
    if why := _left_out(payee):
        return LeftOut(number, why, pence)
    try:
        paid_on = day_of(cells[Role.DATE])
    except Unreadable:
        return LeftOut(number, Why.DATE, pence)
    return Taken(
        number,
        paid_on,
        payee,
        pence,
        text_of(cells.get(Role.CATEGORY, ""), MOST_CATEGORY) or text_of(cells.get(Role.DIRECTORATE, ""), MOST_CATEGORY),
        text_of(cells.get(Role.DIRECTORATE, ""), MOST_CATEGORY),
        text_of(cells.get(Role.REFERENCE, ""), MOST_REFERENCE),
        _company(cells.get(Role.COMPANY, "")),
    )


def _left_out(payee: str) -> Why | None:
    if not any(each.isalnum() for each in payee):
        return Why.PAYEE
    if is_withheld(payee):
        return Why.WITHHELD
    return Why.INDIVIDUAL if is_individual(payee) else None


def _company(cell: str) -> str:
    """A company number that has the right form, or nothing."""
    try:
        return company_number(cell) if cell.strip() else ""
    except ValueError:
        return ""


def financial_year(day: date) -> int:
    """The year in which the authority's financial year began that holds this day: it begins on 1 April."""
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1
