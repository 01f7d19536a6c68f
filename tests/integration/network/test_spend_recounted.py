"""Real payments files, counted again by a plain reader that shares nothing with the portal's own, and compared."""

import csv
import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from portal.db import Database
from tests.support.paid import brought_in, council, owner_with
from tests.support.visit import said

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "spend"
PEOPLE = frozenset(
    (
        *("2f5c2a2fe0a0", "38b1e3067b6a", "4ab6de93a0e6", "51b8ea465be5", "6e91cb74d6ba"),
        *("7077b7d4881b", "732e946dd62a", "9e011439e3cb", "9ee76e5f02c5", "b099c005eb9d"),
        *("b41ee93193d1", "b46ff5595f48", "d2f5df0a7f59", "dd94b3c35425", "deec51ba59d9"),
        *("ed4e1929416f", "fc06bde9d2fd"),
    )
)
"""The people in the file of Oxford, as somebody reading its names would tell them: digests, as no name is kept here."""


@dataclass(frozen=True)
class File:
    """A real file and its columns, as one reads them in it."""

    name: str
    day: str
    amount: str
    payee: str
    day_first: bool = False


FILES = (
    File("calderdale_2022-08.csv", "Date", "Net Amount", "Supplier(Beneficiary) Name"),
    File("manchester_2022-05.csv", "Invoice Payment Date", "Net Amount", "Supplier Name"),
    File("oxford_raw_oct-dec-2017.csv", "Paid Date", "Amount", "Supplier Name", day_first=True),
)


@dataclass
class Count:
    """Rows and pounds."""

    rows: int = 0
    pounds: Decimal = Decimal(0)

    def add(self, pounds: Decimal) -> None:
        """One more row."""
        self.rows += 1
        self.pounds += pounds


@dataclass
class Recount:
    """A file counted again: what is taken, what is set aside by its reason, and pounds by financial year."""

    taken: Count = field(default_factory=Count)
    aside: dict[str, Count] = field(default_factory=dict)
    years: dict[int, Decimal] = field(default_factory=dict)


def set_aside(name: str) -> str:
    """Why a row is no payment to a firm, by the README of the files: its name is redacted, missing or a person's."""
    if not name.strip():
        return "It does not say who was paid"
    if "Redacted" in name:
        return "The name was withheld by the authority"
    if hashlib.sha256(name.strip().encode()).hexdigest()[:12] in PEOPLE:
        return "A person was paid, or may have been; people are left out"
    return ""


def counted_again(file: File) -> Recount:
    """The file, counted row by row."""
    found = Recount()
    with (DATA / file.name).open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            pounds = Decimal(row[file.amount])
            if why := set_aside(row[file.payee]):
                found.aside.setdefault(why, Count()).add(pounds)
                continue
            found.taken.add(pounds)
            parts = row[file.day].split("/")[::-1] if file.day_first else row[file.day].split("-")
            year, month = int(parts[0]), int(parts[1])
            began = year if month >= 4 else year - 1
            found.years[began] = found.years.get(began, Decimal(0)) + pounds
    return found


def money(pounds: Decimal) -> str:
    """As the portal writes money: a minus before the sign, no pence where there are none."""
    sign = "-" if pounds < 0 else ""
    text = f"{abs(pounds):,.2f}".removesuffix(".00")
    return f"{sign}£{text}"


def whole(pounds: Decimal) -> str:
    """The same, its pence cut off."""
    return money(Decimal(int(pounds)))


@pytest.mark.skipif(not DATA.exists(), reason="The folder of real data is not beside the project.")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition("_")[0])
def test_what_the_portal_shows_of_a_real_file_is_what_a_plain_reader_counts(
    app: Flask, database: Database, file: File
) -> None:
    with database.writing() as session:
        authority = council(session, ())
    owner = owner_with(app, database, authority)
    page = brought_in(app, owner, authority.reference, (DATA / file.name).read_bytes(), file.name)
    shown, expected = said(owner, page), counted_again(file)
    lines = {"Taken as payments": expected.taken, **expected.aside}
    for title, count in lines.items():
        assert f"{title} {count.rows:,} {money(count.pounds)}" in shown
    rows = sum(count.rows for count in lines.values())
    total = sum((count.pounds for count in lines.values()), Decimal(0))
    assert rows == 800
    assert f"The whole file {rows:,} {money(total)}" in shown
    overview = said(owner, f"/organisations/{authority.reference}/spend")
    for year, pounds in expected.years.items():
        assert f"{year} to {year + 1} {whole(pounds)} £0 £0 {whole(pounds)}" in overview
