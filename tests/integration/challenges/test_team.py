from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges.models import Challenge
from portal.db import clock
from portal.law.calendar import london_date
from portal.organisations.models import Organisation
from portal.policy import Permission, Role
from tests.support import make
from tests.support.mailed import letters, link
from tests.support.page import Page
from tests.support.people import signed_in


@pytest.fixture
def challenge(app: Flask) -> Challenge:
    with app.extensions["database"].writing() as session:
        made: Challenge = make.challenge(session)
    return made


def somebody(app: Flask, role: Role | None = None, challenge: Challenge | None = None) -> Person:
    with app.extensions["database"].writing() as session:
        if role is None or challenge is None:
            person: Person = make.person(session)
            return person
        within = challenge if role.scope_kind.value == "challenge" else session.get_one(Organisation, challenge.lead_id)
        found: Person = make.person_as(session, role, within)
        return found


def client_as(app: Flask, role: Role, challenge: Challenge) -> FlaskClient:
    return signed_in(app, somebody(app, role, challenge))


def may(app: Flask, person: Person, permission: Permission, challenge: Challenge) -> bool:
    with app.extensions["database"].reading() as session:
        return actor_of(session, person).may(permission, challenge.scopes())


def dates(**days: int) -> dict[str, str]:
    today = london_date(clock.now())
    sent: dict[str, str] = {}
    for name, ahead in days.items():
        day = today + timedelta(days=ahead)
        sent |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    return sent


def ask(client: FlaskClient, challenge: Challenge, email: str, role: str, **days: int) -> int:
    data = {"email": email, "role": role} | dates(**days)
    return client.post(f"/challenges/{challenge.reference}/people/ask", data=data).status_code


def test_an_assessor_with_an_account_is_told_and_takes_part_at_once(app: Flask, challenge: Challenge) -> None:
    owner, assessor = client_as(app, Role.CHALLENGE_OWNER, challenge), somebody(app)
    path = f"/challenges/{challenge.reference}/people"
    assert not Page(owner.get(f"{path}/ask").text).faults()
    assert ask(owner, challenge, assessor.email, "assessor") == 302
    assert letters(app)[-1].to == assessor.email
    assert challenge.title in letters(app)[-1].text
    assert may(app, assessor, Permission.ASSESS, challenge)
    page = Page(owner.get(path).text)
    assert not page.faults()
    (end,) = [each.get("action") for each in page.all("form") if each.get("action").endswith("/end")]
    assert owner.post(end).status_code == 302
    assert not may(app, assessor, Permission.ASSESS, challenge)


def test_somebody_new_takes_part_by_the_link(app: Flask, challenge: Challenge) -> None:
    officer = client_as(app, Role.PROCUREMENT_OFFICER, challenge)
    assert ask(officer, challenge, "opener@example.org", "opener") == 302
    guest = app.test_client()
    path = link(app, "accounts.invited")
    assert challenge.title in guest.get(path).text
    assert guest.post(path, data={"name": "Opener", "password": "Kestrel!window9"}).status_code == 302
    assert guest.get(f"/challenges/{challenge.reference}/people").status_code == 403


def test_a_deputy_leads_between_two_days_only(app: Flask, challenge: Challenge) -> None:
    owner, deputy, later = client_as(app, Role.CHALLENGE_OWNER, challenge), somebody(app), somebody(app)
    assert ask(owner, challenge, deputy.email, "deputy", starts_on=0, ends_on=7) == 302
    assert ask(owner, challenge, later.email, "deputy", starts_on=1, ends_on=7) == 302
    assert may(app, deputy, Permission.CHALLENGE_LEAD, challenge)
    assert not may(app, later, Permission.CHALLENGE_LEAD, challenge)
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        assert not may(app, deputy, Permission.CHALLENGE_LEAD, challenge)
    assert ask(signed_in(app, deputy), challenge, "another@example.org", "deputy", starts_on=0, ends_on=7) == 422


@pytest.mark.parametrize("days", [{}, {"starts_on": 0}, {"ends_on": 0}, {"starts_on": 2, "ends_on": 1}])
def test_a_deputy_needs_days_in_their_order(app: Flask, challenge: Challenge, days: dict[str, int]) -> None:
    owner, deputy = client_as(app, Role.CHALLENGE_OWNER, challenge), somebody(app)
    data = {"email": deputy.email, "role": "deputy"} | dates(**days)
    answer = owner.post(f"/challenges/{challenge.reference}/people/ask", data=data)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert not page.faults()
    assert page.one("div", "govuk-error-summary").text
    assert page.by_id("email").get("value") == deputy.email
    assert not may(app, deputy, Permission.CHALLENGE_LEAD, challenge)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CHALLENGE_OWNER, 422),
        (Role.PROCUREMENT_OFFICER, 302),
        (Role.DEPUTY, 422),
        (Role.AUTHORITY_ADMINISTRATOR, 422),
        (Role.BUDGET_HOLDER, 403),
        (Role.ASSESSOR, 403),
        (Role.OPENER, 403),
        (Role.SHOWCASE_GUEST, 403),
    ],
)
def test_only_procurement_names_an_opener(app: Flask, challenge: Challenge, role: Role, status: int) -> None:
    assert ask(client_as(app, role, challenge), challenge, "opener@example.org", "opener") == status
    assert bool(letters(app)) == (status == 302)


def test_another_authority_neither_sees_nor_asks(app: Flask, challenge: Challenge) -> None:
    with app.extensions["database"].writing() as session:
        elsewhere = make.challenge(session)
    stranger = client_as(app, Role.CHALLENGE_OWNER, elsewhere)
    assert stranger.get(f"/challenges/{challenge.reference}/people").status_code == 404
    assert ask(stranger, challenge, "a@example.org", "assessor") == 404
