"""What a director sees first: money, targets, the next gate, and what is late."""

from datetime import date, timedelta

import pytest
from flask import Flask

from portal.db import Database, clock
from portal.partnerships import services as partnering
from portal.partnerships.glance import glance_at
from portal.partnerships.plans import Payment
from portal.partnerships.services import payments as paying
from tests.support.awarded import MONDAY
from tests.support.partnered import SIGNED, Partners, partners
from tests.support.visit import Visit, said


@pytest.fixture
def made(database: Database) -> Partners:
    with database.writing() as session:
        return partners(session, option=True)


def test_money_targets_gate_and_what_is_late_are_counted(database: Database, made: Partners) -> None:
    with database.writing() as session:
        contract, owner, officer = made.contract(session), made.owner(session), made.officer(session)
        paid, _open = made.invoice(session, number="1", amount_pence=1_000_000), made.invoice(session, number="2")
        paying.pay(session, officer, paid, Payment(SIGNED, 1_000_000), paid.version)
        first = contract.phases[0]
        partnering.start_phase(session, owner, first)
        partnering.deliver(session, owner, first, "Shown.")
        assert glance_at(contract, SIGNED).next_gate is first
        partnering.review(session, owner, first, "pass", "Seen.", {1: True})
        partnering.review(session, officer, first, "pass", "Seen.", {1: True})
        session.refresh(contract)
        now = glance_at(contract, date(2026, 12, 23))
        assert (now.targets, now.met, now.missed, now.next_gate) == (2, 1, 0, contract.phases[1])
        assert [(each.name, each.left, each.width) for each in now.bar] == [("paid", 0.0, 25.0), ("open", 25.0, 50.0)]
        assert [each.words for each in now.late] == ["Invoice 2. Was to be paid by 22 December 2026: 1 day late."]
        much_later = [each.words for each in glance_at(contract, date(2028, 1, 1)).late]
        assert much_later[0].startswith("Phase 2 was to end on")
        assert much_later[1] == "The purchase option ran out on 31 December 2027."


def test_the_page_shows_it_to_both_sides(app: Flask, database: Database, made: Partners, visit: Visit) -> None:
    with database.writing() as session:
        made.invoice(session)
    with clock.stopped_at(MONDAY + timedelta(days=40)):
        for person in (made.award.officer_id, made.award.people[0]):
            shown = said(visit(person), f"/partnerships/{made.references[0]}")
            assert "Committed £40,000 Invoiced £20,000 Paid £0 Left £20,000 Targets met 0 of 2" in shown
            assert "11 days late" in shown
            assert "Phases in figures" in shown
