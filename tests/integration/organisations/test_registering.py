import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Person
from portal.organisations.models import Organisation, SupplierKind
from portal.policy import Role
from tests.support import make
from tests.support.mailed import letters
from tests.support.page import Page
from tests.support.people import signed_in

START = "/register/organisation"


@pytest.fixture
def newcomer(app: Flask) -> FlaskClient:
    with app.extensions["database"].writing() as session:
        person: Person = make.person(session, name="Amara Otterbrook")
    return signed_in(app, person)


def firms(app: Flask) -> list[Organisation]:
    with app.extensions["database"].reading() as session:
        return list(session.scalars(select(Organisation).order_by(Organisation.id)))


def summary(html: str) -> str:
    return Page(html).one("div", "govuk-error-summary").text


def test_a_firm_registers_in_small_steps_and_checks_before_it_sends(app: Flask, newcomer: FlaskClient) -> None:
    assert not Page(newcomer.get(START).text).faults()
    assert newcomer.post(START, data={"way": "new"}).location == f"{START}/new"
    assert not Page(newcomer.get(f"{START}/new").text).faults()
    kind = {"name": "Otterbrook  Bakery Ltd", "supplier_kind": "company"}
    assert newcomer.post(f"{START}/new", data=kind).location == f"{START}/place"
    assert not Page(newcomer.get(f"{START}/place").text).faults()
    place = {"company_number": "9901420", "headcount": "1,204", "postcode": "b302tt"}
    assert newcomer.post(f"{START}/place", data=place).location == f"{START}/check"
    check = Page(newcomer.get(f"{START}/check").text)
    assert not check.faults()
    assert [each.text for each in check.all("dd", "govuk-summary-list__value")] == [
        "Otterbrook Bakery Ltd",
        "Company",
        "09901420",
        "1204",
        "B30 2TT",
    ]
    assert not firms(app)
    assert newcomer.post(f"{START}/check").location == "/home"
    (firm,) = firms(app)
    assert (firm.name, firm.company_number, firm.headcount) == ("Otterbrook Bakery Ltd", "09901420", 1204)
    assert newcomer.get(f"/organisations/{firm.reference}").status_code == 200
    assert newcomer.post(f"{START}/check").location == "/account/organisations"
    assert len(firms(app)) == 1


def test_a_sole_trader_is_not_asked_for_a_company_number(app: Flask, newcomer: FlaskClient) -> None:
    newcomer.post(f"{START}/new", data={"name": "Amara Otterbrook", "supplier_kind": "sole_trader"})
    page = newcomer.get(f"{START}/place").text
    assert "Companies House" not in page
    assert not Page(page).faults()
    assert newcomer.post(f"{START}/place", data={"postcode": "B30 2TT"}).status_code == 302
    newcomer.post(f"{START}/check")
    (firm,) = firms(app)
    assert (firm.supplier_kind, firm.company_number, firm.headcount) == (SupplierKind.SOLE_TRADER, None, None)


@pytest.mark.parametrize(
    ("step", "data", "said"),
    [
        ("", {}, "Choose one of the two."),
        ("", {"way": "neither"}, "Not a valid choice."),
        ("/new", {"supplier_kind": "company"}, "Enter the organisation’s name."),
        ("/new", {"name": "Otterbrook"}, "Choose the kind that fits best."),
        ("/new", {"name": "Otterbrook", "supplier_kind": "guild"}, "Not a valid choice."),
        ("/new", {"name": "O" * 201, "supplier_kind": "company"}, "at most 200"),
        ("/place", {"company_number": "what?", "postcode": "B30 2TT"}, "Companies House writes it"),
        ("/place", {"headcount": "a few", "postcode": "B30 2TT"}, "Enter a whole number"),
        ("/place", {"headcount": "-4", "postcode": "B30 2TT"}, "Enter a whole number"),
        ("/place", {"headcount": "9" * 30, "postcode": "B30 2TT"}, "Enter a whole number"),
        ("/place", {"headcount": "1000001", "postcode": "B30 2TT"}, "from 0 to 1,000,000"),
        ("/place", {"postcode": ""}, "Enter the postcode."),
        ("/place", {"postcode": "Birmingham"}, "Enter a whole postcode"),
    ],
)
def test_bad_input_is_said_and_kept(newcomer: FlaskClient, step: str, data: dict[str, str], said: str) -> None:
    newcomer.post(f"{START}/new", data={"name": "Otterbrook", "supplier_kind": "company"})
    answer = newcomer.post(f"{START}{step}", data=data)
    assert answer.status_code == 422
    assert said in summary(answer.text)
    page = Page(answer.text)
    assert not page.faults()
    for name in {"name", "company_number", "headcount", "postcode"} & data.keys():
        assert page.by_id(name).get("value") == data[name]


