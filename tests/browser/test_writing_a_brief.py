"""An owner and an officer write a brief in Chromium; no page of theirs hinders anybody."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page

from portal.accounts.models import Person
from portal.db import Database
from portal.policy import Role
from tests.support import make
from tests.support.people import signed_in

OWNED = (
    "design",
    "design/session/new",
    "bodies",
    "brief",
    "brief/summary",
    "brief/section/evidence",
    "brief/deal",
    "again",
)
OFFICIAL = ("brief/dates", "brief/value", "brief/route", "brief/lots", "brief/conflicts", "brief/preview")


def _sign_in(page: Page, app: Flask, person: Person, address: str) -> None:
    cookie = signed_in(app, person).get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


def test_the_pages_of_a_brief(
    app: Flask,
    database: Database,
    live_server: str,
    visitor: Callable[..., Page],
    axe: Callable[[Page], list[str]],
) -> None:
    with database.writing() as session:
        lead = make.authority(session)
        owner = make.person_as(session, Role.CHALLENGE_OWNER, lead)
        officer = make.person_as(session, Role.PROCUREMENT_OFFICER, lead)
        reference = make.challenge(session, lead=lead, state="articulation", owner_id=owner.id).reference
    for person, pages in ((owner, OWNED), (officer, OFFICIAL)):
        page = visitor()
        _sign_in(page, app, person, live_server)
        for name in pages:
            page.goto(f"/challenges/{reference}/{name}")
            assert axe(page) == [], name


def test_points_add_up_as_they_are_typed_and_are_saved(
    app: Flask, database: Database, live_server: str, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    with database.writing() as session:
        lead = make.authority(session)
        owner = make.person_as(session, Role.CHALLENGE_OWNER, lead)
        reference = make.challenge(session, lead=lead, state="articulation", owner_id=owner.id).reference
    _sign_in(page, app, owner, live_server)
    page.goto(f"/challenges/{reference}/brief/criteria")
    points = page.get_by_label("Points of 100", exact=True)
    points.first.fill("35")
    assert page.locator("[data-points-total]").inner_text() == "75"
    points.last.fill("65")
    assert page.locator("[data-points-total]").inner_text() == "100"
    assert axe(page) == []
    points.last.press("Enter")
    assert page.get_by_text("Saved: Questions, criteria and scores.").is_visible()
    page.goto(f"/challenges/{reference}/brief/criteria")
    assert [box.input_value() for box in points.all()] == ["35", "65"]


def test_an_outcome_of_social_value_is_picked_on_a_phone(
    app: Flask, database: Database, live_server: str, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    with database.writing() as session:
        lead = make.authority(session)
        owner = make.person_as(session, Role.CHALLENGE_OWNER, lead)
        reference = make.challenge(session, lead=lead, state="articulation", owner_id=owner.id).reference
    _sign_in(page, app, owner, live_server)
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"/challenges/{reference}/brief/criteria")
    page.get_by_text("The outcomes, with their questions and examples").click()
    page.get_by_label("Which outcome?").select_option("Less carbon, less waste (net zero)")
    page.get_by_role("button", name="Add this outcome").click()
    assert page.get_by_text("Criterion 3: social value").is_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    for box, points in zip(page.get_by_label("Points of 100", exact=True).all(), ("55", "35", "10"), strict=True):
        box.fill(points)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.goto(f"/challenges/{reference}/brief/preview")
    page.get_by_text("An example of an answer").click()
    assert page.get_by_text("We will repair units instead of replacing them").is_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
