"""What needs advisers, and what showcase guests are invited to."""

from collections.abc import Iterator

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, ConflictDeclaration
from portal.db import clock
from portal.home.needs import Need
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission, ScopeKind
from portal.responses.models import Response
from portal.showcases.models import Appearance, GuestFeedback, ShowcaseEvent
from portal.support.models import SupportPlan
from portal.support.queries import by_urgency, supporting, waits_for
from portal.web.addresses import address
from portal.web.paging import at_most

MOST = 60
SAYS = {"to_contact": "Contact a firm that is waiting for help", "under_way": "See a firm through to its showcase"}


# Built once; the plan's firm is a column of an entity, so that the seal covers it.
_PLANS = (
    select(
        SupportPlan.id,
        SupportPlan.state,
        SupportPlan.state_since,
        Challenge.reference,
        Challenge.title,
        Organisation.name,
        exists()
        .where(
            ConflictDeclaration.challenge_id == SupportPlan.challenge_id,
            ConflictDeclaration.person_id == bindparam("person"),
        )
        .label("declared"),
    )
    .join(Challenge, Challenge.id == SupportPlan.challenge_id)
    .join(Response, Response.id == SupportPlan.response_id)
    .join(Organisation, Organisation.id == Response.organisation_id)
    .where(waits_for(bindparam("bodies", expanding=True)), SupportPlan.state.in_(tuple(SAYS)))
    .order_by(*by_urgency())
    .limit(at_most(MOST))
)
_event, _challenge = ShowcaseEvent.__table__.c, Challenge.__table__.c
_said, _shown = GuestFeedback.__table__.c, Appearance.__table__.c
_EVENTS = (
    select(_event.reference, _event.at, _challenge.title)
    .join_from(ShowcaseEvent.__table__, Challenge.__table__, _challenge.id == _event.challenge_id)
    .where(
        _event.challenge_id.in_(bindparam("challenges", expanding=True)),
        _event.state != "cancelled",
        _challenge.state.in_(("support", "showcase")),
        or_(
            _event.at > bindparam("now"),
            ~exists().where(
                _shown.event_id == _event.id, _said.appearance_id == _shown.id, _said.person_id == bindparam("person")
            ),
        ),
    )
    .order_by(_event.at, _event.id)
    .limit(at_most(MOST))
)
"""Showcases to come, and those on which this guest has said nothing while it can still help to choose."""


def needs(session: Session, actor: Actor) -> Iterator[Need]:
    """The firms this adviser's bodies support, and the showcases this guest may see."""
    if bodies := supporting(actor):
        asked = set[str]()
        rows = session.execute(_PLANS, {"bodies": bodies, "person": actor.person_id})
        for plan_id, state, since, reference, title, firm, declared in rows:
            if not declared and reference not in asked:
                asked.add(reference)
                href = address("brief.declare", reference)
                yield Need("Say whether you have an interest", title, href, waiting_since=since)
            href = f"{address('support.plans', reference)}/{plan_id}"
            yield Need(SAYS[state], f"{firm}, {title}", href, waiting_since=since)
    invited = [s.id for s in actor.where(Permission.SHOWCASE_ATTEND) if s.kind is ScopeKind.CHALLENGE]
    if not invited:
        return
    now = clock.now()
    given = {"challenges": invited, "person": actor.person_id, "now": now}
    for reference, at, title in session.execute(_EVENTS, given):
        ahead = at > now
        said = "Come to the showcase" if ahead else "Say what you thought of the prototypes"
        href = address("showcases.guest", reference)
        yield Need(said, title, href, due=at if ahead else None)
