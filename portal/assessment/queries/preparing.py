"""What a panel reads and does before its first response."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.assessment.models import PanelMember, Practice
from portal.challenges.models import Challenge, Round
from portal.policy import Actor


def practice_of(session: Session, asked: Round) -> Practice | None:
    """The briefing and the practice answer of a round."""
    return session.scalars(select(Practice).where(Practice.round_id == asked.id)).first()


def my_membership(session: Session, actor: Actor, member_id: int) -> PanelMember | None:
    """One of this person's own seats on a panel, until stood down."""
    return session.scalars(
        select(PanelMember)
        .where(
            PanelMember.id == member_id,
            PanelMember.person_id == actor.person_id,
            PanelMember.stood_down_at.is_(None),
        )
        .options(joinedload(PanelMember.round).joinedload(Round.challenge).joinedload(Challenge.lead))
    ).first()


def seat_of(session: Session, asked: Round, person_id: int | None) -> PanelMember | None:
    """Somebody's seat on the panel of a round."""
    return session.scalars(
        select(PanelMember)
        .where(PanelMember.round_id == asked.id, PanelMember.person_id == person_id)
        .options(joinedload(PanelMember.round).joinedload(Round.challenge))
    ).first()
