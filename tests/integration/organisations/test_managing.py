from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Person, RoleGrant
from portal.organisations.models import Organisation
from portal.policy import Role
from tests.support import make
from tests.support.clock import TestClock
from tests.support.mailed import letters, link
from tests.support.page import Page
from tests.support.people import signed_in


class Council:
    """An authority, its administrator's client, and an officer."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.extensions["database"].writing() as session:
            self.body: Organisation = make.authority(session, name="Evenholt City Council")
            self.administrator: Person = make.person_as(session, Role.AUTHORITY_ADMINISTRATOR, self.body)
            self.officer: Person = make.person_as(session, Role.PROCUREMENT_OFFICER, self.body)
        self.client = signed_in(app, self.administrator)
        self.path = f"/organisations/{self.body.reference}"

    def roles(self, person: Person) -> set[Role]:
        with self.app.extensions["database"].reading() as session:
            held = select(RoleGrant).where(RoleGrant.person_id == person.id, RoleGrant.ended_at.is_(None))
            return {grant.role for grant in session.scalars(held)}


@pytest.fixture
def council(app: Flask) -> Council:
    return Council(app)


@pytest.fixture
def portal_administrator(app: Flask) -> FlaskClient:
    with app.extensions["database"].writing() as session:
        person: Person = make.person_as(session, Role.ADMINISTRATOR)
    return signed_in(app, person)


def test_somebody_new_is_invited_by_mail_and_takes_the_role_with_an_account(app: Flask, council: Council) -> None:
    assert not Page(council.client.get(f"{council.path}/invite").text).faults()
    data = {"email": "Ngozi@Example.ORG", "role": "budget_holder", "limit": "500k"}
    assert council.client.post(f"{council.path}/invite", data=data).status_code == 302
    (letter,) = letters(app)
    assert letter.to == "ngozi@example.org"
    assert "Evenholt City Council" in letter.text
    assert council.administrator.name in letter.text
    page = Page(council.client.get(council.path).text)
    assert not page.faults()
    assert "ngozi@example.org" in page.one("main").text
    guest = app.test_client()
    form = Page(guest.get(letter.path).text)
    assert not form.faults()
    assert "Budget holder" in form.one("main").text
    weak = guest.post(letter.path, data={"name": "Ngozi Pemberley", "password": "EvenholtCouncil1"})
    assert weak.status_code == 422
    assert Page(weak.text).by_id("name").get("value") == "Ngozi Pemberley"
    joined = {"name": "Ngozi Pemberley", "password": "Kestrel!window9"}
    assert guest.post(letter.path, data=joined).location == "/home"
    assert "Budget holder up to £500,000" in council.client.get(council.path).text
    assert guest.get(council.path).status_code == 403
    assert app.test_client().post(letter.path, data=joined).status_code == 410


def test_somebody_with_an_account_gets_the_role_and_a_mail_at_once(app: Flask, council: Council) -> None:
    with app.extensions["database"].writing() as session:
        known = make.person(session)
    data = {"email": known.email, "role": "challenge_owner"}
    assert council.client.post(f"{council.path}/invite", data=data).status_code == 302
    assert council.roles(known) == {Role.CHALLENGE_OWNER}
    assert [(each.kind, each.to) for each in letters(app)] == [("accounts.given", known.email)]
    again = council.client.post(f"{council.path}/invite", data=data)
    assert again.status_code == 409
    assert "has this role already" in again.text


def test_an_invitation_is_good_for_two_weeks_until_it_is_taken_back_or_made_again(
    app: Flask, council: Council, clock: TestClock
) -> None:
    clock.set(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    council.client = signed_in(app, council.administrator)
    data = {"email": "new@example.org", "role": "challenge_owner"}
    joined = {"name": "New", "password": "Kestrel!window9"}
    council.client.post(f"{council.path}/invite", data=data)
    first = link(app, "accounts.invited")
    council.client.post(f"{council.path}/invite", data=data)
    second = link(app, "accounts.invited")
    assert app.test_client().post(first, data=joined).status_code == 410
    page = Page(council.client.get(council.path).text)
    (withdraw,) = [each.get("action") for each in page.all("form") if each.get("action").endswith("/withdraw")]
    assert council.client.post(withdraw).status_code == 302
    assert council.client.post(withdraw).status_code == 404
    assert app.test_client().post(second, data=joined).status_code == 410
    council.client.post(f"{council.path}/invite", data=data)
    third = link(app, "accounts.invited")
    clock.advance(days=14, minutes=1)
    assert app.test_client().post(third, data=joined).status_code == 410


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"email": "", "role": "challenge_owner"}, "Enter an e-mail address."),
        ({"email": "nobody", "role": "challenge_owner"}, "right form"),
        ({"email": "a@example.org", "role": "budget_holder"}, "up to which they may decide"),
        ({"email": "a@example.org", "role": "budget_holder", "limit": "a lot"}, ""),
        ({"email": "a@example.org", "role": ""}, "Choose a role."),
        ({"email": "a@example.org", "role": "administrator"}, "Not a valid choice"),
        ({"email": "a@example.org", "role": "supplier_member"}, "Not a valid choice"),
        ({"email": "a@example.org", "role": "nonsense"}, "Not a valid choice"),
    ],
)
def test_bad_invitations_are_said_and_nothing_is_mailed(
    app: Flask, council: Council, data: dict[str, str], said: str
) -> None:
    answer = council.client.post(f"{council.path}/invite", data=data)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert said in page.one("div", "govuk-error-summary").text
    assert page.by_id("email").get("value") == data["email"]
    assert not letters(app)


def test_a_firms_invitation_has_to_be_accepted_even_by_somebody_with_an_account(app: Flask) -> None:
    with app.extensions["database"].writing() as session:
        firm = make.supplier(session)
        boss = make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, firm)
        assessor = make.person(session, password_digest="$argon2id$")
    client = signed_in(app, boss)
    path = f"/organisations/{firm.reference}"
    known = client.post(f"{path}/invite", data={"email": assessor.email, "role": "supplier_member"})
    unknown = client.post(f"{path}/invite", data={"email": "ghost@example.org", "role": "supplier_member"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert [each.kind for each in letters(app)] == ["accounts.invited"] * 2
    theirs = signed_in(app, assessor)
    assert "You belong to no organisation yet" in theirs.get("/account/organisations").text
    page = Page(theirs.get(letters(app)[0].path).text)
    assert not page.faults()
    assert theirs.post(letters(app)[0].path).location == "/home"
    assert "Supplier member" in theirs.get("/account/organisations").text


def test_roles_are_given_and_ended_one_by_one(council: Council) -> None:
    page = f"{council.path}/people/{council.officer.id}"
    assert not Page(council.client.get(page).text).faults()
    assert council.client.post(page, data={"role": "challenge_owner"}).location == page
    assert council.roles(council.officer) == {Role.PROCUREMENT_OFFICER, Role.CHALLENGE_OWNER}
    assert council.client.post(page, data={"role": "challenge_owner"}).status_code == 422
    ends = [each.get("action") for each in Page(council.client.get(page).text).all("form")]
    end = next(each for each in ends if each.endswith("/end"))
    assert council.client.post(end).status_code == 302
    assert council.client.post(end).status_code == 404
    assert council.roles(council.officer) == {Role.CHALLENGE_OWNER}


def test_whoever_is_removed_is_out_at_once_everywhere(app: Flask, council: Council) -> None:
    with app.extensions["database"].writing() as session:
        challenge = make.challenge(session, lead=session.merge(council.body))
        elsewhere = make.challenge(session)
        make.grant(session, council.officer, Role.OPENER, challenge)
        make.grant(session, council.officer, Role.ASSESSOR, elsewhere)
    browsers = [signed_in(app, council.officer) for _ in range(2)]
    remove = f"{council.path}/people/{council.officer.id}/remove"
    assert not Page(council.client.get(remove).text).faults()
    assert browsers[0].get("/account").status_code == 200
    assert council.client.post(remove).status_code == 302
    assert [each.get("/account").status_code for each in browsers] == [302, 302]
    assert council.roles(council.officer) == {Role.ASSESSOR}, "only what they held through this authority ends"
    assert letters(app)[-1].kind == "organisations.removed"
    assert council.client.get("/account").status_code == 200
    assert council.client.post(remove).status_code == 404


def test_one_leaves_by_oneself_but_the_last_administrator_does_not(app: Flask, council: Council) -> None:
    leaving = signed_in(app, council.officer)
    assert not Page(leaving.get(f"{council.path}/leave").text).faults()
    assert leaving.post(f"{council.path}/leave").location == "/sign-in"
    assert leaving.get("/account").status_code == 302
    assert council.roles(council.officer) == set()
    stays = council.client.post(f"{council.path}/leave")
    assert stays.status_code == 409
    assert "name another administrator first" in stays.text
    assert council.roles(council.administrator) == {Role.AUTHORITY_ADMINISTRATOR}


def test_only_administrators_of_the_body_look_after_it(app: Flask, council: Council) -> None:
    with app.extensions["database"].writing() as session:
        other = make.person_as(session, Role.AUTHORITY_ADMINISTRATOR, make.authority(session))
    officer, stranger = signed_in(app, council.officer), signed_in(app, other)
    victim = council.administrator.id
    for path in ("", "/invite", "/details", "/directorates", f"/people/{victim}", f"/people/{victim}/remove"):
        assert officer.get(council.path + path).status_code == 403, path
        assert stranger.get(council.path + path).status_code == 404, path
        if path:
            data = {"email": "eve@example.org", "role": "authority_administrator", "name": "Eve"}
            assert officer.post(council.path + path, data=data).status_code == 403, path
            assert stranger.post(council.path + path, data=data).status_code == 404, path
    assert not letters(app)
    assert council.roles(council.administrator) == {Role.AUTHORITY_ADMINISTRATOR}


def test_the_portals_administrator_takes_a_body_in_and_names_its_first_administrator_only(
    app: Flask, portal_administrator: FlaskClient, council: Council
) -> None:
    client = portal_administrator
    assert not Page(client.get("/organisations/new").text).faults()
    body = {"name": "Brightmoor Trust", "code": "bt", "is_authority": "y", "authority_kind": "nhs"}
    taken = client.post("/organisations/new", data=body | {"code": council.body.code or ""})
    assert taken.status_code == 422
    invite = client.post("/organisations/new", data=body).location
    assert not Page(client.get("/organisations").text).faults()
    roles = [each.get("value") for each in Page(client.get(invite).text).all("option")]
    assert roles == ["", "authority_administrator"]
    client.post(invite, data={"email": "first@example.org", "role": "authority_administrator"})
    guest = app.test_client()
    guest.post(link(app, "accounts.invited"), data={"name": "First", "password": "Kestrel!window9"})
    assert guest.get(invite.removesuffix("/invite")).status_code == 200
    page = client.get(invite).text
    assert "There is no role here that you may give" in page
    data = {"email": "second@example.org", "role": "authority_administrator"}
    assert client.post(invite, data=data).status_code == 422
    assert guest.get("/organisations").status_code == 403


def test_a_body_without_its_administrator_is_helped_by_the_portals(
    council: Council, portal_administrator: FlaskClient
) -> None:
    remove = f"{council.path}/people/{council.administrator.id}/remove"
    assert portal_administrator.post(remove).status_code == 302
    data = {"email": council.officer.email, "role": "authority_administrator"}
    assert portal_administrator.post(f"{council.path}/invite", data=data).status_code == 302
    assert Role.AUTHORITY_ADMINISTRATOR in council.roles(council.officer)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"code": "EV", "is_authority": "y", "authority_kind": "nhs"}, "Enter the body’s name."),
        ({"name": "Trust", "code": "EV"}, "publishes challenges, gives support, or both"),
        ({"name": "Trust", "code": "EV", "is_authority": "y", "authority_kind": ""}, "what kind of public body"),
        ({"name": "Trust", "is_authority": "y", "authority_kind": "nhs"}, "Enter a short code"),
        ({"name": "Trust", "code": "E1", "is_partner": "y"}, "two to six letters"),
    ],
)
def test_a_body_is_taken_in_whole_or_not(portal_administrator: FlaskClient, data: dict[str, str], said: str) -> None:
    answer = portal_administrator.post("/organisations/new", data=data)
    assert answer.status_code == 422
    assert said in Page(answer.text).one("div", "govuk-error-summary").text
    assert Page(answer.text).by_id("name").get("value") == data.get("name", "")


def test_details_are_not_overwritten_by_a_stale_form(council: Council) -> None:
    path = f"{council.path}/details"
    page = Page(council.client.get(path).text)
    assert not page.faults()
    version = next(each for each in page.all("input") if each.get("name") == "version").get("value")
    data = {"name": "Evenholt", "code": "EV", "is_authority": "y", "authority_kind": "local_authority"}
    assert council.client.post(path, data=data | {"version": version}).status_code == 302
    stale = council.client.post(path, data=data | {"version": version, "summary": "Our city of canals"})
    assert stale.status_code == 409
    assert "Our city of canals" in stale.text
    assert council.client.post(path, data=data).status_code == 409


def test_directorates_are_added_and_renamed(council: Council) -> None:
    path = f"{council.path}/directorates"
    assert not Page(council.client.get(path).text).faults()
    assert council.client.post(path, data={"name": ""}).status_code == 422
    assert council.client.post(path, data={"name": "Parks"}).status_code == 302
    page = Page(council.client.get(council.path).text)
    rename = [each.get("href") for each in page.all("a") if "/directorates/" in each.get("href")][-1]
    assert council.client.post(rename, data={"name": "Parks and play"}).status_code == 302
    assert "Parks and play" in council.client.get(council.path).text
    assert council.client.get(f"{path}/99999").status_code == 404
    twice = council.client.post(path, data={"name": " parks and PLAY"})
    assert twice.status_code == 422
    assert "There is a directorate of this name already." in twice.text
    assert council.client.post(path, data={"name": "Roads"}).status_code == 302
    assert council.client.post(rename, data={"name": "Roads"}).status_code == 422
    assert council.client.post(rename, data={"name": "Parks and Play"}).status_code == 302


def test_a_page_of_people_costs_the_same_for_many(app: Flask, council: Council) -> None:
    from sqlalchemy import event

    def statements() -> int:
        seen: list[str] = []
        engine = app.extensions["database"].reading_engine
        listen = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", listen)
        council.client.get(council.path)
        event.remove(engine, "before_cursor_execute", listen)
        return len(seen)

    few = statements()
    with app.extensions["database"].writing() as session:
        for _ in range(20):
            make.person_as(session, Role.CHALLENGE_OWNER, session.merge(council.body))
    assert statements() == few
