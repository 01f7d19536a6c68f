"""Preparing the contracts: one for each chosen firm, with its terms and phases."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import journal
from portal.challenges.models import Challenge
from portal.db import clock, expect_version, share
from portal.machine import NotNow
from portal.partnerships.models import Partnership, Phase, Target
from portal.partnerships.plans import PhasePlan, Terms
from portal.partnerships.queries import contract_for
from portal.policy import Actor
from portal.responses.models import Response


def prepare(
    session: Session, actor: Actor, challenge: Challenge, response: Response, terms: Terms, version: int | None = None
) -> Partnership:
    """Write the contract with a chosen firm, or change it before activation.

    `version` is that of the contract the person began from, None for a new one. Raises `Conflict` and `NotNow`.
    """
    share(session, challenge)
    _check_being_awarded(challenge)
    session.refresh(response, ["state"])
    if response.state != "chosen":
        raise NotNow("This firm is not chosen, so it gets no contract.")
    contract = contract_for(session, response)
    if contract is None:
        contract = _new(session, actor, challenge, response)
    else:
        _check_prepared(contract)
        expect_version(contract, version)
    for name, value in asdict(terms).items():
        setattr(contract, name, value)
    session.flush()
    _note(session, actor, contract, "prepared")
    return contract


def _new(session: Session, actor: Actor, challenge: Challenge, response: Response) -> Partnership:
    last = session.scalar(select(func.max(Partnership.number)).where(Partnership.challenge_id == challenge.id))
    now = clock.now()
    contract = Partnership(
        challenge=challenge,
        response_id=response.id,
        organisation_id=response.organisation_id,
        number=(last or 0) + 1,
        state="prepared",
        state_since=now,
        prepared_at=now,
        prepared_by_id=actor.person_id,
    )
    session.add(contract)
    return contract


def add_phase(session: Session, actor: Actor, contract: Partnership, plan: PhasePlan) -> Phase:
    """Add a phase after the last one."""
    _open_for_planning(session, contract)
    number = max((each.number for each in contract.phases), default=0) + 1
    phase = Phase(number=number, state="planned", state_since=clock.now())
    contract.phases.append(phase)
    return _write(session, actor, phase, plan)


def change_phase(session: Session, actor: Actor, phase: Phase, plan: PhasePlan, version: int | None) -> Phase:
    """Change a phase before activation. Raises `Conflict` where somebody else changed it meanwhile."""
    _open_for_planning(session, phase.partnership)
    session.refresh(phase)
    expect_version(phase, version)
    phase.targets.clear()
    session.flush()
    return _write(session, actor, phase, plan)


def remove_phase(session: Session, actor: Actor, phase: Phase) -> None:
    """Take a phase out before activation; those after it move up."""
    contract = phase.partnership
    _open_for_planning(session, contract)
    contract.phases.remove(phase)
    session.flush()
    for number, each in enumerate(contract.phases, start=1):
        each.number = number
        session.flush()
    _note(session, actor, contract, "phase_removed")


def _write(session: Session, actor: Actor, phase: Phase, plan: PhasePlan) -> Phase:
    phase.title, phase.payment_pence = plan.title, plan.payment_pence
    phase.starts_on, phase.ends_on = plan.starts_on, plan.ends_on
    phase.targets = [
        Target(number=number, text=text, measure=measure)
        for number, (text, measure) in enumerate(plan.targets, start=1)
    ]
    session.flush()
    _note(session, actor, phase.partnership, "phase_planned", phase=phase.number)
    return phase


def _open_for_planning(session: Session, contract: Partnership) -> None:
    share(session, contract.challenge)
    session.refresh(contract)
    _check_being_awarded(contract.challenge)
    _check_prepared(contract)


def _check_being_awarded(challenge: Challenge) -> None:
    if challenge.state != "award":
        raise NotNow("Contracts are written while the challenge is at award, after firms are chosen.")


def _check_prepared(contract: Partnership) -> None:
    if contract.state != "prepared":
        raise NotNow("This contract is in force and can no longer be changed here.")


def _note(session: Session, actor: Actor, contract: Partnership, what: str, **data: Any) -> None:
    subject = ("partnership", contract.id)
    journal.record(session, actor, f"partnership.{what}", subject, challenge_id=contract.challenge_id, **data)
