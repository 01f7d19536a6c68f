"""What officers and firms are told about invoices. Amounts and reasons stay behind the sign-in."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.outbox.messages import Mail, message
from portal.partnerships.messages.about import mail_about
from portal.partnerships.models import Invoice


def _reminder(session: Session, invoice: str, due: str, kind: str, subject: str) -> Mail | None:
    """Nothing where it is paid, disputed or sent back by now, or its last day has moved."""
    standing = select(Invoice.id).where(
        Invoice.reference == invoice, Invoice.state == "received", Invoice.due_on == date.fromisoformat(due)
    )
    return mail_about(session, Invoice, invoice, kind, subject) if session.scalar(standing) else None


@message("partnerships.invoice_told")
def told(session: Session, *, invoice: str) -> Mail | None:
    """To the officers: a partner says that it has sent an invoice."""
    return mail_about(session, Invoice, invoice, "told", "A partner has sent an invoice")


@message("partnerships.invoice_taken_back")
def taken_back(session: Session, *, invoice: str) -> Mail | None:
    """To the officers: nothing is to be paid on it any more."""
    return mail_about(session, Invoice, invoice, "taken_back", "A partner took an invoice back")


@message("partnerships.invoice_due")
def due_soon(session: Session, *, invoice: str, due: str) -> Mail | None:
    """To the officers: the last day for paying is a week away."""
    return _reminder(session, invoice, due, "due", "An invoice is due in a week")


@message("partnerships.invoice_overdue")
def overdue(session: Session, *, invoice: str, due: str) -> Mail | None:
    """To the officers: the last day for paying has passed."""
    return _reminder(session, invoice, due, "overdue", "An invoice is overdue")


@message("partnerships.invoice_received")
def received(session: Session, *, partnership: str, invoice: str) -> Mail | None:
    """To the firm: its invoice has arrived, and by when it is to be paid."""
    return mail_about(session, Invoice, invoice, "received", "Your invoice was received")


@message("partnerships.invoice_disputed")
def disputed(session: Session, *, partnership: str, invoice: str) -> Mail | None:
    """To the firm: the authority disputes its invoice."""
    return mail_about(session, Invoice, invoice, "disputed", "Your invoice is disputed")


@message("partnerships.invoice_settled")
def settled(session: Session, *, partnership: str, invoice: str) -> Mail | None:
    """To the firm: the dispute is settled, and by when the invoice is to be paid now."""
    return mail_about(session, Invoice, invoice, "settled", "The dispute about your invoice is settled")


@message("partnerships.invoice_paid")
def paid(session: Session, *, partnership: str, invoice: str) -> Mail | None:
    """To the firm: its invoice was paid."""
    return mail_about(session, Invoice, invoice, "paid", "Your invoice was paid")


@message("partnerships.invoice_back")
def back(session: Session, *, partnership: str, invoice: str) -> Mail | None:
    """To the firm: its invoice was not accepted."""
    return mail_about(session, Invoice, invoice, "back", "Your invoice was sent back")
