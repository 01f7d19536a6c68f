"""Finding what firms were told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge
from portal.challenges.queries import visible_inside
from portal.policy import Actor
from portal.support.models import SupportPack, SupportPlan, ToldFact


def facts_of(session: Session, challenge: Challenge) -> Sequence[ToldFact]:
    """Everything any firm was told, first what the others were not told yet."""
    return session.scalars(
        select(ToldFact)
        .where(ToldFact.challenge_id == challenge.id)
        .order_by(ToldFact.told_to_all_at.is_not(None), ToldFact.told_on, ToldFact.id)
    ).all()


def fact_inside(session: Session, actor: Actor, reference: str, fact_id: int) -> ToldFact | None:
    """One fact of a challenge, for its team."""
    return session.scalars(
        select(ToldFact)
        .join(Challenge, Challenge.id == ToldFact.challenge_id)
        .where(Challenge.reference == reference, ToldFact.id == fact_id, visible_inside(actor))
    ).first()


def facts_for(session: Session, plan: SupportPlan) -> Sequence[ToldFact]:
    """What this firm was told itself, and what every firm was told."""
    return session.scalars(
        select(ToldFact)
        .where(
            ToldFact.challenge_id == plan.challenge_id,
            (ToldFact.plan_id == plan.id) | ToldFact.told_to_all_at.is_not(None),
        )
        .order_by(ToldFact.told_on, ToldFact.id)
    ).all()


@dataclass(frozen=True, slots=True)
class PublicFact:
    """What supported firms were told, as anybody may read it."""

    told_on: date
    text: str


def public_pack(session: Session, challenge: Challenge) -> list[PublicFact]:
    """The public support pack: every fact told to all, once the tender that follows an engagement has begun."""
    rows = session.execute(
        select(ToldFact.told_on, ToldFact.public_text)
        .join(SupportPack, SupportPack.challenge_id == ToldFact.challenge_id)
        .where(ToldFact.challenge_id == challenge.id, ToldFact.told_to_all_at.is_not(None))
        .order_by(ToldFact.told_on, ToldFact.id)
    )
    return [PublicFact(told_on, text) for told_on, text in rows]
