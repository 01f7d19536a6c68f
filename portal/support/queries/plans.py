"""Finding plans and whoever helps; each reader finds only what is theirs to see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.models import Person, RoleGrant
from portal.challenges.models import Challenge, ChallengeParty, Part
from portal.challenges.queries import visible_inside
from portal.db import clock
from portal.law.calendar import add_working_days, london_date, working_days_after
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission, ScopeKind, roles_with
from portal.responses.models import Response, ResponseMember
from portal.support.models import PlanNote, Slot, SupportPlan, SupportSession
from portal.support.pathway import FIRST_CONTACT_WORKING_DAYS

_RUNNING = ("support", "showcase")


@dataclass(frozen=True, slots=True)
class FirstContact:
    """The last day for the first contact, and how many working days are left of it, or have passed since."""

    due_on: date
    late: bool
    today: bool
    working_days: int

    @property
    def said(self) -> str:
        """The time left, in words."""
        days = f"{self.working_days} working day{'' if self.working_days == 1 else 's'}"
        return f"{days} late" if self.late else "Due today" if self.today else f"{days} left"


def first_contact(plan: SupportPlan) -> FirstContact | None:
    """When the firm must have heard from somebody; None once it has, or once it is out."""
    return contact_due(plan.made_at) if plan.state == "to_contact" else None


def contact_due(since: datetime) -> FirstContact:
    """When a firm that has waited since then must have heard from somebody, and how far off that is."""
    due_on, today = _contact_due(since), london_date(clock.now())
    late = today > due_on
    apart = working_days_after(due_on, today) if late else working_days_after(today, due_on)
    return FirstContact(due_on, late, today == due_on, apart)


def _contact_due(made_at: datetime) -> date:
    return add_working_days(london_date(made_at), FIRST_CONTACT_WORKING_DAYS)


def _plans() -> Select[SupportPlan]:
    return select(SupportPlan).options(
        joinedload(SupportPlan.challenge).joinedload(Challenge.lead),
        joinedload(SupportPlan.response).joinedload(Response.organisation),
        joinedload(SupportPlan.response).joinedload(Response.challenge),
        joinedload(SupportPlan.adviser),
        selectinload(SupportPlan.milestones),
    )


def plans_of(session: Session, challenge: Challenge) -> Sequence[SupportPlan]:
    """Every firm's plan of a challenge, by the firm's name."""
    return session.scalars(
        _plans()
        .join(Response, Response.id == SupportPlan.response_id)
        .join(Organisation, Organisation.id == Response.organisation_id)
        .where(SupportPlan.challenge_id == challenge.id)
        .order_by(Organisation.name, SupportPlan.id)
    ).all()


def plan_inside(session: Session, actor: Actor, reference: str, plan_id: int) -> SupportPlan | None:
    """One plan of a challenge, for its team and for the advisers of the bodies that support it."""
    return session.scalars(
        _plans()
        .join(Challenge, Challenge.id == SupportPlan.challenge_id)
        .where(Challenge.reference == reference, SupportPlan.id == plan_id, visible_inside(actor))
    ).first()


def own_plan(session: Session, actor: Actor, reference: str) -> SupportPlan | None:
    """The plan that belongs to a response, for the people of its own firm alone."""
    mine = select(ResponseMember.response_id).where(
        ResponseMember.organisation_id.in_(actor.ids(Permission.RESPONSE_WRITE)),
        ResponseMember.accepted_at.is_not(None),
    )
    return session.scalars(
        _plans()
        .join(Response, Response.id == SupportPlan.response_id)
        .where(Response.reference == reference, Response.id.in_(mine))
    ).first()


def sessions_of(session: Session, plans: Iterable[SupportPlan]) -> dict[int, list[SupportSession]]:
    """The sessions each plan had, the latest first; what is booked and was not written up yet is not among them."""
    ids = [plan.id for plan in plans]
    found: dict[int, list[SupportSession]] = {each: [] for each in ids}
    rows = session.scalars(
        select(SupportSession)
        .where(SupportSession.plan_id.in_(ids), SupportSession.recorded_at.is_not(None))
        .order_by(SupportSession.held_on.desc(), SupportSession.id.desc())
    )
    for row in rows:
        found[row.plan_id].append(row)
    return found


def advisers_of(session: Session, challenge: Challenge) -> Sequence[Person]:
    """The people who give support in the partner bodies of a challenge, by name."""
    return session.scalars(
        select(Person)
        .where(
            Person.removed_at.is_(None),
            Person.id.in_(
                select(RoleGrant.person_id)
                .join(ChallengeParty, ChallengeParty.organisation_id == RoleGrant.organisation_id)
                .where(
                    ChallengeParty.challenge_id == challenge.id,
                    ChallengeParty.part == Part.SUPPORT,
                    RoleGrant.scope_kind == ScopeKind.PARTNER,
                    RoleGrant.role.in_(roles_with(Permission.SUPPORT_GIVE)),
                    RoleGrant.ended_at.is_(None),
                )
            ),
        )
        .order_by(Person.name, Person.id)
    ).all()


def firm_people(session: Session, response_ids: Iterable[int]) -> dict[int, list[int]]:
    """For each response, the ids of the people who write for its members: who is mailed about it."""
    ids = list(response_ids)
    rows = session.execute(
        select(ResponseMember.response_id, RoleGrant.person_id)
        .distinct()
        .join(RoleGrant, RoleGrant.organisation_id == ResponseMember.organisation_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            ResponseMember.response_id.in_(ids),
            ResponseMember.accepted_at.is_not(None),
            RoleGrant.scope_kind == ScopeKind.SUPPLIER,
            RoleGrant.role.in_(roles_with(Permission.RESPONSE_WRITE)),
            RoleGrant.ended_at.is_(None),
            Person.removed_at.is_(None),
        )
        .order_by(ResponseMember.response_id, RoleGrant.person_id)
    )
    found: dict[int, list[int]] = {each: [] for each in ids}
    for response_id, person_id in rows:
        found[response_id].append(person_id)
    return found


def chosen_responses(session: Session, challenge: Challenge) -> Sequence[Response]:
    """The responses that were chosen and still are."""
    return session.scalars(
        select(Response)
        .where(Response.challenge_id == challenge.id, Response.state == "chosen")
        .options(joinedload(Response.challenge), joinedload(Response.organisation))
        .order_by(Response.id)
    ).all()


def desk(actor: Actor) -> Select[SupportPlan]:
    """Every plan an adviser can help with, whoever waits longest first: never contacted, asked, wrote, then the rest.

    Read it in pages; each page takes the same number of queries.
    """
    return (
        _plans()
        .join(Challenge, Challenge.id == SupportPlan.challenge_id)
        .where(waits_for(supporting(actor)))
        .order_by(*by_urgency())
    )


def supporting(actor: Actor) -> list[int | None]:
    """The bodies for which this person gives support."""
    return [scope.id for scope in actor.where(Permission.SUPPORT_GIVE) if scope.kind is ScopeKind.PARTNER]


def waits_for(bodies: Any) -> ColumnElement[bool]:
    """True of the plans that some bodies help with now; `challenge` must be joined."""
    supported = select(ChallengeParty.challenge_id).where(
        ChallengeParty.part == Part.SUPPORT, ChallengeParty.organisation_id.in_(bodies)
    )
    return and_(SupportPlan.challenge_id.in_(supported), Challenge.state.in_(_RUNNING), SupportPlan.state != "out")


def by_urgency() -> tuple[ColumnElement[Any], ...]:
    """The order of a desk: whoever waits longest first."""
    urgency = case(
        (SupportPlan.state == "to_contact", 0),
        (SupportPlan.asked_at.is_not(None), 1),
        (_waits_for_an_answer(), 2),
        (SupportPlan.state == "under_way", 3),
        else_=4,
    )
    return urgency, func.coalesce(SupportPlan.asked_at, SupportPlan.state_since), SupportPlan.id  # type: ignore[return-value]


def _waits_for_an_answer() -> ColumnElement[bool]:
    last = select(PlanNote.from_firm).where(PlanNote.plan_id == SupportPlan.id).order_by(PlanNote.id.desc()).limit(1)
    return last.correlate(SupportPlan).scalar_subquery().is_(True)


def unanswered_notes(session: Session, plans: Iterable[SupportPlan]) -> dict[int, PlanNote]:
    """The last note of each plan where it is the firm's, so that nobody has answered it yet."""
    last = (
        select(func.max(PlanNote.id))
        .where(PlanNote.plan_id.in_([plan.id for plan in plans]))
        .group_by(PlanNote.plan_id)
    )
    found = session.scalars(select(PlanNote).where(PlanNote.id.in_(last), PlanNote.from_firm))
    return {note.plan_id: note for note in found}


