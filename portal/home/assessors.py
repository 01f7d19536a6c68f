"""What needs those who judge: responses to score, and prototypes at a showcase."""

from collections.abc import Iterator

from sqlalchemy import bindparam, func, literal, select, union_all
from sqlalchemy.orm import Session

from portal.assessment.models import Assignment, Score, SheetCriterion
from portal.assessment.queries import minutes_left
from portal.challenges.models import Challenge
from portal.home.needs import Need
from portal.policy import Actor
from portal.showcases.models import PanelSeat, ShowcaseEvent
from portal.web.addresses import address
from portal.web.filters import plural
from portal.web.paging import at_most

MOST = 60
SAYS = {
    "assigned": "Read and score {what}",
    "scoring": "Finish scoring {what} and lock",
}
SEAT = "seat"


_sheet, _challenge = Assignment.__table__.c, Challenge.__table__.c
_event, _seat = ShowcaseEvent.__table__.c, PanelSeat.__table__.c
_asked, _score = SheetCriterion.__table__.c, Score.__table__.c
_CRITERIA = select(func.count()).where(_asked.assignment_id == _sheet.id).correlate(Assignment.__table__)
_SCORED = (
    select(func.count())
    .where(_score.assignment_id == _sheet.id, _score.value.is_not(None), _score.comment != "")
    .correlate(Assignment.__table__)
)
_EACH = (
    select(
        _sheet.challenge_id,
        _sheet.reference,
        _sheet.state,
        _sheet.assigned_at,
        _sheet.words,
        _CRITERIA.scalar_subquery().label("criteria"),
        _SCORED.scalar_subquery().label("scored"),
    )
    .where(_sheet.person_id == bindparam("person"), _sheet.state.in_(tuple(SAYS)))
    .subquery()
)
_SHEETS = (
    select(
        func.min(_EACH.c.reference).label("reference"),
        _EACH.c.state,
        func.min(_EACH.c.assigned_at).label("at"),
        _challenge.title,
        func.count().label("count"),
        func.sum(_EACH.c.words).label("words"),
        func.sum(_EACH.c.criteria).label("criteria"),
        func.sum(_EACH.c.scored).label("scored"),
    )
    .join_from(_EACH, Challenge.__table__, _challenge.id == _EACH.c.challenge_id)
    .where(_challenge.state.in_(("assessment", "tender_assessment")))
    .group_by(_challenge.id, _challenge.title, _EACH.c.state)
    .order_by(func.min(_EACH.c.assigned_at), _challenge.id, _EACH.c.state)
    .limit(at_most(MOST))
)
"""A person's open sheets, one row for each challenge and state: a line for every sheet would say the same again."""
_NO_WORK = [literal(0).label(name) for name in ("count", "words", "criteria", "scored")]
_SEATS = (
    select(_event.reference, literal(SEAT).label("state"), _event.at, _challenge.title, *_NO_WORK)
    .join_from(PanelSeat.__table__, ShowcaseEvent.__table__, _event.id == _seat.event_id)
    .join(Challenge.__table__, _challenge.id == _event.challenge_id)
    .where(_seat.person_id == bindparam("person"), _seat.locked_at.is_(None), _challenge.state == "showcase")
    .order_by(_event.at, _event.id)
    .limit(at_most(MOST))
)
_BOTH = union_all(select(_SHEETS.subquery()), select(_SEATS.subquery()))


def needs(session: Session, actor: Actor) -> Iterator[Need]:
    """This person's own sheets and seats; nobody else's exist for these queries."""
    for reference, state, at, title, count, *work in session.execute(_BOTH, {"person": actor.person_id}):
        if state == SEAT:
            yield Need("Score the prototypes at the showcase", title, address("showcases.score", reference), due=at)
            continue
        what = "a response" if count == 1 else plural(count, "response")
        said = f"{SAYS[state].format(what=what)}: about {plural(minutes_left(*map(int, work)), 'minute')}"
        href = address("assessment.score", reference) if count == 1 else address("assessment.queue")
        yield Need(said, title, href, waiting_since=at)
