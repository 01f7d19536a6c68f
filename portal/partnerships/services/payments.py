"""Invoices: told of by the firm or recorded by the authority, disputed, paid, sent or taken back."""

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.db import clock, expect_version, hold, share
from portal.law.calendar import LONDON, london_date
from portal.law.payments import payment_due
from portal.machine import NotNow
from portal.partnerships.effects import officers_of, tell, tell_officers
from portal.partnerships.models import Invoice, Partnership
from portal.partnerships.plans import Billed, Payment
from portal.partnerships.queries import NOT_YET, invoice_numbered
from portal.policy import Actor
from portal.workflow import fire

REMIND_DAYS_BEFORE = 7
"""How long before its last day the officers are reminded of an invoice. Ours; no rule names a number."""


def tell_of_invoice(session: Session, actor: Actor, contract: Partnership, billed: Billed) -> Invoice:
    """The firm says that it has sent an invoice; the officers are asked to confirm when they received it.

    Raises `NotNow` where the contract takes no invoices, or has one with this number already.
    """
    invoice = _begin(session, actor, contract, billed)
    tell_officers(session, contract, "partnerships.invoice_told", invoice=invoice.reference)
    return invoice


def record_invoice(session: Session, actor: Actor, contract: Partnership, billed: Billed, received_on: date) -> Invoice:
    """The authority records an invoice it received; its thirty days begin.

    Raises what `tell_of_invoice` and `receive` raise.
    """
    invoice = _begin(session, actor, contract, billed)
    _receive(session, actor, invoice, received_on)
    return invoice


def receive(session: Session, actor: Actor, invoice: Invoice, received_on: date, version: int | None) -> None:
    """Confirm an invoice the firm told of. Raises `MoveRefused` for a day in the future."""
    _hold(session, invoice, version)
    _receive(session, actor, invoice, received_on)


def dispute(session: Session, actor: Actor, invoice: Invoice, reason: str, version: int | None) -> None:
    """Dispute an invoice; the firm is told in the same breath.

    Without undue delay, says Procurement Act 2023 s.68; until it is settled, the thirty days do not run.
    """
    _hold(session, invoice, version)
    fire(session, actor, invoice, "dispute", reason=reason)
    _tell_firm(session, invoice, "partnerships.invoice_disputed")


def settle(
    session: Session, actor: Actor, invoice: Invoice, reason: str, amount_pence: int, version: int | None
) -> None:
    """Settle a dispute at an amount both agree on; the days it lasted are added to the last day for paying."""
    _hold(session, invoice, version)
    fire(session, actor, invoice, "settle", reason=reason)
    assert invoice.received_on is not None
    assert invoice.disputed_at is not None
    assert invoice.due_on is not None
    stood_still = (london_date(clock.now()) - london_date(invoice.disputed_at)).days
    invoice.amount_pence, invoice.due_on = amount_pence, invoice.due_on + timedelta(days=stood_still)
    _remind(session, invoice)
    _tell_firm(session, invoice, "partnerships.invoice_settled")


def pay(session: Session, actor: Actor, invoice: Invoice, payment: Payment, version: int | None) -> None:
    """Record that an invoice was paid. Raises `MoveRefused` for a day in the future or a shortfall without a word."""
    _hold(session, invoice, version)
    invoice.paid_on, invoice.paid_pence, invoice.paid_note = payment.paid_on, payment.paid_pence, payment.note
    fire(session, actor, invoice, "pay")
    _tell_firm(session, invoice, "partnerships.invoice_paid")


def send_back(session: Session, actor: Actor, invoice: Invoice, reason: str, version: int | None) -> None:
    """Send an invoice back that is not valid or not owed, and tell the firm why (Procurement Act 2023 s.68)."""
    _hold(session, invoice, version)
    fire(session, actor, invoice, "send_back", reason=reason)
    _tell_firm(session, invoice, "partnerships.invoice_back")


def take_back(session: Session, actor: Actor, invoice: Invoice) -> None:
    """The firm takes its own invoice back; the officers are told."""
    fire(session, actor, invoice, "take_back")
    tell_officers(session, invoice.partnership, "partnerships.invoice_taken_back", invoice=invoice.reference)


def _begin(session: Session, actor: Actor, contract: Partnership, billed: Billed) -> Invoice:
    share(session, contract.challenge)
    hold(session, contract)
    if contract.state in NOT_YET or contract.state == "closed":
        raise NotNow("Invoices belong to a contract from its activation until it is closed.")
    if invoice_numbered(session, contract, billed.number) is not None:
        raise NotNow(f"Invoice {billed.number} is recorded already under this contract.")
    now = clock.now()
    invoice = Invoice(
        partnership=contract,
        phase=billed.phase,
        number=billed.number,
        amount_pence=billed.amount_pence,
        vat=billed.vat,
        falls_due_on=billed.falls_due_on,
        told_at=now,
        told_by_id=actor.person_id,
        state="told",
        state_since=now,
    )
    session.add(invoice)
    session.flush()
    journal.record(session, actor, "invoice.tell", ("invoice", invoice.id), challenge_id=contract.challenge_id)
    return invoice


def _receive(session: Session, actor: Actor, invoice: Invoice, received_on: date) -> None:
    invoice.received_on, invoice.due_on = received_on, payment_due(received_on, invoice.falls_due_on)
    fire(session, actor, invoice, "receive")
    _remind(session, invoice)
    _tell_firm(session, invoice, "partnerships.invoice_received")


def _remind(session: Session, invoice: Invoice) -> None:
    """Queue what the officers get a week before the last day, and on the morning after it, unless it is paid by then.

    Whether it still stands to be paid by that day is asked when the reminder is worded. One recorded late has no week
    ahead to be reminded of.
    """
    assert invoice.due_on is not None
    contract, due = invoice.partnership, invoice.due_on
    today, week_before = london_date(clock.now()), due - timedelta(days=REMIND_DAYS_BEFORE)
    moments = {"partnerships.invoice_due": week_before, "partnerships.invoice_overdue": due + timedelta(days=1)}
    for kind, day in moments.items():
        if day is week_before and day < today:
            continue
        for officer in officers_of(session, contract):
            outbox.queue(
                session,
                kind,
                officer,
                once_key=f"{kind}:{invoice.id}:{officer}:{due}",
                due_at=datetime.combine(day, time(9), LONDON),
                invoice=invoice.reference,
                due=due.isoformat(),
            )


def _hold(session: Session, invoice: Invoice, version: int | None) -> None:
    """The challenge first, as everywhere, then the row; a stale form is noticed."""
    hold(session, invoice.root())
    hold(session, invoice)
    expect_version(invoice, version)


def _tell_firm(session: Session, invoice: Invoice, kind: str) -> None:
    tell(session, invoice.partnership, kind, invoice=invoice.reference)
