"""Finding time: what is free for a firm, what a challenge has on offer, what somebody has in their calendar."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person
from portal.challenges.models import Challenge, ChallengeParty, Part
from portal.challenges.queries import visible_inside
from portal.db import clock
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission
from portal.responses.models import Response, ResponseMember
from portal.support import ledger
from portal.support.models import Resource, Slot, SupportPlan, SupportSession
from portal.support.pathway import CHANGE_UNTIL
from portal.support.queries.plans import advisers_of, plans_of

KEPT_IN_CALENDAR = timedelta(days=90)
MOST_IN_CALENDAR = 500


def _is_booked() -> ColumnElement[bool]:
    return exists().where(SupportSession.slot_id == Slot.id, SupportSession.cancelled_at.is_(None))


def free_slots(plan: SupportPlan) -> Select[Slot]:
    """The times this firm can still book, the next first. Read it in pages."""
    return (
        select(Slot)
        .where(
            Slot.challenge_id == plan.challenge_id,
            or_(Slot.plan_id.is_(None), Slot.plan_id == plan.id),
            Slot.withdrawn_at.is_(None),
            Slot.starts_at > clock.now() + CHANGE_UNTIL,
            ~_is_booked(),
        )
        .order_by(Slot.starts_at, Slot.id)
    )


def slots_of(challenge: Challenge) -> Select[Slot]:
    """What a challenge has on offer from now on, booked or not, the next first. Read it in pages."""
    return (
        select(Slot)
        .where(Slot.challenge_id == challenge.id, Slot.withdrawn_at.is_(None), Slot.starts_at > clock.now())
        .order_by(Slot.starts_at, Slot.id)
    )


def slot_inside(session: Session, actor: Actor, reference: str, slot_id: int) -> Slot | None:
    """One time on offer, for the team of its challenge."""
    return session.scalars(
        select(Slot)
        .join(Challenge, Challenge.id == Slot.challenge_id)
        .where(Challenge.reference == reference, Slot.id == slot_id, Slot.withdrawn_at.is_(None), visible_inside(actor))
    ).first()


def bookings_of(session: Session, slots: Iterable[Slot]) -> dict[int, SupportSession]:
    """The session booked in each of these slots, where there is one, with its firm."""
    rows = session.scalars(
        select(SupportSession)
        .where(SupportSession.slot_id.in_([slot.id for slot in slots]), SupportSession.cancelled_at.is_(None))
        .options(
            joinedload(SupportSession.plan).options(
                joinedload(SupportPlan.challenge),
                joinedload(SupportPlan.response).joinedload(Response.organisation),
            )
        )
    )
    return {row.slot_id: row for row in rows if row.slot_id is not None}


def taken_times(
    session: Session, *, person_id: int | None, resource_id: int | None, but: int | None = None
) -> Sequence[Slot]:
    """Every time of this person or resource that is still to come and not withdrawn, in whatever challenge, in order.

    `but` leaves out the slot that is being moved.
    """
    whose = Slot.person_id == person_id if person_id else Slot.resource_id == resource_id
    return session.scalars(
        select(Slot)
        .where(
            whose, Slot.withdrawn_at.is_(None), Slot.starts_at > clock.now() - timedelta(days=1), Slot.id != (but or 0)
        )
        .order_by(Slot.starts_at, Slot.id)
    ).all()


def coming_of(session: Session, plan: SupportPlan) -> Sequence[SupportSession]:
    """What this firm has booked and did not have yet, the next first; what is going on now is among it."""
    return session.scalars(
        _booked()
        .where(
            SupportSession.plan_id == plan.id,
            SupportSession.recorded_at.is_(None),
            SupportSession.cancelled_at.is_(None),
        )
        .order_by(Slot.starts_at, SupportSession.id)
    ).all()


def _booked() -> Select[SupportSession]:
    return (
        select(SupportSession)
        .join(Slot, Slot.id == SupportSession.slot_id)
        .join(SupportPlan, SupportPlan.id == SupportSession.plan_id)
        .options(
            joinedload(SupportSession.slot),
            joinedload(SupportSession.plan).options(
                joinedload(SupportPlan.challenge).joinedload(Challenge.lead),
                joinedload(SupportPlan.response).options(
                    joinedload(Response.organisation), joinedload(Response.challenge)
                ),
            ),
        )
    )


def _own_responses(actor: Actor) -> Select[int]:
    return select(ResponseMember.response_id).where(
        ResponseMember.organisation_id.in_(actor.ids(Permission.RESPONSE_WRITE)),
        ResponseMember.accepted_at.is_not(None),
    )


def session_for(session: Session, actor: Actor, session_id: int) -> SupportSession | None:
    """A booked session, cancelled or not, for the people of its firm and the challenge's team."""
    return session.scalars(
        _booked()
        .join(Challenge, Challenge.id == SupportPlan.challenge_id)
        .where(
            SupportSession.id == session_id,
            or_(SupportPlan.response_id.in_(_own_responses(actor)), visible_inside(actor)),
        )
    ).first()


