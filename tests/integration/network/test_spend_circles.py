"""The share of spending by circle and by year: what is placed, what is not and why, and nothing added up twice."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from portal.db import Database
from portal.network.local import Ring, circles_of
from portal.network.spend.circles import Gap, YearByCircle, by_circle
from portal.network.spend.models import Match, Payee
from portal.organisations.models import Organisation
from tests.support import make, networked
from tests.support.page import Page
from tests.support.paid import brought_in, council, owner_with, table
from tests.support.statements import counted
from tests.support.visit import said

ROWS = (
    ("03/05/2022", "Alderford Data Ltd", "1,000.00", "Software"),
    ("04/05/2022", "Thornmere Roofs and Walls", "500", "Roof repairs"),
    ("05/05/2022", "Farley Print Ltd", "300", "Print"),
    ("05/05/2022", "Nowhere Works Ltd", "200", "Print"),
    ("06/05/2022", "Faraway plc", "2,000", "Gas"),
    ("07/05/2022", "Faraway plc", "-100", "Gas"),
    ("03/05/2023", "Alderford Data Ltd", "100", "Software"),
)
FIRMS = (
    ("Alderford Data Ltd", "ZZ1 1AA"),
    ("Thornmere Roofs Group", "ZZ2 1AA"),
    ("Farley Print Ltd", "ZZ3 1AA"),
    ("Nowhere Works Ltd", None),
)


@pytest.fixture
def authority(database: Database) -> Organisation:
    with database.writing() as session:
        return council(session, FIRMS)


@pytest.fixture
def owner(app: Flask, database: Database, authority: Organisation) -> FlaskClient:
    return owner_with(app, database, authority, table(*ROWS))


@pytest.fixture
def page(authority: Organisation) -> str:
    return f"/organisations/{authority.reference}/spend/circles"


@pytest.fixture
def drawn(database: Database, authority: Organisation) -> None:
    with database.writing() as session:
        networked.region(session, session.get_one(Organisation, authority.id))


def years(database: Database, authority: Organisation) -> list[YearByCircle]:
    with database.reading() as session:
        return by_circle(session, authority.id, circles_of(session, authority.id))


def within(found: YearByCircle) -> dict[Ring, int]:
    return {each.ring: each.within for each in found.shares.lines}


@pytest.mark.usefixtures("drawn", "owner")
def test_what_went_to_firms_is_placed_and_the_rest_is_not_known_with_its_reason(
    database: Database, authority: Organisation
) -> None:
    first, second = years(database, authority)
    assert (first.year, second.year) == (2022, 2023)
    assert within(first) == {Ring.OWN: 100_000, Ring.COUNTY: 100_000, Ring.REGION: 130_000, Ring.UK: 130_000}
    assert first.gaps == {Gap.OTHERS: 190_000, Gap.DOUBTFUL: 50_000, Gap.PLACE: 20_000}
    assert (first.shares.known, first.shares.unknown, first.total) == (130_000, 260_000, 390_000)
    own = first.shares.lines[0]
    assert (own.percent, first.range_words(own)) == (76.9, "25.6% to 92.3%")
    assert second.gaps == {}
    assert second.range_words(second.shares.lines[0]) == "100%"


@pytest.mark.usefixtures("drawn")
def test_a_name_that_a_person_confirms_moves_into_its_circle(
    database: Database, authority: Organisation, owner: FlaskClient, page: str
) -> None:
    with database.reading() as session:
        key = session.scalars(select(Payee.id).where(Payee.matched == Match.DOUBTFUL)).one()
    names = page.replace("circles", f"names/{key}")
    assert owner.post(names, data={"is": "firm"}).status_code == 302
    found = years(database, authority)[0]
    assert within(found)[Ring.COUNTY] == 150_000
    assert Gap.DOUBTFUL not in found.gaps


@pytest.mark.usefixtures("drawn")
def test_the_page_says_shares_gaps_and_basis_for_the_year_asked_for(owner: FlaskClient, page: str) -> None:
    assert "Within each circle, 2023 to 2024" in said(owner, page)
    shown = said(owner, f"{page}?year=2022")
    for words in (
        "£2,600 of £3,900 is in no circle",
        "Own area £1,000 76.9% 25.6% to 92.3%",
        "Names that are no firm’s here: the files give no address, and nobody has said where they are £1,900",
        "Names in doubt: nobody has said whether they are a firm’s here £500",
        "Firms here whose postcode is not given or cannot be placed £200",
        "the lines are not to be added up",
        "may be a registered office",
    ):
        assert words in shown
    assert Page(owner.get(f"{page}?year=2022").text).faults() == []
    for odd in ("x", "99999999999999999999", ""):
        assert owner.get(page, query_string={"year": odd}).status_code == 200


@pytest.mark.usefixtures("drawn")
def test_the_spreadsheet_says_the_same_and_what_it_rests_on(owner: FlaskClient, page: str) -> None:
    book = load_workbook(io.BytesIO(owner.get(f"{page}.xlsx").data))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert ("2022 to 2023", "Within: Own area", 1000, 76.9, 25.6, 92.3) in rows
    assert ("2022 to 2023", Gap.OTHERS.title, 1900, None, None, None) in rows
    assert ("2022 to 2023", "All that was paid", 3900, None, None, None) in rows
    assert "added up" in str(book.worksheets[1]["A2"].value)


def test_without_circles_or_payments_the_page_says_what_comes_first(
    app: Flask, database: Database, authority: Organisation, page: str
) -> None:
    client = owner_with(app, database, authority)
    assert "No payments have been read yet" in said(client, page)
    brought_in(app, client, authority.reference, table(*ROWS))
    assert "No circles are drawn yet" in said(client, page)
    assert client.get(f"{page}.xlsx").status_code == 200


@pytest.mark.usefixtures("drawn")
def test_the_page_asks_the_same_whatever_the_number_of_rows(
    app: Flask, owner: FlaskClient, authority: Organisation, page: str
) -> None:
    owner.get(page)
    with counted() as few:
        owner.get(page)
    rows = [(f"03/05/{2000 + n % 9}", f"Firm number {n} Ltd", str(n), f"Category {n % 40}") for n in range(1, 400)]
    brought_in(app, owner, authority.reference, table(*rows), "many.csv")
    with counted() as lots:
        owner.get(page)
    assert len(few) == len(lots)


@pytest.mark.usefixtures("drawn", "owner")
def test_another_authority_does_not_find_it(app: Flask, database: Database, page: str) -> None:
    with database.writing() as session:
        elsewhere = make.authority(session)
    client = owner_with(app, database, elsewhere)
    assert client.get(page).status_code == 404
    assert client.get(f"{page}.xlsx").status_code == 404
