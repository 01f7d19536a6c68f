"""A firm writes its response in a browser: saved while it types, with a button where there is no script."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect

from portal.accounts.models import Person
from portal.db import Database
from portal.responses import queries
from tests.support.answering import Scene, acting, own, scene, started
from tests.support.browser import violations
from tests.support.people import signed_in

Visitor = Callable[..., Page]


def _sign_in(page: Page, app: Flask, database: Database, person: int, address: str) -> None:
    with database.reading() as session:
        cookie = signed_in(app, session.get_one(Person, person)).get_cookie("portal")
    assert cookie is not None
    page.context.add_cookies([{"name": "portal", "value": cookie.value, "url": address}])


def _kept(database: Database, at: Scene, reference: str) -> list[str]:
    with database.reading() as session:
        actor = acting(session, at.member)
        return [row.text for row in queries.sections_of(session, own(session, actor, reference))]


def test_what_is_typed_is_saved_within_a_moment(
    visitor: Visitor, app: Flask, database: Database, live_server: str
) -> None:
    at = scene(database)
    reference = started(database, at)
    page = visitor(viewport={"width": 375, "height": 700})
    _sign_in(page, app, database, at.member, live_server)
    page.goto(f"/responses/{reference}/sections/summary")
    page.get_by_role("textbox").fill("Typed and left.")
    expect(page.get_by_role("status")).to_contain_text("Saved at", timeout=5_000)
    assert _kept(database, at, reference) == ["Typed and left."]
    page.get_by_role("textbox").fill("Typed, then sent at once.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fit with the need")
    assert _kept(database, at, reference) == ["Typed, then sent at once."]
    assert violations(page) == []


def test_without_script_the_button_does_it(visitor: Visitor, app: Flask, database: Database, live_server: str) -> None:
    at = scene(database)
    reference = started(database, at)
    page = visitor(java_script_enabled=False)
    _sign_in(page, app, database, at.member, live_server)
    page.goto(f"/responses/{reference}/sections/summary")
    page.get_by_role("textbox").fill("Typed without script.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your response")
    assert _kept(database, at, reference) == ["Typed without script."]


def test_a_colleagues_change_is_said_and_nothing_is_overwritten(
    visitor: Visitor, app: Flask, database: Database, live_server: str
) -> None:
    at = scene(database)
    reference = started(database, at)
    mine, theirs = visitor(), visitor()
    _sign_in(mine, app, database, at.member, live_server)
    _sign_in(theirs, app, database, at.colleague, live_server)
    for page in (mine, theirs):
        page.goto(f"/responses/{reference}/sections/summary")
    theirs.get_by_role("textbox").fill("Theirs.")
    expect(theirs.get_by_role("status")).to_contain_text("Saved at", timeout=5_000)
    mine.get_by_role("textbox").fill("Mine.")
    expect(mine.get_by_role("status")).to_contain_text("Somebody else", timeout=5_000)
    assert _kept(database, at, reference) == ["Theirs."]
    expect(mine.get_by_role("textbox")).to_have_value("Mine.")
