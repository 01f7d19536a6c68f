"""Which column of a payments file holds what: guessed from its heading and from what stands in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Final

from portal.network.spend.cells import Unreadable, day_of, pence_of
from portal.text import fold


class Role(Enum):
    """What a column can be to us. The first three must be there; every other column of a file is left alone."""

    DATE = "date"
    PAYEE = "payee"
    AMOUNT = "amount"
    CATEGORY = "category"
    DIRECTORATE = "directorate"
    REFERENCE = "reference"
    COMPANY = "company"

    @property
    def label(self) -> str:
        """The role in words."""
        return _LABELS[self]

    @property
    def needed(self) -> bool:
        """Whether no payment can be read without it."""
        return self in NEEDED


_LABELS: Final = {
    Role.DATE: "Day it was paid",
    Role.PAYEE: "Who was paid",
    Role.AMOUNT: "Amount",
    Role.CATEGORY: "What it was for",
    Role.DIRECTORATE: "Which part of the authority",
    Role.REFERENCE: "Transaction number",
    Role.COMPANY: "Company number of who was paid",
}
NEEDED: Final = (Role.DATE, Role.PAYEE, Role.AMOUNT)

_HEADINGS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.DATE: ("payment date", "paid date", "date paid", "pay date", "transaction date", "date"),
    Role.PAYEE: (
        *("beneficiary name", "supplier name", "payee name", "vendor name", "supplier(beneficiary) name"),
        *("beneficiary", "supplier", "payee", "vendor", "merchant name", "creditor name"),
    ),
    Role.AMOUNT: ("net amount", "amount", "amount paid", "payment amount", "value", "total", "gross amount", "net"),
    Role.CATEGORY: (
        *("procurement category", "service category label", "category internal name", "proclass label", "cpv label"),
        *("expenses type", "expense type", "expenditure category", "category", "purpose", "description", "merchant"),
    ),
    Role.DIRECTORATE: (
        *("organisational unit", "directorate", "service area", "expense area", "department", "cost centre", "service"),
    ),
    Role.REFERENCE: (
        *("transaction number", "transaction no", "trans no", "internal ref number", "reference", "invoice number"),
        *("document number", "payment reference", "ref"),
    ),
    Role.COMPANY: ("companies house registration number", "company number", "registered company number"),
}
"""Headings in councils' files and in the Local Government Association's schema, the plainest meaning first."""

_MOST_LOOKED_AT: Final = 200
_APART: Final = re.compile(r"[^a-z0-9]+")


def plain_heading(text: str) -> str:
    """A heading as it is compared: CamelCase apart, no accents, no capitals, no signs."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return _APART.sub(" ", fold(apart)).strip()


def is_heading(row: Sequence[str]) -> bool:
    """Whether a row names columns: it names a day, somebody paid and an amount."""
    return all(any(_likeness(each, role) for each in row) for role in NEEDED)


def guessed(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[Role, int]:
    """The column for each role that can be told, each column once; a person looks at it before anything is read."""
    found: dict[Role, int] = {}
    for role in Role:
        scored = [
            (_likeness(heading, role) * _holding(role, rows, at), -at)
            for at, heading in enumerate(headings)
            if at not in found.values()
        ]
        best, place = max(scored, default=(0.0, 0))
        if best > 0:
            found[role] = -place
    return found


def titled(headings: Sequence[str]) -> list[str]:
    """The headings as people read them; a column without one goes by its number."""
    return [heading or f"Column {at + 1}" for at, heading in enumerate(headings)]


def _likeness(heading: str, role: Role) -> float:
    """How well a heading names a role: best where it is exactly a known one, less where it only holds its words."""
    words = plain_heading(heading)
    for rank, known in enumerate(map(plain_heading, _HEADINGS[role])):
        if words == known:
            return 2.0 - rank / 100
    for rank, known in enumerate(map(plain_heading, _HEADINGS[role])):
        if f" {known} " in f" {words} " and not _is_another(words, role):
            return 1.0 - rank / 100
    return 0.0


def _is_another(words: str, role: Role) -> bool:
    """Whether a heading that holds a role's words is about something else: a supplier's number is no supplier."""
    numbers = {"id", "number", "code", "no", "ref"} & set(words.split())
    return bool(numbers) if role in {Role.PAYEE, Role.CATEGORY, Role.DIRECTORATE} else "vat" in words.split()


def _holding(role: Role, rows: Sequence[Sequence[str]], at: int) -> float:
    """How much of a column can be read as what its heading says; a column that is empty counts for little."""
    cells = [row[at].strip() for row in rows[:_MOST_LOOKED_AT] if len(row) > at]
    filled = [cell for cell in cells if cell]
    if not filled:
        return 0.05 if cells else 1.0
    if role is Role.DATE:
        return _share(filled, day_of)
    if role is Role.AMOUNT:
        return _share(filled, pence_of)
    return 0.2 + 0.8 * len(filled) / len(cells)


def _share(cells: Sequence[str], read: Callable[[str], object]) -> float:
    good = 0
    for cell in cells:
        try:
            read(cell)
        except Unreadable:
            continue
        good += 1
    return good / len(cells)
