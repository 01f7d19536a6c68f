"""Where those are who were paid: a person says it, figures count it, later files reuse it, and nothing is guessed."""

import csv
import io
import re
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.db import Database
from portal.journal.models import JournalEntry
from portal.network.local import CirclePart, PartKind, Ring, circles_of
from portal.network.register.models import RegisteredCompany
from portal.network.spend.circles import Gap, YearByCircle, by_circle
from portal.network.spend.models import Match, Payee, PayeePlace
from portal.organisations.models import Organisation
from tests.support import make, networked
from tests.support.page import Page
from tests.support.paid import HEAD, brought_in, council, owner_with, table
from tests.support.statements import counted
from tests.support.visit import said

ROWS = (
    ("03/05/2022", "Alderford Data Ltd", "1,000", "Software", ""),
    ("04/05/2022", "Elm Stores", "300", "Print", ""),
    ("06/05/2022", "Faraway plc", "2,000", "Gas", "99000001"),
    ("07/05/2022", "Careline Bureau", "900", "Care", ""),
    ("07/05/2022", "Thornmere Roofs and Walls", "500", "Roofs", ""),
    ("07/05/2022", "Mrs Jaya Shah", "9,000", "Care", ""),
)
POSTCODE = {"where": "postcode", "postcode": "zz21aa", "known_by": "invoice", "note": "Their delivery notes."}
ABROAD = {"where": "abroad", "postcode": "", "known_by": "invoice", "note": ""}
OUTSIDE = {"where": "outside", "postcode": "", "known_by": "somebody", "note": ""}


@pytest.fixture
def authority(database: Database) -> Organisation:
    with database.writing() as session:
        made = council(session, (("Alderford Data Ltd", "ZZ1 1AA"), ("Thornmere Roofs Group", "ZZ2 1AA")))
        networked.region(session, made)
        session.add(RegisteredCompany(number="99000001", name="X", status="Active", category="", postcode="ZZ3 1AA"))
        return made


@pytest.fixture
def owner(app: Flask, database: Database, authority: Organisation) -> FlaskClient:
    return owner_with(app, database, authority, table(*ROWS, head=(*HEAD, "Company number")))


@pytest.fixture
def queue(authority: Organisation) -> str:
    return f"/organisations/{authority.reference}/spend/places"


def of(database: Database, authority: Organisation) -> YearByCircle:
    with database.reading() as session:
        return by_circle(session, authority.id, circles_of(session, authority.id))[-1]


def form_of(database: Database, queue: str, name: str) -> str:
    with database.reading() as session:
        return f"{queue}/{session.scalars(select(Payee.id).where(Payee.name == name)).one()}"


def version_in(client: FlaskClient, form: str) -> str:
    found = re.search(r'name="version" value="(\d*)"', client.get(form).text)
    assert found is not None
    return found[1]


def test_the_most_money_comes_first_and_no_person_no_firm_and_no_name_in_doubt(owner: FlaskClient, queue: str) -> None:
    shown = said(owner, queue)
    assert shown.index("Careline Bureau £900 in 1 payment") < shown.index("Elm Stores £300 in 1 payment")
    assert "2 names are in no circle" in shown
    assert "1 name in doubt" in shown
    for other in ("Shah", "Alderford", "Faraway", "Thornmere"):
        assert other not in shown
    assert Page(owner.get(queue).text).faults() == []


def test_what_a_person_says_moves_money_into_its_circle_and_figures_say_by_whose_word(
    database: Database, authority: Organisation, owner: FlaskClient, queue: str
) -> None:
    before = of(database, authority)
    assert before.gaps[Gap.OTHERS] == 120_000
    elm, care = form_of(database, queue, "Elm Stores"), form_of(database, queue, "Careline Bureau")
    assert "You paid £300 to this name, mostly for Print." in said(owner, elm)
    assert "at ZZ2 1AA, within its county" in owner.post(elm, data=POSTCODE, follow_redirects=True).text
    assert owner.post(care, data=OUTSIDE).status_code == 302
    found = of(database, authority)
    within = {each.ring: each.within for each in found.shares.lines}
    assert within == {Ring.OWN: 100_000, Ring.COUNTY: 130_000, Ring.REGION: 330_000, Ring.UK: 420_000}
    assert (found.gaps, found.by_person, found.by_office) == ({Gap.DOUBTFUL: 50_000}, 120_000, 200_000)
    assert "£1,200 of what is placed was placed by what people of the authority said" in said(
        owner, queue.replace("places", "circles")
    )
    assert "Nobody is left to be placed" in said(owner, queue)
    told = said(owner, f"{queue}/said")
    for words in ("ZZ2 1AA The address on its invoices", "Their delivery notes.", "Outside its region, elsewhere in"):
        assert words in told
    with database.reading() as session:
        events = session.scalars(select(JournalEntry).where(JournalEntry.event == "spend.placed")).all()
    assert len(events) == 2
    assert "ZZ2" not in str([each.data for each in events])


