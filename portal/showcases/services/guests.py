"""Guests: invited, or not for a reason; what they say of prototypes."""

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import outbox
from portal.accounts.services import invite
from portal.db import clock, hold
from portal.machine import NotNow
from portal.policy import Actor, Role
from portal.showcases import queries
from portal.showcases.models import Appearance, GuestFeedback, ShowcaseEvent, ShowcaseGuest
from portal.showcases.services.event import begin_edit, record
from portal.support.queries import firm_people


def invite_guest(session: Session, actor: Actor, event: ShowcaseEvent, email: str) -> bool:
    """Invite somebody to come and see; False where they were invited before (nothing is mailed twice).

    Raises `NotNow` once the event is held or while it is cancelled.
    """
    begin_edit(session, event)
    if event.state == "cancelled":
        raise NotNow("This event is cancelled. Plan it again before you invite anybody.")
    address = email.casefold()
    if session.scalar(
        select(ShowcaseGuest.id).where(ShowcaseGuest.event_id == event.id, ShowcaseGuest.email == address)
    ):
        return False
    guest = ShowcaseGuest(event_id=event.id, email=address, invited_at=clock.now(), invited_by_id=actor.person_id)
    session.add(guest)
    session.flush()
    with suppress(NotNow):  # a guest of this challenge already: the event's own mail is enough
        invite(session, actor, address, Role.SHOWCASE_GUEST, event.challenge)
    outbox.queue(session, "showcases.guest", address, event_id=event.id)
    record(session, actor, "guest_invited", event, guest_id=guest.id)
    return True


def say_why_no_guests(session: Session, actor: Actor, event: ShowcaseEvent, note: str) -> None:
    """Keep why nobody from outside is asked. Raises `NotNow` once the event is held."""
    begin_edit(session, event)
    event.guests_note = note
    record(session, actor, "guests_considered", event)


def give_feedback(
    session: Session, actor: Actor, event: ShowcaseEvent, appearance: Appearance, *, text: str, wants_to_talk: bool
) -> None:
    """Keep what a guest says of a prototype; the firm is told at once of a guest who wants to talk.

    Saying it again replaces what was said. Raises `NotNow` before the event begins.
    """
    hold(session, event.challenge)
    session.refresh(event)
    if event.state == "cancelled" or event.at > clock.now():
        raise NotNow("Say what you think once you have seen it: the showcase has not begun.")
    said = queries.own_feedback(session, actor, event).get(appearance.id)
    before = said is not None and said.wants_to_talk
    if said is None:
        said = GuestFeedback(appearance_id=appearance.id, person_id=actor.person_id)
        session.add(said)
    said.text, said.wants_to_talk, said.given_at = text, wants_to_talk, clock.now()
    session.flush()
    record(session, actor, "feedback_given", event, appearance_id=appearance.id)
    if wants_to_talk and not before:
        for person_id in firm_people(session, [appearance.response_id])[appearance.response_id]:
            outbox.queue(session, "showcases.wants_to_talk", person_id, appearance_id=appearance.id)
