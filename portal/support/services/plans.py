"""Plans: needs written, milestones reached, notes to and fro, firms ready or out."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import outbox
from portal.db import clock, expect_version
from portal.machine import NotNow
from portal.policy import Actor
from portal.support import queries
from portal.support.models import Milestone, MilestoneBy, PlanNote, SupportPlan
from portal.support.services.shared import begin_edit, mail_firms, mail_team, note_in_journal
from portal.workflow import fire


@dataclass(frozen=True, slots=True)
class PlanText:
    """What is written on a plan: who helps (None: nobody yet), what the firm needs, the next step and its day."""

    adviser_id: int | None
    needs: str
    next_step: str
    next_step_on: date | None


def write_plan(session: Session, actor: Actor, plan: SupportPlan, version: int | None, text: PlanText) -> None:
    """Write down what the firm needs, who helps, and the next step. A new adviser is told.

    Raises `NotNow` once support is over, `Conflict` where somebody else changed the plan.
    """
    begin_edit(session, plan)
    expect_version(plan, version)
    if text.adviser_id is not None and text.adviser_id != plan.adviser_id:
        if text.adviser_id not in {person.id for person in queries.advisers_of(session, plan.challenge)}:
            raise NotNow("That person gives no support to this challenge.")
        outbox.queue(session, "support.your_firm", text.adviser_id, plan_id=plan.id)
    plan.adviser_id, plan.needs = text.adviser_id, text.needs
    plan.next_step, plan.next_step_on = text.next_step, text.next_step_on
    note_in_journal(session, actor, "plan_written", plan, adviser_id=text.adviser_id)


def take_on(session: Session, actor: Actor, plan: SupportPlan) -> None:
    """Make the adviser who asks the plan's adviser; somebody else's firm is not taken away.

    Raises `NotNow` where the firm has an adviser already.
    """
    begin_edit(session, plan)
    if plan.adviser_id is not None:
        raise NotNow("Somebody else has already taken this firm on.")
    if actor.person_id not in {person.id for person in queries.advisers_of(session, plan.challenge)}:
        raise NotNow("Your body gives no support to this challenge.")
    plan.adviser_id = actor.person_id
    note_in_journal(session, actor, "taken_on", plan, adviser_id=actor.person_id)


def write_note(session: Session, actor: Actor, plan: SupportPlan, text: str, *, from_firm: bool) -> None:
    """Write a short note on the plan; the other side is told that there is one, and reads it there."""
    begin_edit(session, plan)
    _add_note(session, actor, plan, text, from_firm=from_firm)
    if from_firm:
        mail_team(session, "support.note_from_firm", plan, plan_id=plan.id)
    else:
        mail_firms(session, "support.note_to_firm", [plan.response_id])


def _add_note(session: Session, actor: Actor, plan: SupportPlan, text: str, *, from_firm: bool) -> None:
    now = clock.now()
    session.add(PlanNote(plan_id=plan.id, by_id=actor.person_id, from_firm=from_firm, text=text, written_at=now))
    note_in_journal(session, actor, "note_written", plan)


def ask_for_help(session: Session, actor: Actor, plan: SupportPlan, text: str) -> None:
    """The firm asks, in a note; its adviser, or where it has none every adviser of the challenge, is told."""
    begin_edit(session, plan)
    plan.asked_at, plan.asked_for = clock.now(), text
    _add_note(session, actor, plan, text, from_firm=True)
    mail_team(session, "support.help_asked", plan, plan_id=plan.id)
    note_in_journal(session, actor, "help_asked", plan)


def add_milestone(
    session: Session, actor: Actor, plan: SupportPlan, *, title: str, due_on: date, by: MilestoneBy
) -> None:
    """Agree on something to be done by a day before the firm is ready."""
    begin_edit(session, plan)
    session.add(Milestone(plan_id=plan.id, title=title, due_on=due_on, by=by))
    note_in_journal(session, actor, "milestone_added", plan)


def mark_milestone(session: Session, actor: Actor, plan: SupportPlan, milestone_id: int, *, done: bool) -> Milestone:
    """Say that a milestone is reached, or not yet after all. Raises `NotNow` where the plan has it no more."""
    begin_edit(session, plan)
    milestone = _milestone(session, plan, milestone_id)
    milestone.done_at, milestone.done_by_id = (clock.now(), actor.person_id) if done else (None, None)
    note_in_journal(session, actor, "milestone_marked", plan, milestone_id=milestone_id, done=done)
    return milestone


def remove_milestone(session: Session, actor: Actor, plan: SupportPlan, milestone_id: int) -> None:
    """Take a milestone off the plan. Raises `NotNow` where the plan has it no more."""
    begin_edit(session, plan)
    session.delete(_milestone(session, plan, milestone_id))
    note_in_journal(session, actor, "milestone_removed", plan, milestone_id=milestone_id)


def _milestone(session: Session, plan: SupportPlan, milestone_id: int) -> Milestone:
    found = session.scalars(
        select(Milestone).where(Milestone.id == milestone_id, Milestone.plan_id == plan.id).with_for_update()
    ).first()
    if found is None:
        raise NotNow("Somebody has taken this milestone off the plan.")
    return found


def move_plan(session: Session, actor: Actor, plan: SupportPlan, move: str, reason: str = "") -> None:
    """Make one of the plan's moves; whoever it concerns and did not make it is told that a firm is out.

    Raises what `portal.workflow.fire` raises.
    """
    fire(session, actor, plan, move, **({"reason": reason} if reason else {}))
    if move == "put_out":
        mail_firms(session, "support.put_out", [plan.response_id])
    if move == "leave":
        told = {plan.adviser_id, plan.challenge.owner_id} - {None}
        for person_id in sorted(each for each in told if each is not None):
            outbox.queue(session, "support.firm_left", person_id, plan_id=plan.id)
