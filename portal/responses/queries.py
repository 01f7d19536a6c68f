"""Finding responses: the seal hides what nobody may know of, and these decide who reads what is left."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload

from portal.accounts.models import Person, RoleGrant
from portal.challenges.glimpse import Glimpse
from portal.challenges.models import Challenge, ConflictDeclaration, Opening, Round, RoundKind
from portal.challenges.queries import round_of
from portal.files.models import StoredFile
from portal.machine import State
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission, ScopeKind
from portal.responses import seal
from portal.responses.content import Content, content_of
from portal.responses.models import (
    Departure,
    Eligibility,
    MemberRole,
    PartnerInvitation,
    Response,
    ResponseFile,
    ResponseMember,
    ResponseSection,
    Snapshot,
)
from portal.responses.pathway import RESPONSE
from portal.responses.sections import Said

__all__ = ["Content", "content_of"]

_OPEN_STATE = {RoundKind.CHALLENGE: "open", RoundKind.TENDER: "tender"}
_JUDGED_STATE = {RoundKind.CHALLENGE: "assessment", RoundKind.TENDER: "tender_assessment"}
_AFTER_TENDER = frozenset({"tender", "tender_assessment", "award", "activated"})
_TOLD_AT_THE_END = frozenset({"ineligible", "not_chosen", "chosen"})


def whole(rows: Select[Any]) -> Select[Any]:
    """Responses with everything their pages name: challenge, round, lot, firm and members."""
    return rows.options(
        joinedload(Response.challenge, innerjoin=True).joinedload(Challenge.lead, innerjoin=True),
        joinedload(Response.round, innerjoin=True),
        joinedload(Response.lot, innerjoin=True),
        joinedload(Response.organisation, innerjoin=True),
        selectinload(Response.members).joinedload(ResponseMember.organisation, innerjoin=True),
    )


def _member_of(actor: Actor) -> Any:
    return Response.id.in_(
        select(ResponseMember.response_id).where(
            ResponseMember.organisation_id.in_(actor.ids(Permission.RESPONSE_WRITE)),
            ResponseMember.accepted_at.is_not(None),
        )
    )


# Built once, because every page of a response begins with it.
_OWN = whole(select(Response)).where(
    Response.reference == bindparam("reference"),
    Response.id.in_(
        select(ResponseMember.response_id).where(
            ResponseMember.organisation_id.in_(bindparam("firms", expanding=True)),
            ResponseMember.accepted_at.is_not(None),
        )
    ),
)


def own(session: Session, actor: Actor, reference: str) -> Response | None:
    """A response for the people of its member firms."""
    firms = sorted(actor.ids(Permission.RESPONSE_WRITE))
    return session.scalars(_OWN, {"reference": reference, "firms": firms}).first()


def opened(session: Session, actor: Actor, reference: str) -> Response | None:
    """An opened response for the people inside its challenge who may read it and declared no conflict."""
    found = session.scalars(
        whole(select(Response)).where(Response.reference == reference, Response.opened_at.is_not(None))
    ).first()
    if found is None or not actor.may(Permission.RESPONSES_READ, found.challenge.scopes()):
        return None
    barred = any(bar(session, found, actor.person_id) for bar in BARS)
    return None if barred or is_conflicted(session, found.challenge, actor.person_id) else found


BARS: list[Callable[[Session, Response, int | None], bool]] = []
"""What upper floors say against somebody's reading an opened response as an insider; the wiring fills it."""


ENVELOPES: list[Callable[[Session, Response, int | None], bool]] = []
"""What upper floors say that keeps the price of an opened response closed to an insider; the wiring fills it."""


def read_as(session: Session, actor: Actor, response: Response) -> tuple[Snapshot | None, Content | None, bool]:
    """The copy that counts as an insider reads it: without its price, and True, while that envelope is closed."""
    snapshot = latest_snapshot(session, response)
    content = content_of(snapshot) if snapshot else None
    closed = any(shut(session, response, actor.person_id) for shut in ENVELOPES)
    return snapshot, content.without_price() if content and closed else content, closed


def for_reader(session: Session, actor: Actor, reference: str) -> Response | None:
    """A response for whoever may read it: its own members always, others once it is opened."""
    return own(session, actor, reference) or opened(session, actor, reference)


def mine(session: Session, actor: Actor) -> Sequence[Response]:
    """The responses of the firms a person answers for, the latest challenge first."""
    rows = whole(select(Response)).where(_member_of(actor)).order_by(Response.started_at.desc(), Response.id.desc())
    return session.scalars(rows.limit(50)).all()


