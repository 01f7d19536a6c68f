"""Putting time on offer: people's, rooms', equipment's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal import journal
from portal.accounts.models import Person
from portal.challenges.models import Challenge
from portal.db import clock, hold, share
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor, Permission, ScopeKind
from portal.support import queries
from portal.support.models import Resource, ResourceKind, Slot
from portal.support.pathway import NOTICE
from portal.support.services.shared import mail_firms
from portal.web.filters import clock_time, long_date, long_datetime


@dataclass(frozen=True, slots=True)
class TimeOffer:
    """What is put on offer: a person's time or a resource's, from a moment, `count` times one after the other.

    `plan_id` None: for every firm that goes on.
    """

    person_id: int | None
    resource_id: int | None
    starts_at: datetime
    minutes: int
    count: int
    place: str
    link: str
    plan_id: int | None


def offer(session: Session, actor: Actor, challenge: Challenge, given: TimeOffer) -> list[Slot]:
    """Put times on offer, and tell the firms that can book them.

    Raises `NotNow` once support is over, where it begins too soon, or where the person or room has something else.
    """
    share(session, challenge)
    if challenge.state not in {"support", "showcase"}:
        raise NotNow("Support is over for this challenge, so no more times can be offered.")
    if given.starts_at < clock.now() + NOTICE:
        raise NotNow("Offer times that begin at least 24 hours from now, so that every firm has a chance to book.")
    going = {plan.id: plan.response_id for plan in queries.plans_of(session, challenge) if plan.state != "out"}
    if given.plan_id is not None and given.plan_id not in going:
        raise NotNow("That firm is not going on.")
    _expect_offered_here(session, challenge, given)
    slots = [_slot(actor, challenge, given, number) for number in range(given.count)]
    expect_nothing_else(session, slots[0], given.starts_at, given.minutes * given.count)
    session.add_all(slots)
    session.flush()
    for slot in slots:
        journal.record(session, actor, "support.time_offered", ("support_slot", slot.id), challenge_id=challenge.id)
    concerned = [going[given.plan_id]] if given.plan_id is not None else list(going.values())
    mail_firms(session, "support.times_offered", concerned)
    return slots


def _expect_offered_here(session: Session, challenge: Challenge, given: TimeOffer) -> None:
    people = {person.id for person in queries.people_with_time(session, challenge)}
    resources = {resource.id for resource in queries.resources_of(session, challenge)}
    if given.person_id not in people and given.resource_id not in resources:
        raise NotNow("Choose somebody who helps with this challenge, or a room or equipment of its bodies.")


def _slot(actor: Actor, challenge: Challenge, given: TimeOffer, number: int) -> Slot:
    return Slot(
        challenge_id=challenge.id,
        plan_id=given.plan_id,
        person_id=given.person_id,
        resource_id=given.resource_id,
        starts_at=given.starts_at + timedelta(minutes=given.minutes * number),
        minutes=given.minutes,
        place=given.place,
        link=given.link,
        offered_by_id=actor.person_id,
        offered_at=clock.now(),
    )


class DoubleBooked(NotNow):
    """Whose time it is has something else then; says what, and when they are free next."""


def expect_nothing_else(
    session: Session, slot: Slot, starts_at: datetime, minutes: int, *, but: int | None = None
) -> None:
    """Lock whose time it is, and raise `DoubleBooked` where they have another time on offer or booked then."""
    owner = session.get_one(Person, slot.person_id) if slot.person_id else session.get_one(Resource, slot.resource_id)
    hold(session, owner)
    taken = queries.taken_times(session, person_id=slot.person_id, resource_id=slot.resource_id, but=but)
    length = timedelta(minutes=minutes)
    other = _overlapping(taken, starts_at, length)
    if other is None:
        return
    elsewhere = "" if other.challenge_id == slot.challenge_id else ", for another challenge"
    free = _free_from(taken, other.ends_at, length)
    when = f"from {clock_time(other.starts_at)} to {clock_time(other.ends_at)} on {long_date(other.starts_at)}"
    raise DoubleBooked(
        f"{owner.name} already has a time on offer or booked {when}{elsewhere}. "
        f"The next time that is free is {long_datetime(free)}."
    )


def _overlapping(taken: Sequence[Slot], starts_at: datetime, length: timedelta) -> Slot | None:
    """The first of these times that is in the way of one that begins then."""
    return next((each for each in taken if each.starts_at < starts_at + length and starts_at < each.ends_at), None)


def _free_from(taken: Sequence[Slot], moment: datetime, length: timedelta) -> datetime:
    """The first moment from this one on at which nothing is in the way for so long; `taken` is in order of time."""
    while other := _overlapping(taken, moment, length):
        moment = other.ends_at
    return moment


def may_add_for(actor: Actor, challenge: Challenge) -> list[int]:
    """The bodies of a challenge for which this person may list rooms and equipment: those they work for."""
    mine = {
        scope.id
        for scope in actor.where(Permission.SUPPORT_RUN)
        if scope.kind in {ScopeKind.AUTHORITY, ScopeKind.PARTNER}
    }
    return [body for body in queries.bodies_of(challenge) if body in mine]


def add_resource(
    session: Session, actor: Actor, challenge: Challenge, *, body_id: int, kind: ResourceKind, name: str, place: str
) -> Resource:
    """List a room or a piece of equipment of one's own body. Raises `NotAllowed` for another's."""
    share(session, challenge)
    if body_id not in may_add_for(actor, challenge):
        raise NotAllowed("You can list the rooms and equipment of your own organisation.")
    resource = Resource(
        organisation_id=body_id,
        kind=kind,
        name=name,
        place=place,
        added_by_id=actor.person_id,
        added_at=clock.now(),
    )
    session.add(resource)
    session.flush()
    journal.record(
        session, actor, "support.resource_added", ("support_resource", resource.id), challenge_id=challenge.id
    )
    return resource


def remove_resource(session: Session, actor: Actor, challenge: Challenge, resource_id: int) -> Resource:
    """Take a room or a piece of equipment of one's own body off the list, with the times of it that nobody booked.

    Raises `NotAllowed` for another body's, `NotNow` while a firm has booked it, and where it is gone already.
    """
    share(session, challenge)
    resource = next((each for each in queries.resources_of(session, challenge) if each.id == resource_id), None)
    if resource is None:
        raise NotNow("Somebody has taken it off the list already.")
    if resource.organisation_id not in may_add_for(actor, challenge):
        raise NotAllowed("You can take the rooms and equipment of your own organisation off the list.")
    hold(session, resource)
    ahead = queries.taken_times(session, person_id=None, resource_id=resource.id)
    hold(session, *ahead)
    if booked := queries.bookings_of(session, ahead):
        times = "1 time" if len(booked) == 1 else f"{len(booked)} times"
        raise NotNow(f"{resource.name} is booked for {times}. Move or call off what is booked, then remove it.")
    now = clock.now()
    resource.removed_at = now
    for slot in ahead:
        slot.withdrawn_at = now
    journal.record(
        session, actor, "support.resource_removed", ("support_resource", resource.id), challenge_id=challenge.id
    )
    return resource
