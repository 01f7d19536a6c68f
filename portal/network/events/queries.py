"""Finding events and their times: bodies with the option on, and every firm what is still to come."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.db import clock
from portal.network.events.models import BuyerEvent, BuyerTime
from portal.network.options import NetworkOption, bodies_with
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission

_ON = bodies_with(NetworkOption.SHARING_INTELLIGENCE)


def events_seen(session: Session) -> Sequence[BuyerEvent]:
    """Events of every body with the option on, the next first; those over for more than a day are left out."""
    rows = _events().where(BuyerEvent.starts_at > clock.now()).order_by(BuyerEvent.starts_at, BuyerEvent.id)
    return session.scalars(rows.limit(100)).all()


def event_seen(session: Session, _actor: Actor, event: str) -> BuyerEvent | None:
    """An event by its reference."""
    return session.scalars(_events().where(BuyerEvent.reference == event)).first()


def times_of(session: Session, event: BuyerEvent) -> Sequence[BuyerTime]:
    """All times of an event, by body, buyer and time; those of a body that switched the option off are gone."""
    rows = (
        select(BuyerTime)
        .join(Organisation, Organisation.id == BuyerTime.body_id)
        .options(joinedload(BuyerTime.body), joinedload(BuyerTime.firm))
        .where(BuyerTime.event_id == event.id, BuyerTime.body_id.in_(_ON))
        .order_by(Organisation.name, BuyerTime.buyer, BuyerTime.starts_at, BuyerTime.id)
    )
    return session.scalars(rows.limit(1_000)).all()


def own_time(session: Session, actor: Actor, event: str, time: int) -> BuyerTime | None:
    """A time that a firm of theirs has booked."""
    rows = (
        select(BuyerTime)
        .join(BuyerTime.event)
        .options(joinedload(BuyerTime.body), contains_eager(BuyerTime.event))
        .where(BuyerTime.id == time, BuyerEvent.reference == event, BuyerEvent.host_id.in_(_ON))
        .where(BuyerTime.firm_id.in_(actor.ids(Permission.RESPONSE_WRITE)), BuyerTime.body_id.in_(_ON))
    )
    return session.scalars(rows).first()


def firms_of(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The firms somebody can book for."""
    mine = Organisation.id.in_(actor.ids(Permission.RESPONSE_WRITE))
    return session.scalars(select(Organisation).where(mine).order_by(Organisation.name, Organisation.id)).all()


def _events() -> Select[Any]:
    return select(BuyerEvent).options(joinedload(BuyerEvent.host)).where(BuyerEvent.host_id.in_(_ON))
