"""After the decision, as a firm's person on a phone: where it stands, a debrief, and what precedes the contract."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.challenges.queries import round_of
from portal.db import clock
from portal.law.releases import ReleaseKind
from portal.organisations.models import Organisation
from tests.browser.steps.cast import Cast
from tests.browser.steps.company import Company
from tests.browser.steps.firm import Firm
from tests.support import make
from tests.support.awarded import ABOVE, scored

ONE, OTHER = "Bright Signs", "Tall Stories"


class Story(Company):
    """Two firms answered; one was chosen, and both were told."""

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast)
        with cast.database.writing() as session:
            lead = session.get_one(Organisation, self.council)
            kind = {"release_kind": ReleaseKind.FIRST_ROUND, "estimated_pence": ABOVE}
            challenge = make.challenge(session, state="award", lead=lead, **kind)
            asked = round_of(session, challenge)
            assert asked is not None
            for number, (name, who) in enumerate(((ONE, self.bright), (OTHER, self.tall))):
                firm = session.scalars(select(Organisation).where(Organisation.name == name)).one()
                state = "not_chosen" if number else "chosen"
                response = make.response(session, challenge, state=state, organisation=firm)
                make.snapshot(session, response)
                make.eligible(session, response)
                scored(session, response, asked, number, not number).sent_at = clock.now()
                who.response = response.reference
            self.reference = challenge.reference
        cast.sign_in()
        cast.gather(self.reference)

    def sees_where_it_stands(self, firm: Firm) -> None:
        """The table on the response's page."""
        firm.visits("/responses")
        firm.follows("Buses that wait")
        firm.reads("Where you stand", "You submitted copy 1", "You get the outcome and your feedback", "2 March 2026")

    def talks(self, firm: Firm, name: str) -> None:
        """Ask, be given a time, and find it at home."""
        firm.asks_for_a_debrief("Why did our trial count for so little?")
        self.officer.arranges_a_debrief(name, clock.now() + timedelta(hours=5))
        firm.visits("/home")
        firm.follows("Be there: your debrief")
        firm.reads("Arranged", "We call you.")


@pytest.fixture
def story(cast: Cast) -> Story:
    """Everybody, at the second of March."""
    return Story(cast)


def test_a_chosen_firm_on_its_phone(story: Story) -> None:
    story.sees_where_it_stands(story.bright)
    story.talks(story.bright, ONE)
    story.tell_before_the_contract(ONE)
    story.bright.visits("/home")
    story.bright.reads_nothing_of("answer four questions")


def test_a_firm_that_was_not_chosen_talks_and_takes_it_back(story: Story) -> None:
    story.sees_where_it_stands(story.tall)
    story.tall.reads_nothing_of("The partnership begins")
    story.talks(story.tall, OTHER)
    story.tall.unfolds("Withdraw this request")
    story.tall.presses("Withdraw the request")
    story.tall.is_told("Your request is withdrawn.")
