"""A council, two firms, and the parts of a challenge that every pathway goes through."""

from datetime import UTC, date, datetime

from playwright.sync_api import expect

from portal.policy import Role
from tests.browser.steps.adviser import Adviser
from tests.browser.steps.assessor import Assessor
from tests.browser.steps.budget_holder import BudgetHolder
from tests.browser.steps.cast import Cast
from tests.browser.steps.firm import Firm
from tests.browser.steps.guest import Guest
from tests.browser.steps.officer import Officer
from tests.browser.steps.owner import Owner
from tests.support import make

TITLE = "Buses that wait for the people who need them"
DEADLINE = datetime(2026, 4, 14, 11, tzinfo=UTC)
QUESTIONS_UNTIL = datetime(2026, 4, 1, 11, tzinfo=UTC)


def day(month: int, number: int, hour: int = 9) -> datetime:
    """A moment of the year of the walks."""
    return datetime(2026, month, number, hour, tzinfo=UTC)


class Company:
    """Everybody who takes part, at the second of March."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.reference = cast, ""
        cast.clock.set(day(3, 2))
        with cast.database.writing() as session:
            council = make.authority(session, name="Larkfield Council", code="LC")
            bright, tall = make.supplier(session, name="Bright Signs"), make.supplier(session, name="Tall Stories")
            hub = make.partner(session, name="Growth hub north")
            self.council, ours, theirs, helper = council.id, bright.id, tall.id, hub.id
        meet, lead = cast.meet, self.council
        self.owner = meet(Owner, "Olive Owner", (Role.CHALLENGE_OWNER, lead))
        self.both = meet(Officer, "Bert Both", (Role.CHALLENGE_OWNER, lead), (Role.PROCUREMENT_OFFICER, lead))
        self.officer = meet(Officer, "Petra Procurement", (Role.PROCUREMENT_OFFICER, lead))
        self.opener = meet(Officer, "Oscar Opener", (Role.PROCUREMENT_OFFICER, lead))
        self.budget = meet(BudgetHolder, "Bea Budget", (Role.BUDGET_HOLDER, lead))
        self.first = meet(Assessor, "Ada Assessor", (Role.CHALLENGE_OWNER, lead), phone=True)
        self.second = meet(Assessor, "Sol Assessor", (Role.CHALLENGE_OWNER, lead), phone=True)
        self.adviser = meet(Adviser, "Ava Adviser", (Role.SUPPORT_ADVISER, helper))
        self.guest = meet(Guest, "Gus Guest", phone=True)
        self.bright = meet(Firm, "Bryn Bright", (Role.SUPPLIER_ADMINISTRATOR, ours), phone=True)
        self.tall = meet(Firm, "Tara Tall", (Role.SUPPLIER_ADMINISTRATOR, theirs))

    def declare_and_assess_conflicts(self) -> None:
        """Owner and officer declare, the officer assesses."""
        self.owner.declares_no_interest()
        self.officer.declares_no_interest()
        self.officer.assesses_conflicts()

    def answer(self, firm: Firm, words: str, price: str) -> None:
        """A firm answers in one go."""
        firm.begins_to_answer(self.reference)
        firm.writes_the_response(words, price)
        firm.submits()

    def open(self, at: datetime, *firms: str) -> None:
        """The clock closes, two people open, the officer decides who may be assessed."""
        self.cast.moves_to(at)
        self.officer.opens_the_responses()
        self.officer.is_told("Noted. A second person must open too.")
        self.officer.reads_nothing_of(*firms)
        self.opener.opens_the_responses()
        self.opener.is_told("The responses are open.")
        self.opener.reads(*firms)
        self.officer.finds_eligible(*firms)
        if len(firms) == 1:
            self.officer.explains_the_outreach()

    def judge(self, *firms: str, move: str = "Select firms and send outcomes", apart: bool = False) -> None:
        """Assessors declare, score alone and lock; the panel meets where scores lie apart; everyone is told."""
        self.officer.puts_on_the_panel("Ada Assessor", "Sol Assessor")
        self.officer.gives_out_the_responses()
        best, *others = firms
        for firm in others:
            self.first.scores(firm, 3, 3)
            self.second.scores(firm, 3, 3)
        self.first.scores(best, 5, 4)
        self.officer.goes_to_the_panel()
        expect(self.officer.main.get_by_role("button", name="Open all scores")).to_have_count(0)
        self.second.scores(best, 2 if apart else 4, 4)
        self.officer.opens_the_scores()
        if apart:
            self.officer.moderates(best, 4)
        self.officer.decides_by_the_ranking(*firms)
        self.officer.makes_the_move(move)

    def write_the_contract(self, firm: str, value: str = "27,000") -> None:
        """In two phases."""
        self.officer.writes_the_contract(firm, value, ("12,000", "15,000"), date(2026, 7, 6))

    def tell_before_the_contract(self, firm: str) -> None:
        """The contract is held back until the chosen firm has said four things, and an officer has looked them up."""
        self.officer.asks_the_chosen_firms()
        self.officer.misses("Activate the partnership", f"{firm}: waiting for the firm.")
        self.bright.answers_before_the_contract("h4TnV9pQ", "Post Founders Ltd")
        self.officer.checks_what_a_firm_said(firm, "h4TnV9pQ", "Casts the posts")

    def sign(self, on: datetime) -> None:
        """The contract is signed and the first phase starts."""
        self.officer.makes_the_move("Activate the partnership")
        self.officer.signs(on.date())
        self.owner.starts_the_phase(1)
        self.bright.sees_the_partnership("C-2026-118", "£27,000", "Trial 1", "Counted by their trainers")