def test_it_holds_for_files_that_come_later(
    app: Flask, database: Database, authority: Organisation, owner: FlaskClient, queue: str
) -> None:
    owner.post(form_of(database, queue, "Elm Stores"), data=POSTCODE)
    later = table(("03/06/2023", "ELM STORES", "700", "Print"))
    brought_in(app, owner, authority.reference, later, "later.csv")
    found = of(database, authority)
    assert (found.year, found.by_person, found.gaps) == (2023, 70_000, {})


def test_what_is_missing_or_cannot_be_placed_is_told_beside_its_field_and_what_was_typed_stays(
    database: Database, owner: FlaskClient, queue: str
) -> None:
    form = form_of(database, queue, "Elm Stores")
    for wrong, sentence in (
        ({}, "Say where it is."),
        ({**POSTCODE, "postcode": ""}, "Enter the postcode."),
        ({**POSTCODE, "postcode": "nowhere"}, "Enter a whole postcode"),
        ({**POSTCODE, "postcode": "ZZ9 9ZZ"}, "cannot tell in which circle ZZ9 9ZZ lies"),
        ({**OUTSIDE, "postcode": "ZZ2 1AA"}, "Take the postcode out"),
        ({**ABROAD, "postcode": "ZZ2 1AA"}, "Take the postcode out"),
        ({**POSTCODE, "known_by": "hearsay"}, "Not a valid choice"),
        ({**POSTCODE, "note": "x" * 301}, "Use at most 300 characters."),
    ):
        answer = owner.post(form, data=wrong)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert wrong.get("postcode", "") != "nowhere" or 'value="nowhere"' in answer.text
        assert str(wrong.get("note", "")) in answer.text
    with database.reading() as session:
        assert session.scalars(select(PayeePlace)).all() == []


def test_of_two_who_say_something_else_the_second_is_told_and_one_can_take_it_back(
    database: Database, authority: Organisation, owner: FlaskClient, queue: str
) -> None:
    form = form_of(database, queue, "Elm Stores")
    owner.post(form, data=POSTCODE)
    stale = owner.post(form, data={**OUTSIDE, "note": "I was slower."})
    assert stale.status_code == 409
    assert "I was slower." in stale.text
    version = version_in(owner, form)
    assert owner.post(form, data={**OUTSIDE, "version": version}).status_code == 302
    assert owner.post(f"{form}/take-back", data={"version": version}).status_code == 409
    assert owner.post(f"{form}/take-back", data={"version": version_in(owner, form)}).status_code == 302
    assert of(database, authority).gaps[Gap.OTHERS] == 120_000


def test_outside_holds_only_for_the_circles_it_was_said_of(
    database: Database, authority: Organisation, owner: FlaskClient, queue: str
) -> None:
    owner.post(form_of(database, queue, "Careline Bureau"), data=OUTSIDE)
    assert of(database, authority).by_person == 90_000
    with database.writing() as session:
        for each in circles_of(session, authority.id).drawn:
            if each.ring is Ring.REGION:
                each.parts.append(CirclePart(kind=PartKind.POSTCODE_AREA, code="ZY"))
    assert of(database, authority).by_person == 0
    assert "Look again Said to lie outside the area, before its circles were drawn anew" in said(owner, queue)
    assert "Look again The circles were drawn anew since." in said(owner, f"{queue}/said")


def test_what_left_the_united_kingdom_is_counted_and_named_on_every_surface_and_sums_stay(
    database: Database, authority: Organisation, owner: FlaskClient, queue: str
) -> None:
    before, spend = of(database, authority), queue.removesuffix("/places")
    assert "Outside the United Kingdom" not in said(owner, f"{spend}/circles")
    form = form_of(database, queue, "Careline Bureau")
    answer = owner.post(form, data=ABROAD, follow_redirects=True)
    assert "Careline Bureau is outside the United Kingdom." in answer.text
    found = of(database, authority)
    assert (found.total, found.by_person, found.shares.abroad) == (before.total, 90_000, 90_000)
    assert [each.within for each in found.shares.lines] == [each.within for each in before.shares.lines]
    assert found.shares.known == before.shares.known + 90_000
    circles = said(owner, f"{spend}/circles")
    assert "Outside the United Kingdom, in no circle £900 23.1% 19.1% to 36.2%" in circles
    assert "Leaves the United Kingdom" in said(owner, f"{spend}/flows")
    assert "Outside the United Kingdom £900" in said(owner, f"{spend}/category?year=2022&name=Care")
    lines = list(csv.DictReader(io.StringIO(owner.get(f"{spend}/flows.csv?year=2022").text.removeprefix("\ufeff"))))
    left = {each["Category"]: Decimal(each["Leaves the United Kingdom (£)"]) for each in lines}
    assert left["Care"] == sum(left.values()) == Decimal(900)
    assert "Careline Bureau Outside the United Kingdom" in said(owner, f"{queue}/said")
    assert 'value="abroad" checked' in owner.get(form).text


