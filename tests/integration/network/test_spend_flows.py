"""Flows out of an area by category: what stays, what leaves, what nobody knows, as page, picture and file."""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.db import Database
from portal.network.local import Ring, circles_of
from portal.network.register.models import RegisteredCompany
from portal.network.spend.circles import Gap, categories_by_circle
from portal.organisations.models import Organisation
from tests.support import make, networked
from tests.support.page import Page
from tests.support.paid import HEAD, brought_in, council, owner_with, table
from tests.support.statements import counted
from tests.support.visit import said

COMPANY = (*HEAD, "Company number")
ROWS = (
    ("03/05/2022", "Alderford Data Ltd", "1,000.00", "Software", ""),
    ("04/05/2022", "Farley Print Ltd", "300", "Print", ""),
    ("06/05/2022", "Faraway plc", "2,000", "Gas", "99000001"),
    ("07/05/2022", "Nobody Knows Ltd", "200", "Print", "99000009"),
    ("07/05/2022", "Somebody Else plc", "-50", "Software", ""),
    ("03/05/2023", "Alderford Data Ltd", "100", "Software", ""),
)


@pytest.fixture
def authority(database: Database) -> Organisation:
    with database.writing() as session:
        made = council(session, (("Alderford Data Ltd", "ZZ1 1AA"), ("Farley Print Ltd", "ZZ3 1AA")))
        networked.region(session, made)
        networked.postcode(session, "ZZ9 9AA", district_code="E08000009", easting=600_000)
        for number, postcode in (("99000001", "ZZ9 9AA"), ("99000009", None)):
            session.add(RegisteredCompany(number=number, name="X", status="Active", category="", postcode=postcode))
        return made


@pytest.fixture
def owner(app: Flask, database: Database, authority: Organisation) -> FlaskClient:
    return owner_with(app, database, authority, table(*ROWS, head=COMPANY))


@pytest.fixture
def page(authority: Organisation) -> str:
    return f"/organisations/{authority.reference}/spend/flows"


@pytest.mark.usefixtures("owner")
def test_others_are_placed_by_the_registered_office_of_their_number_and_that_is_told(
    database: Database, authority: Organisation
) -> None:
    with database.reading() as session:
        circles = circles_of(session, authority.id)
        found = {each.name: each for each in categories_by_circle(session, authority.id, circles, 2022)}
        one = categories_by_circle(session, authority.id, circles, 2022, "Gas")
    gas = found["Gas"]
    assert [share.within for share in gas.shares.lines] == [0, 0, 0, 200_000]
    assert (gas.by_office, gas.gaps) == (200_000, {})
    assert found["Print"].gaps == {Gap.OTHERS: 20_000}
    assert found["Software"].gaps == {Gap.OTHERS: -5_000}
    assert found["Software"].shares.lines[0].ring is Ring.OWN
    assert one == [gas]


def test_the_page_shows_what_stays_leaves_and_is_not_known(owner: FlaskClient, page: str) -> None:
    shown = said(owner, f"{page}?year=2022")
    for words in (
        "£2,300 to £2,500 of £3,450 leaves its own area.",
        "Gas £2,000 £0 £0 £0 £2,000 £0 £2,000",
        "Print £500 £0 £0 £300 £0 £200 £300 to £500",
        "All that was paid £3,450 £1,000 £0 £300 £2,000 £150 £2,300 to £2,500",
        "Print 0% to 40% 0% to 40% 60% to 100% 60% to 100%",
        "£2,000 of what is placed was placed by registered offices alone.",
        "the lines are not to be added up",
    ):
        assert words in shown
    text = owner.get(f"{page}?year=2022").text
    assert Page(text).faults() == []
    assert text.count('class="app-flow app-flow--') == 4
    assert "£0 of £100 leaves its own area." in said(owner, page)
    for odd in ("x", "99999999999999999999", ""):
        assert owner.get(page, query_string={"year": odd}).status_code == 200


def test_the_file_holds_every_category_with_its_bounds(owner: FlaskClient, page: str) -> None:
    answer = owner.get(f"{page}.csv?year=2022")
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    by_name = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
    assert set(by_name) == {"Gas", "Print", "Software"}
    assert by_name["Print"]["Leaves its own area, at least (£)"] == "300"
    assert by_name["Print"]["Leaves its own area, at most (£)"] == "500"
    assert by_name["Print"]["Within: Region, at least (%)"] == "60.0"
    assert by_name["Gas"]["Leaves its region for elsewhere in the United Kingdom (£)"] == "2000"


def test_a_category_says_in_which_circle_its_money_stays(owner: FlaskClient, page: str) -> None:
    shown = said(owner, page.replace("/flows", "/category?year=2022&name=Print"))
    assert "£300 to £500 of it leaves its own area." in shown
    assert "Region £300 60% to 100%" in shown
    assert "Not known where £200" in shown


def test_without_payments_or_circles_the_page_says_what_comes_first(app: Flask, database: Database) -> None:
    with database.writing() as session:
        bare = council(session, ())
    client, page = owner_with(app, database, bare), f"/organisations/{bare.reference}/spend/flows"
    assert "No payments have been read yet" in said(client, page)
    brought_in(app, client, bare.reference, table(*(row[:4] for row in ROWS)))
    assert "No circles are drawn yet" in said(client, page)
    assert client.get(f"{page}.csv").status_code == 200
    assert "In which circle" not in said(client, page.replace("/flows", "/category?year=2022&name=Print"))


def test_the_page_asks_the_same_whatever_the_number_of_categories(
    app: Flask, owner: FlaskClient, authority: Organisation, page: str
) -> None:
    owner.get(page)
    with counted() as few:
        owner.get(page)
    rows = [(f"03/05/{2022 + n % 2}", f"Firm {n} Ltd", str(n), f"Category {n % 90}") for n in range(1, 300)]
    brought_in(app, owner, authority.reference, table(*rows), "many.csv")
    with counted() as lots:
        assert "17 other categories" in said(owner, page)
    assert len(few) == len(lots)


@pytest.mark.usefixtures("owner")
def test_another_authority_does_not_find_it(app: Flask, database: Database, page: str) -> None:
    with database.writing() as session:
        elsewhere = make.authority(session)
    client = owner_with(app, database, elsewhere)
    assert client.get(page).status_code == 404
    assert client.get(f"{page}.csv").status_code == 404
