"""Finding business cases, their comments, who may decide on them up to what amount, and who has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Date, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person, RoleGrant
from portal.business_cases.models import BusinessCase, CaseAuthor, CaseComment
from portal.business_cases.pathway import TOGETHER, CaseState, exceeds
from portal.challenges.models import Challenge, ChallengeParty, Part
from portal.challenges.queries import inside
from portal.db import clock
from portal.law.calendar import london_date
from portal.law.money import with_vat
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission, ScopeKind, roles_with
from portal.workflow import Agreement

_case, _challenge, _lead = BusinessCase.__table__.c, Challenge.__table__.c, Organisation.__table__.c
_author, _grant, _agreed = CaseAuthor.__table__.c, RoleGrant.__table__.c, Agreement.__table__.c
_party, _TODAY = ChallengeParty.__table__.c, bindparam("today", type_=Date)
_BODY_TAKES_PART = or_(
    _grant.organisation_id == _challenge.lead_id,
    exists()
    .where(_party.challenge_id == _challenge.id, _party.organisation_id == _grant.organisation_id)
    .where(_party.part == Part.JOINT)
    .correlate(Challenge.__table__, RoleGrant.__table__),
)
_DECIDES = and_(
    _grant.role.in_(roles_with(Permission.FUNDING_DECIDE)),
    _grant.scope_kind == ScopeKind.AUTHORITY,
    _BODY_TAKES_PART,
    _grant.ended_at.is_(None),
    or_(_grant.starts_on.is_(None), _grant.starts_on <= _TODAY),
    or_(_grant.ends_on.is_(None), _grant.ends_on >= _TODAY),
)
"""True of the grants, in force today, that bring the right to decide on a challenge's money: its lead's and those of
the authorities that take part.
"""
_DECIDING = RoleGrant.__table__.join(Challenge.__table__, _DECIDES)


def _today() -> dict[str, Any]:
    return {"today": london_date(clock.now())}


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


def decision_limit(session: Session, person_id: int | None, challenge: Challenge) -> int | None:
    """The most this person may decide on here, in pence including VAT: None without limit, 0 without the role."""
    theirs = select(_grant.limit_pence).select_from(_DECIDING).where(_grant.person_id == person_id)
    limits = session.scalars(theirs.where(_challenge.id == challenge.id), _today()).all()
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
    return _two_decide(threshold, None if amount is None else with_vat(amount, vat))


def _two_decide(threshold: int | None, asked: int | None) -> bool:
    """Whether an amount, in pence including VAT, is one on which an authority with this threshold has two decide."""
    return threshold is not None and asked is not None and asked >= threshold


def deciders(session: Session, case: BusinessCase) -> Sequence[int]:
    """The people who may decide on this case: within their limit, and not among its authors."""
    grants = session.execute(
        select(_grant.person_id, _grant.limit_pence)
        .select_from(_DECIDING.join(Person.__table__, Person.__table__.c.id == _grant.person_id))
        .where(
            _challenge.id == case.challenge_id,
            Person.__table__.c.removed_at.is_(None),
            _grant.person_id.not_in(select(_author.person_id).where(_author.case_id == case.id)),
        ),
        _today(),
    ).all()
    return sorted({person for person, limit in grants if not case.exceeds(limit)})


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's approval of a case: who, when, and what they said with it."""

    by: Person
    at: datetime
    words: str


def first_approval(session: Session, case: BusinessCase) -> Approval | None:
    """The first of two people's approval of the case as it was last submitted; None where one decides or nobody has.

    It lapses when the case comes back and is submitted anew, so it is never older than the submission.
    """
    used = Agreement.used_at.is_not(None) if case.state == CaseState.APPROVED else Agreement.used_at.is_(None)
    found = session.execute(
        select(Agreement, Person)
        .join(Person, Person.id == Agreement.person_id)
        .where(
            Agreement.subject_kind == "challenge",
            Agreement.subject_id == case.challenge_id,
            Agreement.move == TOGETHER,
            Agreement.agreed_at >= case.submitted_at,
            used,
        )
        .order_by(Agreement.id.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    given, person = found
    return Approval(person, given.agreed_at, str(given.said.get("note") or ""))


def approvals(session: Session, case: BusinessCase) -> list[Approval]:
    """Everybody who approved the case, the first first; empty unless it is approved."""
    if case.state != CaseState.APPROVED or case.decided_by is None or case.decided_at is None:
        return []
    last = Approval(case.decided_by, case.decided_at, case.decision_note)
    first = first_approval(session, case)
    return [last] if first is None else [first, last]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A submitted case as one person's work: whether they may still decide, and whether another has approved it."""

    theirs: bool
    half_approved: bool


# Built once, on the tables: the home page of everybody in an authority asks it.
_PERSON: BindParameter[Any] = bindparam("person")
_BUDGET = and_(_grant.person_id == _PERSON, _DECIDES)
_STANDS = and_(
    _agreed.subject_kind == "challenge",
    _agreed.subject_id == _challenge.id,
    _agreed.move == TOGETHER,
    _agreed.used_at.is_(None),
    _agreed.agreed_at >= _case.submitted_at,
)
_WAITING = (
    select(
        _case.challenge_id,
        _case.amount_pence,
        _case.vat,
        _lead.second_decider_from_pence.label("two_from"),
        exists().where(_author.case_id == _case.id, _author.person_id == _PERSON).label("own"),
        exists().where(_BUDGET, _grant.limit_pence.is_(None)).label("without_limit"),
        select(func.max(_grant.limit_pence)).where(_BUDGET).scalar_subquery().label("limit"),
        exists().where(_STANDS, _agreed.person_id == _PERSON).label("has_approved"),
        exists().where(_STANDS, _agreed.person_id != _PERSON).label("another_has"),
    )
    .join_from(BusinessCase.__table__, Challenge.__table__, _challenge.id == _case.challenge_id)
    .join(Organisation.__table__, _lead.id == _challenge.lead_id)
    .where(_case.challenge_id.in_(bindparam("challenges", expanding=True)), _case.state == CaseState.SUBMITTED)
)


def awaiting_decision(session: Session, person_id: int | None, challenges: Sequence[int]) -> dict[int, Waiting]:
    """Of these challenges those whose case waits for a decision, in one statement.

    A case is nobody's who wrote in it, whose limit is below its sum including VAT, or who has approved it already where
    two people decide.
    """
    given = {"person": person_id, "challenges": list(challenges)} | _today()
    return {row.challenge_id: _as_work(row) for row in session.execute(_WAITING, given)}


def _as_work(row: Any) -> Waiting:
    asked = with_vat(row.amount_pence, row.vat)
    two_decide = _two_decide(row.two_from, asked)
    holds = row.without_limit or row.limit is not None
    barred = row.own or exceeds(asked, None if row.without_limit else row.limit)
    done = two_decide and row.has_approved
    return Waiting(bool(holds and not barred and not done), bool(two_decide and row.another_has))
