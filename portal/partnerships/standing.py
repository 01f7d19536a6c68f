"""How an invoice stands on a day, in words: its clock, and whether it is late."""

from dataclasses import dataclass
from datetime import date

from portal.law.payments import days_late
from portal.partnerships.models import Invoice
from portal.partnerships.pathway import INVOICE
from portal.web.filters import long_date, plural

SOON = 7
"""Days before the last one from which an invoice is shown as pressing."""


@dataclass(frozen=True, slots=True)
class InvoiceStanding:
    """`title` and `tone` for its tag, `words` for the sentence beside it."""

    title: str
    tone: str
    words: str


def invoice_standing(invoice: Invoice, today: date) -> InvoiceStanding:
    """Where its thirty days stand today."""
    state = INVOICE[invoice.state]
    if invoice.state == "received" and invoice.due_on is not None:
        return _running(invoice.due_on, today)
    if invoice.state == "paid" and invoice.due_on is not None and invoice.paid_on is not None:
        late = days_late(invoice.due_on, invoice.paid_on)
        said = f"Paid on {long_date(invoice.paid_on)}, " + (f"{plural(late, 'day')} late" if late else "in time")
        return InvoiceStanding("Paid late" if late else state.title, "orange" if late else state.tone, said)
    words = {
        "told": "The thirty days begin with the day on which the authority received it.",
        "disputed": "The thirty days stand still until this is settled.",
    }
    return InvoiceStanding(state.title, state.tone, words.get(invoice.state, ""))


def _running(due: date, today: date) -> InvoiceStanding:
    late = days_late(due, today)
    if late:
        return InvoiceStanding("Overdue", "red", f"Was to be paid by {long_date(due)}: {plural(late, 'day')} late")
    left = (due - today).days
    said = f"Pay by {long_date(due)}: " + ("today" if left == 0 else f"{plural(left, 'day')} left")
    return InvoiceStanding("Due soon" if left <= SOON else "To be paid", "yellow" if left <= SOON else "blue", said)
