from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.accounts import services
from portal.accounts.models import MailedLink, Person
from portal.organisations.models import Organisation
from tests.integration.accounts.conftest import PASSWORD
from tests.support.clock import TestClock
from tests.support.mailed import letters, link
from tests.support.page import Page

NEW = "baker@otterbrook.example"


def ask(client: FlaskClient, email: str = NEW) -> str:
    answer = client.post("/register", data={"email": email})
    assert answer.status_code == 302
    return answer.location


def start(app: Flask, email: str = NEW, path: str = "/challenges/EV-2026-001/respond") -> None:
    with app.extensions["database"].writing() as session:
        services.start_with_email(session, email, path)


def people(app: Flask) -> int:
    with app.extensions["database"].reading() as session:
        return session.scalar(select(func.count()).select_from(Person)) or 0


def test_somebody_new_registers_by_the_link_in_the_mail(app: Flask, client: FlaskClient) -> None:
    assert not Page(client.get("/register").text).faults()
    assert "an e-mail" in client.get(ask(client, f" {NEW.upper()} ")).text
    (letter,) = letters(app)
    assert letter.to == NEW
    assert letter.path in letter.text
    form = Page(client.get(letter.path).text)
    assert not form.faults()
    assert NEW in form.one("main").text
    assert people(app) == 0
    answer = client.post(letter.path, data={"name": "Amara  Otterbrook\n", "password": "Kestrel!window9"})
    assert answer.location == "/register/organisation"
    assert "Amara Otterbrook" in client.get("/account").text
    client.post("/sign-out")
    assert client.get(letter.path).status_code == 410
    assert client.post(letter.path, data={"name": "Eve", "password": "Kestrel!window9"}).status_code == 410
    assert client.post("/sign-in", data={"email": NEW, "password": "Kestrel!window9"}).status_code == 302


