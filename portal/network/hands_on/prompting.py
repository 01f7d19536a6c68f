"""The worker's round: asking firms whose drafts lie idle whether they want help, and reminding of firms that wait.

The challenge is locked and looked at anew before anything is queued, so that two workers never ask a firm twice, and a
firm that saved or submitted meanwhile is not asked at all.
"""

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.challenges.models import Challenge
from portal.db import Database, clock, hold
from portal.network.hands_on.models import IdlePrompt
from portal.network.hands_on.queries import with_option
from portal.policy import CLOCK
from portal.responses.helping import advisers_beside
from portal.responses.idle import idle_drafts
from portal.responses.models import HelpRequest, Response
from portal.responses.queries import people_of
from portal.support.queries import contact_due

MOST = 100


def prompt(database: Database) -> int:
    """Ask firms whose drafts lie idle, each in a transaction of its own; answers how many were asked."""
    with database.reading() as session:
        waiting = [(each.challenge_id, each.organisation_id) for each in _idle(session)]
    return sum(_ask(database, challenge_id, firm) for challenge_id, firm in waiting)


def _idle(session: Session, challenge_id: int | None = None, firm: int | None = None) -> list[Response]:
    asked = exists().where(
        IdlePrompt.challenge_id == Response.challenge_id, IdlePrompt.organisation_id == Response.organisation_id
    )
    conditions = [Challenge.lead_id.in_(with_option()), ~asked]
    if challenge_id is not None:
        conditions += [Response.challenge_id == challenge_id, Response.organisation_id == firm]
    return list(idle_drafts(session, clock.now(), *conditions, most=MOST))


def _ask(database: Database, challenge_id: int, firm: int) -> int:
    with database.writing() as session:
        challenge = session.get_one(Challenge, challenge_id)
        hold(session, challenge)
        if not _idle(session, challenge_id, firm):
            return 0
        session.add(IdlePrompt(challenge_id=challenge_id, organisation_id=firm, prompted_at=clock.now()))
        journal.record(session, CLOCK, "help.prompted", ("organisation", firm))
        for person in session.scalars(people_of(frozenset({firm}))):
            once = f"hands_on.idle:{challenge_id}:{firm}:{person}"
            outbox.queue(session, "hands_on.idle", person, once_key=once, challenge=challenge_id)
        return 1


def remind(database: Database) -> int:
    """Remind of firms that should have heard from somebody by now, once each; answers of how many."""
    with database.reading() as session:
        rows = session.scalars(_unheard().limit(MOST)).all()
        waiting = [each.id for each in rows if contact_due(each.asked_at).late]
    return sum(_remind_of(database, each) for each in waiting)


def _unheard() -> Select[HelpRequest]:
    """Firms that asked, that nobody has spoken with and nobody was reminded of, who waits longest first."""
    return (
        select(HelpRequest)
        .join(Challenge, Challenge.id == HelpRequest.challenge_id)
        .where(
            HelpRequest.contacted_at.is_(None),
            HelpRequest.reminded_at.is_(None),
            Challenge.lead_id.in_(with_option()),
        )
        .order_by(HelpRequest.asked_at, HelpRequest.id)
    )


def _remind_of(database: Database, key: int) -> int:
    """Who took the firm on is reminded; where nobody has, everybody who could."""
    with database.writing() as session:
        asked = session.get_one(HelpRequest, key)
        hold(session, asked)
        if asked.contacted_at is not None or asked.reminded_at is not None:
            return 0
        asked.reminded_at = clock.now()
        challenge = session.get_one(Challenge, asked.challenge_id)
        told = [asked.taken_by_id] if asked.taken_by_id else advisers_beside(session, challenge)
        for person in told:
            outbox.queue(session, "hands_on.waits", person, taken=asked.taken_by_id is not None)
        return 1
