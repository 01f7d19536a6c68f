"""Names in payments of which nobody knows where they are, the most money first; and what people said of others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.network.local import Circles
from portal.network.spend.models import Payee, PayeePlace, SpendSum
from portal.network.spend.whereabouts import Whose, whereabouts
from portal.organisations.models import Organisation
from portal.web.paging import Page, page_of

_TO_BE_SAID = (Whose.OTHERS.value, Whose.OFFICE.value, Whose.SAID.value)
"""Firms here say themselves where they are, and of names in doubt somebody says first whose they are."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A name, and what was paid to it in all files, in pence. `before`: what was said of it and holds no longer."""

    payee: Payee
    pence: int
    payments: int
    before: PayeePlace | None


def unplaced(session: Session, authority: Organisation, circles: Circles, *, number: int) -> Page[Unplaced]:
    """One page of those that lie in no circle; one statement for the names, one for what was said of them before."""
    paid = _paid(authority)
    where = whereabouts(circles)
    rows = (
        where.join(select(Payee, paid.c.pence, paid.c.payments).join(paid, paid.c.payee_id == Payee.id))
        .where(where.ring.is_(None), where.whose.in_(_TO_BE_SAID))
        .order_by(paid.c.pence.desc(), Payee.id)
    )
    return page_of(session, rows, number=number, read=_read)


def _paid(authority: Organisation) -> Any:
    return (
        select(
            SpendSum.payee_id,
            func.sum(SpendSum.pence).label("pence"),
            func.sum(SpendSum.payments).label("payments"),
        )
        .where(SpendSum.organisation_id == authority.id)
        .group_by(SpendSum.payee_id)
        .subquery()
    )


def _read(session: Session, rows: Select[Any]) -> Sequence[Unplaced]:
    found = session.execute(rows).all()
    said = select(PayeePlace).where(PayeePlace.payee_id.in_([payee.id for payee, *_ in found]))
    before = {each.payee_id: each for each in session.scalars(said)}
    return [Unplaced(payee, int(pence), int(count), before.get(payee.id)) for payee, pence, count in found]


def paid_to(session: Session, payee: Payee) -> int:
    """What an authority paid somebody in all its files, in pence."""
    return int(session.scalar(select(func.sum(SpendSum.pence)).where(SpendSum.payee_id == payee.id)) or 0)


def categories_of(session: Session, payee: Payee, *, most: int = 5) -> Sequence[str]:
    """What somebody was paid for, the most money first."""
    rows = select(SpendSum.category).where(SpendSum.payee_id == payee.id, SpendSum.category != "")
    ordered = rows.group_by(SpendSum.category).order_by(func.sum(SpendSum.pence).desc(), SpendSum.category)
    return session.scalars(ordered.limit(most)).all()


def place_said(session: Session, payee: Payee) -> PayeePlace | None:
    """What was said of one name, whether it still holds or not."""
    rows = select(PayeePlace).where(PayeePlace.payee_id == payee.id).options(joinedload(PayeePlace.said_by))
    return session.scalars(rows).first()


def places_said(session: Session, authority: Organisation, *, number: int) -> Page[PayeePlace]:
    """What people of an authority said of whom, the latest first."""
    rows = (
        select(PayeePlace)
        .join(PayeePlace.payee)
        .where(Payee.organisation_id == authority.id)
        .options(contains_eager(PayeePlace.payee), joinedload(PayeePlace.said_by))
        .order_by(PayeePlace.said_at.desc(), PayeePlace.id.desc())
    )
    return page_of(session, rows, number=number)
