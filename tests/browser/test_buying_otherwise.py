"""Options 6, 7 and 8 and the region's figures as their people meet them, at a desk and on a phone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from portal.network.hands_on import prompting
from portal.network.options import NetworkOption
from portal.network.options.services import switch_on
from portal.organisations.models import Organisation
from portal.policy import CLOCK, Role
from tests.browser.steps.adviser import Adviser
from tests.browser.steps.cast import Cast
from tests.browser.steps.firm import Firm
from tests.browser.steps.officer import Officer
from tests.browser.steps.somebody import Somebody
from tests.support import make
from tests.support.answering import asked_of, challenge_of
from tests.support.answering import scene as answering_scene

MONDAY = datetime(2026, 10, 5, 10, tzinfo=UTC)
Axe = Callable[[Page], list[str]]


class Story:
    """A council that tries three options, a brief being written, and a draft that lies idle on its firm's phone."""

    def __init__(self, cast: Cast) -> None:
        cast.clock.set(MONDAY)
        self.cast = cast
        at = answering_scene(cast.database)
        with cast.database.writing() as session:
            open_one = challenge_of(session, at)
            council = session.get_one(Organisation, open_one.lead_id)
            for option in (
                NetworkOption.HANDS_ON_SUPPORT,
                NetworkOption.SIMPLER_PROCESS,
                NetworkOption.INNOVATIVE_PROCUREMENT,
            ):
                switch_on(session, CLOCK, council, option, aim="Small firms.", measure="Counted.")
            make.response(session, open_one, organisation=session.get_one(Organisation, at.firm), started_at=MONDAY)
            asked_of(session, at).deadline = MONDAY + timedelta(days=14)
            self.open, self.written = (
                open_one.reference,
                make.challenge(session, state="articulation", lead=council, title="Lights that save").reference,
            )
            hub = make.partner(session, name="Wyre Growth Hub")
            make.grant(session, make.person(session, email="cora@example.org", name="Cora"), Role.COORDINATOR)
            ids, firm, self.council = (council.id, hub.id), at.firm, council.reference
        self.officer = cast.meet(Officer, "Petra Procurement", (Role.PROCUREMENT_OFFICER, ids[0]))
        self.adviser = cast.meet(Adviser, "Ava Adviser", (Role.SUPPORT_ADVISER, ids[1]))
        self.firm = cast.meet(Firm, "Fay Firm", (Role.SUPPLIER_ADMINISTRATOR, firm), phone=True)
        self.coordinator = cast.stranger(Somebody, "Cora Coordinator", "cora@example.org", phone=True)
        cast.sign_in()


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


def test_an_officer_asks_about_lots_and_reserves(story: Story, axe: Axe) -> None:
    officer = story.officer
    officer.visits(f"/challenges/{story.written}/brief")
    officer.follows("Ask whether to divide it into lots")
    officer.presses("See the advice")
    officer.reads("There is a problem", "Name the parts, one on each line.")
    officer.writes("What are the parts of the need?", "Lamps\nFitting them")
    officer.chooses("Could a firm do one part without the others?", "Yes, each by itself")
    officer.chooses("How do the parts fit together?", "They do not touch")
    officer.chooses("What could a small local firm take on?", "A part, but not the whole")
    officer.chooses("Could you look after several contracts?", "Yes")
    officer.presses("See the advice")
    officer.reads("Divide it into lots.", "lots do not make it small")
    assert axe(officer.page) == []
    officer.presses("Save it in the brief")
    officer.is_told("Saved: Parts that can be answered by themselves.")
    officer.follows("Reserve it for some firms")
    officer.chooses("Where must a firm be?", "Your own area")
    officer.writes("Name the area", "the city of Evenholt")
    officer.chooses("Which firms may answer?", "Small and medium-sized firms")
    officer.writes("Why is it reserved?", "Nine small firms of the city offer it.")
    officer.presses("Reserve it")
    officer.is_told("Reserved. The brief says so, and the note for the file is below.")
    officer.reads("Only small and medium-sized firms (SMEs) based or established in the city of Evenholt")
    assert axe(officer.page) == []


def test_a_firm_that_stopped_agrees_on_its_phone_and_an_adviser_helps(story: Story, axe: Axe) -> None:
    story.cast.moves_to(MONDAY + timedelta(days=8))
    assert prompting.prompt(story.cast.database) == 1
    firm, adviser = story.firm, story.adviser
    firm.visits(story.cast.mailed(firm, "hands_on.idle"))
    firm.reads("The buyer is not told", "You hear from somebody within two working days")
    assert firm.page.evaluate("document.documentElement.scrollWidth") == 375
    assert axe(firm.page) == []
    firm.chooses("What is in the way?", "We lack a partner or a skill")
    firm.presses("Yes, let an adviser get in touch")
    firm.is_told("A support adviser will get in touch within two working days. The buyer is not told.")
    adviser.visits("/support")
    adviser.reads("They stopped writing, and the deadline is near.", "2 working days left")
    adviser.page.get_by_role("button", name="I will get in touch").click()
    adviser.follows("Firms you took on")
    adviser.page.locator("main table a").first.click()
    adviser.presses("I was in touch with them")
    adviser.presses("Log it")
    adviser.reads("There is a problem", "Choose something from the directory, or say what you offered.")
    adviser.reads("We lack a partner or a skill", "You were in touch on 13 October 2026", "Nothing yet.")
    adviser.writes("In your own words (optional)", "A call about partners on Tuesday.")
    adviser.presses("Log it")
    adviser.reads("A call about partners on Tuesday.")
    assert axe(adviser.page) == []


def test_forms_and_the_regions_figures_are_read_on_a_phone(story: Story, axe: Axe) -> None:
    story.officer.visits(f"/organisations/{story.council}/simpler")
    story.officer.reads("What forms ask of firms", "nothing can be compared")
    assert axe(story.officer.page) == []
    coordinator = story.coordinator
    for path in ("/network/insight", "/insight"):
        coordinator.visits(path)
        coordinator.reads("Challenges by stage", "Open for responses")
        assert coordinator.page.evaluate("document.documentElement.scrollWidth") == 375
        assert axe(coordinator.page) == []
