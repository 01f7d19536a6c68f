"""The turns a challenge may take on its way: more time, another firm, an honest end, somebody who stands in."""

from datetime import date

import pytest

from portal.challenges.pathway import Pathway
from tests.browser.steps.cast import Cast
from tests.browser.steps.company import TITLE, day
from tests.browser.steps.firm import Firm
from tests.browser.steps.somebody import Insider
from tests.browser.steps.turns import Turn

ONE, OTHER, THIRD = "Bright Signs", "Tall Stories", "Third Way"
LATER, LATER_STILL = day(4, 21, 11), day(4, 28, 11)


@pytest.fixture
def turn(cast: Cast) -> Turn:
    """Everybody, at the second of March."""
    return Turn(cast)


def test_everybody_gets_more_time_twice(turn: Turn) -> None:
    """The officer extends; then the portal is away before the deadline, and two officers reopen for everyone."""
    turn.stands_at("open")
    turn.tall.begins_to_answer(turn.reference)
    turn.officer.looks_at_the_move("Extend the deadline")
    turn.officer.reads("The deadline is 14 April 2026 at 12 noon BST. It can only move later")
    turn.officer.presses("Extend the deadline", exact=True)
    turn.officer.reads("There is a problem", "Say when the new deadline is.", "Say why.")
    turn.officer.dates("New deadline", day(4, 7, 11))
    turn.officer.writes("Why?", "Easter.")
    turn.officer.presses("Extend the deadline", exact=True)
    turn.officer.reads("The new deadline is later")
    turn.officer.makes_the_move("Extend the deadline", deadline=LATER, reason="Easter lies in between.")
    turn.tall.visits(turn.cast.mailed(turn.tall, "responses.extended"))
    turn.bright.visits(f"/challenges/{turn.reference}")
    turn.bright.reads("21 April 2026 at 12 noon BST")

    turn.cast.moves_to(day(4, 21, 14))
    turn.officer.misses("Reopen after an incident", "It is recorded when the portal was away, and why.")
    turn.officer.records_that_the_portal_was_away(day(4, 21, 9), day(4, 21, 11), "A disk was full.")
    turn.officer.agrees_to("Reopen after an incident", deadline=LATER_STILL, reason="We were away from 10 to 12.")
    turn.officer.looks_at_the_move("Reopen after an incident")
    turn.officer.reads("You agreed to this; a different person must make the move.")
    turn.opener.looks_at_the_move("Reopen after an incident")
    turn.opener.reads("New deadline: 28 April 2026 at 12 noon BST", "We were away from 10 to 12.")
    turn.opener.makes_the_move("Reopen after an incident")
    turn.opener.reads("Open for responses", "7 days left")
    turn.tall.visits(turn.cast.mailed(turn.tall, "responses.reopened"))
    turn.tall.writes_the_response("A map that is read aloud.", "31,000")
    turn.tall.submits()


def test_a_firm_with_no_more_than_an_address_ends_with_a_receipt(turn: Turn) -> None:
    turn.stands_at("open")
    stranger = turn.cast.stranger(Firm, "Wren Newcomer", "wren@example.org", phone=True)
    stranger.begins_with_an_address(turn.reference)
    stranger.goes_on_from_the_mail(turn.cast.mailed(stranger, "accounts.start"))
    stranger.writes_the_response("A bell at each stop.", "9,000")
    stranger.presses("Check your answers")
    stranger.reads("Before you can submit")
    stranger.says_who_they_are("Wren Bells", "LE1 1AA")
    stranger.submits()
    stranger.reads("Version 1")


def test_a_deputy_acts_for_the_owner_and_the_challenge_is_withdrawn(turn: Turn) -> None:
    turn.stands_at("open")
    turn.bright.begins_to_answer(turn.reference)
    deputy = turn.cast.meet(Insider, "Dara Deputy")
    deputy.reference = turn.reference
    turn.cast.sign_in(deputy)
    deputy.visits(f"{deputy.here}/progress")
    deputy.is_at("Page not found")
    turn.owner.goes_to("People")
    turn.owner.presses("Ask somebody to take part")
    turn.owner.writes("E-mail address", deputy.email)
    turn.owner.chooses("As what?", "Deputy")
    turn.owner.presses("Ask", exact=True)
    turn.owner.reads("There is a problem", "Enter the first day.")
    turn.owner.dates("First day (deputies only)", date(2026, 3, 2))
    turn.owner.dates("Last day (deputies only)", date(2026, 3, 20))
    turn.owner.presses("Ask", exact=True)
    deputy.visits(turn.cast.mailed(deputy, "accounts.given"))
    deputy.visits(f"{deputy.here}/progress")
    deputy.agrees_to("Withdraw the challenge", reason="The day centre closes in May.")
    turn.officer.looks_at_the_move("Withdraw the challenge")
    turn.officer.reads("The day centre closes in May.")
    turn.officer.makes_the_move("Withdraw the challenge")
    turn.officer.reads("This challenge has ended: withdrawn. The day centre closes in May.")
    turn.bright.visits(turn.cast.mailed(turn.bright, "responses.ended"))
    turn.tall.visits(f"/challenges/{turn.reference}")
    turn.tall.reads("Withdrawn", "The day centre closes in May.")
    turn.cast.moves_to(day(3, 23))
    deputy.visits(f"{deputy.here}/progress")
    deputy.is_at("Page not found")


