"""A firm's response read once and under its locks: for submitting, which everybody does in the last hour.

Before the locks no more is read than who may press the button; under them everything at once, in two statements.
"""

from typing import Any, NamedTuple, Protocol

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session, joinedload, lazyload, load_only

from portal.challenges.models import Challenge, Criterion, Round
from portal.db import locking, read_held
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission, Scope, ScopeKind
from portal.responses.models import Response, ResponseFile, ResponseMember, Snapshot


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


class Held(NamedTuple):
    """A response under its locks; how many copies were submitted, which of them this press of the button made
    already (the snapshot's key), and whether the draft has files.
    """

    response: Response
    copies: int
    copy_of_press: int | None
    has_files: bool


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
_THIS = bindparam("response", type_=Integer)
_COPIES = select(func.max(Snapshot.number)).where(Snapshot.response_id == _THIS).scalar_subquery()
_COPY_OF_PRESS = (
    select(Snapshot.id).where(Snapshot.response_id == _THIS, Snapshot.once_key == bindparam("press")).scalar_subquery()
)
_FILES = (
    select(func.count(ResponseFile.id))
    .where(ResponseFile.response_id == _THIS, ResponseFile.removed_at.is_(None))
    .scalar_subquery()
)
_RESPONSE = locking(
    select(Response, _COPIES, _COPY_OF_PRESS, _FILES)
    .where(Response.id == _THIS)
    .options(
        joinedload(Response.challenge, innerjoin=True).options(
            load_only(
                Challenge.reference, Challenge.state, Challenge.lead_id, Challenge.brief_number, Challenge.released_at
            ),
            joinedload(Challenge.parties),
        ),
        joinedload(Response.round, innerjoin=True).options(
            joinedload(Round.criteria).lazyload(Criterion.descriptors), lazyload(Round.lots)
        ),
        joinedload(Response.lot, innerjoin=True),
        joinedload(Response.members)
        .joinedload(ResponseMember.organisation, innerjoin=True)
        .load_only(Organisation.reference, Organisation.name, Organisation.provisional),
    ),
    Response,
)


def mine(session: Session, actor: Actor, reference: str) -> Mine | None:
    """A response for the people of its member firms, by its keys alone."""
    firms = sorted(actor.ids(Permission.RESPONSE_WRITE))
    rows = session.execute(_MINE, {"reference": reference, "firms": firms}).all()
    return Mine(*rows[0][:4], frozenset(row.organisation_id for row in rows)) if rows else None


def held(session: Session, which: Which, *, press: str | None = None) -> Held:
    """The challenge and then the response, both locked for a move, with round, criteria, lot and members.

    Whoever changes any of these locks or shares the challenge first, so that what is read here stands until the end.
    Of the challenge and the firms no more columns are read than a move asks for; any other is read when it is named.
    The firm that leads is one of the members, so that it is there too.
    """
    given = {"challenge": which.challenge_id, "response": which.id, "press": press}
    response, copies, copy, files = read_held(session, _LOCK, _RESPONSE, given)
    return Held(response, copies or 0, copy, files > 0)
