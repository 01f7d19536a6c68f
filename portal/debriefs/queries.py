"""Finding debriefs: a firm its own, the people who award those of their challenges."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.assessment.models import Outcome
from portal.challenges.models import Challenge
from portal.debriefs.models import Debrief
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission
from portal.responses.models import Response, ResponseMember
from portal.responses.queries import is_conflicted
from portal.web.paging import Page, page_of


def _whole() -> Select[Any]:
    response = joinedload(Debrief.response, innerjoin=True)
    return select(Debrief).options(
        joinedload(Debrief.outcome, innerjoin=True),
        response.joinedload(Response.challenge, innerjoin=True).joinedload(Challenge.lead, innerjoin=True),
        response.joinedload(Response.organisation, innerjoin=True),
        response.selectinload(Response.members),
    )


def debrief_of(session: Session, outcome: Outcome) -> Debrief | None:
    """What was asked about an outcome."""
    return session.scalars(_whole().where(Debrief.outcome_id == outcome.id)).first()


def own_debrief(session: Session, actor: Actor, reference: str) -> Debrief | None:
    """What was asked about the outcome of a response, by the response's reference, for the people of its firms."""
    members = select(ResponseMember.response_id).where(
        ResponseMember.organisation_id.in_(actor.ids(Permission.RESPONSE_WRITE)),
        ResponseMember.accepted_at.is_not(None),
    )
    return session.scalars(
        _whole().join(Debrief.response).where(Response.reference == reference, Response.id.in_(members))
    ).first()


def inside_debrief(session: Session, actor: Actor, reference: str) -> Debrief | None:
    """A debrief by its own reference, for the people inside who may read the response and declared no conflict."""
    found = session.scalars(_whole().where(Debrief.reference == reference)).first()
    if found is None or not actor.may(Permission.RESPONSES_READ, found.scopes()):
        return None
    return None if is_conflicted(session, found.response.challenge, actor.person_id) else found


def debriefs_of(session: Session, challenge: Challenge, *, number: int) -> Page[Debrief]:
    """Every debrief of a challenge with its firm: what waits first, who asked first."""
    return page_of(
        session,
        select(Debrief)
        .join(Response, Response.id == Debrief.response_id)
        .join(Organisation, Organisation.id == Response.organisation_id)
        .options(contains_eager(Debrief.response).contains_eager(Response.organisation))
        .options(contains_eager(Debrief.response).selectinload(Response.members))
        .where(Debrief.challenge_id == challenge.id)
        .order_by(Debrief.closed_at.is_not(None), Debrief.asked_at, Debrief.id),
        number=number,
    )
