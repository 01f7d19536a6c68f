"""Giving support: needs written, sessions recorded, firms ready or out, facts told to all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.challenges.models import Challenge
from portal.db import clock, expect_version, hold, share
from portal.machine import NotNow
from portal.policy import Actor
from portal.support import queries
from portal.support.models import SupportPlan, SupportSession, ToldFact
from portal.workflow import fire


def mail_firms(session: Session, kind: str, response_ids: list[int]) -> None:
    """Queue a message of this kind to everybody who writes for each response's firms."""
    for response_id, people in queries.firm_people(session, response_ids).items():
        for person_id in people:
            outbox.queue(session, kind, person_id, response_id=response_id)


def _begin_edit(session: Session, plan: SupportPlan, *, lock: Callable[[Session, Any], None] = share) -> None:
    lock(session, plan.challenge)
    if plan.challenge.state not in {"support", "showcase"}:
        raise NotNow("Support is over for this challenge. What was recorded stays as it is.")
    session.refresh(plan)
    if plan.state == "out":
        raise NotNow("This firm is not going on, so its plan can no longer be changed.")


def _record(session: Session, actor: Actor, event: str, plan: SupportPlan, **identifiers: Any) -> None:
    journal.record(
        session, actor, f"support.{event}", ("support_plan", plan.id), challenge_id=plan.challenge_id, **identifiers
    )


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
    _begin_edit(session, plan)
    expect_version(plan, version)
    if text.adviser_id is not None and text.adviser_id != plan.adviser_id:
        if text.adviser_id not in {person.id for person in queries.advisers_of(session, plan.challenge)}:
            raise NotNow("That person gives no support to this challenge.")
        outbox.queue(session, "support.your_firm", text.adviser_id, plan_id=plan.id)
    plan.adviser_id, plan.needs = text.adviser_id, text.needs
    plan.next_step, plan.next_step_on = text.next_step, text.next_step_on
    _record(session, actor, "plan_written", plan, adviser_id=text.adviser_id)


def take_on(session: Session, actor: Actor, plan: SupportPlan) -> None:
    """Make the adviser who asks the plan's adviser; somebody else's firm is not taken away.

    Raises `NotNow` where the firm has an adviser already.
    """
    _begin_edit(session, plan)
    if plan.adviser_id is not None:
        raise NotNow("Somebody else has already taken this firm on.")
    if actor.person_id not in {person.id for person in queries.advisers_of(session, plan.challenge)}:
        raise NotNow("Your body gives no support to this challenge.")
    plan.adviser_id = actor.person_id
    _record(session, actor, "taken_on", plan, adviser_id=actor.person_id)


def record_session(
    session: Session, actor: Actor, plan: SupportPlan, *, held_on: date, minutes: int, with_whom: str, notes: str
) -> None:
    """Record a session. The first is the first contact; and the firm no longer waits for the help it asked for."""
    _begin_edit(session, plan, lock=hold)
    if plan.state == "to_contact":
        fire(session, actor, plan, "contact")
    plan.asked_at, plan.asked_for = None, ""
    session.add(
        SupportSession(
            plan_id=plan.id,
            held_on=held_on,
            minutes=minutes,
            with_whom=with_whom,
            notes=notes,
            recorded_by_id=actor.person_id,
            recorded_at=clock.now(),
        )
    )
    _record(session, actor, "session_recorded", plan)


def ask_for_help(session: Session, actor: Actor, plan: SupportPlan, text: str) -> None:
    """The firm asks; its adviser, or where it has none every adviser of the challenge, is told."""
    _begin_edit(session, plan)
    plan.asked_at, plan.asked_for = clock.now(), text
    everybody = [person.id for person in queries.advisers_of(session, plan.challenge)]
    for person_id in [plan.adviser_id] if plan.adviser_id else everybody:
        outbox.queue(session, "support.help_asked", person_id, plan_id=plan.id)
    _record(session, actor, "help_asked", plan)


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


def note_told(session: Session, actor: Actor, plan: SupportPlan, *, told_on: date, text: str) -> None:
    """Note what the challenge team told this firm; until all are told, no prototype is shown."""
    _begin_edit(session, plan)
    session.add(
        ToldFact(
            challenge_id=plan.challenge_id,
            plan_id=plan.id,
            told_on=told_on,
            text=text,
            recorded_by_id=actor.person_id,
            recorded_at=clock.now(),
        )
    )
    _record(session, actor, "fact_noted", plan)


def tell_all(
    session: Session, actor: Actor, challenge: Challenge, fact: ToldFact, version: int | None, public_text: str
) -> None:
    """Tell every supported firm what one was told, in words that give nothing of that firm away.

    Raises `NotNow` where all were told already, `Conflict` where somebody else changed it.
    """
    share(session, challenge)
    session.refresh(fact)
    if fact.told_to_all_at is not None:
        raise NotNow("All firms have been told this already.")
    expect_version(fact, version)
    fact.public_text = public_text
    fact.told_to_all_at, fact.told_to_all_by_id = clock.now(), actor.person_id
    journal.record(session, actor, "support.told_to_all", ("told_fact", fact.id), challenge_id=challenge.id)
    going = [plan.response_id for plan in queries.plans_of(session, challenge) if plan.state != "out"]
    mail_firms(session, "support.told_to_all", going)
