"""What every change to a business case goes through: locks, the right time, authorship, the journal."""

from typing import Any

from sqlalchemy.orm import Session

from portal import journal
from portal.business_cases.models import BusinessCase, CaseAuthor
from portal.business_cases.pathway import WRITTEN_IN
from portal.challenges.models import Challenge
from portal.db import hold, share
from portal.machine import NotNow
from portal.policy import Actor


def lock(session: Session, case: BusinessCase) -> Challenge:
    """Lock the challenge for an edit below it, then the case itself: two people never edit one case at once."""
    challenge = case.challenge
    share(session, challenge)
    hold(session, case)
    return challenge


def open_for_writing(session: Session, actor: Actor, case: BusinessCase) -> None:
    """Lock, check that the case is still being written, and remember this person as one of its authors."""
    challenge = lock(session, case)
    if not case.editable:
        raise NotNow("The business case has been submitted, so it cannot be changed. Take it back first.")
    expect_writing_time(challenge)
    if actor.person_id is not None and not case.written_by(actor.person_id):
        case.authors.append(CaseAuthor(person_id=actor.person_id))


def expect_writing_time(challenge: Challenge) -> None:
    """Raise `NotNow` where the challenge has not come so far, or has gone on."""
    if challenge.state not in WRITTEN_IN:
        raise NotNow("A business case is written during the showcase and at the business case stage, not now.")


def note(session: Session, actor: Actor, case: BusinessCase, event: str, **data: Any) -> None:
    """Write what was done into the journal."""
    journal.record(
        session, actor, f"business_case.{event}", ("business_case", case.id), challenge_id=case.challenge_id, **data
    )
