"""What is asked, explained, heard and judged: by people at an officer's screen, on phones and on a tablet."""

import pytest
from playwright.sync_api import ViewportSize
from sqlalchemy import select

from portal.assessment.models import Assignment
from portal.challenges.models import RoundKind
from portal.challenges.queries import round_of
from portal.policy import Role
from tests.browser.steps.assessor import Assessor
from tests.browser.steps.cast import Cast
from tests.browser.steps.company import day
from tests.browser.steps.firm import Firm
from tests.browser.steps.turns import Turn

ONE, OTHER = "Bright Signs", "Tall Stories"
PUBLIC, OWN = "May we bring an engine of our own?", "Does the depot take our Quillfeather engine?"
TABLET: ViewportSize = {"width": 820, "height": 1180}


@pytest.fixture
def turn(cast: Cast) -> Turn:
    """Everybody, at the second of March, before an open challenge; the officer at a screen, one firm on a phone."""
    turn = Turn(cast)
    turn.stands_at("open")
    return turn


def asks(firm: Firm, turn: Turn, question: str, *, confidential: bool = False) -> None:
    """Ask privately from the challenge's page."""
    firm.visits(f"/challenges/{turn.reference}/ask")
    firm.writes("Your question", question)
    if confidential:
        firm.ticks("Something in it is confidential")
    firm.presses("Send the question")
    firm.is_told("Your question has been sent.")


def test_questions_that_ask_the_same_get_one_answer(turn: Turn) -> None:
    asks(turn.bright, turn, "When can we see the depot?")
    asks(turn.tall, turn, "Is there a day to visit the depot, asks Tall Stories?")
    turn.officer.goes_to("Questions")
    twice = turn.officer.section("Is there a day to visit the depot, asks Tall Stories?")
    turn.officer.follows("Same as another", inside=twice)
    turn.officer.presses("Answer them together")
    turn.officer.reads("There is a problem", "Choose the question that asks the same.")
    turn.officer.chooses("Which question asks the same?", "When can we see the depot?")
    turn.officer.presses("Answer them together")
    turn.officer.reads("answered together with 1 other question")
    turn.officer.reads_nothing_of("asks Tall Stories")
    turn.officer.drafts_the_answer("When can firms see the depot?", "On Thursday 26 March, from 2pm.")
    turn.owner.approves_the_answer("On Thursday 26 March, from 2pm.")
    turn.officer.publishes_the_answers()
    for firm in (turn.bright, turn.tall):
        firm.visits(turn.cast.mailed(firm, "questions.answered"))
        firm.reads("When can firms see the depot?", "On Thursday 26 March, from 2pm.")
        firm.reads_nothing_of("asks Tall Stories")


def test_a_confidential_question_is_published_in_words_that_its_asker_agreed_to(turn: Turn) -> None:
    asks(turn.bright, turn, OWN, confidential=True)
    turn.officer.goes_to("Questions")
    turn.officer.reads("Confidential", OWN)
    turn.officer.follows("Propose a wording", inside=turn.officer.main)
    turn.officer.presses("Send it to the one who asked")
    turn.officer.reads("There is a problem", "Write the question as everyone will read it.")
    turn.officer.writes("The question, as everyone will read it", "May firms bring a Quillfeather?")
    turn.officer.presses("Send it to the one who asked")
    turn.bright.visits(turn.cast.mailed(turn.bright, "questions.proposed"))
    turn.bright.follows("Agree how it is published, or withdraw it")
    turn.bright.writes("The question, as everyone will read it", PUBLIC)
    turn.bright.presses("Agree to these words")
    turn.officer.goes_to("Questions")
    turn.officer.follows("Answer", inside=turn.officer.main)
    turn.officer.reads("The one who asked agreed to this wording", PUBLIC)
    turn.officer.writes("Your answer", "Yes, up to 40 kilowatts.")
    turn.officer.presses("Save and check")
    turn.owner.approves_the_answer("Yes, up to 40 kilowatts.")
    turn.officer.publishes_the_answers()
    turn.tall.visits(f"/challenges/{turn.reference}")
    turn.tall.reads(PUBLIC, "Yes, up to 40 kilowatts.")
    turn.tall.reads_nothing_of("Quillfeather")


