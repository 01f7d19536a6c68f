"""Two partners: one ended at its gate and settled, the other's option taken; invoices paid late and in time."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.db import clock
from portal.partnerships import services as partnering
from portal.partnerships.models import Partnership
from tests.browser.steps.cast import Cast
from tests.browser.steps.company import day
from tests.browser.steps.somebody import Insider
from tests.browser.steps.turns import Turn

DELIVERED = "Shown at the depot."


class TwoPartners(Turn):
    """Two firms with contracts at work; the paths of both."""

    paths: tuple[str, str] = ("", "")

    def begin(self) -> None:
        """Both contracts are signed, and the first phase of each waits at its gate."""
        self.was_awarded(2)
        with self.cast.database.writing() as session:
            challenge = self.challenge(session)
            challenge.purchase_announced = True
            made = self._award(session, challenge)
            first, second = made.contract(session, 0), made.contract(session, 1, option=True)
            made.activate(session)
            officer, owner = made.officer(session), made.owner(session)
            for contract in (first, second):
                partnering.sign(session, officer, contract, clock.now().date())
                partnering.start_phase(session, owner, contract.phases[0])
                partnering.deliver(session, owner, contract.phases[0], DELIVERED)
            self.paths = (f"/partnerships/{first.reference}", f"/partnerships/{second.reference}")

    def passes(self, which: int) -> None:
        """The phase at work of a partner passes its gate, the next begins and is delivered."""
        with self.cast.database.writing() as session:
            made = self._award(session, self.challenge(session))
            contract = session.scalars(
                select(Partnership).where(Partnership.reference == self.paths[which].rsplit("/", 1)[1])
            ).one()
            owner, officer = made.owner(session), made.officer(session)
            for phase in list(contract.phases):
                if phase.state == "planned":
                    partnering.start_phase(session, owner, phase)
                    partnering.deliver(session, owner, phase, DELIVERED)
                met = {each.number: True for each in phase.targets}
                for person in (owner, officer):
                    partnering.review(session, person, phase, "pass", "Seen by us both.", met)

    def decides_at_the_gate(self, who: Insider, path: str) -> None:
        """One of the two people does not pass the first phase."""
        who.visits(f"{path}/phases/1/gate")
        who.chooses("It works.", "Not met")
        who.chooses("What do you decide?", "Do not pass")
        who.writes("Why?", "The trial failed.")
        who.presses("Confirm" if who.main.get_by_role("button", name="Confirm").count() else "Decide")


@pytest.fixture
def two(cast: Cast) -> TwoPartners:
    """Everybody, at the second of March."""
    made = TwoPartners(cast)
    made.begin()
    return made


def _ends(who: Any, path: str) -> None:
    who.visits(f"{path}/end")
    who.writes("Why?", "Its gate was not passed.")
    who.main.get_by_role("button").first.click()


def test_one_is_ended_at_its_gate_and_settled_while_the_other_is_bought(two: TwoPartners) -> None:
    ended, bought = two.paths
    for who in (two.owner, two.officer):
        two.decides_at_the_gate(who, ended)
    for who in (two.owner, two.officer):
        _ends(who, ended)
    two.officer.visits(f"{ended}/settlement")
    two.officer.reads("It cannot be closed yet", "Intellectual property", "No invoice is open.")
    for matter in ("Intellectual property", "Source code, designs and documents", "The authority’s data and equipment"):
        two.officer.follows(f"Settle {matter.lower()}")
        two.officer.presses("Record as settled")
        two.officer.reads("There is a problem", "Say how it was settled.")
        two.officer.writes("How was it settled?", "As the contract says.")
        two.officer.presses("Record as settled")
        two.officer.is_told(f"{matter}: settled.")
    two.officer.follows("What the next partnership should know is written down.")
    two.officer.writes("What should the next partnership know?", "Try it on one street first.")
    two.officer.presses("Save the lessons")
    two.officer.visits(f"{ended}/settlement")
    two.officer.presses("Close the partnership")
    two.bright.visits(ended)
    two.bright.reads("Closed", "The trial failed.")
    two.tall.visits(bought)
    two.tall.reads("At work", "Targets met", "0 of 2")

    two.passes(1)
    two.officer.visits(bought)
    two.officer.unfolds("Record what was measured")
    two.officer.writes("What was measured", "Nine in ten alerts in four minutes.")
    two.officer.chooses("Is the agreed level met?", "Yes")
    two.officer.writes("What buying it would finally cost", "85,000")
    two.officer.presses("Record", exact=True)
    for who in (two.owner, two.officer):
        who.visits(bought)
        who.presses("Take the purchase option")
        who.writes("Why?", "It works for less.")
        who.main.get_by_role("button").first.click()
    two.officer.reads("Purchase option taken", "2 of 2")
    two.officer.visits(f"{bought}/benefits")
    fold = two.officer.unfolds("Record that it is in use")
    two.officer.dates("Since when is it in use?", date(2026, 3, 2), inside=fold)
    two.officer.writes("Where, and for whom?", "At every depot.", inside=fold)
    two.officer.presses("Record it", inside=fold)
    two.officer.reads("Since 2 March 2026: At every depot.")
    two.tall.visits(bought)
    two.tall.reads_nothing_of("At every depot.")


def test_an_invoice_is_paid_late_and_another_in_time(two: TwoPartners) -> None:
    page = f"{two.paths[1]}/payments"
    two.tall.visits(page)
    two.tall.presses("Tell of an invoice")
    two.tall.presses("Tell the authority")
    two.tall.reads("There is a problem", "Enter the invoice's number.", "Enter the invoice's amount.")
    two.tall.writes("Invoice number", "T-1")
    two.tall.writes("Amount", "20,000")
    two.tall.presses("Tell the authority")
    two.tall.is_told("The authority is told, and asked to confirm when it received your invoice.")

    two.officer.visits(two.cast.mailed(two.officer, "partnerships.invoice_told"))
    two.officer.dates("When was it received?", date(2026, 3, 2))
    two.officer.presses("Confirm")
    two.officer.reads("Pay by 31 March 2026: 29 days left")

    two.cast.moves_to(day(4, 3))
    two.officer.visits("/payments?show=overdue")
    two.officer.reads("T-1", "Tall Stories", "3 days late")
    two.officer.follows("T-1")
    two.officer.dates("When was it paid?", date(2026, 4, 2))
    two.officer.presses("Record as paid")
    two.officer.reads("Paid late", "Paid on 2 April 2026, 2 days late")

    two.officer.visits(f"{page}/new")
    two.officer.writes("Invoice number", "T-2")
    two.officer.writes("Amount", "20,000")
    two.officer.dates("When was it received?", date(2026, 4, 3))
    two.officer.presses("Record it")
    two.cast.moves_to(day(4, 3) + timedelta(days=29))
    two.officer.visits("/payments")
    two.officer.follows("T-2")
    two.officer.reads("Due soon", "today")
    two.officer.dates("When was it paid?", date(2026, 5, 2))
    two.officer.presses("Record as paid")
    two.officer.reads("in time")
    two.officer.visits("/payments?show=late")
    two.officer.reads("1 of 2 paid invoices was paid in time", "T-1")
    two.officer.reads_nothing_of("T-2")
    two.tall.visits(page)
    two.tall.reads("Paid late", "£40,000")
    two.bright.visits(f"{two.paths[0]}/payments")
    two.bright.reads_nothing_of("T-1", "T-2")
