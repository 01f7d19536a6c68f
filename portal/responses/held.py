"""A firm's response read once and under its locks: for submitting, which everybody does in the last hour.

Before the locks no more is read than who may press the button; under them everything at once, in two statements.
"""

from typing import Any, NamedTuple, Protocol

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session, joinedload, lazyload

from portal.challenges.models import Challenge, Criterion, Round
from portal.db import locking, read_held
from portal.policy import Actor, Permission, Scope, ScopeKind
from portal.responses.models import Response, ResponseMember


class Mine(NamedTuple):
    """Which response it is, and which of somebody's firms stand behind it."""

    id: int
    reference: str
    challenge_id: int
    round_id: int
    firms: frozenset[int]

    def scopes(self) -> frozenset[Scope]:
        """The supplier side of those firms."""
        return frozenset(Scope(ScopeKind.SUPPLIER, each) for each in self.firms)


class Which(Protocol):
    """A response that is known by its keys: `Mine`, or one that was read already."""

    @property
    def id(self) -> Any:
        """Its own key."""
        ...

    @property
    def challenge_id(self) -> Any:
        """The key of its challenge, which is locked first."""
        ...


_MINE = (
    select(
        Response.id,
        Response.reference,
        Response.challenge_id,
        Response.round_id,
        ResponseMember.organisation_id,
    )
    .join(ResponseMember, ResponseMember.response_id == Response.id)
    .where(
        Response.reference == bindparam("reference"),
        ResponseMember.organisation_id.in_(bindparam("firms", expanding=True)),
        ResponseMember.accepted_at.is_not(None),
    )
)
_LOCK = select(Challenge.id).where(Challenge.id == bindparam("challenge", type_=Integer)).with_for_update()
_RESPONSE = locking(
    select(Response)
    .where(Response.id == bindparam("response", type_=Integer))
    .options(
        joinedload(Response.challenge, innerjoin=True).options(
            joinedload(Challenge.lead, innerjoin=True), joinedload(Challenge.parties)
        ),
        joinedload(Response.round, innerjoin=True).options(
            joinedload(Round.criteria).lazyload(Criterion.descriptors), lazyload(Round.lots)
        ),
        joinedload(Response.lot, innerjoin=True),
        joinedload(Response.organisation, innerjoin=True),
        joinedload(Response.members).joinedload(ResponseMember.organisation, innerjoin=True),
    ),
    Response,
)


def mine(session: Session, actor: Actor, reference: str) -> Mine | None:
    """A response for the people of its member firms, by its keys alone."""
    firms = sorted(actor.ids(Permission.RESPONSE_WRITE))
    rows = session.execute(_MINE, {"reference": reference, "firms": firms}).all()
    return Mine(*rows[0][:4], frozenset(row.organisation_id for row in rows)) if rows else None


def held(session: Session, which: Which) -> Response:
    """The challenge and then the response, both locked for a move, with round, criteria, lot, firm and members.

    Whoever changes any of these locks or shares the challenge first, so that what is read here stands until the end.
    """
    return read_held(session, _LOCK, _RESPONSE, {"challenge": which.challenge_id, "response": which.id})