def of_firms(session: Session, actor: Actor, asked: Round) -> Sequence[Response]:
    """What the firms a person answers for have begun in one round."""
    return session.scalars(
        whole(select(Response)).where(_member_of(actor), Response.round_id == asked.id).order_by(Response.id)
    ).all()


def firms_of(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The suppliers a person may answer for."""
    ids = actor.ids(Permission.RESPONSE_WRITE)
    return session.scalars(select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.name)).all()


def current_round(session: Session, challenge: Challenge) -> Round | None:
    """The round a challenge is in or was in last, with lots and criteria."""
    tender = round_of(session, challenge, RoundKind.TENDER) if challenge.state in _AFTER_TENDER else None
    return tender or round_of(session, challenge, RoundKind.CHALLENGE)


_ROUNDS = select(Round).where(Round.challenge_id == bindparam("challenge")).options(lazyload(Round.lots))


def rounds_reached(session: Session, challenge: Challenge | Glimpse) -> dict[RoundKind, Round]:
    """The rounds that have been released by their kind, for a page that shows either."""
    found = {each.kind: each for each in session.scalars(_ROUNDS, {"challenge": challenge.id})}
    reached = (kind for kind in RoundKind if kind is RoundKind.CHALLENGE or challenge.state in _AFTER_TENDER)
    return {kind: found[kind] for kind in reached if kind in found}


def is_open(challenge: Challenge, asked: Round, now: datetime) -> bool:
    """Whether responses may be written and submitted at `now`: the challenge stands open and the deadline is ahead."""
    return challenge.state == _OPEN_STATE[asked.kind] and asked.deadline is not None and now < asked.deadline


def is_judged(challenge: Challenge | Glimpse, asked: Round) -> bool:
    """Whether the round is between its deadline and its decision, even where the clock's move is still owed."""
    return challenge.state in {_OPEN_STATE[asked.kind], _JUDGED_STATE[asked.kind]}


_SECTIONS = select(ResponseSection).where(ResponseSection.response_id == bindparam("id")).order_by(ResponseSection.id)
_FILES = (
    select(StoredFile)
    .join(ResponseFile, ResponseFile.file_id == StoredFile.id)
    .where(ResponseFile.response_id == bindparam("id"), ResponseFile.removed_at.is_(None))
    .order_by(ResponseFile.id)
)


def sections_of(session: Session, response: Response) -> Sequence[ResponseSection]:
    """What the draft says, section by section."""
    return session.scalars(_SECTIONS, {"id": response.id}).all()


_SAID = (
    select(*(getattr(ResponseSection, name) for name in Said._fields))
    .where(ResponseSection.response_id == bindparam("id"))
    .order_by(ResponseSection.id)
)


def said_in(session: Session, response: Response) -> list[Said]:
    """As `sections_of`, without rows that can be edited."""
    return [Said._make(row) for row in session.execute(_SAID, {"id": response.id})]


def files_of(session: Session, response: Response) -> Sequence[StoredFile]:
    """The files attached to the draft, in the order they came."""
    return session.scalars(_FILES, {"id": response.id}).all()


def file_of(session: Session, response: Response, reference: str, *, submitted: bool) -> StoredFile | None:
    """A file ever attached to a response; with `submitted`, only one that its latest snapshot encloses."""
    found = session.scalars(
        select(StoredFile)
        .join(ResponseFile, ResponseFile.file_id == StoredFile.id)
        .where(ResponseFile.response_id == response.id, StoredFile.reference == reference)
    ).first()
    if found is None or not submitted:
        return found
    latest = latest_snapshot(session, response)
    enclosed = content_of(latest).files if latest else ()
    return found if any(each.reference == reference for each in enclosed) else None


def latest_snapshot(session: Session, response: Response) -> Snapshot | None:
    """The snapshot that counts."""
    return session.scalars(
        select(Snapshot).where(Snapshot.response_id == response.id).order_by(Snapshot.number.desc()).limit(1)
    ).first()


def snapshot_of(session: Session, response: Response, number: int) -> Snapshot | None:
    """One of a response's snapshots."""
    return session.scalars(
        select(Snapshot).where(Snapshot.response_id == response.id, Snapshot.number == number)
    ).first()


def latest_snapshots(session: Session, responses: Sequence[Response]) -> dict[int, Snapshot]:
    """The snapshot that counts of each response, by the response's id, in one statement."""
    ids = [response.id for response in responses]
    last = (
        select(Snapshot.response_id, func.max(Snapshot.number).label("number"))
        .where(Snapshot.response_id.in_(ids))
        .group_by(Snapshot.response_id)
        .subquery()
    )
    rows = session.scalars(
        select(Snapshot).join(last, (last.c.response_id == Snapshot.response_id) & (last.c.number == Snapshot.number))
    )
    return {row.response_id: row for row in rows}


def opened_responses(session: Session, challenge: Challenge, kind: RoundKind) -> Sequence[Response]:
    """Every opened response of a round, ineligible ones included, in the order they were received."""
    return session.scalars(
        whole(select(Response))
        .join(Round, Round.id == Response.round_id)
        .where(Round.challenge_id == challenge.id, Round.kind == kind, Response.opened_at.is_not(None))
        .order_by(Response.submitted_at, Response.id)
    ).all()


def eligibility_of(session: Session, responses: Sequence[Response]) -> dict[int, Eligibility]:
    """What was decided of each response, by the response's id."""
    rows = session.scalars(select(Eligibility).where(Eligibility.response_id.in_([each.id for each in responses])))
    return {row.response_id: row for row in rows}


def shown_to_the_firm(response: Response) -> State:
    """The state a firm is shown: what is decided of it stays unsaid until everybody is told together."""
    judged = response.challenge.state == _JUDGED_STATE[response.round.kind]
    return RESPONSE["opened" if judged and response.state in _TOLD_AT_THE_END else response.state]


class Pressed(NamedTuple):
    """One person's part in opening a round."""

    person_id: int
    name: str
    at: datetime


_opening, _person = Opening.__table__.c, Person.__table__.c
_OPENINGS = (
    select(_opening.person_id, _person.name, _opening.at)
    .join_from(Opening.__table__, Person.__table__, _person.id == _opening.person_id)
    .where(_opening.round_id == bindparam("round"), _opening.at >= bindparam("deadline"))
    .order_by(_opening.at, _opening.id)
)


def openings_of(session: Session, asked: Round) -> list[Pressed]:
    """Who has opened since the deadline; what was pressed before a reopening no longer counts."""
    if asked.deadline is None:
        return []
    rows = session.execute(_OPENINGS, {"round": asked.id, "deadline": asked.deadline})
    return [Pressed(*row) for row in rows]


def is_conflicted(session: Session, challenge: Challenge, person_id: int | None) -> bool:
    """Whether somebody declared a conflict of interest in this challenge."""
    declared = declaration_of(session, challenge, person_id)
    return declared is not None and declared.conflicted


_DECLARED = select(ConflictDeclaration).where(
    ConflictDeclaration.challenge_id == bindparam("challenge"), ConflictDeclaration.person_id == bindparam("person")
)


def declaration_of(session: Session, challenge: Challenge, person_id: int | None) -> ConflictDeclaration | None:
    """What somebody declared of their interests in this challenge."""
    return session.scalars(_DECLARED, {"challenge": challenge.id, "person": person_id}).first()


def nobody_answered(session: Session, asked: Round, now: datetime) -> bool:
    """Whether a round whose deadline has passed got no response; before that nobody is told anything."""
    if asked.deadline is None or now < asked.deadline:
        return False
    with seal.lifted(session):
        found = session.scalar(
            select(Response.id)
            .where(Response.round_id == asked.id, Response.state.not_in(("draft", "withdrawn")))
            .limit(1)
        )
    return found is None


def people_of(organisations: Sequence[int] | frozenset[int]) -> Select[Any]:
    """The people who may answer for any of some suppliers today."""
    return (
        select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.scope_kind == ScopeKind.SUPPLIER,
            RoleGrant.organisation_id.in_(organisations),
            RoleGrant.ended_at.is_(None),
            Person.removed_at.is_(None),
        )
        .distinct()
        .order_by(RoleGrant.person_id)
    )


def lead_of(response: Response) -> ResponseMember:
    """The member that leads; a response always has one."""
    return next(member for member in response.members if member.role is MemberRole.LEAD)


def invitations_of(session: Session, response: Response) -> Sequence[PartnerInvitation]:
    """Who has been invited and has not answered, in the order they were asked."""
    return session.scalars(
        select(PartnerInvitation).where(PartnerInvitation.response_id == response.id).order_by(PartnerInvitation.id)
    ).all()


def free_share(response: Response, waiting: Sequence[PartnerInvitation]) -> int:
    """The share, in whole per cent, that nobody has and nobody has been asked to take."""
    taken = sum(member.share_percent for member in response.members if member.accepted_at)
    return 100 - taken - sum(each.share_percent for each in waiting)


def departures_of(session: Session, response: Response) -> Sequence[Departure]:
    """The partners that left, in the order they did."""
    return session.scalars(
        select(Departure).where(Departure.response_id == response.id).order_by(Departure.left_at, Departure.id)
    ).all()
