"""Asking to be told of a challenge, being told, and no longer."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal import outbox
from portal.challenges.models import Challenge, ChallengeFollow
from portal.db import clock
from portal.policy import Actor


def follow(session: Session, actor: Actor, challenge: Challenge) -> None:
    """Tell this person whenever a question is answered; asking twice changes nothing, even at the same moment."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = {"person_id": actor.person_id, "challenge_id": challenge.id, "followed_at": clock.now()}
    session.execute(insert(ChallengeFollow).values(row).on_conflict_do_nothing())


def unfollow(session: Session, actor: Actor, challenge: Challenge) -> None:
    """Tell them no longer."""
    session.execute(
        delete(ChallengeFollow).where(
            ChallengeFollow.person_id == actor.person_id, ChallengeFollow.challenge_id == challenge.id
        )
    )


def tell_of_amendment(session: Session, *, challenge: Challenge, number: int) -> None:
    """Tell everybody who follows that a new version of the brief is out."""
    _tell(session, challenge, "challenges.amended", number=number)


def tell_of_deadline(session: Session, *, challenge: Challenge, **_facts: Any) -> None:
    """Tell everybody who follows that the deadline has moved."""
    _tell(session, challenge, "challenges.deadline_moved")


def tell_of_tender(session: Session, *, challenge: Challenge, number: int) -> None:
    """Tell everybody who follows that anyone may tender now."""
    _tell(session, challenge, "challenges.tender_published", number=number)


def _tell(session: Session, challenge: Challenge, kind: str, **said: Any) -> None:
    followers = select(ChallengeFollow.person_id).where(ChallengeFollow.challenge_id == challenge.id)
    for person in session.scalars(followers.order_by(ChallengeFollow.person_id)):
        outbox.queue(session, kind, person, challenge=challenge.id, **said)
