"""Inviting, offering times, booking them and giving them back. Every act on times holds the event first."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.db import clock, hold
from portal.machine import NotAllowed, NotNow
from portal.network.events.models import BuyerEvent, BuyerTime
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission, Scope, ScopeKind
from portal.responses.queries import people_of

REMINDED_BEFORE = timedelta(days=1)


class TimeGone(NotNow):
    """The time can no longer be booked; the firm is shown what is still free."""


def invite(
    session: Session, actor: Actor, host: Organisation, *, title: str, about: str, place: str, starts_at: datetime
) -> BuyerEvent:
    """Invite to an event. Times come next."""
    event = BuyerEvent(
        host_id=host.id,
        title=title,
        about=about,
        place=place,
        starts_at=starts_at,
        made_at=clock.now(),
        made_by_id=actor.person_id,
    )
    session.add(event)
    session.flush()
    journal.record(session, actor, "events.invited", ("buyer_event", event.id), host=host.id)
    return event


def offer(
    session: Session, actor: Actor, event: BuyerEvent, body: Organisation, *, buyer: str, minutes: int, count: int
) -> None:
    """Put a buyer's times on offer, one after the other from the event's start.

    Raises `NotNow` where the event is over or called off, or this buyer has times already.
    """
    _begin(session, event)
    same = (BuyerTime.event_id == event.id, BuyerTime.body_id == body.id, BuyerTime.buyer == buyer)
    if session.scalar(select(BuyerTime.id).where(*same).limit(1)) is not None:
        raise NotNow(f"{buyer} has times at this event already.")
    for number in range(count):
        starts_at = event.starts_at + timedelta(minutes=minutes * number)
        session.add(
            BuyerTime(
                event_id=event.id,
                body_id=body.id,
                buyer=buyer,
                starts_at=starts_at,
                minutes=minutes,
                offered_by_id=actor.person_id,
            )
        )
    session.flush()
    subject = ("buyer_event", event.id)
    journal.record(session, actor, "events.times_offered", subject, body=body.id, count=count)


def book(session: Session, actor: Actor, event: BuyerEvent, firm: Organisation, time_id: int) -> BuyerTime:
    """Book a free time for a firm. Raises `TimeGone` where it is taken, or the firm meets somebody else then."""
    _check_firm(actor, firm.id)
    _begin(session, event)
    times = {each.id: each for each in session.scalars(select(BuyerTime).where(BuyerTime.event_id == event.id))}
    time = times.get(time_id)
    if time is None:
        raise TimeGone("That time is not on offer.")
    hold(session, time)
    if time.firm_id is not None:
        raise TimeGone("Another firm has just booked that time.")
    ours = [each for each in times.values() if each.firm_id == firm.id]
    if any(each.starts_at < time.ends_at and time.starts_at < each.ends_at for each in ours):
        raise TimeGone("You meet another buyer at that time.")
    if any((each.body_id, each.buyer) == (time.body_id, time.buyer) for each in ours):
        raise TimeGone("You meet this buyer already. Give that time back first.")
    time.firm_id, time.booked_at, time.booked_by_id = firm.id, clock.now(), actor.person_id
    session.flush()
    _note(session, actor, "booked", time, firm.id)
    _tell_buyer(session, "events.booked", time, firm.id)
    _tell_firm(session, "events.confirmed", time, firm.id)
    _remind(session, time, firm.id)
    return time


def give_back(session: Session, actor: Actor, event: BuyerEvent, time_id: int) -> None:
    """A firm gives its time back, until the event begins. Raises `NotNow` where it is not its own any more."""
    _begin(session, event)
    time = session.get(BuyerTime, time_id)
    if time is None or time.event_id != event.id or time.firm_id is None:
        raise NotNow("This time is free already.")
    firm = time.firm_id
    _check_firm(actor, firm)
    hold(session, time)
    time.firm_id = time.booked_at = time.booked_by_id = None
    session.flush()
    _note(session, actor, "given_back", time, firm)
    _tell_buyer(session, "events.given_back", time, firm)


def call_off(session: Session, actor: Actor, event: BuyerEvent) -> None:
    """It does not take place; every firm that booked is told once, and so are others who offered times."""
    _begin(session, event)
    event.called_off_at = clock.now()
    session.flush()
    journal.record(session, actor, "events.called_off", ("buyer_event", event.id))
    booked = select(BuyerTime.firm_id).where(BuyerTime.event_id == event.id, BuyerTime.firm_id.is_not(None))
    for person in session.scalars(people_of(frozenset(each for each in session.scalars(booked) if each))):
        outbox.queue(session, "events.called_off", person, event=event.reference)
    offered = select(BuyerTime.offered_by_id, BuyerTime.body_id).where(BuyerTime.event_id == event.id).distinct()
    for buyer, body in session.execute(offered.order_by(BuyerTime.body_id, BuyerTime.offered_by_id)):
        if buyer is not None and buyer != actor.person_id:
            outbox.queue(session, "events.not_held", buyer, event=event.reference, body=body)


def _begin(session: Session, event: BuyerEvent) -> None:
    hold(session, event)
    if event.called_off_at is not None:
        raise NotNow("This event was called off.")
    if event.starts_at <= clock.now():
        raise NotNow("This event has begun. Talk to the buyers there.")


def _check_firm(actor: Actor, firm_id: int) -> None:
    if not actor.may(Permission.RESPONSE_WRITE, [Scope(ScopeKind.SUPPLIER, firm_id)]):
        raise NotAllowed("Only the people of a firm book for it.")


def _note(session: Session, actor: Actor, event: str, time: BuyerTime, firm: int) -> None:
    journal.record(session, actor, f"events.{event}", ("buyer_time", time.id), firm=firm)


def _tell_buyer(session: Session, kind: str, time: BuyerTime, firm: int) -> None:
    if time.offered_by_id is not None:
        outbox.queue(session, kind, time.offered_by_id, time=time.id, firm=firm)


def _tell_firm(session: Session, kind: str, time: BuyerTime, firm: int) -> None:
    for person in session.scalars(people_of(frozenset({firm}))):
        outbox.queue(session, kind, person, time=time.id, firm=firm)


def _remind(session: Session, time: BuyerTime, firm: int) -> None:
    """A reminder the day before; whether the booking still stands is asked when it is worded."""
    due_at = time.starts_at - REMINDED_BEFORE
    if due_at <= clock.now():
        return
    for person in session.scalars(people_of(frozenset({firm}))):
        key = f"events.reminder:{time.id}:{firm}:{person}"
        outbox.queue(session, "events.reminder", person, once_key=key, due_at=due_at, time=time.id, firm=firm)
