"""Business support as its people live it: a firm on its phone, an adviser at the desk, an owner, an officer."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, ChallengeParty, Part
from portal.machine import Situation
from portal.policy import CLOCK, Role
from portal.support import effects
from tests.browser.steps.adviser import Adviser
from tests.browser.steps.cast import Cast
from tests.browser.steps.firm import Firm
from tests.browser.steps.officer import Officer
from tests.browser.steps.owner import Owner
from tests.support import make

FRIDAY = datetime(2026, 3, 27, 10, tzinfo=UTC)
SHORT = "Time with people: Tall Stories was offered no time, and Bright Signs 3 hours. Offer Tall Stories 1 hour more."


class Story:
    """A challenge at support, two firms chosen on a Friday, and everybody signed in."""

    def __init__(self, cast: Cast) -> None:
        cast.clock.set(FRIDAY)
        self.cast = cast
        with cast.database.writing() as session:
            challenge = self._chosen(session)
            self.reference, council, hub = challenge.reference, challenge.lead_id, self.hub
        self.owner = cast.meet(Owner, "Olive Owner", (Role.CHALLENGE_OWNER, council))
        self.officer = cast.meet(Officer, "Petra Procurement", (Role.PROCUREMENT_OFFICER, council))
        self.adviser = cast.meet(Adviser, "Ava Adviser", (Role.SUPPORT_ADVISER, hub))
        self.bright = cast.meet(Firm, "Bryn Bright", (Role.SUPPLIER_ADMINISTRATOR, self.firms[0]), phone=True)
        self.tall = cast.meet(Firm, "Tara Tall", (Role.SUPPLIER_ADMINISTRATOR, self.firms[1]), phone=True)
        self.bright.response, self.tall.response = self.responses
        with cast.database.writing() as session:
            found = session.get_one(Challenge, self.challenge_id)
            effects.make_plans(Situation(session, found, CLOCK, FRIDAY, {}))
        cast.sign_in()
        cast.gather(self.reference)

    def _chosen(self, session: Session) -> Challenge:
        challenge = make.challenge(session, state="support", title="Buses that wait")
        hub = make.partner(session, name="Growth hub north")
        session.add(ChallengeParty(challenge_id=challenge.id, organisation_id=hub.id, part=Part.SUPPORT))
        firms = [make.supplier(session, name=name) for name in ("Bright Signs", "Tall Stories")]
        answers = [make.response(session, challenge, state="chosen", organisation=firm) for firm in firms]
        self.hub, self.challenge_id = hub.id, challenge.id
        self.firms, self.responses = [each.id for each in firms], [each.reference for each in answers]
        return challenge

    def offers(self, day: int, count: str, *, firm: str = "Every firm") -> None:
        """The owner puts an adviser's hours on offer."""
        self.owner.visits(f"/challenges/{self.reference}/support/times")
        self.owner.picks("Whose time, or which room or equipment", "Ava Adviser")
        self.owner.dates("It begins", datetime(2026, 4, day, 9, tzinfo=UTC))
        self.owner.picks("How many, one after the other", count)
        self.owner.writes("Place", "Growth hub, room 2")
        self.owner.picks("For which firm", firm)
        self.owner.presses("Put on offer")

    def books(self, firm: Firm, time: str) -> None:
        """A firm takes one of the free times, on its phone."""
        firm.visits(f"/responses/{firm.response}/support")
        firm.presses("Book a time")
        firm.ticks(time)
        firm.presses("Book this time")


@pytest.fixture
def story(cast: Cast) -> Story:
    """Everybody, on the Friday on which the firms were chosen."""
    return Story(cast)


def test_times_are_offered_booked_moved_and_cancelled(story: Story) -> None:
    story.owner.visits(f"/challenges/{story.reference}/support/times")
    story.owner.presses("Put on offer")
    story.owner.reads("There is a problem", "Enter the day and the time.")
    story.offers(2, "3")
    story.owner.is_told("3 times are on offer. The firms are being told.")
    story.owner.reads("2 April 2026 at 11am BST", "Free")

    firm = story.bright
    firm.visits(f"/responses/{firm.response}/support/times")
    assert firm.page.evaluate("document.documentElement.scrollWidth") == 375
    firm.presses("Book this time")
    firm.reads("There is a problem", "Choose a time.")
    story.books(firm, "2 April 2026 at 10am BST, Ava Adviser")
    firm.is_told("Booked: Ava Adviser, 2 April 2026 at 10am BST.")
    firm.follows("Move the session with Ava Adviser")
    firm.reads("You are moving: Ava Adviser, 2 April 2026 at 10am BST.")
    firm.ticks("2 April 2026 at 12 noon BST, Ava Adviser")
    firm.presses("Move to this time")
    firm.is_told("Moved: Ava Adviser, 2 April 2026 at 12 noon BST.")
    assert firm.page.evaluate("document.documentElement.scrollWidth") == 375
    firm.presses("Cancel the session with Ava Adviser")
    firm.is_told("Cancelled. The others have been told.")
    firm.reads("Nothing is booked.")


