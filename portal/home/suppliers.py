"""What needs the people of a firm: drafts before their deadline, invitations, help, outcomes and contracts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from portal.assessment.models import Outcome
from portal.challenges.models import Challenge, Round
from portal.db import clock
from portal.debriefs.models import Debrief
from portal.exclusions.models import SupplierCheck
from portal.home.needs import Need
from portal.network.options import NetworkOption, bodies_with
from portal.network.vouches.models import Vouch
from portal.organisations.models import Organisation
from portal.partnerships.models import Partnership, PartnershipEvent
from portal.policy import Actor, Permission
from portal.responses.models import Clarification, Response, ResponseMember
from portal.showcases.models import Appearance, ShowcaseEvent
from portal.support.models import SupportPlan
from portal.web.addresses import address
from portal.web.paging import at_most

MOST = 60
OUTCOME_IS_NEWS = timedelta(days=30)


# Built once; as columns of entities where they touch responses, so that the seal covers them.
_FIRMS: Any = bindparam("firms", expanding=True)
_NOW: Any = bindparam("now")
_ANSWERS = (
    select(
        Response.reference,
        Response.state,
        Response.brief_number,
        Challenge.brief_number,
        Challenge.title,
        Round.deadline,
        Clarification.reference,
        Clarification.hearing,
        Clarification.due_at,
    )
    .join(Challenge, Challenge.id == Response.challenge_id)
    .join(Round, Round.id == Response.round_id)
    .join(ResponseMember, ResponseMember.response_id == Response.id)
    .outerjoin(
        Clarification,
        and_(
            Clarification.response_id == Response.id,
            Clarification.state == "asked",
            Clarification.due_at > _NOW,
            ResponseMember.accepted_at.is_not(None),
        ),
    )
    .where(
        ResponseMember.organisation_id.in_(_FIRMS),
        or_(
            and_(Response.state.in_(("draft", "submitted")), Round.deadline > _NOW),
            Clarification.id.is_not(None),
        ),
    )
    .order_by(func.coalesce(Clarification.due_at, Round.deadline), Response.id, Clarification.id)
    .limit(at_most(MOST))
)
"""Responses to finish before their deadline, and opened ones about which the firm was asked something."""
_PLANS = (
    select(Response.reference, Challenge.title, Challenge.state, SupportPlan.state_since, ShowcaseEvent.at)
    .join(SupportPlan, SupportPlan.response_id == Response.id)
    .join(Challenge, Challenge.id == Response.challenge_id)
    .outerjoin(Appearance, Appearance.response_id == Response.id)
    .outerjoin(ShowcaseEvent, and_(ShowcaseEvent.id == Appearance.event_id, ShowcaseEvent.state == "planned"))
    .where(
        Response.organisation_id.in_(_FIRMS),
        or_(
            and_(Challenge.state == "support", SupportPlan.state.in_(("to_contact", "under_way"))),
            and_(Challenge.state == "showcase", SupportPlan.state == "ready", ShowcaseEvent.id.is_not(None)),
        ),
    )
    .order_by(SupportPlan.state_since, Response.id)
    .limit(at_most(MOST))
)
"""Firms that get ready to show, and those whose showcase is planned and was not held yet."""
_OUTCOMES = (
    select(
        Response.reference, Challenge.title, Outcome.sent_at, Debrief.state, Debrief.takes_place_at, Debrief.closed_at
    )
    .join(Outcome, Outcome.response_id == Response.id)
    .join(Challenge, Challenge.id == Response.challenge_id)
    .outerjoin(Debrief, Debrief.outcome_id == Outcome.id)
    .where(
        Response.organisation_id.in_(_FIRMS),
        or_(
            Outcome.sent_at > bindparam("since"),
            and_(Debrief.state == "arranged", Debrief.takes_place_at > bindparam("since")),
            and_(Debrief.state == "answered", Debrief.closed_at > bindparam("since")),
        ),
    )
    .order_by(Outcome.sent_at.desc(), Response.id)
    .limit(at_most(MOST))
)
_event, _vouch = PartnershipEvent.__table__.c, Vouch.__table__.c
_firm, _body = Organisation.__table__.alias(), Organisation.__table__.alias()
_partnership, _check, _challenge = Partnership.__table__.c, SupplierCheck.__table__.c, Challenge.__table__.c
_BOTH = union_all(
    select(literal("work").label("what"), _partnership.reference, _challenge.title, _partnership.state_since)
    .join_from(Partnership.__table__, Challenge.__table__, _challenge.id == _partnership.challenge_id)
    .where(_partnership.organisation_id.in_(_FIRMS), _partnership.state.in_(("mobilising", "active"))),
    select(literal("check").label("what"), _check.reference, _challenge.title, _check.state_since)
    .join_from(SupplierCheck.__table__, Challenge.__table__, _challenge.id == _check.challenge_id)
    .where(_check.organisation_id.in_(_FIRMS), _check.state == "asked"),
    select(literal("hearing").label("what"), _event.reference, _challenge.title, _event.state_since)
    .join_from(PartnershipEvent.__table__, Partnership.__table__, _partnership.id == _event.partnership_id)
    .join(Challenge.__table__, _challenge.id == _partnership.challenge_id)
    .where(_partnership.organisation_id.in_(_FIRMS), _event.state == "hearing", _event.hear_by > _NOW),
    select(literal("vouch").label("what"), _firm.c.reference, _body.c.name, _vouch.given_at)
    .join_from(Vouch.__table__, _firm, _firm.c.id == _vouch.firm_id)
    .join(_body, _body.c.id == _vouch.body_id)
    .where(
        _vouch.firm_id.in_(_FIRMS),
        _vouch.consents.is_(None),
        _vouch.ended_at.is_(None),
        _vouch.body_id.in_(bodies_with(NetworkOption.SHARING_INTELLIGENCE)),
    ),
).subquery()
_WORK = select(_BOTH).order_by(_BOTH.c.state_since, _BOTH.c.reference).limit(at_most(MOST))
"""Partnerships at work, what a chosen firm is asked before its contract, a hearing, and who vouches."""


_WORDS = {
    "work": ("See your partnership's phase and targets", "partnerships.show"),
    "hearing": ("Say what you think before something is decided about your work", "partnerships.event"),
    "vouch": ("Say whether the network may see what this body says of your work", "vouches.own"),
    "check": ("You were chosen: answer four questions before the contract", "exclusions.tell"),
}


def needs(session: Session, actor: Actor) -> Iterator[Need]:
    """What waits for this person's firms; the seal keeps everybody else's responses out of these queries."""
    firms = sorted(actor.ids(Permission.RESPONSE_WRITE))
    if not firms:
        return
    for row in session.execute(_ANSWERS, {"firms": firms, "now": clock.now()}):
        yield from _of_answer(*row)
    for reference, title, stands, since, shows_at in session.execute(_PLANS, {"firms": firms}):
        if stands == "showcase":
            yield Need("Show your prototype", title, address("showcases.own", reference), due=shows_at)
        else:
            href = address("support.own_plan", reference)
            yield Need("Get your prototype ready to show", title, href, waiting_since=since)
    since_when = clock.now() - OUTCOME_IS_NEWS
    for told in session.execute(_OUTCOMES, {"firms": firms, "since": since_when}):
        yield from _of_outcome(*told, since=since_when)
    for what, reference, title, since in session.execute(_WORK, {"firms": firms, "now": clock.now()}):
        said, page = _WORDS[what]
        yield Need(said, title, address(page, reference), waiting_since=since)


def _of_outcome(
    reference: str,
    title: str,
    sent: datetime | None,
    talk: str | None,
    takes_place_at: datetime | None,
    answered_at: datetime | None,
    *,
    since: datetime,
) -> Iterator[Need]:
    """The outcome while it is news, and the debrief on it: `talk` is its state, None where nobody asked for one."""
    if sent and sent > since:
        href = address("assessment.feedback", reference)
        yield Need("Read the outcome and your feedback", title, href, waiting_since=sent)
    href = address("debriefs.own", reference)
    if talk == "arranged" and takes_place_at and takes_place_at > clock.now():
        yield Need("Be there: your debrief", title, href, due=takes_place_at)
    if talk == "answered":
        yield Need("Read what you asked about your outcome", title, href, waiting_since=answered_at)


def _of_answer(
    reference: str,
    state: str,
    answered: int,
    current: int,
    title: str,
    deadline: datetime | None,
    *asked: Any,
) -> Iterator[Need]:
    """What one response needs; `asked` is the clarification it waits for: reference, whether a hearing, and by when."""
    clarification, hearing, due = asked
    if clarification is not None:
        said = "Say what you think before it is decided" if hearing else "Explain your response"
        yield Need(said, title, address("responses.explain", clarification), due=due)
        return
    href = address("responses.draft", reference)
    if state == "draft":
        yield Need("Finish and submit your response", title, href, due=deadline)
    elif answered < current:
        yield Need("The brief has changed: look again and submit again", title, href, due=deadline)