def last_sessions(session: Session, plans: Iterable[SupportPlan]) -> dict[int, date]:
    """The day of each plan's latest session."""
    rows = session.execute(
        select(SupportSession.plan_id, func.max(SupportSession.held_on))
        .where(SupportSession.plan_id.in_([plan.id for plan in plans]), SupportSession.recorded_at.is_not(None))
        .group_by(SupportSession.plan_id)
    )
    return {row[0]: row[1] for row in rows}


def next_sessions(session: Session, plans: Iterable[SupportPlan]) -> dict[int, datetime]:
    """When the next booked session of each plan begins."""
    rows = session.execute(
        select(SupportSession.plan_id, func.min(Slot.starts_at))
        .join(Slot, Slot.id == SupportSession.slot_id)
        .where(
            SupportSession.plan_id.in_([plan.id for plan in plans]),
            SupportSession.cancelled_at.is_(None),
            Slot.starts_at > clock.now(),
        )
        .group_by(SupportSession.plan_id)
    )
    return {row[0]: row[1] for row in rows}


def notes_of(session: Session, plan: SupportPlan) -> Sequence[PlanNote]:
    """The notes to and from a firm, as they were written."""
    return session.scalars(
        select(PlanNote)
        .where(PlanNote.plan_id == plan.id)
        .options(joinedload(PlanNote.by))
        .order_by(PlanNote.written_at, PlanNote.id)
    ).all()
