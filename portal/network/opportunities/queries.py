"""Finding cards: bodies with the option on, and only while a card lasts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.db import clock
from portal.network.opportunities.models import CardAnswer, OpportunityCard
from portal.network.options import NetworkOption, bodies_with


def cards(session: Session) -> Sequence[OpportunityCard]:
    """Every card that lasts, the one that ends first at the head."""
    return session.scalars(_lasting().order_by(OpportunityCard.expires_at, OpportunityCard.id).limit(100)).all()


def card(session: Session, reference: str) -> OpportunityCard | None:
    """One that lasts, by its reference."""
    return session.scalars(_lasting().where(OpportunityCard.reference == reference)).first()


def _lasting() -> Select[Any]:
    on = OpportunityCard.body_id.in_(bodies_with(NetworkOption.NEW_OPPORTUNITIES))
    return (
        select(OpportunityCard)
        .options(
            joinedload(OpportunityCard.body, innerjoin=True),
            selectinload(OpportunityCard.answers).joinedload(CardAnswer.organisation, innerjoin=True),
        )
        .where(OpportunityCard.expires_at > clock.now(), on)
    )
