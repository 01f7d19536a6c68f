"""The panel: who sits on it, and which responses each of them reads."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts import services as accounts
from portal.accounts.models import Person, RoleGrant
from portal.accounts.queries import person_at
from portal.assessment.allocation import spread
from portal.assessment.models import Assignment, PanelMember
from portal.assessment.queries import (
    Inside,
    answers_for_a_firm_that_responded,
    conflicted,
    found_eligible,
    panel,
    submission,
)
from portal.challenges.models import Round, RoundKind
from portal.db import clock, hold
from portal.machine import NotNow
from portal.policy import Actor, Role
from portal.responses.models import Response
from portal.text import words
from portal.workflow import fire

_PANEL_STATES = {
    RoundKind.CHALLENGE: frozenset({"articulation", "open", "assessment"}),
    RoundKind.TENDER: frozenset({"business_case", "tender", "tender_assessment"}),
}


def add_assessor(session: Session, actor: Actor, inside: Inside, person: Person) -> PanelMember:
    """Put somebody on the panel; they become an assessor of this challenge.

    Raises `NotNow` once the round has been judged, and for anybody whom a conflict or their own firm keeps out.
    """
    _hold_while_panel_may_change(session, inside)
    if why := _why_not(session, inside, person.id):
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
    """Take somebody off the panel. Sheets they locked stay and count; those still open end with `reason`."""
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
    if not _sits_elsewhere(session, inside, member.person_id) and (grant := _grant(session, inside, member.person_id)):
        accounts.end_grant(session, actor, grant, inside.challenge)
    _note(session, actor, inside, "assessment.assessor_stood_down", person_id=member.person_id)


def allocate(session: Session, actor: Actor, inside: Inside, each: int | None) -> int:
    """Give every eligible response to the whole panel (None), or to `each` members, so that all have as much to do.

    Answers how many sheets were given; what was given before stays. Raises `NotNow` outside the assessment.
    """
    _hold_while_assessed(session, inside)
    responses = {row.id: row for row in found_eligible(session, inside.round)}
    able = [row.member.person_id for row in panel(session, inside.round) if not _out(row.member) and not row.barred]
    given: Sequence[Assignment] = session.scalars(
        select(Assignment).where(Assignment.round_id == inside.round.id)
    ).all()
    added = spread(
        list(responses),
        able,
        each=each,
        taken=[(sheet.response_id, sheet.person_id) for sheet in given if sheet.state != "recused"],
        barred=[(sheet.response_id, sheet.person_id) for sheet in given if sheet.state == "recused"],
    )
    _give_sheets(session, actor, inside, ((responses[response], person) for response, person in added))
    return len(added)


def assign(session: Session, actor: Actor, inside: Inside, response: Response, member: PanelMember) -> None:
    """Give one response to one member of the panel. Raises `NotNow` where they have had it or may not."""
    _hold_while_assessed(session, inside)
    if response not in found_eligible(session, inside.round):
        raise NotNow("Decide first whether this response is eligible.")
    if _out(member) or (why := _why_not(session, inside, member.person_id)):
        raise NotNow(f"This person cannot assess here: {why if not _out(member) else 'they stood down'}.")
    had = select(Assignment.id).where(Assignment.response_id == response.id, Assignment.person_id == member.person_id)
    if session.scalars(had).first() is not None:
        raise NotNow("This assessor has had this response already.")
    _give_sheets(session, actor, inside, [(response, member.person_id)])


def take_off(session: Session, actor: Actor, sheet: Assignment, reason: str) -> None:
    """Take one response from one assessor, whose sheet is not locked."""
    fire(session, actor, sheet, "stand_down", reason=reason)


def _give_sheets(session: Session, actor: Actor, inside: Inside, pairs: Iterable[tuple[Response, int]]) -> None:
    now, long, told = clock.now(), {}, set()
    for response, person_id in pairs:
        if response.id not in long:
            long[response.id] = sum(words(text) for text in submission(session, response).sections.values())
        session.add(
            Assignment(
                challenge_id=inside.challenge.id,
                round_id=inside.round.id,
                response_id=response.id,
                person_id=person_id,
                state="assigned",
                state_since=now,
                assigned_at=now,
                assigned_by_id=actor.person_id,
                words=long[response.id],
            )
        )
        told.add(person_id)
    for person_id in sorted(told):
        outbox.queue(session, "assessment.assigned", person_id, challenge=inside.challenge.reference)
    session.flush()
    if told:
        _note(session, actor, inside, "assessment.allocated", people=sorted(told))


def _hold_while_panel_may_change(session: Session, inside: Inside) -> None:
    hold(session, inside.challenge)
    if inside.challenge.state not in _PANEL_STATES[inside.kind]:
        raise NotNow("The panel can be changed only until the responses have been judged.")


def _hold_while_assessed(session: Session, inside: Inside) -> None:
    hold(session, inside.challenge)
    if not inside.being_assessed:
        raise NotNow("Responses can be given to assessors only while they are being assessed.")


def _out(member: PanelMember) -> bool:
    return member.stood_down_at is not None


def _why_not(session: Session, inside: Inside, person_id: int) -> str:
    if answers_for_a_firm_that_responded(session, inside.round, {person_id}):
        return "they answer for a firm that responded"
    if conflicted(session, inside.challenge.id, {person_id}):
        return "they declared a conflict of interest"
    return ""


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
