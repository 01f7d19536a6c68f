"""Recording that the portal was away; giving everybody the time back is a move, `extend` or `reopen`, of its round."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, Incident, Round
from portal.challenges.services.editing import note
from portal.db import clock, hold
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor, Permission


def record_incident(
    session: Session, actor: Actor, challenge: Challenge, asked: Round, *, began: datetime, ended: datetime, what: str
) -> Incident:
    """Record when the portal was away and what happened, while or after firms could answer.

    Raises `NotAllowed`, or `NotNow` where the time lies outside the round, is not over, or responses are open.
    """
    hold(session, challenge)
    session.refresh(asked)
    if not actor.may(Permission.CHALLENGE_PROCURE, challenge.scopes()):
        raise NotAllowed("A procurement officer records that the portal was away.")
    if asked.opens_at is None or asked.deadline is None or asked.opened_at is not None:
        raise NotNow("An incident is recorded once firms can answer, and before anything is opened.")
    if not began < ended <= clock.now():
        raise NotNow("Say when it began and when it was over. Both have passed.")
    if ended <= asked.opens_at or began >= asked.deadline:
        raise NotNow("The portal was away at a time in which firms could not answer, so nothing was lost.")
    incident = Incident(
        round_id=asked.id,
        began_at=began,
        ended_at=ended,
        what=what,
        recorded_at=clock.now(),
        recorded_by_id=actor.person_id,
    )
    session.add(incident)
    session.flush()
    times = {"began": began.isoformat(), "ended": ended.isoformat()}
    note(session, actor, challenge, "challenge.incident", incident=incident.id, **times)
    return incident
