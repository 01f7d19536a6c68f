"""Finding invoices: the authority's people all of theirs, a firm its own contract's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.challenges.models import Challenge
from portal.challenges.queries import read_inside, visible_inside
from portal.organisations.models import Organisation
from portal.partnerships.models import Invoice, Partnership
from portal.partnerships.pathway import OPEN_INVOICE
from portal.partnerships.queries.contracts import own_contract
from portal.policy import Actor


def _whole() -> Select[Any]:
    contract = joinedload(Invoice.partnership, innerjoin=True)
    return (
        select(Invoice)
        .join(Partnership, Partnership.id == Invoice.partnership_id)
        .join(Challenge, Challenge.id == Partnership.challenge_id)
        .options(
            contract.joinedload(Partnership.organisation, innerjoin=True),
            contract.joinedload(Partnership.challenge, innerjoin=True).joinedload(Challenge.lead, innerjoin=True),
        )
    )


def invoice_visible(session: Session, actor: Actor, reference: str) -> Invoice | None:
    """An invoice for the people of its authorities and for the firms of its own contract."""
    rows = _whole().where(Invoice.reference == reference, or_(visible_inside(actor), own_contract(actor)))
    return session.scalars(rows).first()


def invoice_inside(session: Session, actor: Actor, reference: str) -> Invoice | None:
    """An invoice for the people of its authorities only."""
    return session.scalars(_whole().where(Invoice.reference == reference, visible_inside(actor))).first()


def own_invoice(session: Session, actor: Actor, reference: str) -> Invoice | None:
    """An invoice for the firms of its own contract only."""
    return session.scalars(_whole().where(Invoice.reference == reference, own_contract(actor))).first()


def invoice_numbered(session: Session, contract: Partnership, number: str) -> Invoice | None:
    """The invoice of a contract that has this number of the firm's."""
    found = select(Invoice).where(Invoice.partnership_id == contract.id, Invoice.number == number)
    return session.scalars(found).first()


def invoices_of(contract: Partnership) -> Select[Any]:
    """Every invoice of a contract: what is open first, then by its last day."""
    return (
        select(Invoice)
        .where(Invoice.partnership_id == contract.id)
        .order_by(Invoice.state.not_in(OPEN_INVOICE), Invoice.due_on.is_not(None), Invoice.due_on, Invoice.id)
    )


def payments_made(session: Session, challenge: Challenge) -> Sequence[Invoice]:
    """What was paid under every contract of a challenge, with the contract and its firm, in the order of payment."""
    return session.scalars(
        select(Invoice)
        .join(Invoice.partnership)
        .join(Partnership.organisation)
        .options(contains_eager(Invoice.partnership).contains_eager(Partnership.organisation))
        .where(Partnership.challenge_id == challenge.id, Invoice.state == "paid")
        .order_by(Invoice.paid_on, Invoice.id)
        .limit(2_000)
    ).all()


def _standing(today: date) -> dict[str, ColumnElement[bool]]:
    paid = Invoice.state == "paid"
    return {
        "open": Invoice.state.in_(OPEN_INVOICE),
        "overdue": (Invoice.state == "received") & (Invoice.due_on < today),
        "told": Invoice.state == "told",
        "disputed": Invoice.state == "disputed",
        "late": paid & (Invoice.paid_on > Invoice.due_on),
        "paid": paid,
    }


SHOWN = {
    "open": "Everything still open",
    "overdue": "Overdue",
    "told": "To be confirmed",
    "disputed": "Disputed",
    "late": "Paid late",
    "paid": "Paid",
}
"""Which invoices a list can show, by their word in its address."""


def invoices_inside(actor: Actor, today: date, *, show: str, authority: str) -> Select[Any]:
    """The invoices this person's authorities have received, the most pressing first.

    `show` is a word of `SHOWN`; `authority` the reference of one authority, empty for all of them.
    """
    rows = (
        select(Invoice)
        .join(Invoice.partnership)
        .join(Partnership.challenge)
        .join(Partnership.organisation)
        .options(contains_eager(Invoice.partnership).contains_eager(Partnership.organisation))
        .options(contains_eager(Invoice.partnership).contains_eager(Partnership.challenge))
        .where(read_inside(actor), _standing(today)[show])
        .order_by(Invoice.due_on.is_not(None), Invoice.due_on, Invoice.id)
    )
    if authority:
        rows = rows.where(Challenge.lead_id.in_(select(Organisation.id).where(Organisation.reference == authority)))
    return rows


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How promptly invoices were paid: how many in all, and how many of them by their last day."""

    paid: int
    in_time: int


def punctuality(session: Session, actor: Actor, *, authority: str) -> Punctuality:
    """Counted over every paid invoice this person's authorities have received."""
    in_time = func.coalesce(func.sum(case((Invoice.paid_on <= Invoice.due_on, 1), else_=0)), 0)
    rows = (
        select(func.count(Invoice.id), in_time)
        .select_from(Invoice)
        .join(Partnership, Partnership.id == Invoice.partnership_id)
        .join(Challenge, Challenge.id == Partnership.challenge_id)
        .where(read_inside(actor), Invoice.state == "paid")
    )
    if authority:
        rows = rows.where(Challenge.lead_id.in_(select(Organisation.id).where(Organisation.reference == authority)))
    return Punctuality(*session.execute(rows).one())


def billing_authorities(actor: Actor) -> Select[str, str]:
    """The authorities with invoices this person may see, by name."""
    return (
        select(Organisation.reference, Organisation.name)
        .join(Challenge, Challenge.lead_id == Organisation.id)
        .join(Partnership, Partnership.challenge_id == Challenge.id)
        .join(Invoice, Invoice.partnership_id == Partnership.id)
        .where(read_inside(actor))
        .distinct()
        .order_by(Organisation.name, Organisation.reference)
        .limit(100)
    )
