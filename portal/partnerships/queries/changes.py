"""Finding changes of contract: the authority's people all of them, a firm its own once they are agreed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.challenges.models import Challenge
from portal.challenges.queries import visible_inside
from portal.partnerships.models import ContractChange, Partnership
from portal.partnerships.queries.contracts import own_contract
from portal.policy import Actor

AGREED = ("agreed", "in_force")
"""States in which a change is no longer the authority's own thought, so that its firm sees it."""


def _whole() -> Select[Any]:
    contract = joinedload(ContractChange.partnership, innerjoin=True)
    return (
        select(ContractChange)
        .join(Partnership, Partnership.id == ContractChange.partnership_id)
        .join(Challenge, Challenge.id == Partnership.challenge_id)
        .options(
            contract.joinedload(Partnership.organisation, innerjoin=True),
            contract.joinedload(Partnership.challenge, innerjoin=True).joinedload(Challenge.lead, innerjoin=True),
        )
    )


def change_visible(session: Session, actor: Actor, reference: str) -> ContractChange | None:
    """A change for the people of its authorities, and once it is agreed for the firms of its own contract."""
    own = and_(own_contract(actor), ContractChange.state.in_(AGREED))
    rows = _whole().where(ContractChange.reference == reference, or_(visible_inside(actor), own))
    return session.scalars(rows).first()


def change_inside(session: Session, actor: Actor, reference: str) -> ContractChange | None:
    """A change for the people of its authorities only."""
    return session.scalars(_whole().where(ContractChange.reference == reference, visible_inside(actor))).first()


def changes_of(contract: Partnership, *, inside: bool) -> Select[Any]:
    """The changes of one contract, the latest first; outside the authority those that are agreed."""
    rows = select(ContractChange).where(ContractChange.partnership_id == contract.id)
    if not inside:
        rows = rows.where(ContractChange.state.in_(AGREED))
    return rows.order_by(ContractChange.number.desc())


def changes_noticed(session: Session, challenge: Challenge) -> Sequence[ContractChange]:
    """The changes of a challenge's contracts that are agreed or in force, with their firms, by number."""
    return session.scalars(
        select(ContractChange)
        .join(ContractChange.partnership)
        .join(Partnership.organisation)
        .options(contains_eager(ContractChange.partnership).contains_eager(Partnership.organisation))
        .where(ContractChange.challenge_id == challenge.id, ContractChange.state.in_(AGREED))
        .order_by(ContractChange.number)
        .limit(500)
    ).all()
