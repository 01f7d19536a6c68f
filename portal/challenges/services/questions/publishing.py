"""Publishing answers: all that are approved, to everyone, at one moment and in an order that tells nothing."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal import outbox
from portal.challenges.models import Challenge, ChallengeFollow, Question, Round
from portal.db import Conflict, clock, hold
from portal.machine import NotNow
from portal.policy import Actor
from portal.workflow import fire


def approved(session: Session, challenge: Challenge) -> Sequence[Question]:
    """What waits to be published, in the order of its random references."""
    return session.scalars(
        select(Question)
        .join(Round, Round.id == Question.round_id)
        .where(Round.challenge_id == challenge.id, Question.state == "approved")
        .options(joinedload(Question.round).joinedload(Round.challenge))
        .order_by(Question.reference)
    ).all()


def batch_digest(questions: Sequence[Question]) -> str:
    """Exactly which answers in which wording a person saw before they published."""
    seen = "\n".join(f"{each.reference}:{each.version}" for each in questions)
    return hashlib.sha256(seen.encode()).hexdigest()


def publish_batch(session: Session, actor: Actor, challenge: Challenge, *, digest: str) -> int:
    """Publish every approved answer at one moment; answers how many.

    All bear the same time, so that nothing of the order of asking is left, and whoever asked or follows gets one
    mail that is the same for everybody. Raises `NotAllowed`, `NotNow` where nothing waits (another officer has just
    published it), or `Conflict` where the batch is not the one that was checked.
    """
    hold(session, challenge)
    batch = approved(session, challenge)
    hold(session, *batch)
    if not batch:
        raise NotNow("No approved answer waits to be published. Somebody may have published them just now.")
    if batch_digest(batch) != digest:
        raise Conflict("the batch has changed")
    now = clock.now()
    for question in batch:
        fire(session, actor, question, "answer")
        question.answered_at, question.answered_by_id = now, actor.person_id
    session.flush()
    for person_id in _interested(session, challenge, batch):
        outbox.queue(session, "questions.answered", person_id, challenge=challenge.id, at=now.isoformat())
    return len(batch)


def _interested(session: Session, challenge: Challenge, batch: Sequence[Question]) -> list[int]:
    """Whoever follows or asked one of these, merged ones included; by id, which tells nothing of who asked."""
    ids = [each.id for each in batch]
    followers = session.scalars(
        select(ChallengeFollow.person_id).where(ChallengeFollow.challenge_id == challenge.id)
    ).all()
    together = session.scalars(select(Question.asked_by_id).where(Question.merged_into_id.in_(ids))).all()
    return sorted({*followers, *together, *(each.asked_by_id for each in batch)})
