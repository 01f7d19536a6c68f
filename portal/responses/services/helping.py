"""Help for a firm that withdrew or lies idle: asked for with its consent, taken by one adviser."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.challenges.models import Challenge
from portal.db import clock, hold
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor
from portal.responses.helping import advisers_beside
from portal.responses.models import HelpOrigin, HelpRequest, Response, WithdrawalReason


def ask_for_help(session: Session, actor: Actor, response: Response, *, reason: WithdrawalReason | None) -> None:
    """Let an adviser get in touch; asked within the transaction that withdrew, which holds the response's lock."""
    if response.state != "withdrawn":
        raise NotNow("Help is offered to a firm that withdraws.")
    ask_adviser(session, actor, response.challenge, response.organisation_id, HelpOrigin.WITHDRAWN, reason)


def ask_adviser(
    session: Session,
    actor: Actor,
    challenge: Challenge,
    organisation_id: int,
    origin: HelpOrigin,
    reason: WithdrawalReason | None,
) -> None:
    """A firm agrees that an adviser gets in touch. Asking again waits again. The caller holds the challenge.

    The entry in the journal is filed under the firm and no challenge, so that no buyer's page, count or history tells
    of it. Raises `NotAllowed` for nobody.
    """
    if actor.person_id is None:
        raise NotAllowed("Sign in to ask for help.")
    asked = session.scalars(
        select(HelpRequest).where(
            HelpRequest.challenge_id == challenge.id, HelpRequest.organisation_id == organisation_id
        )
    ).first()
    if asked is None:
        asked = HelpRequest(challenge_id=challenge.id, organisation_id=organisation_id)
        session.add(asked)
    asked.asked_by_id, asked.asked_at, asked.reason = actor.person_id, clock.now(), reason
    asked.origin = origin
    asked.contacted_at = asked.reminded_at = None
    asked.taken_at = asked.taken_by_id = None
    journal.record(session, actor, "help.asked", ("organisation", organisation_id))
    for person in advisers_beside(session, challenge):
        outbox.queue(session, "responses.help_asked", person)


def take_help_request(session: Session, actor: Actor, request: HelpRequest) -> None:
    """Say that one will get in touch; the second of two advisers is told that somebody has."""
    hold(session, request)
    if request.taken_at is not None:
        raise NotNow("Another adviser has already taken this.")
    request.taken_at, request.taken_by_id = clock.now(), actor.person_id
    journal.record(session, actor, "help.taken", ("organisation", request.organisation_id))
