"""Each of the five release kinds goes to its contract, held back by its own conditions and by no others."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import Person
from portal.business_cases.models import BusinessCase
from portal.challenges.models import Challenge
from portal.challenges.pathway import Pathway
from portal.challenges.queries import round_of
from portal.db import clock, guard_state
from portal.organisations.models import Organisation
from tests.browser.steps.cast import Cast
from tests.browser.steps.company import DEADLINE, QUESTIONS_UNTIL, Company, day
from tests.support import make
from tests.support.awarded import scored
from tests.support.briefed import briefed

ONE, OTHER = "Bright Signs", "Tall Stories"
UK4, BELOW = "Tenders are invited", "Tenders are invited for a smaller contract"
UK5, UK6, UK7 = (
    "We intend to award without a competition",
    "We intend to sign with the chosen firm",
    "The contract is signed",
)


@dataclass(frozen=True)
class Kind:
    """What a release kind asks before the release, before the contract and after it."""

    title: str
    estimate: str
    before_release: tuple[str, ...] = ()
    before_contract: tuple[str, ...] = ()
    after_signing: tuple[str, ...] = ()
    summaries: bool = False
    standstill: bool = False
    reason: str = ""
    contract: str = "Services"


KINDS = (
    Kind("First round of a competition", "300,000", (UK4,), (UK6,), (UK7,), summaries=True, standstill=True),
    Kind(
        "Direct award of a prototype", "300,000", (), (UK5, UK6), (UK7,), standstill=True, reason="Nobody sells it yet."
    ),
    Kind("Research outside the Act", "300,000", reason="Research for public benefit; the results are published."),
    Kind("Smaller contract", "60,000", (BELOW,), (), (UK7,)),
)
ENGAGEMENT = Kind("Talking to firms first", "300,000", (), (UK6,), (UK7,), summaries=True, standstill=True)


class Story(Company):
    """From a brief that is written to a contract."""

    def __init__(self, cast: Cast, kind: Kind, pathway: Pathway) -> None:
        super().__init__(cast)
        self.kind, self.numbers = kind, iter(range(11, 99))
        with cast.database.writing() as session:
            lead = session.get_one(Organisation, self.council)
            owner = session.scalars(select(Person).where(Person.email == self.owner.email)).one()
            self.reference = briefed(session, lead, owner, pathway).reference
        cast.sign_in()
        cast.gather(self.reference)

    def publish(self, *titles: str) -> None:
        """Notices, each with a number of its own, published this very minute."""
        for title in titles:
            self.officer.publishes_the_notice(title, f"0133{next(self.numbers)}-2026", clock.now())

    def is_released(self) -> None:
        """Value, route, lots, dates, conflicts, and the notices of this kind."""
        self.officer.says_what_it_may_cost(self.kind.estimate, kind=self.kind.contract)
        self.officer.chooses_the_route(self.kind.title, reason=self.kind.reason)
        self.officer.considers_lots()
        self.officer.sets_the_dates(QUESTIONS_UNTIL, DEADLINE)
        self.declare_and_assess_conflicts()
        if self.kind.before_release:
            self.officer.misses("Release the challenge", *self.kind.before_release)
            self.publish(*self.kind.before_release)
        self.officer.makes_the_move("Release the challenge")

    def was_judged(self) -> None:
        """Two firms answered, and one was chosen; the pages for that are walked elsewhere."""
        self.cast.moves_to(day(4, 20))
        with self.cast.database.writing() as session:
            challenge = session.scalars(select(Challenge).where(Challenge.reference == self.reference)).one()
            asked = round_of(session, challenge)
            assert asked is not None
            for number, name in enumerate((ONE, OTHER)):
                firm = session.scalars(select(Organisation).where(Organisation.name == name)).one()
                state = "not_chosen" if number else "chosen"
                response = make.response(session, challenge, state=state, organisation=firm)
                scored(session, response, asked, number, not number)
            with guard_state():
                challenge.state, challenge.state_since = "award", clock.now()

    def is_signed(self) -> None:
        """Contract, summaries, notices and the wait, each only where this kind asks for it."""
        self.write_the_contract(ONE)
        if self.kind.before_contract:
            self.tell_before_the_contract(ONE)
        if self.kind.summaries:
            self.officer.misses("Activate the partnership", "Every assessed firm has been sent its assessment summary")
            self.officer.sends_the_summaries()
        if self.kind.before_contract:
            self.officer.misses("Activate the partnership", *self.kind.before_contract)
            self.publish(*self.kind.before_contract)
        if self.kind.standstill:
            self.officer.misses("Activate the partnership", "The contract may be signed from")
            self.cast.moves_to(clock.now() + timedelta(days=16))
        self.officer.looks_at_the_move("Activate the partnership")
        self.officer.reads_nothing_of("Still missing:")
        self.sign(clock.now())
        self.publish(*self.kind.after_signing)
        self.officer.goes_to("Notices")
        self.officer.reads("No notice is waiting to be published.")

    def was_funded(self) -> None:
        """The showcase was held and its business case approved."""
        self.cast.moves_to(day(6, 22))
        with self.cast.database.writing() as session:
            challenge = session.scalars(select(Challenge).where(Challenge.reference == self.reference)).one()
            now = clock.now()
            session.add(
                BusinessCase(
                    challenge_id=challenge.id,
                    amount_pence=2_700_000,
                    begun_at=now,
                    submitted_at=now,
                    decided_at=now,
                    state="approved",
                    state_since=now,
                )
            )
            with guard_state():
                challenge.state, challenge.state_since = "business_case", now

    def goes_to_tender(self) -> None:
        """Criteria, dates and the tender notice; then anybody may answer, and one firm does."""
        self.officer.misses(
            "Invite tenders",
            "The criteria's weights add up to 100.",
            "The deadline gives firms enough time.",
            "Tenders are invited (tender notice, UK4)",
        )
        self.owner.takes_the_criteria_over()
        self.officer.sets_the_dates(day(7, 10), day(7, 31), tender=True)
        self.publish(UK4)
        self.officer.makes_the_move("Invite tenders")
        self.answer(self.bright, "A sign that says the name of the stop.", "27,000")
        self.open(day(8, 3), ONE)
        self.judge(ONE, move="Select the winning tender and send outcomes")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.title)
def test_a_release_kind_goes_to_its_contract(cast: Cast, kind: Kind) -> None:
    story = Story(cast, kind, Pathway.DIRECT)
    story.is_released()
    story.was_judged()
    story.is_signed()


def test_engagement_goes_through_an_open_tender(cast: Cast) -> None:
    story = Story(cast, ENGAGEMENT, Pathway.SHOWCASE)
    story.officer.says_what_it_may_cost("300,000")
    story.officer.chooses_the_route(ENGAGEMENT.title)
    story.officer.considers_lots()
    story.officer.sets_the_dates(QUESTIONS_UNTIL, DEADLINE)
    story.declare_and_assess_conflicts()
    story.officer.misses("Release the challenge", "UK2")
    story.officer.gives_reasons_instead("Two networks of the field were written to, and nobody was left out.")
    story.officer.makes_the_move("Release the challenge")
    story.was_funded()
    story.goes_to_tender()
    story.is_signed()