def test_one_answers_and_it_is_no_solution(turn: Turn) -> None:
    turn.stands_at("open")
    turn.answer(turn.bright, "A sign that says the name of the stop.", "27,000")
    turn.open(day(4, 14, 12), ONE)
    turn.owner.agrees_to("Close without a solution", reason="Nobody could do it without reading.")
    turn.officer.makes_the_move("Close without a solution")
    turn.officer.reads("This challenge has ended: ended: no solution found.", "Nobody could do it without reading.")
    turn.bright.reads_the_outcome("Nobody could do it without reading.")
    turn.tall.visits(f"/challenges/{turn.reference}")
    turn.tall.reads("Nobody could do it without reading.")


def test_nobody_answers_and_it_is_run_again_split_and_merged(turn: Turn) -> None:
    first = turn.stands_at("open", title=TITLE)
    turn.cast.moves_to(day(4, 14, 12))
    turn.officer.goes_to("Responses")
    turn.officer.reads("Nobody answered", "There is nothing to open.")
    turn.owner.agrees_to("Close without a solution", reason="Nobody answered.")
    turn.officer.makes_the_move("Close without a solution")
    turn.owner.visits(f"{turn.owner.here}/again")
    turn.owner.presses("Run it again")
    turn.owner.is_told("has begun. Its reference is ")
    again = turn.owner.page.url.split("/challenges/")[1].split("/")[0]
    turn.owner.visits(f"/challenges/{again}/again")
    turn.owner.reads(f"Run again from {first}")
    turn.owner.presses("Split it")
    turn.owner.reads("There is a problem", "Give the first part a title")
    turn.owner.writes("Title of the first part", "Stops that speak")
    turn.owner.writes("Title of the second part", "Drivers who know")
    turn.owner.presses("Split it")
    turn.owner.is_told("New challenges: ")
    turn.owner.reads("Stops that speak", "Drivers who know", "Split into")
    turn.owner.follows("Stops that speak", inside=turn.owner.main)
    turn.owner.merges_it_with("Drivers who know", "Stops and buses")
    turn.owner.is_told("Stops and buses has begun.")


def test_the_case_is_not_funded(turn: Turn) -> None:
    turn.stands_at("business_case", Pathway.SHOWCASE)
    turn.owner.writes_the_business_case("27,000")
    turn.owner.submits_the_business_case()
    turn.budget.does_not_fund_the_case("There is no money for it this year.")
    turn.owner.goes_to("Progress")
    turn.owner.reads("Ended: not funded", "There is no money for it this year.")
    turn.tall.visits(f"/challenges/{turn.reference}")
    turn.tall.reads("Ended: not funded")


def test_another_firm_follows_where_one_of_several_falls_out(turn: Turn) -> None:
    turn.was_awarded(2)
    turn.officer.goes_to("Award")
    turn.officer.follows("Reconsider the award", inside=turn.officer.main)
    turn.officer.presses("Reconsider the award", exact=True)
    turn.officer.reads("There is a problem", "Say which of the chosen firms falls out.", f"{THIRD} is next in the rank")
    turn.officer.makes_the_move("Reconsider the award", falls_out=OTHER, reason="It cannot begin before autumn.")
    turn.officer.goes_to("Award")
    turn.officer.reads("Award 2", f"when {OTHER} fell out, because: It cannot begin before autumn.", THIRD)
    turn.tall.reads_the_outcome("It cannot begin before autumn.")


@pytest.mark.parametrize("taken", [True, False], ids=["taken", "not taken"])
def test_the_purchase_option_is_decided(turn: Turn, taken: bool) -> None:
    turn.works_with_an_option()
    for each in (turn.owner, turn.officer):
        each.visits(turn.partnership)
    turn.officer.unfolds("Record what was measured")
    turn.officer.writes("What was measured", "Nine in ten alerts in four minutes.")
    turn.officer.chooses("Is the agreed level met?", "Yes" if taken else "No")
    turn.officer.writes("What buying it would finally cost", "85,000")
    turn.officer.presses("Record", exact=True)
    turn.owner.visits(turn.partnership)
    if taken:
        turn.owner.presses("Take the purchase option")
        turn.owner.presses("Agree")
        turn.owner.reads("There is a problem", "Say why.")
        turn.owner.writes("Why?", "Nine in ten is what the riders asked for.")
        turn.owner.presses("Agree")
        turn.officer.visits(turn.partnership)
        turn.officer.reads("One person has agreed to take the option.", "At most £90,000")
        turn.officer.presses("Take the purchase option")
        turn.officer.reads("Nine in ten is what the riders asked for.")
        turn.officer.writes("Why?", "It does what was agreed, for less.")
        turn.officer.presses("Take the purchase option")
        turn.officer.reads("Purchase option taken", "It does what was agreed, for less.")
    else:
        turn.owner.reads("The option cannot be taken yet")
        turn.officer.follows("Do not take the option")
        turn.officer.presses("Do not take the purchase option")
        turn.officer.reads("There is a problem", "Say why.")
        turn.officer.writes("Why?", "Half of the alerts came too late.")
        turn.officer.presses("Do not take the purchase option")
        turn.officer.reads("Half of the alerts came too late.")
    turn.officer.reads("It cannot be closed yet")
    turn.officer.follows("What the next partnership should know is written down.")
    turn.officer.writes("What should the next partnership know?", "Begin the trials in summer.")
    turn.officer.presses("Save the lessons")
    turn.officer.visits(turn.partnership)
    turn.officer.presses("Close the partnership")
    turn.bright.visits(turn.partnership)
    turn.bright.reads("Closed")
