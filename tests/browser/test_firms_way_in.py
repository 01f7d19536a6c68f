"""A firm's way in: a check whether it fits, a response written by several, and what it keeps to itself."""

import json
from collections.abc import Callable
from datetime import date

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portal.accounts.models import Person
from portal.challenges.models import Deal, DealStage, MustHave
from portal.db import Database
from portal.outbox.models import OutboxMessage
from tests.support.answering import Scene, challenge_of, scene, started, written
from tests.support.browser import violations
from tests.support.people import signed_in

Visitor = Callable[..., Page]
PHONE = {"width": 375, "height": 700}


def _sign_in(page: Page, app: Flask, database: Database, person: int, address: str) -> None:
    with database.reading() as session:
        cookie = signed_in(app, session.get_one(Person, person)).get_cookie("portal")
    assert cookie is not None
    page.context.add_cookies([{"name": "portal", "value": cookie.value, "url": address}])


def _asking(database: Database) -> Scene:
    """A challenge whose brief has must-haves and a deal."""
    at = scene(database)
    with database.writing() as session:
        challenge = challenge_of(session, at)
        for position, text in enumerate(("Works without reading.", "Works without a phone."), start=1):
            session.add(MustHave(challenge_id=challenge.id, position=position, text=text))
        stages = [DealStage(stage=3, hours=6), DealStage(stage=4, hours=40, pays_pence=250_000)]
        session.add(Deal(challenge_id=challenge.id, go_on_count=2, decision_on=date(2027, 3, 1), stages=stages))
    return at


def test_somebody_on_a_phone_without_script_checks_whether_it_fits(visitor: Visitor, database: Database) -> None:
    at = _asking(database)
    page = visitor(viewport=PHONE, java_script_enabled=False)
    page.goto(f"/challenges/{at.challenge}")
    page.get_by_role("link", name="Check in two minutes whether it fits you").click()
    page.get_by_role("button", name="See the result").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    for group in page.get_by_role("group").all():
        group.get_by_label("Yes", exact=True).check()
    page.get_by_role("group", name="Works without a phone.").get_by_label("Not yet, but we could").check()
    page.get_by_role("button", name="See the result").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This could be a fit")
    expect(page.get_by_text("You can still respond")).to_be_visible()
    assert page.context.cookies() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="Answer this challenge").or_(
        page.get_by_role("button", name="Answer this challenge")
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer this challenge")


def test_the_pages_of_the_check_hinder_nobody(visitor: Visitor, database: Database) -> None:
    at = _asking(database)
    page = visitor(viewport=PHONE)
    page.goto(f"/challenges/{at.challenge}/fit")
    assert violations(page) == []
    page.goto(f"/challenges/{at.challenge}/fit?brief=1&must_1=yes&must_2=no&effort=unsure&stage_4=could")
    expect(page.get_by_role("heading", level=1)).to_have_text("This does not look like a fit as it stands")
    assert violations(page) == []


def test_two_colleagues_keep_both_texts_and_mark_a_passage(
    visitor: Visitor, app: Flask, database: Database, live_server: str
) -> None:
    at = scene(database)
    reference = started(database, at)
    mine, theirs = visitor(), visitor()
    for page, person in ((mine, at.member), (theirs, at.colleague)):
        _sign_in(page, app, database, person, live_server)
        page.goto(f"/responses/{reference}/sections/summary")
    theirs.get_by_label("What do you offer").fill("Theirs.")
    expect(theirs.get_by_role("status").first).to_contain_text("Saved at", timeout=5_000)
    mine.get_by_label("What do you offer").fill("Mine.")
    expect(mine.get_by_role("heading", name="What your colleague saved")).to_be_visible(timeout=5_000)
    assert violations(mine) == []
    mine.get_by_role("button", name="Keep both, mine first").click()
    box = mine.get_by_label("What do you offer")
    expect(box).to_have_value("Mine.\n\nTheirs.")
    expect(mine.get_by_role("status").first).to_contain_text("Saved at", timeout=5_000)
    mine.get_by_text("Something here is confidential").click()
    box.evaluate("box => box.setSelectionRange(0, 5)")
    mine.get_by_role("button", name="Mark the selected words").click()
    expect(box).to_have_value("[[Mine.]]\n\nTheirs.")
    mine.get_by_label("Why are the marked passages confidential?").fill("Not published.")
    assert violations(mine) == []
    mine.get_by_role("button", name="Save", exact=True).click()
    mine.goto(f"/responses/{reference}/check")
    expect(mine.locator("mark")).to_contain_text("Mine.")
    assert violations(mine) == []


def test_a_partner_on_a_phone_without_script_joins_and_leaves(
    visitor: Visitor, app: Flask, database: Database, live_server: str
) -> None:
    at = scene(database)
    reference = started(database, at)
    written(database, at, reference)
    lead, partner = visitor(), visitor(viewport=PHONE, java_script_enabled=False)
    _sign_in(lead, app, database, at.member, live_server)
    _sign_in(partner, app, database, at.stranger, live_server)
    with database.reading() as session:
        email = session.get_one(Person, at.stranger).email
    lead.goto(f"/responses/{reference}/partners")
    lead.get_by_label("The partner's e-mail address").fill(email)
    lead.get_by_label("What will the partner do?").fill("Builds the sensors")
    lead.get_by_label("The partner's share of the work").fill("30")
    lead.get_by_role("button", name="Invite").click()
    expect(lead.get_by_text("has not answered")).to_be_visible()
    assert violations(lead) == []
    with database.reading() as session:
        row = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "responses.invited")).one()
        key = json.loads(row.parameters)["key"]
    partner.goto(f"/partner-invitations/{key}")
    partner.get_by_role("button", name="Accept").click()
    expect(partner.get_by_role("heading", level=1)).to_have_text("Your response")
    partner.goto(f"/responses/{reference}/partners")
    partner.get_by_role("link", name="Leave this response").click()
    partner.get_by_role("button", name="Leave", exact=True).click()
    lead.goto(f"/responses/{reference}")
    expect(lead.get_by_text("Shares add up to 70%")).to_be_visible()
    lead.get_by_role("link", name="Partners", exact=True).click()
    assert violations(lead) == []
    lead.get_by_role("button", name="Take over the 30%").click()
    expect(lead.get_by_text("is nobody's")).to_have_count(0)
