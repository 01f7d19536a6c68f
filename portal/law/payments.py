"""When an invoice must be paid, and how late a payment is."""

from datetime import date, timedelta

from portal.law.calendar import thirty_days


def payment_due(received: date, falls_due: date | None = None, *, disputed_days: int = 0) -> date:
    """The last day on which an undisputed invoice is paid in time.

    Thirty days beginning with the day it was received or, if later, with the day on which it falls due by its own
    words: for public contracts Procurement Act 2023 s.68(2), for regulated below-threshold contracts s.88(2).

    The term does not apply while the authority disputes the invoice (s.68). How the days count once a dispute is
    settled the Act does not say: `disputed_days` stand still here, which pays earlier than beginning anew would.
    Raises ValueError for a negative number of them.
    """
    if disputed_days < 0:
        raise ValueError("A dispute cannot be settled before it began")
    return thirty_days(max(received, falls_due or received)) + timedelta(days=disputed_days)


def days_late(due: date, paid: date) -> int:
    """How many days after its last day something was paid; none where it was in time."""
    return max((paid - due).days, 0)
