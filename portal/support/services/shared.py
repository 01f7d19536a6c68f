"""What every service of support begins and ends with: the lock, the journal, who is mailed."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.db import share
from portal.machine import NotNow
from portal.policy import Actor
from portal.support import queries
from portal.support.models import SupportPlan


def mail_firms(session: Session, kind: str, response_ids: list[int]) -> None:
    """Queue a message of this kind to everybody who writes for each response's firms."""
    for response_id, people in queries.firm_people(session, response_ids).items():
        for person_id in people:
            outbox.queue(session, kind, person_id, response_id=response_id)


def begin_edit(session: Session, plan: SupportPlan, *, lock: Callable[[Session, Any], None] = share) -> None:
    """Lock the plan's challenge and reread the plan. Raises `NotNow` once support is over, or the firm is out."""
    lock(session, plan.challenge)
    if plan.challenge.state not in {"support", "showcase"}:
        raise NotNow("Support is over for this challenge. What was recorded stays as it is.")
    session.refresh(plan)
    if plan.state == "out":
        raise NotNow("This firm is not going on, so its plan can no longer be changed.")


def note_in_journal(session: Session, actor: Actor, event: str, plan: SupportPlan, **identifiers: Any) -> None:
    """Record an event about a plan."""
    journal.record(
        session, actor, f"support.{event}", ("support_plan", plan.id), challenge_id=plan.challenge_id, **identifiers
    )


def mail_team(session: Session, kind: str, plan: SupportPlan, **identifiers: Any) -> None:
    """Queue a message to the firm's adviser, or where it has none to every adviser of the challenge."""
    everybody = [person.id for person in queries.advisers_of(session, plan.challenge)]
    for person_id in [plan.adviser_id] if plan.adviser_id else everybody:
        outbox.queue(session, kind, person_id, **identifiers)
