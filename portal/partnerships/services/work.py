"""Running a partnership: signing, phases and their gates, and the end."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from portal import journal
from portal.challenges.models import Challenge
from portal.db import clock, hold
from portal.law.calendar import london_date
from portal.machine import NotNow
from portal.partnerships.effects import tell
from portal.partnerships.models import Partnership, Phase
from portal.partnerships.services.together import agree_or_make
from portal.policy import Actor
from portal.workflow import fire


def sign(session: Session, actor: Actor, contract: Partnership, signed_on: date) -> None:
    """Record the day the contract was signed; work can begin. Raises `NotNow` for a day on which it could not be."""
    hold(session, contract.challenge)
    if contract.state != "mobilising":
        raise NotNow("Only a contract that has been activated and not yet signed can be recorded as signed.")
    if problem := why_not_signed_on(contract.challenge, signed_on):
        raise NotNow(problem)
    contract.signed_on = signed_on
    fire(session, actor, contract, "begin")


def why_not_signed_on(challenge: Challenge, day: date) -> str:
    """Why the contract cannot have been signed on this day, or nothing.

    Everything the law asks for was in place at activation: that is the first day it may be signed.
    """
    if day > london_date(clock.now()):
        return "The day it was signed cannot be in the future."
    if challenge.activated_at and day < london_date(challenge.activated_at):
        return "The contract could not be signed before the partnership was activated."
    return ""


def start_phase(session: Session, actor: Actor, phase: Phase) -> None:
    """Let the work on a phase begin."""
    fire(session, actor, phase, "start")


def deliver(session: Session, actor: Actor, phase: Phase, evidence: str) -> None:
    """Record what was delivered and how one can tell; the phase then waits at its gate."""
    hold(session, phase.root())
    if phase.state != "active":
        raise NotNow("Only a phase that is under way can be recorded as delivered.")
    phase.evidence = evidence
    fire(session, actor, phase, "deliver")


def review(
    session: Session,
    actor: Actor,
    phase: Phase,
    decision: str,
    reason: str,
    met: Mapping[int, bool] | None = None,
    *,
    conditions: str = "",
) -> bool:
    """Decide at a phase's gate, as the first or the second of two people; answers whether it is decided.

    `decision` is `pass`, `pass_with_conditions`, `fail` or `stop`; `met` says of each target, by its number, whether it
    was met. Judging a target differently from the first person, or writing other conditions, makes this person the
    first: what two people agree on must be the same.
    """
    hold(session, phase.root())
    session.refresh(phase)
    for target in phase.targets:
        if met is not None and target.number in met:
            target.met = met[target.number]
    phase.gate_conditions = conditions if decision == "pass_with_conditions" else ""
    session.flush()
    made = agree_or_make(session, actor, phase, decision, reason=reason)
    if made:
        tell(session, phase.partnership, "partnerships.gate", phase=phase.number)
    return made


def meet_conditions(session: Session, actor: Actor, phase: Phase, how: str) -> None:
    """Record how the conditions were met with which a phase passed. Raises `NotNow` where none are open."""
    hold(session, phase.root())
    session.refresh(phase)
    if not phase.conditions_open:
        raise NotNow("No condition of this phase is open.")
    phase.conditions_met_how, phase.conditions_met_at = how, clock.now()
    session.flush()
    journal.record(
        session, actor, "phase.conditions_met", ("phase", phase.id), challenge_id=phase.partnership.challenge_id
    )
    tell(session, phase.partnership, "partnerships.conditions_met", phase=phase.number)


def end_work(session: Session, actor: Actor, contract: Partnership, reason: str) -> bool:
    """End this partner's work, as the first or the second of two people; its open phases stop with it."""
    made = agree_or_make(session, actor, contract, "end_work", reason=reason)
    if made:
        tell(session, contract, "partnerships.ended")
    return made


def measure(
    session: Session, actor: Actor, contract: Partnership, measured: str, level_met: bool, final_pence: int
) -> None:
    """Record what was measured against the option's level, and what buying it would finally cost."""
    hold(session, contract.challenge)
    session.refresh(contract)
    if contract.state != "active" or not contract.option_offered:
        raise NotNow("There is no purchase option to decide here.")
    contract.option_measured, contract.option_level_met = measured, level_met
    contract.option_final_pence = final_pence
    journal.record(
        session, actor, "partnership.measured", ("partnership", contract.id), challenge_id=contract.challenge_id
    )
    session.flush()


def take_option(session: Session, actor: Actor, contract: Partnership, reason: str) -> bool:
    """Take the purchase option and say why, as the first or the second of two people; answers whether it is taken."""
    return agree_or_make(session, actor, contract, "take_option", reason=reason)


def leave_option(session: Session, actor: Actor, contract: Partnership, reason: str) -> None:
    """Say that the finished thing will not be bought, and why."""
    fire(session, actor, contract, "leave_option", reason=reason)


def close(session: Session, actor: Actor, contract: Partnership) -> None:
    """Close a partnership whose work and purchase option have come to their end."""
    fire(session, actor, contract, "close")
