"""The life of an invoice: told or received, perhaps disputed, paid or sent back."""

from typing import Any

from portal.law.calendar import london_date
from portal.machine import Machine, Move, Situation, State, requirement
from portal.policy import Permission


@requirement("The day on which the invoice was received is known, and is not in the future.")
def receipt_known(at: Situation[Any]) -> bool:
    """The thirty days begin with it (Procurement Act 2023 s.68(2))."""
    received = at.subject.received_on
    return received is not None and received <= london_date(at.now)


@requirement("The day of payment and the amount are known, and the day is not in the future.")
def payment_known(at: Situation[Any]) -> bool:
    """What is only planned is not paid."""
    row = at.subject
    return row.paid_on is not None and row.paid_on <= london_date(at.now) and bool(row.paid_pence)


@requirement("Where less was paid than is due, it is said why.")
def shortfall_explained(at: Situation[Any]) -> bool:
    """A sum that is kept back without a word would be a dispute nobody was told of."""
    row = at.subject
    return row.paid_pence is None or row.paid_pence >= row.amount_pence or bool(row.paid_note)


def _keep_dispute(at: Situation[Any]) -> None:
    at.subject.dispute_reason = str(at.given["reason"]).strip()


def _keep_settlement(at: Situation[Any]) -> None:
    at.subject.settlement = str(at.given["reason"]).strip()


def _keep_end(at: Situation[Any]) -> None:
    at.subject.end_reason = str(at.given["reason"]).strip()


_PROCURE = (Permission.CHALLENGE_PROCURE,)
OPEN_INVOICE = frozenset({"told", "received", "disputed"})
"""States in which an invoice is neither paid nor off the table."""

INVOICE = Machine(
    "invoice",
    title="Invoice",
    initial="told",
    states=(
        State("told", "Waiting for the authority to confirm", tone="yellow"),
        State("received", "To be paid", tone="blue"),
        State("disputed", "Disputed", tone="orange"),
        State("paid", "Paid", end=True, tone="green"),
        State("sent_back", "Sent back", end=True, tone="grey"),
        State("taken_back", "Taken back by the firm", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="receive",
            title="Confirm that it was received",
            sources=frozenset({"told"}),
            target="received",
            who=_PROCURE,
            requirements=(receipt_known,),
            meaning="The thirty days begin with the day of receipt.",
        ),
        Move(
            name="dispute",
            title="Dispute it",
            sources=frozenset({"received"}),
            target="disputed",
            who=_PROCURE,
            stamps=("disputed_at",),
            asks=("reason",),
            effects=(_keep_dispute,),
            meaning="The firm is told at once, and the thirty days stand still until it is settled.",
        ),
        Move(
            name="settle",
            title="Record that the dispute is settled",
            sources=frozenset({"disputed"}),
            target="received",
            who=_PROCURE,
            stamps=("settled_at",),
            asks=("reason",),
            effects=(_keep_settlement,),
        ),
        Move(
            name="pay",
            title="Record that it was paid",
            sources=frozenset({"received"}),
            target="paid",
            who=_PROCURE,
            requirements=(payment_known, shortfall_explained),
        ),
        Move(
            name="send_back",
            title="Send it back",
            sources=OPEN_INVOICE,
            target="sent_back",
            who=_PROCURE,
            asks=("reason",),
            effects=(_keep_end,),
            meaning="It is not a valid invoice, or is not owed: the firm is told why.",
        ),
        Move(
            name="take_back",
            title="Take it back",
            sources=OPEN_INVOICE,
            target="taken_back",
            who=(Permission.RESPONSE_WRITE,),
        ),
    ),
)
