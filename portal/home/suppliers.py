"""What needs the people of a firm: drafts before their deadline, invitations, help, outcomes and contracts."""

from collections.abc import Iterator
from datetime import timedelta

from flask import url_for
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from portal.assessment.models import Outcome
from portal.challenges.models import Challenge, Round
from portal.db import clock
from portal.home.needs import Need
from portal.partnerships.models import Partnership
from portal.policy import Actor, Permission
from portal.responses.models import Response, ResponseMember
from portal.support.models import SupportPlan

MOST = 60
OUTCOME_IS_NEWS = timedelta(days=30)


def needs(session: Session, actor: Actor) -> Iterator[Need]:
    """What waits for this person's firms; the seal keeps everybody else's responses out of these queries."""
    firms = actor.ids(Permission.RESPONSE_WRITE)
    if not firms:
        return
    yield from _unfinished(session, firms)
    yield from _plans(session, firms)
    yield from _outcomes(session, firms)
    yield from _work(session, firms)


def _unfinished(session: Session, firms: frozenset[int]) -> Iterator[Need]:
    rows = session.execute(
        select(
            Response.reference,
            Response.state,
            Response.brief_number,
            Challenge.brief_number,
            Challenge.title,
            Round.deadline,
        )
        .join(Challenge, Challenge.id == Response.challenge_id)
        .join(Round, Round.id == Response.round_id)
        .join(ResponseMember, ResponseMember.response_id == Response.id)
        .where(
            ResponseMember.organisation_id.in_(firms),
            Response.state.in_(("draft", "submitted")),
            Round.deadline > clock.now(),
        )
        .order_by(Round.deadline, Response.id)
        .limit(MOST)
    )
    for reference, state, answered, current, title, deadline in rows:
        href = url_for("responses.draft", reference=reference)
        if state == "draft":
            yield Need("Finish and submit your response", title, href, due=deadline)
        elif answered < current:
            yield Need("The brief has changed: look again and submit again", title, href, due=deadline)


def _plans(session: Session, firms: frozenset[int]) -> Iterator[Need]:
    rows = session.execute(
        select(Response.reference, Challenge.title, SupportPlan.state_since)
        .join(SupportPlan, SupportPlan.response_id == Response.id)
        .join(Challenge, and_(Challenge.id == Response.challenge_id, Challenge.state == "support"))
        .where(Response.organisation_id.in_(firms), SupportPlan.state == "under_way")
        .order_by(SupportPlan.state_since, Response.id)
        .limit(MOST)
    )
    for reference, title, since in rows:
        href = url_for("support.own_plan", reference=reference)
        yield Need("Get your prototype ready to show", title, href, waiting_since=since)


def _outcomes(session: Session, firms: frozenset[int]) -> Iterator[Need]:
    rows = session.execute(
        select(Response.reference, Challenge.title, Outcome.sent_at)
        .join(Outcome, Outcome.response_id == Response.id)
        .join(Challenge, Challenge.id == Response.challenge_id)
        .where(Response.organisation_id.in_(firms), Outcome.sent_at > clock.now() - OUTCOME_IS_NEWS)
        .order_by(Outcome.sent_at.desc(), Response.id)
        .limit(MOST)
    )
    for reference, title, sent in rows:
        href = url_for("assessment.feedback", reference=reference)
        yield Need("Read the outcome and your feedback", title, href, waiting_since=sent)


def _work(session: Session, firms: frozenset[int]) -> Iterator[Need]:
    rows = session.execute(
        select(Partnership.reference, Challenge.title, Partnership.state_since)
        .join(Challenge, Challenge.id == Partnership.challenge_id)
        .where(Partnership.organisation_id.in_(firms), Partnership.state.in_(("mobilising", "active")))
        .order_by(Partnership.state_since, Partnership.id)
        .limit(MOST)
    )
    for reference, title, since in rows:
        href = url_for("partnerships.show", reference=reference)
        yield Need("See your partnership's phase and targets", title, href, waiting_since=since)
