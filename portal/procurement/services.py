"""What an officer records about legal dates that leave no trace in the portal."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.challenges.models import Challenge
from portal.db import clock, hold
from portal.law.calendar import london_date
from portal.machine import NotNow
from portal.policy import Actor
from portal.procurement.calendar import entries_of
from portal.procurement.entries import Entry
from portal.procurement.keeping import keep
from portal.procurement.models import LegalDate


def recordable(session: Session, challenge: Challenge, key: str, number: int) -> Entry | None:
    """A date of which only an officer can say that it was met."""
    found = (each for each in entries_of(session, challenge) if each.key == (key, number))
    return next((each for each in found if each.recordable and each.day), None)


def record_done(session: Session, actor: Actor, challenge: Challenge, entry: Entry, done_on: date) -> None:
    """Record the day on which something was done, such as publishing the copy of a contract.

    Raises `NotNow` for a day to come, or where it is recorded already.
    """
    hold(session, challenge)
    if done_on > london_date(clock.now()):
        raise NotNow("What was done cannot lie in the future.")
    keep(session, challenge)
    row = session.scalars(
        select(LegalDate).where(
            LegalDate.challenge_id == challenge.id, LegalDate.key == entry.rule.key, LegalDate.number == entry.number
        )
    ).one()
    if row.done_on is not None:
        raise NotNow("This is recorded already.")
    row.done_on, row.done_by_id, row.met = done_on, actor.person_id, True
    journal.record(
        session,
        actor,
        "legal_date.done",
        ("legal_date", row.id),
        challenge_id=challenge.id,
        key=row.key,
        number=row.number,
        done_on=done_on.isoformat(),
    )
