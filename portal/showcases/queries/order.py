"""How the running order was made, and who asked whom to swap."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from portal.responses.models import Response
from portal.showcases.models import Appearance, OrderRecord, ShowcaseEvent, SlotSwap, SwapAnswer

MOST = 50


def orders_of(session: Session, event: ShowcaseEvent) -> Sequence[OrderRecord]:
    """The orders made so far, the one that stands first."""
    return session.scalars(
        select(OrderRecord).where(OrderRecord.event_id == event.id).order_by(OrderRecord.id.desc()).limit(MOST)
    ).all()


def swaps_of(session: Session, event: ShowcaseEvent) -> Sequence[SlotSwap]:
    """Every request to swap, the newest first, with both firms' names: for the organiser alone."""
    return session.scalars(
        select(SlotSwap)
        .where(SlotSwap.event_id == event.id)
        .options(
            *(
                joinedload(side).joinedload(Appearance.response).joinedload(Response.organisation)
                for side in (SlotSwap.asker, SlotSwap.asked)
            )
        )
        .order_by(SlotSwap.id.desc())
        .limit(MOST)
    ).all()


def own_swaps(session: Session, appearance: Appearance) -> Sequence[SlotSwap]:
    """What this firm asked and was asked, the newest first."""
    return session.scalars(
        select(SlotSwap)
        .where(or_(SlotSwap.asker_id == appearance.id, SlotSwap.asked_id == appearance.id))
        .order_by(SlotSwap.id.desc())
        .limit(MOST)
    ).all()


def waiting_swaps(session: Session, event: ShowcaseEvent) -> Sequence[SlotSwap]:
    """The requests nobody has answered yet."""
    return session.scalars(
        select(SlotSwap)
        .where(SlotSwap.event_id == event.id, SlotSwap.answer == SwapAnswer.WAITING)
        .order_by(SlotSwap.id)
    ).all()