def test_registering_tells_nobody_who_has_an_account(app: Flask, client: FlaskClient, amara: str) -> None:
    known, unknown = ask(client, amara), ask(client)
    assert known == unknown
    assert [(letter.to, letter.kind) for letter in letters(app)] == [
        (amara, "accounts.known"),
        (NEW, "accounts.confirm"),
    ]
    assert letters(app)[0].path == "/sign-in"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"name": "", "password": "Kestrel!window9"}, "Enter your name."),
        ({"name": "Amara Otterbrook", "password": "short"}, "at least 12"),
        ({"name": "Amara Otterbrook", "password": ""}, "Choose a password."),
        ({"name": "Amara Otterbrook", "password": "AmaraOtterbrook1"}, "your own name"),
        ({"name": "Amara Otterbrook", "password": "password12345"}, "first that anybody would try"),
        ({"name": "A" * 121, "password": "Kestrel!window9"}, "at most 120"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_the_name_is_kept(
    app: Flask, client: FlaskClient, data: dict[str, str], said: str
) -> None:
    ask(client)
    path = link(app, "accounts.confirm")
    answer = client.post(path, data=data)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert said in page.one("div", "govuk-error-summary").text
    assert page.by_id("name").get("value") == data["name"]
    assert page.by_id("password").get("value") == ""
    assert not page.faults()
    assert client.post(path, data={"name": "Amara", "password": "Kestrel!window9"}).status_code == 302


@pytest.mark.parametrize("email", ["", "baker", "baker@", "a b@example.org", "x" * 250 + "@example.org"])
def test_no_mail_goes_to_what_is_no_address(app: Flask, client: FlaskClient, email: str) -> None:
    answer = client.post("/register", data={"email": email})
    assert answer.status_code == 422
    assert Page(answer.text).by_id("email").get("value") == email
    assert not letters(app)


def test_a_confirmation_is_good_for_a_day(app: Flask, client: FlaskClient, clock: TestClock) -> None:
    clock.set(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    ask(client)
    path = link(app, "accounts.confirm")
    clock.advance(hours=25)
    assert client.get(path).status_code == 410
    assert client.post(path, data={"name": "Amara", "password": "Kestrel!window9"}).status_code == 410
    assert people(app) == 0


def test_of_two_links_only_one_makes_the_account(app: Flask, client: FlaskClient) -> None:
    ask(client)
    first = link(app, "accounts.confirm")
    ask(client)
    second = link(app, "accounts.confirm")
    assert first != second
    data = {"name": "Amara", "password": "Kestrel!window9"}
    assert client.post(second, data=data).status_code == 302
    assert client.post(first, data={"name": "Eve", "password": "Heron?bridge77"}).status_code == 410
    assert people(app) == 1


def test_neither_the_row_nor_another_key_gives_a_link_away(app: Flask, client: FlaskClient) -> None:
    from portal.accounts import links

    ask(client)
    token = link(app, "accounts.confirm").rsplit("/", 1)[1]
    with app.extensions["database"].reading() as session:
        row = session.scalars(select(MailedLink)).one()
        assert token not in {row.salt, row.token_digest}
        try:
            links.use_key("another key")
            assert links.token_of(row) != token
        finally:
            links.use_key(app.config["SECRET_KEY"])


def test_a_response_is_begun_with_no_more_than_an_address(app: Flask, client: FlaskClient) -> None:
    start(app)
    letter = letters(app)[-1]
    assert (letter.to, letter.kind) == (NEW, "accounts.start")
    assert not Page(client.get(letter.path).text).faults()
    assert people(app) == 0, "opening the link was enough: mail programs open links too"
    assert client.post(letter.path).location == "/challenges/EV-2026-001/respond"
    assert client.get("/account").status_code == 200
    with app.extensions["database"].reading() as session:
        firm = session.scalars(select(Organisation)).one()
        assert firm.provisional
        assert firm.is_supplier
    assert client.post(letter.path).status_code == 410
    assert client.get(f"/organisations/{firm.reference}").status_code == 200


def test_whoever_began_so_comes_back_by_another_link_and_later_by_a_password(app: Flask, client: FlaskClient) -> None:
    start(app)
    client.post(link(app, "accounts.start"))
    client.post("/sign-out")
    start(app)
    assert client.post(link(app, "accounts.start")).status_code == 302
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 1
    start(app)
    old = link(app, "accounts.start")
    assert client.post("/account/password", data={"password": "Kestrel!window9"}).status_code == 302
    assert client.post(old).status_code == 410, "a password was chosen, and the old way in stayed open"
    start(app)
    assert letters(app)[-1].path == "/sign-in?next=%2Fchallenges%2FEV-2026-001%2Frespond"


def test_whoever_began_so_registers_later_and_keeps_what_they_began(app: Flask, client: FlaskClient) -> None:
    start(app)
    client.post(link(app, "accounts.start"))
    client.post("/sign-out")
    ask(client)
    data = {"name": "Amara Otterbrook", "password": "Kestrel!window9"}
    assert client.post(link(app, "accounts.confirm"), data=data).status_code == 302
    assert people(app) == 1
    details = client.get("/register/organisation").location
    assert details.endswith("/details")
    page = Page(client.get(details).text)
    assert not page.faults()
    version = next(each for each in page.all("input") if each.get("name") == "version").get("value")
    said = {"name": "Otterbrook Bakery", "supplier_kind": "sole_trader", "postcode": "ev1 2ab", "version": version}
    assert client.post(details, data=said).status_code == 302
    with app.extensions["database"].reading() as session:
        firm = session.scalars(select(Organisation)).one()
        assert (firm.name, firm.postcode, firm.provisional) == ("Otterbrook Bakery", "EV1 2AB", False)


@pytest.mark.parametrize("path", ["https://evil.example", "//evil.example", ""])
def test_a_begun_response_never_leads_out_of_the_portal(app: Flask, client: FlaskClient, path: str) -> None:
    start(app, path=path)
    assert client.post(link(app, "accounts.start")).location == "/home"


def test_begun_with_a_known_address_one_signs_in_first(app: Flask, client: FlaskClient, amara: str) -> None:
    start(app, amara)
    letter = letters(app)[-1]
    assert (letter.to, letter.kind) == (amara, "accounts.go_on")
    page = Page(client.get(letter.path).text)
    wanted = next(each for each in page.all("input") if each.get("name") == "next").get("value")
    answer = client.post("/sign-in", data={"email": amara, "password": PASSWORD, "next": wanted})
    assert answer.location == "/challenges/EV-2026-001/respond"
