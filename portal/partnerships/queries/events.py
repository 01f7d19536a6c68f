"""Finding what happened on the way: the authority's people all of theirs, a firm its own contract's."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import Challenge
from portal.challenges.queries import visible_inside
from portal.organisations.models import Organisation
from portal.partnerships.models import Partnership, PartnershipEvent
from portal.partnerships.queries.contracts import firms_behind, own_contract
from portal.policy import Actor


def _whole() -> Select[Any]:
    contract = joinedload(PartnershipEvent.partnership, innerjoin=True)
    return (
        select(PartnershipEvent)
        .join(Partnership, Partnership.id == PartnershipEvent.partnership_id)
        .join(Challenge, Challenge.id == Partnership.challenge_id)
        .options(
            contract.joinedload(Partnership.organisation, innerjoin=True),
            contract.joinedload(Partnership.challenge, innerjoin=True).joinedload(Challenge.lead, innerjoin=True),
        )
    )


def happening(session: Session, actor: Actor, reference: str) -> PartnershipEvent | None:
    """An event for the people of its authorities, and for the firms it is about, who are heard on it."""
    rows = _whole().where(PartnershipEvent.reference == reference, or_(visible_inside(actor), own_contract(actor)))
    return session.scalars(rows).first()


def happening_inside(session: Session, actor: Actor, reference: str) -> PartnershipEvent | None:
    """An event for the people of its authorities only."""
    return session.scalars(_whole().where(PartnershipEvent.reference == reference, visible_inside(actor))).first()


def own_happening(session: Session, actor: Actor, reference: str) -> PartnershipEvent | None:
    """An event for the firms it is about only."""
    return session.scalars(_whole().where(PartnershipEvent.reference == reference, own_contract(actor))).first()


def events_of(contract: Partnership) -> Select[Any]:
    """What happened under one contract, the latest first."""
    rows = select(PartnershipEvent).where(PartnershipEvent.partnership_id == contract.id)
    return rows.order_by(PartnershipEvent.happened_on.desc(), PartnershipEvent.id.desc())


def unheard_in_time(session: Session, now: datetime) -> Iterator[PartnershipEvent]:
    """Events whose firm said nothing in its time while nobody looked; the worker notes it."""
    yield from session.scalars(
        select(PartnershipEvent)
        .where(PartnershipEvent.state == "hearing", PartnershipEvent.hear_by <= now)
        .options(joinedload(PartnershipEvent.partnership).joinedload(Partnership.challenge))
        .order_by(PartnershipEvent.id)
        .limit(100)
    )


def members_of(session: Session, contract: Partnership) -> Sequence[Organisation]:
    """The firms behind a contract, its lead first."""
    firms = firms_behind(contract)
    rows = session.scalars(select(Organisation).where(Organisation.id.in_(firms)).limit(50)).all()
    return sorted(rows, key=lambda each: firms.index(each.id))
