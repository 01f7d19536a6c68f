import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.accounts.models import SignIn
from tests.integration.accounts.conftest import PASSWORD
from tests.support.clock import TestClock
from tests.support.mailed import letters, link
from tests.support.page import Page

WRONG = "The e-mail address or the password is not right."


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def said(answer: TestResponse) -> str:
    """The page without its form token, which changes with every second."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", answer.text)


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_the_right_password_lets_in_and_sign_out_ends_it_at_once(app: Flask, client: FlaskClient, amara: str) -> None:
    answer = sign_in(client, " Amara@Example.ORG ")
    assert (answer.status_code, answer.location) == (302, "/home")
    assert is_in(client)
    stolen = app.test_client()
    cookie = client.get_cookie("portal")
    assert cookie is not None
    stolen.set_cookie("portal", cookie.value)
    assert is_in(stolen)
    assert client.post("/sign-out").status_code == 302
    assert not is_in(client)
    assert not is_in(stolen), "a copy of the cookie outlived the sign-out"
    assert client.post("/sign-out").status_code == 302


def test_the_cookie_and_the_row_do_not_hold_the_same_token(app: Flask, client: FlaskClient, amara: str) -> None:
    sign_in(client, amara)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with app.extensions["database"].reading() as session:
        assert session.query(SignIn).one().token_digest != token


def test_a_wrong_password_and_an_unknown_address_get_the_very_same_answer(client: FlaskClient, amara: str) -> None:
    wrong, unknown = (
        sign_in(client, amara, "not the password"),
        sign_in(client, "ghost@example.org", "not the password"),
    )
    assert wrong.status_code == unknown.status_code == 422
    assert said(wrong).replace(amara, "X") == said(unknown).replace("ghost@example.org", "X")
    page = Page(wrong.text)
    assert WRONG in page.one("div", "govuk-error-summary").text
    assert page.by_id("email").get("value") == amara
    assert page.by_id("password").get("value") == ""
    assert not page.faults()
    assert not is_in(client)


def test_an_unknown_address_costs_a_digest_too(
    client: FlaskClient, amara: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.accounts import passwords

    checked: list[str] = []

    class Watched:
        def verify(self, kept: str, password: str) -> bool:
            checked.append(kept[:10])
            return hasher.verify(kept, password)

    hasher = passwords._hasher
    monkeypatch.setattr(passwords, "_hasher", Watched())
    sign_in(client, "ghost@example.org")
    sign_in(client, amara, "not the password")
    assert checked == ["$argon2id$", "$argon2id$"]


def test_somebody_without_a_password_cannot_sign_in_with_none(app: Flask, client: FlaskClient) -> None:
    from tests.support import make

    with app.extensions["database"].writing() as session:
        email = make.person(session).email
    assert sign_in(client, email, "").status_code == 422
    assert sign_in(client, email).status_code == 422


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Enter your e-mail address."),
        ({"email": "amara", "password": "x"}, "right form"),
        ({"email": "a@example.org"}, "Enter your password."),
        ({"email": "a" * 300 + "@example.org", "password": "x"}, "right form"),
    ],
)
def test_what_is_missing_or_misshapen_is_said_beside_its_field(
    client: FlaskClient, data: dict[str, str], said: str
) -> None:
    answer = client.post("/sign-in", data=data)
    assert answer.status_code == 422
    assert said in Page(answer.text).one("div", "govuk-error-summary").text
    assert answer.text.count(data.get("email", "Enter your e-mail")) >= 1


@pytest.mark.parametrize("way_out", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"])
def test_nobody_is_led_out_of_the_portal(client: FlaskClient, amara: str, way_out: str) -> None:
    page = client.get("/sign-in", query_string={"next": way_out})
    assert "evil" not in page.text
    assert sign_in(client, amara, next=way_out).location == "/home"
    assert client.get("/sign-in", query_string={"next": way_out}).location == "/home"


def test_somebody_goes_on_to_where_they_were_going(client: FlaskClient, amara: str) -> None:
    asked = client.get("/account/organisations?a=1")
    assert asked.location == "/sign-in?next=/account/organisations?a%3D1"
    page = Page(client.get(asked.location).text)
    wanted = next(each for each in page.all("input") if each.get("name") == "next").get("value")
    assert sign_in(client, amara, next=wanted).location == "/account/organisations?a=1"


def test_too_many_tries_for_an_address_wait_for_the_window_to_pass(
    client: FlaskClient, amara: str, clock: TestClock
) -> None:
    clock.set(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    for _ in range(10):
        assert sign_in(client, amara, "not the password").status_code == 422
    clock.advance(minutes=1)
    refused = sign_in(client, amara)
    assert refused.status_code == 429
    assert "23 November 2026 at 12:15pm GMT" in Page(refused.text).one("main").text
    assert 14 * 60 <= int(refused.headers["Retry-After"]) <= 15 * 60
    assert sign_in(client, "other@example.org").status_code == 422
    clock.advance(minutes=15)
    assert sign_in(client, amara).status_code == 302


def test_an_unknown_address_is_throttled_just_so(client: FlaskClient) -> None:
    answers = [sign_in(client, "ghost@example.org").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_one_client_cannot_try_one_password_on_everybody(client: FlaskClient) -> None:
    answers = [sign_in(client, f"ghost{n}@example.org", "a").status_code for n in range(61)]
    assert (answers[59], answers[60]) == (422, 429)
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    data = {"email": "ghost@example.org", "password": "a"}
    assert client.post("/sign-in", data=data, environ_base=elsewhere).status_code == 422


def test_the_right_password_begins_the_count_again(client: FlaskClient, amara: str) -> None:
    for _ in range(2):
        for _ in range(9):
            assert sign_in(client, amara, "not the password").status_code == 422
        assert sign_in(client, amara).status_code == 302
        client.post("/sign-out")


def test_a_forgotten_password_is_changed_by_a_link_and_ends_every_sign_in(app: Flask, amara: str) -> None:
    here, there = app.test_client(), app.test_client()
    sign_in(here, amara)
    sign_in(there, amara)
    asked = app.test_client()
    assert asked.post("/password/forgotten", data={"email": amara}).status_code == 302
    path = link(app, "accounts.reset")
    form = Page(asked.get(path).text)
    assert not form.faults()
    short = asked.post(path, data={"password": "short"})
    assert short.status_code == 422
    assert "at least 12" in short.text
    assert is_in(here), "looking at the link, or a password that will not do, changed something"
    assert asked.post(path, data={"password": "Kestrel!window9"}).location == "/sign-in"
    assert not is_in(here)
    assert not is_in(there)
    assert sign_in(here, amara).status_code == 422
    assert sign_in(here, amara, "Kestrel!window9").status_code == 302
    assert letters(app)[-1].kind == "accounts.password_changed"
    again = asked.post(path, data={"password": "Kestrel!window10"})
    assert again.status_code == 410
    assert "This link no longer works" in again.text


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(app: Flask, client: FlaskClient, amara: str) -> None:
    known = client.post("/password/forgotten", data={"email": amara}, follow_redirects=True)
    unknown = client.post("/password/forgotten", data={"email": "ghost@example.org"}, follow_redirects=True)
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    assert [letter.to for letter in letters(app)] == [amara]


def test_a_reset_link_is_good_for_an_hour_and_only_until_another_was_used(
    app: Flask, client: FlaskClient, amara: str, clock: TestClock
) -> None:
    clock.set(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    client.post("/password/forgotten", data={"email": amara})
    first = link(app, "accounts.reset")
    clock.advance(minutes=59)
    assert client.get(first).status_code == 200
    client.post("/password/forgotten", data={"email": amara})
    second = link(app, "accounts.reset")
    assert client.post(second, data={"password": "Kestrel!window9"}).status_code == 302
    assert client.get(first).status_code == 410
    client.post("/password/forgotten", data={"email": amara})
    third = link(app, "accounts.reset")
    clock.advance(minutes=61)
    assert client.get(third).status_code == 410
    assert client.post(third, data={"password": "Kestrel!window9"}).status_code == 410


def test_a_link_is_good_for_what_it_was_made_for_only(app: Flask, client: FlaskClient, amara: str) -> None:
    client.post("/password/forgotten", data={"email": amara})
    token = link(app, "accounts.reset").rsplit("/", 1)[1]
    for path in (f"/register/{token}", f"/start/{token}", f"/invitation/{token}"):
        assert client.get(path).status_code == 410
        assert client.post(path, data={"name": "Eve", "password": "Kestrel!window9"}).status_code == 410


def test_mails_on_demand_are_throttled(client: FlaskClient, amara: str) -> None:
    answers = [client.post("/password/forgotten", data={"email": amara}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_a_sign_in_ends_by_itself_after_twelve_hours(client: FlaskClient, amara: str, clock: TestClock) -> None:
    clock.set(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    sign_in(client, amara)
    clock.advance(hours=11, minutes=59)
    assert is_in(client)
    clock.advance(minutes=2)
    assert not is_in(client)


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/register", "/password/forgotten", "/account/details"])
def test_a_form_from_elsewhere_is_refused(app: Flask, client: FlaskClient, amara: str, path: str) -> None:
    sign_in(client, amara)
    app.config["WTF_CSRF_ENABLED"] = True
    data = {"email": amara, "password": PASSWORD, "name": "Eve"}
    assert client.post(path, data=data).status_code == 400
    assert is_in(client)


def test_nobody_is_shown_or_let_in_as_a_demonstration_person_outside_the_demonstration(
    app: Flask, client: FlaskClient, amara: str
) -> None:
    app.extensions["demonstration_people"] = lambda: [("Amara Otterbrook", amara, "Runs a bakery")]
    assert "Amara" not in client.get("/sign-in").text
    assert client.post("/sign-in/demonstration", data={"email": amara}).status_code == 404
    assert not is_in(client)


def test_in_the_demonstration_one_press_is_enough(app: Flask, client: FlaskClient, amara: str) -> None:
    app.config["PORTAL_DEMO"] = True
    assert "invented" not in Page(client.get("/sign-in").text).one("main").text
    app.extensions["demonstration_people"] = lambda: [("Amara Otterbrook", amara, "Runs a bakery")]
    page = Page(client.get("/sign-in").text)
    assert "Runs a bakery" in page.one("main").text
    assert not page.faults()
    assert client.post("/sign-in/demonstration", data={"email": "ghost@example.org"}).status_code == 404
    assert client.post("/sign-in/demonstration", data={"email": amara}).location == "/home"
    assert is_in(client)