@pytest.mark.parametrize("step", ["/place", "/check"])
def test_a_step_out_of_turn_leads_back(newcomer: FlaskClient, step: str) -> None:
    assert newcomer.get(f"{START}{step}").location == f"{START}/new"
    assert newcomer.post(f"{START}{step}").status_code == 302


def test_a_firm_that_is_here_already_is_joined_when_its_administrator_lets_in(
    app: Flask, newcomer: FlaskClient
) -> None:
    with app.extensions["database"].writing() as session:
        firm = make.supplier(session, name="Hedgerow Ledger Ltd", company_number="99014207")
        boss = make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, firm)
    newcomer.post(f"{START}/new", data={"name": "Hedgerow Ledger", "supplier_kind": "company"})
    answer = newcomer.post(f"{START}/place", data={"company_number": "99014207", "postcode": "B30 2TT"})
    assert answer.status_code == 422
    assert "Hedgerow Ledger Ltd is registered" in summary(answer.text)
    found = Page(newcomer.get(f"{START}/join?q=hedgerow").text)
    assert not found.faults()
    assert newcomer.post(f"/organisations/{firm.reference}/join").status_code == 302
    assert "Hedgerow Ledger Ltd" in newcomer.get("/account/organisations").text
    twice = newcomer.post(f"/organisations/{firm.reference}/join")
    assert twice.status_code == 409
    assert "You have asked to join" in twice.text
    assert newcomer.get(f"/organisations/{firm.reference}").status_code == 404
    (letter,) = letters(app)
    assert (letter.kind, letter.to) == ("organisations.join_asked", boss.email)
    assert "Amara Otterbrook" in letter.text
    bosses = signed_in(app, boss)
    page = Page(bosses.get(letter.path).text)
    assert not page.faults()
    action = next(each.get("action") for each in page.all("form") if "join-requests" in each.get("action"))
    assert newcomer.post(action, data={"decision": "accept"}).status_code == 404
    assert bosses.post(action, data={"decision": "accept"}).status_code == 302
    assert bosses.post(action, data={"decision": "decline"}).status_code == 409
    mine = newcomer.get("/account/organisations").text
    assert "Supplier member" in mine
    assert newcomer.get(f"/organisations/{firm.reference}").status_code == 403
    assert letters(app)[-1].kind == "organisations.join_decided"
    assert newcomer.post(f"/organisations/{firm.reference}/join").status_code == 409


def test_who_is_not_let_in_holds_nothing(app: Flask, newcomer: FlaskClient) -> None:
    with app.extensions["database"].writing() as session:
        firm = make.supplier(session)
        boss = make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, firm)
    newcomer.post(f"/organisations/{firm.reference}/join")
    bosses = signed_in(app, boss)
    page = Page(bosses.get(f"/organisations/{firm.reference}").text)
    action = next(each.get("action") for each in page.all("form") if "join-requests" in each.get("action"))
    bosses.post(action, data={"decision": "decline"})
    assert "said no" in letters(app)[-1].text
    assert "You belong to no organisation yet" in newcomer.get("/account/organisations").text


def test_looking_for_a_firm_finds_names_as_they_are_written(app: Flask, newcomer: FlaskClient) -> None:
    with app.extensions["database"].writing() as session:
        make.supplier(session, name="100% Bread")
        make.supplier(session, name="1000 Loaves")
        make.supplier(session, name="Supplier not yet named", provisional=True)
        authority = make.authority(session, name="Bread Council")
    assert "1000 Loaves" not in newcomer.get(f"{START}/join", query_string={"q": "100%"}).text
    assert "100% Bread" in newcomer.get(f"{START}/join", query_string={"q": "BREAD"}).text
    assert "Bread Council" not in newcomer.get(f"{START}/join", query_string={"q": "bread"}).text
    assert "No organisation has these words" in newcomer.get(f"{START}/join", query_string={"q": "not yet"}).text
    assert newcomer.post(f"/organisations/{authority.reference}/join").status_code == 404