def test_two_firms_want_one_time_and_the_second_sees_what_is_free(story: Story) -> None:
    story.offers(2, "2")
    story.tall.visits(f"/responses/{story.tall.response}/support/times")
    story.books(story.bright, "2 April 2026 at 10am BST")
    story.tall.ticks("2 April 2026 at 10am BST")
    story.tall.presses("Book this time")
    story.tall.reads("That time is gone", "Another firm has just booked that time. Choose one that is still free.")
    expect(story.tall.main.get_by_role("radio")).to_have_count(1)
    story.tall.ticks("2 April 2026 at 11am BST")
    story.tall.presses("Book this time")
    story.tall.is_told("Booked: Ava Adviser, 2 April 2026 at 11am BST.")


def test_the_adviser_sees_who_waits_and_helps_until_the_firm_is_ready(story: Story) -> None:
    story.cast.moves_to(datetime(2026, 4, 1, 9, tzinfo=UTC))
    adviser, firm = story.adviser, story.bright
    adviser.visits("/support")
    adviser.reads("1 working day late", "should have been contacted by 31 March 2026")
    adviser.contacts("Bright Signs")
    adviser.plans("Somebody to try it with")
    fold = adviser.unfolds("Add a milestone")
    adviser.presses("Add milestone", inside=fold)
    adviser.reads("There is a problem", "Say what has to be done.")
    fold = adviser.unfolds("Add a milestone")
    adviser.writes("What has to be done", "The sign works in the rain")
    adviser.dates("By", date(2026, 4, 20), inside=fold)
    adviser.presses("Add milestone")
    adviser.is_told("Milestone added.")
    firm.visits(f"/responses/{firm.response}/support")
    firm.writes("Write to your adviser", "Where can we make it rain?")
    firm.ticks("We need help with this")
    firm.presses("Send", exact=True)
    firm.is_told("Your adviser has been told.")
    adviser.visits("/support")
    adviser.reads("Asks for help", "Where can we make it rain?")
    adviser.follows("Bright Signs")
    adviser.writes("Write to the firm", "In the fire brigade's yard.")
    adviser.presses("Send note")
    adviser.says_the_firm_is_ready()
    adviser.reads("“The sign works in the rain” is not done yet.")
    firm.visits(f"/responses/{firm.response}/support")
    firm.reads("In the fire brigade's yard.")
    firm.presses("Done (The sign works in the rain)")
    firm.is_told("Milestone reached.")
    adviser.visits("/support")
    adviser.follows("Bright Signs")
    adviser.says_the_firm_is_ready()
    adviser.reads("Ready to show")


def test_the_showcase_waits_until_every_firm_was_offered_the_same(story: Story) -> None:
    story.offers(2, "3")
    for hour in ("10am", "11am", "12 noon"):
        story.books(story.bright, f"2 April 2026 at {hour} BST")
    story.owner.misses("Begin the showcase", "Every firm was offered as much help as the others", SHORT)
    story.officer.goes_to("Support")
    story.officer.reads("Uneven: the showcase cannot begin", SHORT)
    story.owner.follows("Every firm was offered as much help as the others", inside=story.owner.main)
    story.owner.is_at("Support for the chosen firms")
    story.owner.follows(SHORT)
    story.owner.is_at("Times on offer")
    story.offers(7, "1", firm="Tall Stories alone")
    story.owner.looks_at_the_move("Begin the showcase")
    story.owner.reads_nothing_of("Every firm was offered as much help")
    story.officer.goes_to("Support")
    story.officer.reads("Even", "No firm was offered more than 2 hours less than another.")


def test_a_room_is_listed_and_booked_without_scripts(story: Story, visitor: Callable[..., Page]) -> None:
    story.owner.visits(f"/challenges/{story.reference}/support/times")
    fold = story.owner.unfolds("List a room or equipment")
    story.owner.writes("Name", "Rain chamber")
    story.owner.writes("Where it is", "Fire brigade's yard")
    story.owner.presses("List it", inside=fold)
    story.owner.is_told("Listed. Its time can be offered now.")
    story.owner.picks("Whose time, or which room or equipment", "Rain chamber")
    story.owner.dates("It begins", datetime(2026, 4, 3, 13, tzinfo=UTC))
    story.owner.presses("Put on offer")
    plain = story.cast.stranger(Firm, story.bright.name, story.bright.email)
    page = plain.page = visitor(java_script_enabled=False)
    story.cast.sign_in(plain)
    page.goto(f"/responses/{story.bright.response}/support/times")
    page.get_by_label("3 April 2026 at 2pm BST, Rain chamber").check()
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("main")).to_contain_text("Booked: Rain chamber, 3 April 2026 at 2pm BST.")
