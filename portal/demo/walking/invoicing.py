"""The invoices of a partnership: one for each phase that has passed its gate, paid three weeks after it came."""

from datetime import timedelta

from portal.db import clock
from portal.demo.walking.walk import Act, Acts, Walk
from portal.law.calendar import london_date
from portal.partnerships.models import Partnership, Phase
from portal.partnerships.plans import Billed, Payment
from portal.partnerships.queries import contracts_of
from portal.partnerships.services import payments

DAYS_TO_SEND, DAYS_TO_PAY = 2, 21


def run(walk: Walk) -> Acts:
    """Record what was invoiced, and what of it was paid by now; a gate of the last weeks leaves its invoice open."""
    yield walk.at(-1, 14)
    with walk.as_officer() as act:
        for contract in contracts_of(act.session, act.challenge):
            for phase in contract.phases:
                if phase.state == "passed" and phase.payment_pence:
                    _bill(act, contract, phase)


def _bill(act: Act, contract: Partnership, phase: Phase) -> None:
    assert phase.decided_at is not None
    today = london_date(clock.now())
    received = min(london_date(phase.decided_at) + timedelta(days=DAYS_TO_SEND), today)
    billed = Billed(f"{contract.number}{phase.number:03}", phase.payment_pence, act.challenge.vat, phase)
    invoice = payments.record_invoice(act.session, act.actor, contract, billed, received)
    paid_on = received + timedelta(days=DAYS_TO_PAY)
    if paid_on <= today:
        payment = Payment(paid_on, invoice.amount_pence)
        payments.pay(act.session, act.actor, invoice, payment, invoice.version)
