"""The challenges a person can see from inside, for the list that home leads to."""

from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from portal.challenges.listing import CURRENT_ROUND, effective_state
from portal.challenges.models import Challenge, Round
from portal.challenges.queries import visible_inside
from portal.db import clock
from portal.organisations.models import Organisation
from portal.policy import Actor


def challenges_inside(actor: Actor) -> Select[Any]:
    """The challenges of this person's bodies and parts, whatever changed last first."""
    shown: tuple[Any, ...] = (
        Challenge.id,
        Challenge.reference,
        Challenge.title,
        Challenge.pathway,
        Organisation.name.label("lead"),
        effective_state(clock.now()).label("standing"),
        Round.deadline,
    )
    return (
        select(*shown)
        .join(Organisation, Organisation.id == Challenge.lead_id)
        .outerjoin(Round, CURRENT_ROUND)
        .where(visible_inside(actor))
        .order_by(Challenge.state_since.desc(), Challenge.id.desc())
    )


def as_rows(session: Session, rows: Select[Any]) -> list[Row[Any]]:
    """How a page of them is read."""
    return list(session.execute(rows))
