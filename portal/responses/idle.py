"""Drafts that nobody has touched for days while the deadline nears: for prompting their firms, and nothing else."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, Round
from portal.responses import seal
from portal.responses.models import Response, ResponseSection

IDLE_AFTER = timedelta(days=3)
"""A draft is idle once nothing of it was saved for so long."""
NEAR = timedelta(days=7)
LEAST = timedelta(days=1)
"""Prompted from a week before the deadline until a day before it: later, help would come too late."""


def idle_drafts(
    session: Session, now: datetime, *conditions: ColumnElement[bool], most: int = 100
) -> Sequence[Response]:
    """Drafts that were never submitted, lie idle and can still be helped, by id; more `conditions` narrow them.

    The seal is lifted: what is found is told to the firm itself, and to nobody else.
    """
    saved = exists().where(ResponseSection.response_id == Response.id, ResponseSection.saved_at > now - IDLE_AFTER)
    rows = (
        select(Response)
        .join(Round, Round.id == Response.round_id)
        .join(Challenge, Challenge.id == Response.challenge_id)
        .where(
            Response.state == "draft",
            Response.submitted_at.is_(None),
            Response.started_at <= now - IDLE_AFTER,
            ~saved,
            Challenge.state.in_(("open", "tender")),
            Round.deadline > now + LEAST,
            Round.deadline <= now + NEAR,
            *conditions,
        )
        .order_by(Response.id)
        .limit(most)
    )
    with seal.lifted(session):
        return session.scalars(rows).all()
