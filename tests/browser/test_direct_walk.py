"""The direct pathway: first the money, then the problem, one round of answers, and a prototype ordered of the best."""

from datetime import date

import pytest

from tests.browser.steps.cast import Cast
from tests.browser.steps.company import DEADLINE, QUESTIONS_UNTIL, TITLE, Company, day

ONE, OTHER = "Bright Signs", "Tall Stories"


class Story(Company):
    """What happens, one part after the other."""

    def is_funded_first(self) -> None:
        """Five sections, two options, and the statement that no tender is out."""
        self.cast.sign_in()
        self.reference = self.owner.starts_a_challenge(
            TITLE, place="Larkfield Council: Adult services", money_found=True
        )
        self.cast.gather(self.reference)
        self.owner.writes_the_business_case("270,000")
        self.owner.visits(f"{self.owner.here}/business-case/check")
        self.owner.reads("It cannot be submitted yet", "It is stated that no tender is out for this need.")
        self.owner.states_that_no_tender_is_out()
        self.owner.submits_the_business_case()
        self.owner.visits(f"{self.owner.here}/moves/approve_funding")
        self.owner.reads("Your roles do not include this decision.")
        self.budget.approves_the_case("£270,000", "No tender has been issued for this need")

    def is_released(self) -> None:
        """Design thinking, the brief, and the route of a prototype with its reasons."""
        self.owner.explores_the_problem(date(2026, 2, 26))
        self.owner.makes_the_move("Finish design thinking")
        self.owner.writes_the_brief()
        self.owner.offers_the_deal(date(2026, 5, 1), go_on=1, stages=("Answering the challenge",))
        self.owner.shares_out_the_points()
        self.officer.says_what_it_may_cost("270,000")
        self.officer.chooses_the_route("Direct award of a prototype")
        self.officer.considers_lots()
        self.officer.sets_the_dates(QUESTIONS_UNTIL, DEADLINE)
        self.declare_and_assess_conflicts()
        self.officer.misses("Release the challenge", "The reasons for doing without a competition")
        self.officer.chooses_the_route("Direct award of a prototype", reason="Nothing like it is sold anywhere.")
        self.officer.makes_the_move("Release the challenge")

    def is_judged(self) -> None:
        """Two firms answer, one is chosen, both are told why."""
        self.answer(self.bright, "A sign that says the name of the stop.", "27,000")
        self.answer(self.tall, "A map that is read aloud.", "31,000")
        self.open(day(4, 14, 12), ONE, OTHER)
        self.judge(ONE, OTHER)
        self.officer.reads("Award")
        self.bright.reads_the_outcome("You have been chosen")
        self.tall.reads_the_outcome("What is said here is worth 3")

    def is_signed(self) -> None:
        """Transparency notice before award notice, the wait, the contract."""
        self.write_the_contract(ONE)
        self.officer.misses(
            "Activate the partnership",
            "We intend to award without a competition (transparency notice, UK5)",
            "We intend to sign with the chosen firm (contract award notice, UK6)",
            "It begins with the day on which the award notice is published.",
        )
        self.officer.publishes_the_notice("We intend to award without a competition", "013333-2026", day(4, 14, 10))
        self.cast.moves_to(day(4, 15))
        self.officer.publishes_the_notice("We intend to sign with the chosen firm", "013334-2026", day(4, 15, 8))
        self.officer.misses("Activate the partnership", "The contract may be signed from 25 April 2026.")
        self.cast.moves_to(day(4, 27))
        self.tell_before_the_contract(ONE)
        self.sign(day(4, 27))


@pytest.fixture
def story(cast: Cast) -> Story:
    """Everybody, at the second of March."""
    return Story(cast)


@pytest.mark.parametrize("database", ["postgresql", "sqlite"], indirect=True)
def test_a_prototype_from_the_money_to_the_contract(story: Story) -> None:
    story.is_funded_first()
    story.is_released()
    story.is_judged()
    story.is_signed()
