"""Plain values as the standard writes them."""

from datetime import date, datetime
from typing import Any

from portal.law.calendar import LONDON
from portal.law.money import Vat, with_vat

Body = dict[str, Any]


def filled(**fields: Any) -> Body:
    """The fields that hold something: the standard leaves out what is not known rather than saying null."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def moment(when: datetime | None) -> str | None:
    """A moment in UTC to the second (RFC 3339)."""
    return None if when is None else when.strftime("%Y-%m-%dT%H:%M:%SZ")


def day(when: date | None) -> str | None:
    """The beginning of a day in London, since the standard knows moments only."""
    if when is None:
        return None
    return datetime(when.year, when.month, when.day, tzinfo=LONDON).isoformat()


def last_moment(when: date | None) -> str | None:
    """The last second of a day in London."""
    if when is None:
        return None
    return datetime(when.year, when.month, when.day, 23, 59, 59, tzinfo=LONDON).isoformat()


def money(pence: int | None, vat: Vat) -> Body | None:
    """An amount in pounds: `amount` before VAT where that is known, `amountGross` with it (UK extension)."""
    if pence is None:
        return None
    net = None if vat is Vat.INCLUSIVE else _pounds(pence)
    return filled(amount=net, amountGross=_pounds(with_vat(pence, vat)), currency="GBP")


def _pounds(pence: int) -> int | float:
    whole, rest = divmod(pence, 100)
    return whole if rest == 0 else pence / 100


def period(start: datetime | None, end: datetime | None) -> Body:
    """From one moment to another; empty where neither is known."""
    return filled(startDate=moment(start), endDate=moment(end))
