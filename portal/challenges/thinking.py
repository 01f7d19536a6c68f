"""Reading what design thinking has gathered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, EngagementSession, HowMightWe, UserNeed

MODELS: dict[str, Any] = {"session": EngagementSession, "need": UserNeed, "question": HowMightWe}
_LARGEST_KEY = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Learnt:
    """Everything gathered so far, sessions by their day and the rest in the order it came."""

    sessions: list[EngagementSession]
    needs: list[UserNeed]
    questions: list[HowMightWe]


def learnt(session: Session, challenge: Challenge) -> Learnt:
    """What design thinking has gathered for a challenge."""
    held = select(EngagementSession).where(EngagementSession.challenge_id == challenge.id)
    needs = select(UserNeed).where(UserNeed.challenge_id == challenge.id).order_by(UserNeed.id)
    questions = select(HowMightWe).where(HowMightWe.challenge_id == challenge.id).order_by(HowMightWe.id)
    return Learnt(
        list(session.scalars(held.order_by(EngagementSession.held_on, EngagementSession.id))),
        list(session.scalars(needs)),
        list(session.scalars(questions)),
    )


def entry(session: Session, challenge: Challenge, kind: str, key: int) -> Any:
    """One session, need or question of this challenge; None where there is none."""
    model = MODELS.get(kind)
    if model is None or key > _LARGEST_KEY:
        return None
    return session.scalars(select(model).where(model.id == key, model.challenge_id == challenge.id)).first()


def chosen_question(session: Session, challenge: Challenge) -> str:
    """The question that was chosen; empty while none is."""
    rows = select(HowMightWe.text).where(HowMightWe.challenge_id == challenge.id, HowMightWe.chosen_at.is_not(None))
    return session.scalar(rows.order_by(HowMightWe.id).limit(1)) or ""
