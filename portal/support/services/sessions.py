"""Sessions: booked, moved and given back by a firm; called off or moved by the team; written up once held."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.challenges.models import Challenge
from portal.db import clock, expect_version, hold, share
from portal.law.calendar import london_date
from portal.machine import NotNow
from portal.policy import Actor
from portal.support import queries
from portal.support.models import Slot, SupportPlan, SupportSession
from portal.support.pathway import CHANGE_UNTIL, NOTICE
from portal.support.services.shared import begin_edit, note_in_journal
from portal.support.services.times import expect_nothing_else
from portal.workflow import fire

REMINDED_BEFORE = timedelta(days=1)


class SlotGone(NotNow):
    """The time can no longer be booked; the firm is shown what is still free."""


def book(session: Session, actor: Actor, plan: SupportPlan, slot_id: int, instead: int | None = None) -> SupportSession:
    """Book a time for a firm; `instead` is the firm's session that is given back for it.

    The plan is locked before the slot, so that a firm cannot book two times that overlap; the slot, so that two firms
    cannot book one. Raises `SlotGone` where the time is taken, withdrawn, over, too soon or another firm's, and
    where the firm has something else at that time.
    """
    begin_edit(session, plan)
    hold(session, plan)
    slot = session.get(Slot, slot_id)
    if slot is None or slot.challenge_id != plan.challenge_id or slot.plan_id not in (None, plan.id):
        raise SlotGone("That time is not on offer.")
    old = _own_session(session, plan, instead) if instead else None
    hold(session, slot, *([old.slot] if old and old.slot else []))
    _expect_free(session, slot)
    _expect_no_overlap(session, plan, slot, but=old)
    if old is not None:
        _let_go(session, actor, plan, old)
    booked = SupportSession(
        plan_id=plan.id,
        slot_id=slot.id,
        held_on=london_date(slot.starts_at),
        minutes=slot.minutes,
        with_whom=slot.whose,
        booked_by_id=actor.person_id,
        booked_at=clock.now(),
    )
    session.add(booked)
    session.flush()
    note_in_journal(session, actor, "session_booked", plan, slot_id=slot.id)
    _tell_both(session, "support.moved" if old else "support.booked", plan, slot, booked)
    _remind_both(session, plan, slot, booked)
    return booked


def _expect_free(session: Session, slot: Slot) -> None:
    if slot.withdrawn_at is not None:
        raise SlotGone("That time is no longer on offer.")
    if slot.starts_at <= clock.now() + CHANGE_UNTIL:
        raise SlotGone("That time begins too soon to be booked. Choose a later one.")
    if queries.bookings_of(session, [slot]):
        raise SlotGone("Another firm has just booked that time. Choose one that is still free.")


def _expect_no_overlap(session: Session, plan: SupportPlan, slot: Slot, *, but: SupportSession | None) -> None:
    for each in queries.coming_of(session, plan):
        other = each.slot
        if each is not but and other and other.starts_at < slot.ends_at and slot.starts_at < other.ends_at:
            raise SlotGone(f"You are already meeting {each.with_whom} then. Choose another time.")


def _own_session(session: Session, plan: SupportPlan, session_id: int) -> SupportSession:
    found = next((each for each in queries.coming_of(session, plan) if each.id == session_id), None)
    if found is None or found.slot is None:
        raise NotNow("That session was cancelled or moved already.")
    return found


def _let_go(session: Session, actor: Actor, plan: SupportPlan, booked: SupportSession) -> None:
    if booked.slot is None or booked.slot.starts_at <= clock.now() + CHANGE_UNTIL:
        raise NotNow("It begins in less than two hours. Write a note to your adviser instead.")
    booked.cancelled_at, booked.let_go = clock.now(), True
    session.flush()
    note_in_journal(session, actor, "session_let_go", plan, slot_id=booked.slot_id)


def give_back(session: Session, actor: Actor, plan: SupportPlan, session_id: int) -> None:
    """The firm cancels a session, in time. The time is free again, and still counts as offered to the firm.

    Raises `NotNow` where it begins too soon, or was cancelled already.
    """
    begin_edit(session, plan)
    hold(session, plan)
    booked = _own_session(session, plan, session_id)
    hold(session, booked.slot)
    _let_go(session, actor, plan, booked)
    if booked.slot is not None:
        _tell_both(session, "support.called_off", plan, booked.slot, booked)


@dataclass(frozen=True, slots=True)
class NewTime:
    """Where a time on offer is moved to: the moment, the place, the link for a call."""

    starts_at: datetime
    place: str
    link: str


def call_off(session: Session, actor: Actor, challenge: Challenge, slot: Slot, seen: int | None) -> None:
    """The team withdraws a time, in time; the firm that booked it is told. `seen` is the booking that was shown.

    Raises `NotNow` where the time has begun, is booked and begins too soon, or was booked or let go meanwhile.
    """
    booked = _begin_change(session, challenge, slot, seen)
    slot.withdrawn_at = clock.now()
    journal.record(session, actor, "support.time_withdrawn", ("support_slot", slot.id), challenge_id=challenge.id)
    if booked is not None:
        booked.cancelled_at = clock.now()
        _tell_both(session, "support.called_off", booked.plan, slot, booked)


def move(
    session: Session, actor: Actor, challenge: Challenge, slot: Slot, seen: int | None, version: int | None, to: NewTime
) -> None:
    """The team moves a time, in time; the firm that booked it is told, and reminded of the new time instead.

    Raises `NotNow` as `call_off` does, and where whose time it is has something else then; `Conflict` where somebody
    else changed it.
    """
    booked = _begin_change(session, challenge, slot, seen)
    expect_version(slot, version)
    if to.starts_at != slot.starts_at:
        if to.starts_at < clock.now() + NOTICE:
            raise NotNow("The new time has to be at least 24 hours from now.")
        expect_nothing_else(session, slot, to.starts_at, slot.minutes, but=slot.id)
    slot.starts_at, slot.place, slot.link = to.starts_at, to.place, to.link
    session.flush()
    journal.record(session, actor, "support.time_moved", ("support_slot", slot.id), challenge_id=challenge.id)
    if booked is not None:
        booked.held_on = london_date(slot.starts_at)
        _tell_both(session, "support.moved", booked.plan, slot, booked)
        _remind_both(session, booked.plan, slot, booked)


def _begin_change(session: Session, challenge: Challenge, slot: Slot, seen: int | None) -> SupportSession | None:
    share(session, challenge)
    hold(session, slot)
    booked = queries.bookings_of(session, [slot]).get(slot.id)
    if (booked.id if booked else None) != seen:
        raise NotNow("A firm has booked or let go of this time since you looked. Look at it again.")
    if slot.withdrawn_at is not None:
        raise NotNow("This time was called off already.")
    if slot.starts_at <= clock.now() + (CHANGE_UNTIL if booked else timedelta(0)):
        raise NotNow("It begins in less than two hours. Call the firm." if booked else "This time has begun.")
    return booked


def _begin_record(session: Session, actor: Actor, plan: SupportPlan) -> None:
    begin_edit(session, plan, lock=hold)
    if plan.state == "to_contact":
        fire(session, actor, plan, "contact")
    plan.asked_at, plan.asked_for = None, ""


def record_session(
    session: Session, actor: Actor, plan: SupportPlan, *, held_on: date, minutes: int, with_whom: str, notes: str
) -> None:
    """Record a session. The first is the first contact; and the firm no longer waits for the help it asked for."""
    _begin_record(session, actor, plan)
    session.add(
        SupportSession(
            plan_id=plan.id,
            held_on=held_on,
            minutes=minutes,
            with_whom=with_whom,
            notes=notes,
            recorded_by_id=actor.person_id,
            recorded_at=clock.now(),
        )
    )
    note_in_journal(session, actor, "session_recorded", plan)


def write_up(session: Session, actor: Actor, plan: SupportPlan, session_id: int, notes: str) -> None:
    """Write up a booked session that was held. The first is the first contact, as with one that was not booked.

    Raises `NotNow` where it was cancelled, was written up, or has not begun.
    """
    _begin_record(session, actor, plan)
    booked = session.scalars(
        select(SupportSession).where(SupportSession.id == session_id, SupportSession.plan_id == plan.id)
    ).first()
    if booked is None or booked.cancelled_at is not None or booked.recorded_at is not None:
        raise NotNow("This session was cancelled, or written up already.")
    slot = session.get(Slot, booked.slot_id)
    if slot is not None and slot.starts_at > clock.now():
        raise NotNow("This session has not begun yet.")
    booked.notes, booked.recorded_by_id, booked.recorded_at = notes, actor.person_id, clock.now()
    note_in_journal(session, actor, "session_recorded", plan)


def _tell_both(session: Session, kind: str, plan: SupportPlan, slot: Slot, booked: SupportSession) -> None:
    for person_id, firm in _both(session, plan, slot):
        outbox.queue(session, kind, person_id, session_id=booked.id, firm=firm)


def _remind_both(session: Session, plan: SupportPlan, slot: Slot, booked: SupportSession) -> None:
    """Queue one reminder each, due a day before; for a time that is nearer, the confirmation is enough.

    The key holds the time, so that a session moved there and back is not announced twice. Whether the session still
    stands at that time is asked when the reminder is worded.
    """
    due_at, starts_at = slot.starts_at - REMINDED_BEFORE, slot.starts_at.isoformat()
    if due_at <= clock.now():
        return
    for person_id, firm in _both(session, plan, slot):
        key = f"support.reminder:{booked.id}:{person_id}:{starts_at}"
        outbox.queue(
            session,
            "support.reminder",
            person_id,
            once_key=key,
            due_at=due_at,
            session_id=booked.id,
            firm=firm,
            starts_at=starts_at,
        )


def _both(session: Session, plan: SupportPlan, slot: Slot) -> list[tuple[int, bool]]:
    """Everybody whom a session concerns, and whether they are the firm's."""
    firm = queries.firm_people(session, [plan.response_id])[plan.response_id]
    ours = [slot.looked_after_by] if slot.looked_after_by else []
    return [*((each, True) for each in firm), *((each, False) for each in ours if each not in firm)]
