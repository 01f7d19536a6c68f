"""Keeping the legal dates: after every move that may change them, and once a day for all that still run.

What a page shows is reckoned when it is asked for; these rows are for asking by day, across challenges.
"""

from datetime import date
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.challenges.pathway import ENDS, ChallengeState
from portal.db import Database, hold
from portal.law.calendar import take_working_days
from portal.procurement.calendar import entries_of
from portal.procurement.entries import Entry
from portal.procurement.models import LegalDate
from portal.workflow import Subject

REMIND_WORKING_DAYS_BEFORE = 3
"""How many working days before a date its officers are reminded. Our policy: time to write and publish a notice."""

STRETCH = 50
"""Challenges looked at in one of the worker's rounds."""

_MOVING = frozenset({"challenge", "notice", "partnership", "phase"})
"""The machines whose moves may change a date; others (scores, questions) are many and change none."""
_NOTED = "legal_dates_noted"


def note(session: Session, *, machine: str, subject: Subject, **_: Any) -> None:
    """Remember that a challenge's dates may have changed. Subscribed to every move."""
    challenge = subject.root() if machine in _MOVING else None
    if isinstance(challenge, Challenge):
        session.info.setdefault(_NOTED, {})[challenge] = None


@event.listens_for(Session, "before_commit", insert=True)
def _keep_what_was_noted(session: Session) -> None:
    """Before the journal's head is locked: a move holds its challenge, so that nobody else keeps its dates now."""
    if session.in_nested_transaction():
        return
    for challenge in session.info.pop(_NOTED, {}):
        session.flush()
        keep(session, challenge)


@event.listens_for(Session, "after_rollback")
def _forget_what_was_noted(session: Session) -> None:
    session.info.pop(_NOTED, None)


def keep_some(database: Database, after: int) -> int:
    """Keep the dates of some challenges, each in a transaction of its own; answers after which to go on, 0 at the end.

    Thresholds and bank holidays change while nobody moves anything. Ended challenges stand as they were left, but
    those with a partnership go on.
    """
    over = sorted(ENDS - {ChallengeState.ACTIVATED})
    with database.reading() as session:
        some = session.scalars(
            select(Challenge.id)
            .where(Challenge.id > after, Challenge.state.not_in(over))
            .order_by(Challenge.id)
            .limit(STRETCH)
        ).all()
    for each in some:
        with database.writing() as session:
            challenge = session.get_one(Challenge, each)
            hold(session, challenge)
            keep(session, challenge)
    return some[-1] if len(some) == STRETCH else 0


def keep(session: Session, challenge: Challenge) -> None:
    """Write down the dates of a challenge that is locked; a day that moved is reminded of anew."""
    rows = select(LegalDate).where(LegalDate.challenge_id == challenge.id)
    kept = {(each.key, each.number): each for each in session.scalars(rows.order_by(LegalDate.id))}
    for entry in entries_of(session, challenge):
        if entry.day is not None and not entry.only_if and not entry.rule.bounds:
            _write(session, challenge, entry, entry.day, kept.pop(entry.key, None))
    for gone in kept.values():
        session.delete(gone)
    session.flush()


def _write(session: Session, challenge: Challenge, entry: Entry, day: date, row: LegalDate | None) -> None:
    if row is None:
        row = LegalDate(challenge_id=challenge.id, key=entry.rule.key, number=entry.number, day=day)
        session.add(row)
    elif row.day != day:
        row.reminded_at = row.overdue_told_at = None
    row.day, row.met = day, entry.met_on is not None
    row.asks, row.notice = entry.rule.asks, entry.rule.notice
    row.remind_on = take_working_days(day, REMIND_WORKING_DAYS_BEFORE)
