"""What needs those who judge: responses to score, and prototypes at a showcase."""

from collections.abc import Iterator

from sqlalchemy import bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from portal.assessment.models import Assignment
from portal.challenges.models import Challenge
from portal.home.needs import Need
from portal.policy import Actor
from portal.showcases.models import PanelSeat, ShowcaseEvent
from portal.web.addresses import address

MOST = 60
SAYS = {
    "assigned": "Say whether you have a conflict of interest, then read and score",
    "scoring": "Finish scoring and lock",
}
SEAT = "seat"


_sheet, _challenge = Assignment.__table__.c, Challenge.__table__.c
_event, _seat = ShowcaseEvent.__table__.c, PanelSeat.__table__.c
_SHEETS = (
    select(_sheet.reference, _sheet.state, _sheet.assigned_at.label("at"), _challenge.title)
    .join_from(Assignment.__table__, Challenge.__table__, _challenge.id == _sheet.challenge_id)
    .where(
        _sheet.person_id == bindparam("person"),
        _sheet.state.in_(tuple(SAYS)),
        _challenge.state.in_(("assessment", "tender_assessment")),
    )
    .order_by(_sheet.assigned_at, _sheet.id)
    .limit(MOST)
)
_SEATS = (
    select(_event.reference, literal(SEAT), _event.at, _challenge.title)
    .join_from(PanelSeat.__table__, ShowcaseEvent.__table__, _event.id == _seat.event_id)
    .join(Challenge.__table__, _challenge.id == _event.challenge_id)
    .where(_seat.person_id == bindparam("person"), _seat.locked_at.is_(None), _challenge.state == "showcase")
    .order_by(_event.at, _event.id)
    .limit(MOST)
)
_BOTH = union_all(select(_SHEETS.subquery()), select(_SEATS.subquery()))


def needs(session: Session, actor: Actor) -> Iterator[Need]:
    """This person's own sheets and seats; nobody else's exist for these queries."""
    for reference, what, at, title in session.execute(_BOTH, {"person": actor.person_id}):
        if what == SEAT:
            yield Need("Score the prototypes at the showcase", title, address("showcases.score", reference), due=at)
        else:
            yield Need(SAYS[what], title, address("assessment.score", reference), waiting_since=at)
