"""Amending a brief that is open: prepared in private, published as a whole by the move `amend`.

A pre-deadline change is published again with its reason, and the deadline is thought over anew (Procurement Act 2023
s.31). What firms read stays as it was until then.
"""

from typing import Any

from sqlalchemy.orm import Session

from portal import journal, workflow
from portal.challenges import amending, parts
from portal.challenges.brief_content import canonical
from portal.challenges.models import Amendment, Challenge
from portal.challenges.pathway import ChallengeState
from portal.challenges.services.editing import begin, note
from portal.db import Conflict, clock, expect_version
from portal.policy import Actor

_OPEN = frozenset({ChallengeState.OPEN})
_WHAT = "An amendment"


def propose(
    session: Session, actor: Actor, challenge: Challenge, key: str, value: dict[str, Any], version: int | None
) -> None:
    """Put a new value of one part into the amendment; a value like the published one takes it out again.

    Raises `NotNow` unless the challenge is open, and `Conflict` where somebody changed the same part meanwhile.
    """
    begin(session, challenge, _OPEN, _WHAT)
    if key not in parts.AMENDABLE:
        raise KeyError(key)
    if parts.version_of(amending.proposed_value(session, challenge, key)) != version:
        raise Conflict(f"{key} was changed by somebody else")
    amendment = amending.pending(session, challenge)
    proposal = amending.proposal_of(amendment) | {key: value}
    if parts.version_of(value) == parts.version_of(parts.read(session, challenge, key)):
        del proposal[key]
    if amendment is None:
        amendment = Amendment(challenge_id=challenge.id, began_by_id=actor.person_id, began_at=clock.now())
        session.add(amendment)
    amendment.proposal = canonical(proposal)
    session.flush()
    note(session, actor, challenge, "brief.amendment_edited", part=key, digest=journal.digest_text(canonical(value)))


def drop(session: Session, actor: Actor, challenge: Challenge, version: int | None) -> None:
    """Throw a prepared amendment away. Raises `Conflict` where it changed meanwhile or is gone."""
    begin(session, challenge, _OPEN, _WHAT)
    session.delete(_standing(session, challenge, version))
    note(session, actor, challenge, "brief.amendment_dropped")


def publish(
    session: Session, actor: Actor, challenge: Challenge, *, reason: str, deadline_kept: bool, version: int | None
) -> None:
    """Publish what was prepared: make the move `amend`. Raises what `workflow.fire` raises, and `Conflict`."""
    begin(session, challenge, _OPEN, _WHAT)
    _standing(session, challenge, version).deadline_kept = deadline_kept
    workflow.fire(session, actor, challenge, "amend", reason=reason)


def _standing(session: Session, challenge: Challenge, version: int | None) -> Amendment:
    amendment = amending.pending(session, challenge)
    if amendment is None:
        raise Conflict("there is no amendment")
    expect_version(amendment, version)
    return amendment