def test_a_firm_explains_its_offer_and_another_is_heard_before_it_is_left_out(turn: Turn) -> None:
    turn.answer(turn.bright, "A sign that says the name of the stop.", "27,000")
    turn.answer(turn.tall, "A map that is read aloud.", "31,000")
    turn.cast.moves_to(day(4, 14, 12))
    turn.officer.opens_the_responses()
    turn.opener.opens_the_responses()
    turn.officer.finds_eligible(ONE)

    turn.officer.visits(f"{turn.officer.here}/clarifications")
    turn.officer.presses("Ask for a clarification")
    turn.officer.presses("Ask in writing")
    turn.officer.reads("There is a problem", "Choose at least one firm.", "Write what you ask.")
    turn.officer.ticks(ONE)
    turn.officer.writes("What do you ask?", "Does the sign speak at night?")
    turn.officer.dates("Until when can they answer?", day(4, 17, 11))
    turn.officer.presses("Ask in writing")
    turn.bright.visits(turn.cast.mailed(turn.bright, "responses.clarify"))
    turn.bright.is_at("Please explain")
    turn.bright.presses("Send the answer")
    turn.bright.reads("There is a problem", "Write your answer.", "Tick the box if it is true.")
    turn.bright.writes("Your answer", "Yes, as page 2 says: day and night.")
    turn.bright.ticks("This explains what we sent.")
    turn.bright.presses("Send the answer")
    turn.officer.visits("/home")
    turn.officer.follows("Look at what a firm explained")
    turn.officer.follows(ONE, inside=turn.officer.main)
    turn.officer.chooses("May assessors take the answer into account?", "Yes, it explains the offer")
    turn.officer.presses("Record", exact=True)
    turn.officer.goes_to("Responses")
    turn.officer.follows(ONE, inside=turn.officer.main)
    turn.officer.reads("Taken into account", "Yes, as page 2 says: day and night.")

    turn.officer.goes_to("Responses")
    turn.officer.follows(OTHER, inside=turn.officer.main)
    turn.officer.chooses("May this response be assessed?", "No, it is not eligible")
    turn.officer.writes("Why is it not eligible?", "It is being wound up.")
    turn.officer.presses("Record", exact=True)
    turn.officer.reads("The firm has been heard: it has answered, or its time to answer is over.")
    turn.officer.visits(f"/responses/{turn.tall.response}/hearing")
    turn.officer.writes("What is in doubt?", "The register says that your company is being wound up.")
    turn.officer.dates("Until when can it answer?", day(4, 20, 11))
    turn.officer.presses("Send it to the firm")
    turn.tall.visits(turn.cast.mailed(turn.tall, "responses.hearing"))
    turn.tall.is_at("We need to hear you")
    turn.tall.writes("Your answer", "It is, from the first of May.")
    turn.tall.presses("Send the answer")
    turn.officer.visits(f"/responses/{turn.tall.response}/read")
    turn.officer.reads("It is, from the first of May.")
    turn.officer.chooses("May this response be assessed?", "No, it is not eligible")
    turn.officer.writes("Why is it not eligible?", "It is being wound up.")
    turn.officer.presses("Record", exact=True)
    turn.officer.is_told(f"Recorded for {OTHER}.")


def test_prices_are_judged_apart_and_a_sheet_is_reopened_with_a_reason(turn: Turn) -> None:
    """An assessor on a phone, another on a phone, and who judges prices on a tablet."""
    with turn.cast.database.writing() as session:
        asked = round_of(session, turn.challenge(session), RoundKind.CHALLENGE)
        assert asked is not None
        asked.criteria[1].by_price = asked.criteria[1].price_judged = True
    money = turn.cast.meet(Assessor, "Pia Price", (Role.CHALLENGE_OWNER, turn.council))
    money.page.set_viewport_size(TABLET)
    turn.answer(turn.bright, "A sign that says the name of the stop.", "27,000")
    turn.answer(turn.tall, "A map that is read aloud.", "31,000")
    turn.open(day(4, 14, 12), ONE, OTHER)
    turn.officer.goes_to("Responses")
    turn.officer.follows(ONE, inside=turn.officer.main)
    turn.officer.reads("The price is in an envelope of its own.")
    turn.officer.reads_nothing_of("27,000")

    turn.officer.puts_on_the_panel("Ada Assessor", "Sol Assessor", "Pia Price")
    turn.officer.reads("The price: nobody judges it yet.")
    row = turn.officer.main.get_by_role("row").filter(has_text="Pia Price")
    turn.officer.follows("What they judge", inside=row)
    turn.officer.chooses("What do they judge?", "The price, and nothing else")
    turn.officer.presses("Save")
    turn.officer.is_told("What Pia Price judges is written down.")
    turn.officer.reads_nothing_of("The price: nobody judges it yet.")
    turn.officer.gives_out_the_responses()
    for firm in (ONE, OTHER):
        for assessor in (turn.first, turn.second):
            assessor.scores(firm, 3)

    turn.first.visits("/assessments")
    turn.first.follows(ONE, inside=turn.first.main)
    turn.first.reads_nothing_of("27,000")
    turn.first.follows("Reopen your scores")
    turn.first.presses("Reopen", exact=True)
    turn.first.reads("There is a problem", "Say why.")
    turn.first.writes("Why", "I misread the trial.")
    turn.first.presses("Reopen", exact=True)
    turn.first.follows("Change", inside=turn.first.main)
    turn.first.chooses("Your score", "4")
    turn.first.presses("Save and continue")
    turn.officer.goes_to_the_panel()
    turn.officer.reads_nothing_of("Once the prices are open")
    turn.first.presses("Lock your scores")

    turn.officer.goes_to_the_panel()
    turn.officer.presses("Open the prices")
    turn.officer.is_told("The prices are open to those who judge them: 2 sheets given out.")
    turn.cast.sign_in(money)
    money.visits("/assessments")
    money.scores(ONE, 5)
    money.scores(OTHER, 4)
    money.visits("/assessments")
    money.follows(ONE, inside=money.main)
    money.reads("£27,000", "Price")
    turn.first.visits("/assessments")
    turn.first.follows(ONE, inside=turn.first.main)
    turn.first.reads_nothing_of("27,000", "Reopen your scores")
    turn.officer.opens_the_scores()
    turn.officer.decides_by_the_ranking(ONE, OTHER)
    with turn.cast.database.reading() as session:
        rows = session.scalars(select(Assignment.reopen_reason).where(Assignment.reopen_reason != "")).all()
        assert rows == ["I misread the trial."]
