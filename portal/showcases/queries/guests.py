"""Guests, and what they said; nothing here is ever read by a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.policy import Actor
from portal.showcases.models import Appearance, GuestFeedback, ShowcaseEvent, ShowcaseGuest


def guests_of(session: Session, event: ShowcaseEvent) -> Sequence[ShowcaseGuest]:
    """Who was invited, by address."""
    return session.scalars(
        select(ShowcaseGuest).where(ShowcaseGuest.event_id == event.id).order_by(ShowcaseGuest.email)
    ).all()


@dataclass(frozen=True, slots=True)
class Said:
    """What a guest said; the name and address only where the guest wants to talk."""

    text: str
    name: str | None
    email: str | None


def feedback_on(session: Session, appearances: Sequence[Appearance]) -> dict[int, list[Said]]:
    """What guests said of each prototype, oldest first."""
    found: dict[int, list[Said]] = {appearance.id: [] for appearance in appearances}
    rows = session.execute(
        select(GuestFeedback, Person.name, Person.email)
        .join(Person, Person.id == GuestFeedback.person_id)
        .where(GuestFeedback.appearance_id.in_(found))
        .order_by(GuestFeedback.given_at, GuestFeedback.id)
    )
    for feedback, name, email in rows:
        known = (name, email) if feedback.wants_to_talk else (None, None)
        found[feedback.appearance_id].append(Said(feedback.text, *known))
    return found


def own_feedback(session: Session, actor: Actor, event: ShowcaseEvent) -> dict[int, GuestFeedback]:
    """What this guest said already, by appearance."""
    rows = session.scalars(
        select(GuestFeedback)
        .join(Appearance, Appearance.id == GuestFeedback.appearance_id)
        .where(Appearance.event_id == event.id, GuestFeedback.person_id == actor.person_id)
    )
    return {row.appearance_id: row for row in rows}
