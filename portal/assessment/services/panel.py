"""The panel: who sits on it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.accounts import services as accounts
from portal.accounts.models import Person, RoleGrant
from portal.accounts.queries import person_at
from portal.assessment.models import Assignment, PanelMember
from portal.assessment.queries import Inside
from portal.assessment.requirements import panel_is_settled
from portal.assessment.services.giving import SETTLED, hand_on, why_not
from portal.challenges.models import Round, RoundKind
from portal.db import clock, hold
from portal.machine import NotNow
from portal.policy import Actor, Role
from portal.workflow import fire

_PANEL_STATES = {
    RoundKind.CHALLENGE: frozenset({"articulation", "open", "assessment"}),
    RoundKind.TENDER: frozenset({"business_case", "tender", "tender_assessment"}),
}


def add_assessor(session: Session, actor: Actor, inside: Inside, person: Person) -> PanelMember:
    """Put somebody on the panel; they become an assessor of this challenge.

    Raises `NotNow` once the round has been judged, once the scores are open and every response has its quorum, and for
    anybody whom a conflict or their own firm keeps out.
    """
    _hold_while_panel_may_change(session, inside)
    if why := why_not(session, inside, person.id):
        raise NotNow(f"{person.name} cannot assess here: {why}.")
    member = session.scalars(
        select(PanelMember).where(PanelMember.round_id == inside.round.id, PanelMember.person_id == person.id)
    ).first()
    if member is None:
        member = PanelMember(round_id=inside.round.id, person_id=person.id)
        session.add(member)
    elif member.stood_down_at is None:
        raise NotNow(f"{person.name} is on the panel already.")
    member.since, member.added_by_id, member.stood_down_at, member.stood_down_reason = (
        clock.now(),
        actor.person_id,
        None,
        "",
    )
    if _grant(session, inside, person.id) is None:
        accounts.give(session, actor, person, Role.ASSESSOR, inside.challenge)
    session.flush()
    _note(session, actor, inside, "assessment.assessor_added", person_id=person.id)
    return member


def invite_assessor(session: Session, actor: Actor, inside: Inside, email: str) -> PanelMember | None:
    """Ask somebody to assess. Whoever has an account sits on the panel at once; others once they accept (None)."""
    person = person_at(session, email)
    if person is not None:
        return add_assessor(session, actor, inside, person)
    _hold_while_panel_may_change(session, inside)
    accounts.invite(session, actor, email, Role.ASSESSOR, inside.challenge)
    return None


def stand_down(session: Session, actor: Actor, inside: Inside, member: PanelMember, reason: str) -> None:
    """Take somebody off the panel. Sheets they locked stay and count.

    Those still open end with `reason` and go to the rest of the panel at once: the published quorum stands.
    """
    hold(session, inside.challenge)
    if member.stood_down_at is not None:
        raise NotNow("This assessor has been stood down already.")
    member.stood_down_at, member.stood_down_reason = clock.now(), reason
    open_sheets = session.scalars(
        select(Assignment)
        .where(
            Assignment.round_id == inside.round.id,
            Assignment.person_id == member.person_id,
            Assignment.state.in_(("assigned", "scoring")),
        )
        .order_by(Assignment.id)
    ).all()
    for sheet in open_sheets:
        fire(session, actor, sheet, "stand_down", reason=reason)
        hand_on(session, actor, sheet)
    if not _sits_elsewhere(session, inside, member.person_id) and (grant := _grant(session, inside, member.person_id)):
        accounts.end_grant(session, actor, grant, inside.challenge)
    _note(session, actor, inside, "assessment.assessor_stood_down", person_id=member.person_id)


def _hold_while_panel_may_change(session: Session, inside: Inside) -> None:
    hold(session, inside.challenge)
    if inside.challenge.state not in _PANEL_STATES[inside.kind]:
        raise NotNow("The panel can be changed only until the responses have been judged.")
    if panel_is_settled(session, inside):
        raise NotNow(SETTLED)


def _grant(session: Session, inside: Inside, person_id: int) -> RoleGrant | None:
    return session.scalars(
        select(RoleGrant).where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == Role.ASSESSOR,
            RoleGrant.challenge_id == inside.challenge.id,
            RoleGrant.ended_at.is_(None),
        )
    ).first()


def _sits_elsewhere(session: Session, inside: Inside, person_id: int) -> bool:
    other = (
        select(PanelMember.id)
        .join(Round, Round.id == PanelMember.round_id)
        .where(
            Round.challenge_id == inside.challenge.id,
            Round.id != inside.round.id,
            PanelMember.person_id == person_id,
            PanelMember.stood_down_at.is_(None),
        )
    )
    return session.scalars(other).first() is not None


def _note(session: Session, actor: Actor, inside: Inside, event: str, **identifiers: Any) -> None:
    journal.record(session, actor, event, ("round", inside.round.id), challenge_id=inside.challenge.id, **identifiers)
