"""Finding challenges: what is hidden from somebody is never found for them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.challenges.models import Challenge, ChallengeParty, Criterion, OfficialNotice, Part, Round, RoundKind
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
_INSIDE_ALONE = (
    select(Challenge)
    .where(
        Challenge.reference == bindparam("reference"),
        _visible(*(bindparam(name, expanding=True) for name in ("own", "authorities", "partners"))),
    )
    .options(joinedload(Challenge.parties))
)
_INSIDE = _INSIDE_ALONE.options(
    joinedload(Challenge.lead), joinedload(Challenge.owner), joinedload(Challenge.directorate)
)


def inside(session: Session, actor: Actor, reference: str) -> Challenge | None:
    """A challenge for the people inside it, published or not."""
    return session.scalars(_INSIDE, {"reference": reference} | _seen_by(actor)).unique().one_or_none()


def inside_alone(session: Session, actor: Actor, reference: str) -> Challenge | None:
    """As `inside`, for a page that names neither its bodies nor its owner: to ask for those raises."""
    return session.scalars(_INSIDE_ALONE, {"reference": reference} | _seen_by(actor)).unique().one_or_none()


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


def official_notices(session: Session, challenge: Challenge) -> Sequence[OfficialNotice]:
    """The notices on official platforms that a challenge is linked with, the earliest first."""
    return session.scalars(
        select(OfficialNotice)
        .where(OfficialNotice.challenge_id == challenge.id)
        .order_by(OfficialNotice.published_at, OfficialNotice.id)
        .limit(100)
    ).all()
