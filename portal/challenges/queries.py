"""Finding challenges: what is hidden from somebody is never found for them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from portal.challenges.glimpse import Glimpse
from portal.challenges.models import (
    Challenge,
    ChallengeParty,
    Criterion,
    DeadlineChange,
    OfficialNotice,
    Part,
    Round,
    RoundKind,
)
from portal.policy import Actor, Permission, ScopeKind


def visible_inside(actor: Actor) -> ColumnElement[bool]:
    """True of the challenges whose inside `actor` may see: their bodies' own, and those they hold a part in."""
    return _visible(**_seen_by(actor))


def read_inside(actor: Actor) -> ColumnElement[bool]:
    """True of the challenges whose papers `actor` may read: not of those they only open, assess or visit."""
    may_see = actor.where(Permission.CHALLENGE_SEE)
    own = [scope.id for scope in may_see if scope.kind is ScopeKind.CHALLENGE]
    return _visible(own, [scope.id for scope in may_see if scope.kind is ScopeKind.AUTHORITY], [])


def _seen_by(actor: Actor) -> dict[str, list[int | None]]:
    return {
        "own": [grant.scope.id for grant in actor.grants if grant.scope.kind is ScopeKind.CHALLENGE],
        "authorities": [s.id for s in actor.where(Permission.CHALLENGE_SEE) if s.kind is ScopeKind.AUTHORITY],
        "partners": [s.id for s in actor.where(Permission.SUPPORT_GIVE) if s.kind is ScopeKind.PARTNER],
    }


def _visible(own: Any, authorities: Any, partners: Any) -> ColumnElement[bool]:
    party = ChallengeParty.challenge_id == Challenge.id
    return or_(
        Challenge.id.in_(own),
        Challenge.lead_id.in_(authorities),
        exists().where(party, ChallengeParty.part == Part.JOINT, ChallengeParty.organisation_id.in_(authorities)),
        exists().where(party, ChallengeParty.part == Part.SUPPORT, ChallengeParty.organisation_id.in_(partners)),
    )


# Built once, because every page inside a challenge begins with it.
_THIS_INSIDE = and_(
    Challenge.reference == bindparam("reference"),
    _visible(*(bindparam(name, expanding=True) for name in ("own", "authorities", "partners"))),
)
_INSIDE = (
    select(Challenge)
    .where(_THIS_INSIDE)
    .options(
        joinedload(Challenge.parties),
        joinedload(Challenge.lead),
        joinedload(Challenge.owner),
        joinedload(Challenge.directorate),
    )
)


_party = aliased(ChallengeParty)
_GLIMPSE = (
    select(*(getattr(Challenge, name) for name in Glimpse._fields[:-1]), _party.part, _party.organisation_id)
    .outerjoin(_party, _party.challenge_id == Challenge.id)
    .where(_THIS_INSIDE)
)


def inside(session: Session, actor: Actor, reference: str) -> Challenge | None:
    """A challenge for the people inside it, published or not."""
    return session.scalars(_INSIDE, {"reference": reference} | _seen_by(actor)).unique().one_or_none()


def glimpse_inside(session: Session, actor: Actor, reference: str) -> Glimpse | None:
    """As `inside`, for a page that shows of the challenge itself no more than what it is called and where it stands."""
    rows = session.execute(_GLIMPSE, {"reference": reference} | _seen_by(actor)).all()
    if not rows:
        return None
    parties = frozenset((part, body) for *_challenge, part, body in rows if part)
    return Glimpse._make((*rows[0][:-2], parties))


def released(session: Session, _actor: Actor, reference: str) -> Challenge | None:
    """A challenge the public may see: one that has been released, whatever came of it."""
    return session.scalars(
        select(Challenge)
        .where(Challenge.reference == reference, Challenge.released_at.is_not(None))
        .options(joinedload(Challenge.lead))
    ).first()


def round_of(session: Session, challenge: Challenge, kind: RoundKind = RoundKind.CHALLENGE) -> Round | None:
    """The challenge's own round or its tender's, with lots, criteria and their descriptors."""
    return session.scalars(
        select(Round)
        .where(Round.challenge_id == challenge.id, Round.kind == kind)
        .options(selectinload(Round.criteria).selectinload(Criterion.descriptors))
    ).first()


def closing_of(session: Session, challenge: int) -> tuple[datetime | None, DeadlineChange | None]:
    """When the latest round of a challenge closes, and the last act that moved its deadline."""
    asked = session.scalars(
        select(Round).where(Round.challenge_id == challenge, Round.deadline.is_not(None)).order_by(Round.id.desc())
    ).first()
    if asked is None:
        return None, None
    moved = select(DeadlineChange).where(DeadlineChange.round_id == asked.id).order_by(DeadlineChange.id.desc())
    return asked.deadline, session.scalars(moved).first()


def official_notices(session: Session, challenge: Challenge) -> Sequence[OfficialNotice]:
    """The notices on official platforms that a challenge is linked with, the earliest first."""
    return session.scalars(
        select(OfficialNotice)
        .where(OfficialNotice.challenge_id == challenge.id)
        .order_by(OfficialNotice.published_at, OfficialNotice.id)
        .limit(100)
    ).all()
