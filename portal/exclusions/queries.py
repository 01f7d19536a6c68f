"""Finding what chosen firms were asked: a firm its response's, the people who award all of a challenge's."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import Challenge
from portal.challenges.standing import standing_of
from portal.exclusions.models import SupplierCheck
from portal.law.releases import supplier_information_due
from portal.partnerships.queries import chosen
from portal.policy import Actor, Permission
from portal.responses.models import Response, ResponseMember
from portal.responses.queries import is_conflicted


def is_due(session: Session, challenge: Challenge) -> bool:
    """Whether the law lets this award ask its chosen firms at all; below the threshold nothing of it is asked."""
    standing = standing_of(session, challenge)
    kind = challenge.release_kind
    return kind is not None and standing is not None and supplier_information_due(kind, standing)


def _whole() -> Select[Any]:
    response = joinedload(SupplierCheck.response, innerjoin=True)
    return select(SupplierCheck).options(
        joinedload(SupplierCheck.organisation, innerjoin=True),
        response.joinedload(Response.challenge, innerjoin=True).joinedload(Challenge.lead, innerjoin=True),
        response.joinedload(Response.organisation, innerjoin=True),
        response.selectinload(Response.members).joinedload(ResponseMember.organisation, innerjoin=True),
    )


def checks_of(session: Session, challenge: Challenge) -> Sequence[SupplierCheck]:
    """What the firms of a challenge were asked, those included that are no longer chosen, in the order they were."""
    rows = _whole().where(SupplierCheck.challenge_id == challenge.id)
    return session.scalars(rows.order_by(SupplierCheck.response_id, SupplierCheck.id).limit(200)).all()


def unasked(session: Session, challenge: Challenge) -> Sequence[ResponseMember]:
    """The firms behind chosen responses that have not been asked: those that joined after the award began, too."""
    asked = (
        select(SupplierCheck.id)
        .where(
            SupplierCheck.response_id == ResponseMember.response_id,
            SupplierCheck.organisation_id == ResponseMember.organisation_id,
        )
        .exists()
    )
    responses = [each.id for each in chosen(session, challenge)]
    return session.scalars(
        select(ResponseMember)
        .where(ResponseMember.response_id.in_(responses), ResponseMember.accepted_at.is_not(None), ~asked)
        .options(joinedload(ResponseMember.organisation))
        .order_by(ResponseMember.response_id, ResponseMember.id)
        .limit(200)
    ).all()


def own_check(session: Session, actor: Actor, reference: str) -> SupplierCheck | None:
    """What one firm is asked, for its own people only: each firm of a consortium answers for itself."""
    own = actor.ids(Permission.RESPONSE_WRITE)
    rows = _whole().where(SupplierCheck.reference == reference, SupplierCheck.organisation_id.in_(own))
    return session.scalars(rows).first()


def inside_check(session: Session, actor: Actor, reference: str) -> SupplierCheck | None:
    """The same for the people inside who may read the response and declared no conflict."""
    found = session.scalars(_whole().where(SupplierCheck.reference == reference)).first()
    if found is None or not actor.may(Permission.RESPONSES_READ, found.scopes()):
        return None
    return None if is_conflicted(session, found.response.challenge, actor.person_id) else found


def beside(session: Session, check: SupplierCheck) -> Sequence[SupplierCheck]:
    """What every firm behind the same response is asked, itself included."""
    rows = _whole().where(SupplierCheck.response_id == check.response_id)
    return session.scalars(rows.order_by(SupplierCheck.id)).all()
