"""Interests declared by those who influence a challenge, and the officer's assessment of them.

Procurement Act 2023 s.81–83: the assessment comes before the tender or transparency notice, covers everybody who can
influence a decision, and is kept under review. So a new declaration makes the assessment out of date.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.challenges.conflicts import CONFIRMED_BEFORE
from portal.challenges.models import Challenge, ConflictDeclaration, ConflictReview
from portal.challenges.pathway import ENDS, ChallengeState
from portal.challenges.services.editing import begin, note
from portal.db import clock, expect_version, hold
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor, Permission

_LIVING = frozenset(ChallengeState) - ENDS
_CAPACITIES = (
    (Permission.CHALLENGE_LEAD, "Challenge owner"),
    (Permission.CHALLENGE_PROCURE, "Procurement officer"),
    (Permission.FUNDING_DECIDE, "Budget holder"),
    (Permission.SUPPORT_GIVE, "Support adviser"),
    (Permission.ASSESS, "Assessor"),
    (Permission.RESPONSES_OPEN, "Second opener"),
)


def capacity_of(actor: Actor, challenge: Challenge) -> str:
    """What somebody is to this challenge, in words."""
    return next((words for needs, words in _CAPACITIES if actor.may(needs, challenge.scopes())), "Takes part")


def declare(session: Session, actor: Actor, challenge: Challenge, *, conflicted: bool, detail: str) -> None:
    """Say, or say anew, whether one has an interest that could sway one. Raises `NotNow` once the challenge ended."""
    begin(session, challenge, _LIVING, "Declarations")
    capacity = capacity_of(actor, challenge)
    declaration = session.scalars(
        select(ConflictDeclaration).where(
            ConflictDeclaration.challenge_id == challenge.id, ConflictDeclaration.person_id == actor.person_id
        )
    ).first()
    if declaration is None:
        declaration = ConflictDeclaration(challenge_id=challenge.id, person_id=actor.person_id)
        session.add(declaration)
    declaration.capacity = capacity
    declaration.conflicted, declaration.detail = conflicted, detail
    declaration.mitigation, declaration.mitigated_at = "", None
    declaration.declared_at = clock.now()
    session.flush()
    note(session, actor, challenge, "challenge.conflict_declared", declaration=declaration.id, conflicted=conflicted)


def assess(
    session: Session, actor: Actor, challenge: Challenge, *, note_text: str, sponsor: str, version: int | None
) -> None:
    """Record the officer's assessment, with what the sponsor said. Raises `NotNow` and `Conflict`."""
    begin(session, challenge, _LIVING, "The assessment of conflicts")
    expect_version(challenge, version)
    challenge.conflicts_note, challenge.sponsor_interests = note_text, sponsor
    challenge.conflicts_assessed_at, challenge.conflicts_assessed_by_id = clock.now(), actor.person_id
    note(session, actor, challenge, "challenge.conflicts_assessed")


def mitigate(session: Session, actor: Actor, challenge: Challenge, person: int, *, mitigation: str) -> None:
    """Record what is done about a declared interest (s.82). Raises `NotNow` where there is none, or the end came."""
    begin(session, challenge, _LIVING, "What is done about conflicts")
    row = session.scalars(
        select(ConflictDeclaration).where(
            ConflictDeclaration.challenge_id == challenge.id, ConflictDeclaration.person_id == person
        )
    ).first()
    if row is None or not row.conflicted:
        raise NotNow("No interest is declared that something could be done about.")
    if actor.person_id == person:
        raise NotAllowed("Somebody else decides what is done about your own interest.")
    row.mitigation, row.mitigated_at = mitigation, clock.now()
    session.flush()
    digest = journal.digest_text(mitigation)
    note(session, actor, challenge, "challenge.conflict_mitigated", declaration=row.id, mitigation=digest)


def confirm(session: Session, actor: Actor, challenge: Challenge, notice: str) -> None:
    """Confirm before one notice that the assessment of conflicts was looked at anew and still holds (s.83).

    Raises `NotAllowed` for anybody but an officer without an interest of their own.
    """
    hold(session, challenge)
    if notice not in CONFIRMED_BEFORE:
        raise NotNow("This notice needs no confirmation.")
    if not actor.may(Permission.CHALLENGE_PROCURE, challenge.scopes()):
        raise NotAllowed("A procurement officer confirms the assessment of conflicts.")
    own = select(ConflictDeclaration.conflicted).where(
        ConflictDeclaration.challenge_id == challenge.id, ConflictDeclaration.person_id == actor.person_id
    )
    if session.scalar(own):
        raise NotAllowed("You declared an interest in this challenge, so another officer must confirm.")
    review = ConflictReview(
        challenge_id=challenge.id, notice=notice, confirmed_at=clock.now(), confirmed_by_id=actor.person_id
    )
    session.add(review)
    session.flush()
    note(session, actor, challenge, "challenge.conflicts_confirmed", review=review.id, notice=notice)
