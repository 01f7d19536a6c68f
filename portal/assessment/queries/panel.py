"""The panel and how far it is. Progress is counted here; not one score is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person, RoleGrant
from portal.assessment.models import ELIGIBLE, OPEN_SHEETS, Assignment, PanelMember, PricesOpened, ScoresOpened
from portal.challenges.models import Challenge, ConflictDeclaration, Lot, Part, Round
from portal.organisations.models import Organisation
from portal.policy import Role, ScopeKind
from portal.responses.models import Eligibility, Response, ResponseMember


@dataclass(slots=True)
class MemberProgress:
    """A member of the panel and their sheets: how many in each state."""

    member: PanelMember
    sheets: dict[str, int] = field(default_factory=dict)
    barred: str = ""

    @property
    def given(self) -> int:
        """How many sheets count for this member: all but those stood down from."""
        return sum(count for state, count in self.sheets.items() if state != "recused")

    @property
    def locked(self) -> int:
        """How many of them are finished."""
        return self.sheets.get("locked", 0)


@dataclass(frozen=True, slots=True)
class ResponseProgress:
    """A response and how many of its sheets are finished; `undecided`: nobody has said whether it is eligible."""

    reference: str
    firm: str
    lot: int
    given: int
    locked: int
    undecided: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could join the panel, or why they cannot."""

    person: Person
    body: str
    barred: str


def panel(session: Session, asked: Round) -> list[MemberProgress]:
    """Everybody who sits or sat on the panel, in the order of their names, with their progress."""
    members = session.scalars(
        select(PanelMember)
        .join(PanelMember.person)
        .where(PanelMember.round_id == asked.id)
        .options(joinedload(PanelMember.person))
        .order_by(PanelMember.stood_down_at.is_not(None), Person.name, PanelMember.id)
    )
    found = {member.person_id: MemberProgress(member) for member in members}
    counts = select(Assignment.person_id, Assignment.state, func.count()).where(Assignment.round_id == asked.id)
    for person, state, count in session.execute(counts.group_by(Assignment.person_id, Assignment.state)):
        if person in found:
            found[person].sheets[state] = count
    _bar(session, asked, found)
    return list(found.values())


def _bar(session: Session, asked: Round, found: dict[int, MemberProgress]) -> None:
    people = set(found)
    for person in answers_for_a_firm_that_responded(session, asked, people):
        found[person].barred = "Answers for a firm that responded"
    for person in conflicted(session, asked.challenge_id, people):
        found[person].barred = "Declared a conflict of interest"


def progress(asked: Round) -> Select[Any]:
    """The responses to be scored with their sheets counted, for a page of them."""
    given = func.count(Assignment.id).filter(Assignment.state != "recused").label("given")
    locked = func.count(Assignment.id).filter(Assignment.state == "locked").label("locked")
    counted: Any = (
        select(Response.reference, Organisation.name, Lot.number, given, locked, func.max(Eligibility.id).is_(None))
        .join(Organisation, Organisation.id == Response.organisation_id)
        .join(Lot, Lot.id == Response.lot_id)
        .outerjoin(Assignment, Assignment.response_id == Response.id)
        .outerjoin(Eligibility, Eligibility.response_id == Response.id)
        .where(Response.round_id == asked.id, Response.state.in_(ELIGIBLE))
        .group_by(Response.id, Response.reference, Organisation.name, Lot.number)
        .order_by(Lot.number, Organisation.name, Response.id)
    )
    return cast(Select[Any], counted)


def scores_opened(session: Session, asked: Round) -> ScoresOpened | None:
    """The act by which the scores of a round were opened for comparison, or None."""
    return session.scalars(select(ScoresOpened).where(ScoresOpened.round_id == asked.id)).first()


def prices_opened(session: Session, asked: Round) -> PricesOpened | None:
    """The act by which the price's envelope was opened to those who judge it, or None."""
    return session.scalars(select(PricesOpened).where(PricesOpened.round_id == asked.id)).first()


