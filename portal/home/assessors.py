"""What needs those who judge: responses to score, and prototypes at a showcase."""

from collections.abc import Iterator

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.assessment.models import Assignment
from portal.challenges.models import Challenge
from portal.home.needs import Need
from portal.policy import Actor
from portal.showcases.models import PanelSeat, ShowcaseEvent

MOST = 60
SAYS = {
    "assigned": "Say whether you have a conflict of interest, then read and score",
    "scoring": "Finish scoring and lock",
}


def needs(session: Session, actor: Actor) -> Iterator[Need]:
    """This person's own sheets and seats; nobody else's exist for these queries."""
    sheets = session.execute(
        select(Assignment.reference, Assignment.state, Assignment.assigned_at, Challenge.title)
        .join(Challenge, Challenge.id == Assignment.challenge_id)
        .where(
            Assignment.person_id == actor.person_id,
            Assignment.state.in_(tuple(SAYS)),
            Challenge.state.in_(("assessment", "tender_assessment")),
        )
        .order_by(Assignment.assigned_at, Assignment.id)
        .limit(MOST)
    )
    for reference, state, since, title in sheets:
        yield Need(SAYS[state], title, url_for("assessment.score", reference=reference), waiting_since=since)
    seats = session.execute(
        select(ShowcaseEvent.reference, ShowcaseEvent.at, Challenge.title)
        .join(PanelSeat, PanelSeat.event_id == ShowcaseEvent.id)
        .join(Challenge, Challenge.id == ShowcaseEvent.challenge_id)
        .where(PanelSeat.person_id == actor.person_id, PanelSeat.locked_at.is_(None), Challenge.state == "showcase")
        .order_by(ShowcaseEvent.at, ShowcaseEvent.id)
        .limit(MOST)
    )
    for reference, at, title in seats:
        yield Need(
            "Score the prototypes at the showcase", title, url_for("showcases.score", reference=reference), due=at
        )
