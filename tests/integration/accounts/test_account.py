import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.models import Person
from tests.integration.accounts.conftest import PASSWORD
from tests.support.mailed import letters
from tests.support.page import Page

NEW = "Kestrel!window9"


def sign_in(app: Flask, email: str, agent: str = "Mozilla/5.0 (Windows NT 10.0) Firefox/150.0") -> FlaskClient:
    client = app.test_client()
    data = {"email": email, "password": PASSWORD}
    assert client.post("/sign-in", data=data, headers={"User-Agent": agent}).status_code == 302
    return client


def ends(page: Page) -> list[str]:
    return [each.get("action") for each in page.all("form") if each.get("action").endswith("/end")]


def test_one_sees_where_one_is_signed_in_and_ends_another_browser(app: Flask, amara: str) -> None:
    there, here = sign_in(app, amara, "Mozilla/5.0 (iPhone) Safari/605"), sign_in(app, amara)
    page = Page(here.get("/account").text)
    assert not page.faults()
    rows = [each.text for each in page.all("li", "app-rows__row")]
    assert rows[0].startswith("Firefox on Windows This one")
    assert rows[1].startswith("Safari on an iPhone")
    assert here.post(ends(page)[1]).location == "/account"
    assert there.get("/account").status_code == 302
    assert len(ends(Page(here.get("/account").text))) == 1
    assert here.post(ends(page)[0]).status_code == 302
    assert here.get("/account").status_code == 302


def test_nobody_ends_somebody_elses_sign_in(app: Flask, amara: str) -> None:
    from tests.support import make
    from tests.support.people import signed_in

    hers = sign_in(app, amara)
    with app.extensions["database"].writing() as session:
        other = make.person(session)
    stranger = signed_in(app, other)
    assert stranger.post(ends(Page(hers.get("/account").text))[0]).status_code == 302
    assert hers.get("/account").status_code == 200


def test_a_new_password_signs_the_other_browsers_out_and_is_told_by_mail(app: Flask, amara: str) -> None:
    there, here = sign_in(app, amara), sign_in(app, amara)
    assert not Page(here.get("/account/password").text).faults()
    assert here.post("/account/password", data={"password_now": PASSWORD, "password": NEW}).location == "/account"
    assert there.get("/account").status_code == 302
    assert here.get("/account").status_code == 200
    assert letters(app)[-1].kind == "accounts.password_changed"
    assert app.test_client().post("/sign-in", data={"email": amara, "password": PASSWORD}).status_code == 422
    assert app.test_client().post("/sign-in", data={"email": amara, "password": NEW}).status_code == 302


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"password_now": "not it at all", "password": NEW}, "This is not your present password."),
        ({"password_now": PASSWORD, "password": "short"}, "at least 12"),
        ({"password_now": PASSWORD, "password": "amara-otterbrook"}, "your own name"),
        ({"password": NEW}, "Enter your present password."),
    ],
)
def test_a_password_is_not_changed_without_the_present_one_or_for_a_weak_one(
    app: Flask, amara: str, data: dict[str, str], said: str
) -> None:
    here = sign_in(app, amara)
    answer = here.post("/account/password", data=data)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert said in page.one("div", "govuk-error-summary").text
    assert not page.faults()
    sign_in(app, amara)


def test_an_open_browser_is_no_place_to_guess_the_password(app: Flask, amara: str) -> None:
    here = sign_in(app, amara)
    data = {"password_now": "not it at all", "password": NEW}
    answers = [here.post("/account/password", data=data).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_one_says_how_one_is_called(app: Flask, amara: str) -> None:
    here = sign_in(app, amara)
    assert not Page(here.get("/account/details").text).faults()
    refused = here.post("/account/details", data={"name": "", "job_title": "Baker"})
    assert refused.status_code == 422
    assert Page(refused.text).by_id("job_title").get("value") == "Baker"
    assert here.post("/account/details", data={"name": "Amara O.", "job_title": "Baker"}).status_code == 302
    assert "Amara O." in here.get("/account").text


def test_somebody_removed_is_out_at_once_and_cannot_come_back(app: Flask, amara: str) -> None:
    from sqlalchemy import update

    from portal.db import clock

    here = sign_in(app, amara)
    with app.extensions["database"].writing() as session:
        session.execute(update(Person).values(removed_at=clock.now()))
    assert here.get("/account").status_code == 302
    assert here.post("/sign-in", data={"email": amara, "password": PASSWORD}).status_code == 422


@pytest.mark.parametrize("path", ["/account", "/account/details", "/account/password", "/account/organisations"])
def test_the_account_is_for_whoever_is_signed_in(client: FlaskClient, path: str) -> None:
    assert client.get(path).location == f"/sign-in?next={path}"
