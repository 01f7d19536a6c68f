"""What the portal refuses, it refuses in words: too early, the wrong person, too late, stale, unknown, unfit."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.accounts.models import Person
from portal.challenges.pathway import Pathway
from portal.organisations.models import Organisation
from portal.policy import Role
from tests.browser.steps.cast import Cast
from tests.browser.steps.firm import Firm
from tests.browser.steps.officer import Officer
from tests.browser.steps.owner import Owner
from tests.browser.steps.somebody import Somebody
from tests.support import make
from tests.support.answering import Scene, scene, started, written
from tests.support.briefed import briefed

WORDS = "We counted again, and it is nine of ten."


@pytest.fixture
def owners(cast: Cast) -> tuple[Owner, Owner, Officer]:
    """Two owners and an officer of one council, inside a challenge whose brief is written."""
    cast.clock.set(cast.clock.now())
    with cast.database.writing() as session:
        council = make.authority(session).id
    one = cast.meet(Owner, "Olive Owner", (Role.CHALLENGE_OWNER, council))
    other = cast.meet(Owner, "Otto Owner", (Role.CHALLENGE_OWNER, council))
    officer = cast.meet(Officer, "Petra Procurement", (Role.PROCUREMENT_OFFICER, council))
    with cast.database.writing() as session:
        person = session.scalars(select(Person).where(Person.email == one.email)).one()
        challenge = briefed(session, session.get_one(Organisation, council), person, Pathway.SHOWCASE)
        cast.gather(challenge.reference)
    cast.sign_in()
    return one, other, officer


@pytest.fixture
def answering(cast: Cast) -> Scene:
    """A challenge that takes responses."""
    cast.clock.set(cast.clock.now())
    return scene(cast.database)


@pytest.fixture
def firm(cast: Cast, answering: Scene) -> Firm:
    """Somebody of a firm who has written everything and submitted nothing, an hour before the deadline."""
    somebody = cast.meet(Firm, "Bryn Bright", (Role.SUPPLIER_ADMINISTRATOR, answering.firm), phone=True)
    somebody.response = started(cast.database, answering)
    written(cast.database, answering, somebody.response, text="A sign that speaks.")
    cast.moves_to(answering.deadline - timedelta(hours=1))
    return somebody


def test_too_early_lists_all_that_is_missing(owners: tuple[Owner, Owner, Officer]) -> None:
    _, _, officer = owners
    officer.misses(
        "Release the challenge",
        "The legal route is chosen and fits the value.",
        "It was considered whether firms could answer a part (lots).",
    )
    officer.follows("The legal route is chosen and fits the value.")
    officer.is_at("How it is released in law")


def test_the_wrong_person_is_told_so_in_words(owners: tuple[Owner, Owner, Officer], cast: Cast) -> None:
    owner, _, _ = owners
    owner.visits(f"{owner.here}/moves/release")
    owner.reads("Your roles do not include this decision.", "This can be done by a procurement officer.")
    owner.visits(f"{owner.here}/brief/value")
    owner.is_at("You cannot do this")
    owner.reads("This page is for: procurement officer.")
    outsider = cast.meet(Somebody, "Nell Nobody")
    cast.sign_in(outsider)
    outsider.visits(f"{owner.here}/progress")
    outsider.is_at("Page not found")


def test_a_stale_form_loses_nothing(owners: tuple[Owner, Owner, Officer]) -> None:
    slow, quick, _ = owners
    for each in (slow, quick):
        each.goes_to("Brief")
        each.follows("How we know")
    slow.writes("How we know", WORDS)
    quick.writes("How we know", "Eight of ten.")
    quick.presses("Save")
    quick.is_told("Saved: How we know.")
    slow.presses("Save")
    slow.is_at("Somebody changed this while you were working on it")
    expect(slow.main.get_by_role("textbox")).to_have_value(WORDS)
    slow.visits(f"{slow.here}/brief/preview")
    slow.reads("Eight of ten.")


def test_an_address_that_leads_nowhere(cast: Cast) -> None:
    stranger = cast.stranger(Somebody, "Sam Stranger", "sam@example.org", phone=True)
    for path in ("/challenges/NO-2026-001", "/nothing/here", "/responses/ABCDEFGHJK"):
        stranger.page.goto(path)
        if "/sign-in" not in stranger.page.url:
            stranger.is_at("Page not found")
    stranger.visits("/challenges/NO-2026-001")


def test_a_wrong_password_tells_nothing(owners: tuple[Owner, Owner, Officer], cast: Cast) -> None:
    known = owners[0]
    unknown = cast.stranger(Somebody, "Sam Stranger", "sam@example.org")
    known.page.context.clear_cookies()
    said = []
    for each in (known, unknown):
        each.signs_in("not the right password")
        said.append(each.page.locator(".govuk-error-summary").inner_text())
    assert said[0] == said[1]


def test_late_is_late_and_the_draft_stays_readable(firm: Firm, answering: Scene, cast: Cast) -> None:
    firm.visits(f"/responses/{firm.response}/check")
    firm.ticks("I may answer for this organisation")
    cast.clock.set(answering.deadline + timedelta(milliseconds=1))
    firm.presses("Submit this response")
    firm.is_at("Responses have closed")
    firm.reads("Responses closed on", "so it was not taken", "Your draft is kept")
    firm.follows("Your response", inside=firm.main)
    firm.reads("This response was not submitted. Nobody will read it; you still can.")
    firm.follows("Summary", inside=firm.main)
    firm.reads("A sign that speaks.")


def test_what_is_typed_too_late_is_shown_to_be_copied(firm: Firm, answering: Scene, cast: Cast) -> None:
    firm.visits(f"/responses/{firm.response}/sections/summary")
    cast.clock.set(answering.deadline + timedelta(milliseconds=1))
    firm.main.get_by_role("textbox").fill(WORDS)
    firm.presses("Save", exact=True)
    firm.is_at("Responses have closed")
    expect(firm.main.get_by_role("textbox")).to_have_value(WORDS)


def test_another_firm_finds_nothing(firm: Firm, cast: Cast) -> None:
    with cast.database.writing() as session:
        rival = make.supplier(session).id
    somebody = cast.meet(Firm, "Rhea Rival", (Role.SUPPLIER_ADMINISTRATOR, rival))
    cast.sign_in(somebody)
    somebody.visits(f"/responses/{firm.response}")
    somebody.is_at("Page not found")


def test_files_that_cannot_be_taken(firm: Firm, tmp_path: Path) -> None:
    for name, content, why in (
        ("tool.exe", b"MZ" + bytes(200), "The file is a program."),
        ("plan.pdf", b"<html><script>alert(1)</script></html>", "The file is named .pdf, but it is"),
        ("empty.txt", b"", "The file is empty."),
        ("film.png", bytes(21 * 1024 * 1024), "The file is too large (21.0 MB)."),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        firm.attaches(path)
        firm.reads("There is a problem", why, "You can attach PDF, Word (docx)", "Nothing is attached.")
    firm.presses("Attach", exact=True)
    firm.reads("Choose a file to attach.")


def test_more_than_the_portal_takes_at_once(firm: Firm, tmp_path: Path) -> None:
    path = tmp_path / "film.png"
    path.write_bytes(bytes(26 * 1024 * 1024))
    firm.attaches(path)
    firm.is_at("That is too large")
    firm.reads("Nothing was saved.")
