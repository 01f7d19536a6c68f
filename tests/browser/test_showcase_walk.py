"""One challenge of the showcase pathway, from the problem to the contract, through the pages of everybody it needs."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.browser.steps.cast import Cast
from tests.browser.steps.company import DEADLINE, QUESTIONS_UNTIL, TITLE, Company, day

SHOW_AT = datetime(2026, 6, 16, 9, tzinfo=UTC)
ONE, OTHER = "Bright Signs", "Tall Stories"


class Story(Company):
    """What happens, one part after the other."""

    paper = Path()

    def begins(self) -> None:
        """Design thinking."""
        self.owner.signs_in()
        self.cast.sign_in(*(each for each in self.cast.people if each is not self.owner))
        self.reference = self.owner.starts_a_challenge(TITLE, place="Larkfield Council: Adult services")
        self.cast.gather(self.reference)
        self.owner.misses(
            "Finish design thinking",
            "A session with the people who have the problem has been held.",
            "A senior sponsor is named.",
        )
        self.owner.explores_the_problem(date(2026, 2, 26))
        self.owner.names_who_supports("Growth hub north")
        self.owner.makes_the_move("Finish design thinking")
        self.owner.reads("Writing the brief")

    def writes_the_brief(self) -> None:
        """The brief in sections, the deal, the criteria; what is lawful is the officer's."""
        self.officer.misses(
            "Release the challenge",
            "The brief is complete.",
            "The deal is told in full.",
            "The criteria's weights add up to 100.",
            "The legal route is chosen and fits the value.",
            "Conflicts of interest are assessed.",
            "The deadline gives firms enough time.",
        )
        self.owner.writes_the_brief()
        self.owner.offers_the_deal(date(2026, 5, 1))
        self.owner.shares_out_the_points()
        self.both.adds_to_the_brief("Background", "We run nine day centres in a town of 90,000.")
        self.officer.says_what_it_may_cost("300,000", options="60,000")
        self.officer.chooses_the_route("First round of a competition", purchase=True)
        self.officer.considers_lots()
        self.officer.sets_the_dates(QUESTIONS_UNTIL, DEADLINE)
        self.declare_and_assess_conflicts()
        self.officer.previews_the_brief(TITLE, "Work without reading", "£4,000", "You keep your prototype")

    def is_released(self) -> None:
        """Not by its author, and not before the notice."""
        self.cast.moves_to(day(3, 3))
        self.both.is_barred_from(
            "Release the challenge", "You wrote on this brief, so somebody else has to release it."
        )
        self.officer.misses("Release the challenge", "Tenders are invited (tender notice, UK4)")
        self.officer.publishes_the_notice("Tenders are invited", "012345-2026", day(3, 3, 8))
        self.officer.makes_the_move("Release the challenge")
        self.officer.reads("42 days left, until 14 April 2026 at 12 noon BST")

    def is_asked_about(self) -> None:
        """A question, its answer to everyone, and an amendment."""
        self.bright.finds(TITLE)
        self.bright.asks("May a sign stand on private ground beside the stop?")
        self.cast.moves_to(day(3, 9))
        self.officer.visits("/home")
        self.officer.follows("Answer a question from a firm")
        self.officer.drafts_the_answer("May a sign stand on private ground?", "Yes, if its owner agrees in writing.")
        self.owner.approves_the_answer("Yes, if its owner agrees in writing.")
        self.officer.publishes_the_answers()
        self.tall.finds(TITLE)
        self.tall.reads("May a sign stand on private ground?", "Yes, if its owner agrees in writing.")
        self.tall.reads_nothing_of("Bright", "Bryn")
        self.answer(self.tall, "A map that is read aloud.", "31,000")

    def is_amended(self) -> None:
        """The brief changes while it is open; whoever has submitted is asked to look again."""
        self.cast.moves_to(day(3, 16))
        self.officer.changes_what_a_solution_must_do("Work without reading\nWork without a mobile signal")
        self.officer.publishes_the_amendment("There is no signal at eleven of the stops.")
        self.officer.reads("The revised notice is published.")
        self.officer.publishes_the_notice("Tenders are invited", "012399-2026", day(3, 16, 8), about="Version 2")
        self.officer.publishes_the_amendment("There is no signal at eleven of the stops.")
        self.officer.is_told("The brief has been changed, and everyone is told.")
        self.tall.visits("/home")
        self.tall.follows("The brief has changed: look again and submit again")
        self.tall.reads("The brief has changed since you submitted.")
        self.tall.submits()

    def is_answered(self) -> None:
        """A firm drafts, attaches, submits, withdraws, and submits again; nobody inside sees any of it."""
        self.bright.begins_to_answer(self.reference)
        self.bright.writes_the_response("A sign that says the name of the stop when its button is pressed.", "28,500")
        self.bright.attaches(self.paper)
        self.bright.is_told("File attached.")
        self.bright.submits()
        self.bright.withdraws()
        self.bright.submits()
        self.bright.reads("Version 2", "Files")
        self.officer.goes_to("Responses")
        self.officer.reads("Sealed until 14 April 2026 at 12 noon BST")
        self.officer.reads_nothing_of(ONE, OTHER)

    def is_judged(self) -> None:
        """Opened by two, scored alone, moderated once; both go on."""
        self.open(day(4, 14, 12), ONE, OTHER)
        self.officer.misses(
            "Select firms and send outcomes",
            "Enough assessors have locked their scores.",
            "Every firm has an outcome and feedback that somebody checked.",
        )
        self.judge(ONE, OTHER, apart=True)
        self.bright.reads_the_outcome("You have been chosen")
        self.tall.reads_the_outcome("You have been chosen")

    def is_supported(self) -> None:
        """Plans with sessions; what one firm was told, all are told."""
        self.cast.moves_to(day(4, 16))
        self.owner.misses("Begin the showcase", "Bright Signs is not ready yet.", "At least one firm is ready to show.")
        for firm in (ONE, OTHER):
            self.adviser.contacts(firm)
            self.adviser.plans("Somebody to try it with")
            if firm == ONE:
                self.adviser.records_a_session(date(2026, 4, 15))
                self.adviser.notes_what_the_firm_was_told("Stops move on market days.", date(2026, 4, 15))
            self.adviser.says_the_firm_is_ready()
        self.owner.tells_all_firms("On market days the stops of the high street move.")
        self.tall.visits(f"/responses/{self.tall.response}/support")
        self.tall.reads("On market days the stops of the high street move.")

    def is_shown(self) -> None:
        """The event with its costs, its panel and a guest."""
        self.owner.plans_the_showcase(SHOW_AT)
        self.bright.says_what_it_will_show("A post with a button", "24,000", "1,000")
        self.tall.says_what_it_will_show("A map that speaks", "30,000", "2,000")
        self.owner.names_for_the_panel(self.first.email, self.second.email)
        self.owner.invites_a_guest(self.guest.email)
        self.owner.makes_the_move("Begin the showcase")
        self.cast.moves_to(day(6, 16, 13))
        self.guest.says_what_they_think(
            self.cast.mailed(self.guest, "showcases.guest"), ONE, "My brother would use this tomorrow."
        )
        scores = {ONE: (5, 4), OTHER: (3, 4)}
        self.first.scores_the_prototypes(scores)
        self.owner.goes_to("Showcase")
        self.owner.reads("My brother would use this tomorrow.", "appear here once everybody on the panel has locked")
        self.second.scores_the_prototypes(scores)
        self.owner.says_the_event_was_held()
        self.owner.chooses_what_goes_on(ONE)
        self.owner.agrees_to("Choose the solution to fund")
        self.owner.looks_at_the_move("Choose the solution to fund")
        self.officer.visits("/home")
        self.officer.follows("Confirm or leave what another person has agreed")
        self.officer.presses("Choose the solution to fund")
        self.officer.is_told("Done: choose the solution to fund.")

    def is_funded(self) -> None:
        """The business case: submitted, returned, approved by somebody else."""
        self.owner.writes_the_business_case("27,000")
        self.owner.submits_the_business_case()
        self.budget.returns_the_case(
            "How it is paid for (financial case)", "What is it in year two?", "One figure more."
        )
        self.owner.answers_the_comment("How it is paid for (financial case)")
        self.owner.submits_the_business_case()
        self.budget.approves_the_case("Running it for three years costs £3,000 a year.", "£27,000")

    def is_awarded(self) -> None:
        """Summaries, notice, standstill; then the contract with its phases and gates."""
        self.cast.moves_to(day(6, 22))
        self.write_the_contract(ONE)
        self.officer.misses("Activate the partnership", "Every assessed firm has been sent its assessment summary")
        self.officer.sends_the_summaries()
        self.tall.visits(self.cast.mailed(self.tall, "notices.summary"))
        self.tall.reads(ONE)
        self.officer.publishes_the_notice("We intend to sign with the chosen firm", "013333-2026", day(6, 22, 9))
        self.officer.misses("Activate the partnership", "The contract may be signed from 2 July 2026.")
        self.cast.moves_to(day(7, 2))
        self.tell_before_the_contract(ONE)
        self.sign(day(7, 2))
        self.officer.publishes_the_notice("The contract is signed", "014444-2026", day(7, 2, 8))


@pytest.fixture
def story(cast: Cast, tmp_path: Path) -> Story:
    """Everybody, at the second of March."""
    paper = tmp_path / "drawing.txt"
    paper.write_text("A sign, a post and a button.")
    story = Story(cast)
    story.paper = paper
    return story


def test_a_challenge_from_problem_to_contract(story: Story) -> None:
    story.begins()
    story.writes_the_brief()
    story.is_released()
    story.is_asked_about()
    story.is_amended()
    story.is_answered()
    story.is_judged()
    story.is_supported()
    story.is_shown()
    story.is_funded()
    story.is_awarded()
