"""Finding business cases, their comments, and who may decide on them up to what amount."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person, RoleGrant
from portal.business_cases.models import BusinessCase, CaseAuthor, CaseComment
from portal.business_cases.pathway import CaseState
from portal.challenges.models import Challenge
from portal.challenges.queries import inside, visible_inside
from portal.db import clock
from portal.law.calendar import london_date
from portal.law.money import with_vat
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission, ScopeKind, roles_with


def case_of(session: Session, challenge: Challenge) -> BusinessCase | None:
    """The challenge's business case with its sections, options and authors, or None before it is begun."""
    return session.scalars(
        select(BusinessCase)
        .where(BusinessCase.challenge_id == challenge.id)
        .options(
            joinedload(BusinessCase.challenge),
            joinedload(BusinessCase.submitted_by),
            joinedload(BusinessCase.decided_by),
        )
    ).first()


def case_inside(session: Session, actor: Actor, reference: str) -> BusinessCase | None:
    """The business case of a challenge this person is inside."""
    challenge = inside(session, actor, reference)
    return case_of(session, challenge) if challenge else None


def comments_on(session: Session, case: BusinessCase) -> Sequence[CaseComment]:
    """What budget holders wanted changed, with who said it, oldest first."""
    return session.scalars(
        select(CaseComment)
        .where(CaseComment.case_id == case.id)
        .options(joinedload(CaseComment.by))
        .order_by(CaseComment.at, CaseComment.id)
        .limit(200)
    ).all()


def comment_count(session: Session, case: BusinessCase) -> int:
    """How many comments were made since the case was last submitted."""
    return (
        session.scalar(
            select(func.count(CaseComment.id)).where(
                CaseComment.case_id == case.id, CaseComment.at >= case.submitted_at
            )
        )
        or 0
    )


def _deciding_grants(challenge: Challenge) -> list[ColumnElement[bool]]:
    """True of the grants, in force today, that bring the right to decide on this challenge's money."""
    today = london_date(clock.now())
    bodies = {scope.id for scope in challenge.scopes() if scope.kind is ScopeKind.AUTHORITY}
    return [
        RoleGrant.role.in_(roles_with(Permission.FUNDING_DECIDE)),
        RoleGrant.organisation_id.in_(bodies),
        RoleGrant.scope_kind == ScopeKind.AUTHORITY,
        RoleGrant.ended_at.is_(None),
        or_(RoleGrant.starts_on.is_(None), RoleGrant.starts_on <= today),
        or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today),
    ]


def decision_limit(session: Session, person_id: int | None, challenge: Challenge) -> int | None:
    """The most this person may decide on here, in pence including VAT: None without limit, 0 without the role."""
    limits = session.scalars(
        select(RoleGrant.limit_pence).where(RoleGrant.person_id == person_id, *_deciding_grants(challenge))
    ).all()
    return None if None in limits else max((limit for limit in limits if limit is not None), default=0)


def wants_second_decider(session: Session, challenge: Challenge) -> bool:
    """Whether the amount asked for, VAT included, is one on which the lead authority has two people decide."""
    row = session.execute(
        select(Organisation.second_decider_from_pence, BusinessCase.amount_pence, BusinessCase.vat)
        .join_from(BusinessCase, Challenge, Challenge.id == BusinessCase.challenge_id)
        .join(Organisation, Organisation.id == Challenge.lead_id)
        .where(Challenge.id == challenge.id)
    ).first()
    if row is None:
        return False
    threshold, amount, vat = row
    return threshold is not None and amount is not None and with_vat(amount, vat) >= threshold


def deciders(session: Session, case: BusinessCase) -> Sequence[int]:
    """The people who may decide on this case: within their limit, and not among its authors."""
    return session.scalars(
        select(RoleGrant.person_id)
        .join(RoleGrant.person)
        .where(
            *_deciding_grants(case.challenge),
            or_(RoleGrant.limit_pence.is_(None), RoleGrant.limit_pence >= (case.amount_with_vat or 0)),
            Person.removed_at.is_(None),
            RoleGrant.person_id.not_in(select(CaseAuthor.person_id).where(CaseAuthor.case_id == case.id)),
        )
        .distinct()
        .order_by(RoleGrant.person_id)
    ).all()


def awaiting_decision(actor: Actor) -> Select[BusinessCase]:
    """Submitted cases of the authorities for which this person decides, longest waiting first; never their own."""
    bodies = {s.id for s in actor.where(Permission.FUNDING_DECIDE) if s.kind is ScopeKind.AUTHORITY}
    own = select(CaseAuthor.case_id).where(CaseAuthor.person_id == actor.person_id)
    return (
        select(BusinessCase)
        .join(BusinessCase.challenge)
        .where(
            BusinessCase.state == CaseState.SUBMITTED,
            Challenge.lead_id.in_(bodies),
            BusinessCase.id.not_in(own),
        )
        .options(joinedload(BusinessCase.challenge))
        .order_by(BusinessCase.submitted_at, BusinessCase.id)
    )


def being_written(actor: Actor) -> Select[BusinessCase]:
    """Cases in draft or returned of the challenges this person shapes, the returned ones first."""
    bodies = {s.id for s in actor.where(Permission.CHALLENGE_SHAPE) if s.kind is ScopeKind.AUTHORITY}
    own = {s.id for s in actor.where(Permission.CHALLENGE_SHAPE) if s.kind is ScopeKind.CHALLENGE}
    return (
        select(BusinessCase)
        .join(BusinessCase.challenge)
        .where(
            BusinessCase.state.in_([CaseState.DRAFT, CaseState.RETURNED]),
            or_(Challenge.lead_id.in_(bodies), Challenge.id.in_(own)),
            visible_inside(actor),
        )
        .options(joinedload(BusinessCase.challenge))
        .order_by(BusinessCase.state.desc(), BusinessCase.state_since, BusinessCase.id)
    )