def calendar_of(session: Session, actor: Actor) -> Sequence[SupportSession]:
    """Everything booked that this person takes part in: for their firms, with them, or in a room they offered.

    What was cancelled is among it, so that calendars that have it already can take it out.
    """
    return session.scalars(
        _booked()
        .where(
            Slot.starts_at > clock.now() - KEPT_IN_CALENDAR,
            or_(
                Slot.person_id == actor.person_id,
                and_(Slot.person_id.is_(None), Slot.offered_by_id == actor.person_id),
                SupportPlan.response_id.in_(_own_responses(actor)),
            ),
        )
        .order_by(Slot.starts_at, SupportSession.id)
        .limit(MOST_IN_CALENDAR)
    ).all()


def bodies_of(challenge: Challenge) -> list[int]:
    """The bodies whose people and rooms a challenge may offer: its authorities, and the partners that support it."""
    return [challenge.lead_id, *(party.organisation_id for party in challenge.parties if party.part is not Part.LEAD)]


def people_with_time(session: Session, challenge: Challenge) -> list[Person]:
    """Whose time can be offered: the challenge's owner and its advisers."""
    owner = [session.get_one(Person, challenge.owner_id)] if challenge.owner_id else []
    return [*owner, *(each for each in advisers_of(session, challenge) if each.id != challenge.owner_id)]


def resources_of(session: Session, challenge: Challenge) -> Sequence[Resource]:
    """The rooms and equipment of a challenge's bodies that are on the list, by name."""
    parties = select(ChallengeParty.organisation_id).where(ChallengeParty.challenge_id == challenge.id)
    return session.scalars(
        select(Resource)
        .where(
            Resource.removed_at.is_(None),
            or_(Resource.organisation_id == challenge.lead_id, Resource.organisation_id.in_(parties)),
        )
        .options(joinedload(Resource.organisation))
        .order_by(Resource.name, Resource.id)
    ).all()


def organisations_named(session: Session, ids: Iterable[int]) -> Sequence[Organisation]:
    """These bodies, by name."""
    return session.scalars(select(Organisation).where(Organisation.id.in_(list(ids))).order_by(Organisation.name)).all()


def ledger_of(session: Session, challenge: Challenge) -> list[ledger.Line]:
    """What each firm that goes on was offered and took, by the firm's name."""
    going = [plan for plan in plans_of(session, challenge) if plan.state != "out"]
    return ledger.lines([(plan.id, plan.response.organisation.name) for plan in going], _offers(session, challenge))


def _offers(session: Session, challenge: Challenge) -> list[ledger.Offer]:
    sessions = session.scalars(
        select(SupportSession)
        .join(SupportPlan, SupportPlan.id == SupportSession.plan_id)
        .where(SupportPlan.challenge_id == challenge.id)
    ).all()
    held = {each.slot_id: each.plan_id for each in sessions if each.cancelled_at is None}
    let_go: dict[int | None, set[int]] = {}
    for each in sessions:
        if each.let_go:
            let_go.setdefault(each.slot_id, set()).add(each.plan_id)
    slots = session.scalars(select(Slot).where(Slot.challenge_id == challenge.id, Slot.withdrawn_at.is_(None)))
    return [
        ledger.Offer(
            slot.minutes,
            with_people=slot.person_id is not None,
            for_plan=slot.plan_id,
            held_by=held.get(slot.id),
            let_go_by=frozenset(let_go.get(slot.id, ())),
        )
        for slot in slots
    ] + [ledger.Offer(each.minutes, with_people=True, held_by=each.plan_id) for each in sessions if not each.slot_id]
