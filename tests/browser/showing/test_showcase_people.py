"""Showcase day as its people live it: firms, guest and panel on their phones, the owner at a desk."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from portal.challenges.models import Challenge
from portal.db import guard_state
from tests.browser.steps.cast import Cast
from tests.browser.steps.firm import Firm
from tests.browser.steps.showing import SHOW_AT, Showing


@pytest.fixture
def story(cast: Cast) -> Showing:
    """Both firms are ready, and the owner has planned the day."""
    story = Showing(cast)
    story.owner.plans_the_showcase(SHOW_AT)
    return story


def _says_when_it_cannot_come_and_what_it_needs(story: Showing, firm: Firm) -> None:
    firm.visits(story.place_of(firm))
    fold = firm.unfolds("Add a time that does not suit")
    firm.presses("Add this time")
    firm.reads("There is a problem", "Enter from when.", "Enter until when.")
    fold = firm.unfolds("Add a time that does not suit")
    firm.writes("From", "9am", inside=fold)
    firm.writes("Until", "10:20am", inside=fold)
    firm.presses("Add this time")
    firm.is_told("Noted. The order is drawn around it.")
    firm.reads("From 9am to 10:20am")
    firm.writes("What will be shown", "A post with a button")
    firm.writes("Minutes to set up", "10")
    firm.writes("Power sockets", "three")
    firm.presses("Save", exact=True)
    firm.reads("There is a problem", "Enter the number of power sockets, such as 2.")
    firm.writes("Power sockets", "3")
    firm.writes("Screens or projectors", "1")
    firm.ticks("We need the internet in the room")
    firm.writes("Anything else you need", "A quiet corner")
    firm.presses("Save", exact=True)
    firm.is_told("Saved.")
    story.fits(firm)


def test_the_order_is_drawn_around_a_firm_and_told_to_both(story: Showing) -> None:
    owner, bright, tall = story.owner, story.bright, story.tall
    _says_when_it_cannot_come_and_what_it_needs(story, bright)
    owner.goes_to("Showcase")
    owner.reads("Ask firms first when they cannot come", "3 in all, 3 at most for one firm", "A quiet corner")
    owner.presses("Draw the order by lot")
    owner.reads("Cannot come from 9am to 10:20am", "How this order came about (1)")
    assert "10:30am" in story.cast.text_mailed(bright, "showcases.your_turn")
    assert "10am BST" in story.cast.text_mailed(tall, "showcases.your_turn")
    for firm, turn in ((tall, "10am"), (bright, "10:30am")):
        firm.visits(story.cast.mailed(firm, "showcases.your_turn"))
        firm.reads(f"Your turn is at {turn}, for 20 minutes.")
        story.fits(firm)
    owner.unfolds("Adjust the order yourself")
    owner.writes("Why you change the order", "")
    owner.presses("Save this order")
    owner.reads("There is a problem", "Say why you change the order.")


def test_a_swap_is_asked_for_and_agreed_without_names(story: Showing) -> None:
    story.owner.goes_to("Showcase")
    story.owner.presses("Draw the order by lot")
    early, late = sorted((story.bright, story.tall), key=lambda firm: _turn_of(story, firm))
    late.unfolds("Ask for another turn")
    late.picks("Which turn would you like instead?", "10am to 10:20am")
    late.presses("Ask to swap")
    late.is_told("Asked. You are told by e-mail what the other firm answers.")
    late.reads("You asked for the turn at 10am. The other firm has not answered yet.")
    early.visits(story.cast.mailed(early, "showcases.swap_asked"))
    early.reads("The firm that shows at 10:20am asks to swap with yours at 10am. You need not agree.")
    early.reads_nothing_of("Bright Signs", "Tall Stories")
    story.fits(early, late)
    early.presses("Swap to 10:20am")
    early.is_told("Swapped. Your new turn is below.")
    early.reads("Your turn is at 10:20am")
    late.visits(story.cast.mailed(late, "showcases.swap_answered"))
    late.reads("Your turn is at 10am")
    story.owner.goes_to("Showcase")
    story.owner.reads("Requests to swap turns")


def _turn_of(story: Showing, firm: Firm) -> bool:
    """Whether the firm shows second; its page is left open."""
    firm.visits(story.place_of(firm))
    return "10:20am, for" in firm.main.inner_text()


def test_a_guest_from_outside_comes_by_invitation_and_wants_to_talk(story: Showing) -> None:
    owner, guest, bright = story.owner, story.guest, story.bright
    bright.says_what_it_will_show("A post with a button", "24,000", "1,000")
    owner.goes_to("Showcase")
    owner.writes("E-mail address of a guest", "gus at elsewhere")
    owner.presses("Invite guest")
    owner.reads("There is a problem", "Enter an e-mail address such as name@example.com.")
    owner.writes("E-mail address of a guest", guest.email)
    owner.presses("Invite guest")
    owner.is_told("Guest invited.")
    guest.accepts(story.cast.mailed(guest, "accounts.invited"))
    programme = story.cast.mailed(guest, "showcases.guest")
    guest.visits(programme)
    guest.reads("A post with a button", "Once the showcase has begun you can say here what you think")
    guest.reads_nothing_of("24,000", "Cost")
    story.fits(guest)
    story.cast.moves_to(datetime(2026, 4, 16, 10, tzinfo=UTC))
    guest.says_what_they_think(programme, "Bright Signs", "My brother would use this tomorrow.")
    story.fits(guest)
    bright.visits(story.cast.mailed(bright, "showcases.wants_to_talk"))
    bright.reads("My brother would use this tomorrow.", "Gus Guest wants to talk: gus@elsewhere.example")
    story.fits(bright)
    owner.goes_to("Showcase")
    owner.reads("My brother would use this tomorrow.", "Gus Guest wants to talk to the firm")


def test_prices_stand_side_by_side_for_the_owner_and_for_the_panel_that_locked(story: Showing) -> None:
    story.bright.says_what_it_will_show("A post with a button", "24,000", "1,000")
    story.tall.says_what_it_will_show("A map that speaks", "30,000", "2,000")
    story.owner.names_for_the_panel(story.first.email, story.second.email)
    story.owner.reads("Cost to deploy, side by side", "Twenty stops.")
    with story.cast.database.writing() as session, guard_state():
        session.get_one(Challenge, story.challenge_id).state = "showcase"
    story.cast.moves_to(datetime(2026, 4, 16, 12, tzinfo=UTC))
    scores = {"Bright Signs": (5, 4), "Tall Stories": (3, 4)}
    story.first.scores_the_prototypes(scores)
    story.first.reads("Once the whole panel has locked, the costs of all firms stand here side by side.")
    story.second.scores_the_prototypes(scores)
    story.second.reads("The whole panel has locked.", "Year 0: setting up", "£30,000", "£36,000")
    expect(story.second.main.get_by_role("region", name="Cost to deploy by year, with VAT")).to_be_visible()
    story.fits(story.second)
