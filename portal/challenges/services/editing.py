"""What every edit inside a challenge begins and ends with."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.challenges.models import Challenge, ChallengeAuthor
from portal.challenges.pathway import TITLES, ChallengeState
from portal.db import hold
from portal.machine import NotNow
from portal.policy import Actor

EXPLORED = frozenset({ChallengeState.DESIGN_THINKING, ChallengeState.ARTICULATION})
"""Where what was learnt may be added to."""
WRITTEN = frozenset({ChallengeState.ARTICULATION})
"""Where the brief may be written; once released, it changes by numbered amendments only."""
TENDER_PREPARED = frozenset(
    {ChallengeState.ASSESSMENT, ChallengeState.SUPPORT, ChallengeState.SHOWCASE, ChallengeState.BUSINESS_CASE}
)
"""Where a tender round can be prepared, after the release that it must follow."""


def begin(session: Session, challenge: Challenge, states: frozenset[ChallengeState], what: str) -> None:
    """Lock the challenge for an edit and check that it stands where this may be edited.

    The challenge is held rather than shared: an edit is short, several write the challenge's own row, and two
    editors who both shared it and then wrote it would wait for each other. Raises `NotNow`.
    """
    hold(session, challenge)
    if challenge.state not in states:
        title = TITLES[ChallengeState(challenge.state)][0]
        raise NotNow(f"{what} cannot be changed now. This challenge stands at “{title}”.")


def note_author(session: Session, actor: Actor, challenge: Challenge) -> None:
    """Remember that this person wrote on the brief: they may never release it."""
    if actor.person_id is None or _is_author(session, challenge, actor.person_id):
        return
    session.add(ChallengeAuthor(challenge_id=challenge.id, person_id=actor.person_id))


def _is_author(session: Session, challenge: Challenge, person_id: int) -> bool:
    known = (ChallengeAuthor.challenge_id == challenge.id, ChallengeAuthor.person_id == person_id)
    return session.scalar(select(ChallengeAuthor.person_id).where(*known)) is not None


def note(session: Session, actor: Actor, challenge: Challenge, event: str, **identifiers: Any) -> None:
    """Journal an edit."""
    journal.record(session, actor, event, ("challenge", challenge.id), challenge_id=challenge.id, **identifiers)
