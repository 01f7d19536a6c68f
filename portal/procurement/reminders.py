"""Reminding procurement officers of legal dates: once before, and once when what was to be done is overdue.

The worker asks in every round. The challenge is locked and its dates are reckoned anew before anything is queued, so
that two workers never write twice and nobody is reminded of what was done meanwhile.
"""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from portal import outbox
from portal.accounts.queries import holders
from portal.challenges.models import Challenge
from portal.db import Database, clock, hold
from portal.law.calendar import london_date
from portal.policy import Role, Scope, ScopeKind
from portal.procurement.keeping import keep
from portal.procurement.models import LegalDate

MOST = 100
"""Challenges seen to in one round."""


def _due(today: date) -> ColumnElement[bool]:
    return and_(LegalDate.met.is_(False), or_(_is_near(today), _is_overdue(today)))


def _is_near(today: date) -> ColumnElement[bool]:
    return and_(LegalDate.reminded_at.is_(None), LegalDate.remind_on <= today, LegalDate.day >= today)


def _is_overdue(today: date) -> ColumnElement[bool]:
    return and_(LegalDate.overdue_told_at.is_(None), LegalDate.asks.is_(True), LegalDate.day < today)


def remind(database: Database) -> int:
    """Queue the reminders that are due, each challenge in a transaction of its own; answers how many were queued."""
    with database.reading() as session:
        waiting = session.scalars(
            select(LegalDate.challenge_id)
            .where(_due(london_date(clock.now())))
            .distinct()
            .order_by(LegalDate.challenge_id)
            .limit(MOST)
        ).all()
    return sum(_remind_of(database, each) for each in waiting)


def _remind_of(database: Database, challenge_id: int) -> int:
    with database.writing() as session:
        challenge = session.get_one(Challenge, challenge_id)
        hold(session, challenge)
        keep(session, challenge)
        today = london_date(clock.now())
        rows = session.scalars(
            select(LegalDate)
            .where(LegalDate.challenge_id == challenge.id, _due(today))
            .order_by(LegalDate.day, LegalDate.id)
        ).all()
        return sum(_queue(session, challenge, each, today) for each in rows)


def _queue(session: Session, challenge: Challenge, row: LegalDate, today: date) -> int:
    overdue = row.day < today
    row.reminded_at = clock.now()
    if overdue:
        row.overdue_told_at = clock.now()
    officers = holders(session, Role.PROCUREMENT_OFFICER, Scope(ScopeKind.AUTHORITY, challenge.lead_id))
    kind = "procurement.overdue" if overdue else "procurement.reminder"
    for person in officers:
        once = f"{kind}:{row.challenge_id}:{row.key}:{row.number}:{row.day}:{person}"
        outbox.queue(
            session,
            kind,
            person,
            once_key=once,
            challenge=challenge.id,
            key=row.key,
            number=row.number,
            day=row.day.isoformat(),
        )
    return len(officers)
