"""The invoices of a partnership: those the texts tell of, and one for each other phase that has passed its gate."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from portal.db import clock
from portal.demo import shapes
from portal.demo.walking.changing import contract_of
from portal.demo.walking.notices import publish_due
from portal.demo.walking.walk import Act, Acts, Walk, there
from portal.law.calendar import london_date
from portal.law.notices import NoticeKind
from portal.notices.models import Moment
from portal.partnerships.models import Invoice, Partnership, Phase
from portal.partnerships.plans import Billed, Payment
from portal.partnerships.queries import contracts_of, invoice_inside
from portal.partnerships.services import payments

DAYS_TO_SEND, DAYS_TO_PAY = 2, 21
DAYS_TO_PUBLISH = 6
"""From a large payment until its notice; the law gives thirty after the quarter's end."""


def bill(walk: Walk) -> Acts:
    """The invoices the texts tell of, each act on its own day, beside whatever else happens to the partners."""
    acts = [act for said in there(walk.text.partnership).bills for act in _acts(walk, said)]
    for moment, act in sorted(acts, key=lambda each: each[0]):
        yield moment
        act()


def _acts(walk: Walk, said: shapes.Bill) -> Iterator[tuple[datetime, Callable[[], None]]]:
    world, references = walk.world, list[str]()
    yield world.moment(said.sent, 9), lambda: references.append(_send(walk, said))
    yield world.moment(said.sent, 16), lambda: _receive(walk, references[0])
    if said.disputed is not None:
        yield world.moment(said.disputed, 11), lambda: _dispute(walk, references[0], there(said.dispute))
    if said.paid is not None:
        yield world.moment(said.paid, 15), lambda: _pay(walk, references[0])
        if said.paid + DAYS_TO_PUBLISH < 0:
            yield world.moment(said.paid + DAYS_TO_PUBLISH, 11), lambda: _publish(walk)


def _send(walk: Walk, said: shapes.Bill) -> str:
    with walk.acting(walk.world.answers_for(said.firm)) as act:
        contract = contract_of(walk, act, said.firm, act.published)
        phase = next(each for each in contract.phases if each.number == said.phase)
        billed = Billed(said.number, said.pounds * 100, contract.challenge.vat, phase)
        return payments.tell_of_invoice(act.session, act.actor, contract, billed).reference


def _receive(walk: Walk, reference: str) -> None:
    with walk.as_officer() as act:
        invoice = _found(act, reference)
        payments.receive(act.session, act.actor, invoice, london_date(clock.now()), invoice.version)


def _dispute(walk: Walk, reference: str, reason: str) -> None:
    with walk.as_officer() as act:
        invoice = _found(act, reference)
        payments.dispute(act.session, act.actor, invoice, reason, invoice.version)


def _pay(walk: Walk, reference: str) -> None:
    with walk.as_officer() as act:
        invoice = _found(act, reference)
        payment = Payment(london_date(clock.now()), invoice.amount_pence)
        payments.pay(act.session, act.actor, invoice, payment, invoice.version)


def _publish(walk: Walk) -> None:
    with walk.as_officer() as act:
        publish_due(act, Moment.RUNNING, only=[NoticeKind.UK8])


def _found(act: Act, reference: str) -> Invoice:
    return there(invoice_inside(act.session, act.actor, reference))


def bill_the_rest(walk: Walk) -> Acts:
    """Record what else was invoiced and paid three weeks later; a gate of the last weeks leaves its invoice open."""
    yield walk.at(-1, 14)
    with walk.as_officer() as act:
        for contract in contracts_of(act.session, act.challenge):
            billed = {each.phase_id for each in contract.invoices}
            for phase in contract.phases:
                if phase.state == "passed" and phase.payment_pence and phase.id not in billed:
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
