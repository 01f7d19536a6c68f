"""Times in which the portal was away, and what everybody is owed for them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import DeadlineChange, Incident, Round
from portal.law.incidents import least_extension


def pending(session: Session, asked: Round) -> Sequence[Incident]:
    """The incidents of a round for which nobody has given more time yet, in the order they began."""
    return session.scalars(
        select(Incident)
        .where(Incident.round_id == asked.id, Incident.change_id.is_(None))
        .order_by(Incident.began_at, Incident.id)
    ).all()


def made_good(session: Session, asked: Round) -> Sequence[tuple[Incident, DeadlineChange]]:
    """The incidents of a round for which everybody was given the time back, each with the act that gave it."""
    rows = session.execute(
        select(Incident, DeadlineChange)
        .join(DeadlineChange, DeadlineChange.id == Incident.change_id)
        .where(Incident.round_id == asked.id)
        .order_by(Incident.began_at, Incident.id)
    ).all()
    return [(incident, change) for incident, change in rows]


def owed(session: Session, asked: Round) -> datetime | None:
    """The earliest deadline that makes up for every pending incident; None where nothing is owed.

    Each moves the deadline on from where the one before it left it, so that no lost hour counts twice or never.
    """
    if asked.deadline is None or asked.opens_at is None:
        return None
    found = None
    for incident in pending(session, asked):
        window = {"opened": asked.opens_at, "deadline": found or asked.deadline}
        found = least_extension(incident.began_at, incident.ended_at, **window)
    return found
