"""What a decision on a challenge's funding does to its business case, and who is told."""

from typing import cast

from portal import outbox
from portal.business_cases.queries import case_of
from portal.challenges.models import Challenge
from portal.machine import Situation
from portal.policy import Actor
from portal.workflow import fire


def submission(at: Situation[Challenge]) -> str:
    """Which submission of the case two people decide on: a case that comes back changed is another one."""
    case = case_of(at.session, at.subject)
    return f"{case.id}:{case.submitted_at}" if case else ""


def approve_case(at: Situation[Challenge]) -> None:
    """Approve the case and tell its authors."""
    _decide(at, "approve", "business_cases.approved")


def return_case(at: Situation[Challenge]) -> None:
    """Give the case back to its authors, with the reason."""
    _decide(at, "return", "business_cases.returned")


def reject_case(at: Situation[Challenge]) -> None:
    """Reject the case and tell its authors, with the reason."""
    _decide(at, "reject", "business_cases.rejected")


def _decide(at: Situation[Challenge], move: str, message: str) -> None:
    """Make the case's own move by the same person.

    Raises what `fire` raises, so that a challenge can never be decided on without its case; `LookupError` where there
    is none, which the challenge's own requirement `case_submitted` rules out.
    """
    case = case_of(at.session, at.subject)
    if case is None:
        raise LookupError(f"Challenge {at.subject.id} has no business case.")
    words = str(at.given.get("reason") or at.given.get("note") or "")
    fire(at.session, cast(Actor, at.actor), case, move, reason=words)
    for author in case.authors:
        outbox.queue(at.session, message, author.person_id, challenge_id=at.subject.id)