def test_postcodes_of_the_crown_dependencies_are_money_that_left_the_united_kingdom(
    database: Database, authority: Organisation, owner: FlaskClient, queue: str
) -> None:
    with database.writing() as session:
        firm = session.scalars(select(Organisation).where(Organisation.name == "Alderford Data Ltd")).one()
        firm.postcode = "JE2 3AA"
        company = session.scalars(select(RegisteredCompany)).one()
        company.postcode = "IM1 1AA"
    care = form_of(database, queue, "Careline Bureau")
    answer = owner.post(care, data={**POSTCODE, "postcode": "gy11aa"}, follow_redirects=True)
    assert "Careline Bureau is at GY1 1AA, outside the United Kingdom." in answer.text
    found = of(database, authority)
    assert (found.shares.abroad, found.by_islands, found.shares.known) == (390_000, 390_000, 390_000)
    assert (found.by_office, found.by_person) == (200_000, 90_000)
    assert {each.within for each in found.shares.lines} == {0}
    assert found.gaps == {Gap.OTHERS: 30_000, Gap.DOUBTFUL: 50_000}
    circles = said(owner, queue.replace("places", "circles"))
    assert "Outside the United Kingdom, in no circle £3,900 100%" in circles
    assert "£3,900 of what is outside the United Kingdom is told by postcodes of Jersey, Guernsey or" in circles
    assert "Leaves the United Kingdom" in said(owner, queue.replace("places", "flows"))
    assert "Careline" not in said(owner, queue).partition("What was said of others")[0]


def test_outside_the_united_kingdom_holds_however_the_circles_are_drawn_anew(
    database: Database, authority: Organisation, owner: FlaskClient, queue: str
) -> None:
    owner.post(form_of(database, queue, "Careline Bureau"), data=ABROAD)
    with database.writing() as session:
        for each in circles_of(session, authority.id).drawn:
            if each.ring is Ring.REGION:
                each.parts.append(CirclePart(kind=PartKind.POSTCODE_AREA, code="ZY"))
    assert of(database, authority).shares.abroad == 90_000
    assert "Look again" not in said(owner, queue)
    assert "Look again" not in said(owner, f"{queue}/said")


def test_a_firm_registered_here_says_itself_where_it_is(
    database: Database, authority: Organisation, owner: FlaskClient, queue: str
) -> None:
    form = form_of(database, queue, "Thornmere Roofs and Walls")
    assert owner.post(form, data=OUTSIDE).status_code == 302
    assert of(database, authority).by_person == 50_000
    with database.writing() as session:
        payee = session.scalars(select(Payee).where(Payee.name == "Thornmere Roofs and Walls")).one()
        payee.matched = Match.CONFIRMED
    found = of(database, authority)
    assert (found.by_person, found.shares.lines[1].within) == (0, 150_000)
    refused = owner.post(form, data={**OUTSIDE, "version": version_in(owner, form)})
    assert refused.status_code == 409
    assert "says itself where it is" in refused.text


def test_without_circles_it_says_what_comes_first(app: Flask, database: Database) -> None:
    with database.writing() as session:
        bare = council(session, ())
    client = owner_with(app, database, bare, table(*(row[:4] for row in ROWS)))
    queue = f"/organisations/{bare.reference}/spend/places"
    assert "No circles are drawn yet" in said(client, queue)
    form = form_of(database, queue, "Elm Stores")
    assert "No circles are drawn yet" in said(client, form)
    assert client.post(form, data=POSTCODE).status_code == 409


def test_the_queue_asks_the_same_whatever_the_number_of_names(
    app: Flask, owner: FlaskClient, authority: Organisation, queue: str
) -> None:
    owner.get(queue)
    with counted() as few:
        owner.get(queue)
    rows = [("03/05/2022", f"Firm number {n} Ltd", str(n), f"Category {n % 40}") for n in range(1, 90)]
    brought_in(app, owner, authority.reference, table(*rows), "many.csv")
    with counted() as lots:
        assert "91 names are in no circle" in said(owner, queue)
    assert len(few) == len(lots)


@pytest.mark.usefixtures("owner")
def test_another_authority_neither_sees_nor_says_anything(app: Flask, database: Database, queue: str) -> None:
    with database.writing() as session:
        elsewhere = make.authority(session)
    client = owner_with(app, database, elsewhere)
    form = form_of(database, queue, "Elm Stores")
    assert client.get(queue).status_code == client.get(f"{queue}/said").status_code == 404
    assert client.post(form, data=POSTCODE).status_code == 404