def unfinished(session: Session, asked: Round, *, price_too: bool = True) -> int:
    """How many sheets are neither locked nor stood down from, those on the price among them or not."""
    waiting = (
        select(func.count(Assignment.id))
        .join(Response, Response.id == Assignment.response_id)
        .where(Assignment.round_id == asked.id, Assignment.state.in_(OPEN_SHEETS), Response.state.in_(ELIGIBLE))
    )
    return session.scalar(waiting if price_too else waiting.where(~Assignment.price)) or 0


def sheets_of_response(session: Session, response: Response) -> Sequence[Assignment]:
    """Who was given a response and how far they are; never what they wrote."""
    return session.scalars(
        select(Assignment)
        .join(Assignment.person)
        .where(Assignment.response_id == response.id)
        .options(joinedload(Assignment.person), joinedload(Assignment.challenge), joinedload(Assignment.round))
        .order_by(Person.name, Assignment.id)
    ).all()


def has_sheet(session: Session, challenge_id: int, person_id: int | None) -> bool:
    """Whether somebody was ever given a response of the challenge to assess."""
    given = exists().where(Assignment.challenge_id == challenge_id, Assignment.person_id == person_id)
    return bool(session.scalar(select(given)))


def conflicted(session: Session, challenge_id: int, people: set[int]) -> set[int]:
    """Those of `people` who declared a conflict of interest on the challenge."""
    declared = select(ConflictDeclaration.person_id).where(
        ConflictDeclaration.challenge_id == challenge_id,
        ConflictDeclaration.conflicted,
        ConflictDeclaration.person_id.in_(people),
    )
    return set(session.scalars(declared))


def answers_for_a_firm_that_responded(session: Session, asked: Round, people: set[int]) -> set[int]:
    """Those of `people` who answer for a firm behind an opened response; sealed ones are not looked at."""
    firms = (
        select(ResponseMember.organisation_id)
        .join(Response, Response.id == ResponseMember.response_id)
        .where(Response.round_id == asked.id)
    )
    held = select(RoleGrant.person_id).where(
        RoleGrant.person_id.in_(people),
        RoleGrant.scope_kind == ScopeKind.SUPPLIER,
        RoleGrant.ended_at.is_(None),
        RoleGrant.organisation_id.in_(firms),
    )
    return set(session.scalars(held))


def candidates(session: Session, challenge: Challenge, asked: Round, *, most: int = 200) -> list[Candidate]:
    """Who can be added: people of the challenge's authorities, and assessors who accepted an invitation to it."""
    sitting = select(PanelMember.person_id).where(PanelMember.round_id == asked.id, PanelMember.stood_down_at.is_(None))
    rows = session.execute(
        select(Person, func.max(Organisation.name))
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == RoleGrant.organisation_id)
        .where(
            _of_the_authorities_or_invited(challenge),
            RoleGrant.ended_at.is_(None),
            Person.removed_at.is_(None),
            Person.id.not_in(sitting),
        )
        .group_by(Person.id)
        .order_by(Person.name, Person.id)
        .limit(most)
    ).all()
    people = {person.id for person, _ in rows}
    firms = answers_for_a_firm_that_responded(session, asked, people)
    declared = conflicted(session, challenge.id, people)
    return [Candidate(person, body or "Invited", _why_not(person.id, firms, declared)) for person, body in rows]


def _of_the_authorities_or_invited(challenge: Challenge) -> ColumnElement[bool]:
    bodies = {challenge.lead_id} | {p.organisation_id for p in challenge.parties if p.part is not Part.SUPPORT}
    return or_(
        (RoleGrant.scope_kind == ScopeKind.AUTHORITY) & RoleGrant.organisation_id.in_(bodies),
        (RoleGrant.role == Role.ASSESSOR) & (RoleGrant.challenge_id == challenge.id),
    )


def _why_not(person: int, firms: set[int], declared: set[int]) -> str:
    if person in firms:
        return "answers for a firm that responded"
    return "declared a conflict of interest" if person in declared else ""
