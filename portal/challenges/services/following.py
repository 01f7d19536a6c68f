"""Asking to be told of a challenge, and no longer."""

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

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
