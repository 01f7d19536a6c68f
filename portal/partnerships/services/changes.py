"""Changing a contract: proposed by one person, decided by another, in force once its notice allows."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.challenges.models import Challenge
from portal.challenges.standing import standing_of
from portal.db import clock, expect_version, hold
from portal.law.modifications import Modification, change_notice_due, is_substantial, rules_apply
from portal.law.thresholds import ContractKind
from portal.machine import NotNow
from portal.partnerships.effects import officers_of, tell
from portal.partnerships.models import ChangeLine, ContractChange, Partnership
from portal.partnerships.pathway import PHASE
from portal.partnerships.plans import ChangePlan
from portal.policy import Actor
from portal.workflow import Subject, fire

CHANGEABLE = ("mobilising", "active", "suspended")


def propose(session: Session, actor: Actor, contract: Partnership, plan: ChangePlan) -> ContractChange:
    """Propose a change of contract; what the law makes of it is worked out and kept.

    Raises `NotNow` where the contract is not in force, a phase is decided already, or nothing would change.
    """
    hold(session, contract.challenge)
    hold(session, contract)
    if contract.state not in CHANGEABLE:
        raise NotNow("Only a contract that is in force can be changed.")
    lines = _lines(contract, plan)
    if not lines and not plan.scope_changes:
        raise NotNow("Nothing would change: give a phase another last day or payment, or say how the scope changes.")
    figures = _figures(session, contract, lines)
    applies = _rules_apply(session, contract.challenge)
    now = clock.now()
    change = ContractChange(
        challenge_id=contract.challenge_id,
        partnership=contract,
        number=_next_number(session, contract.challenge),
        title=plan.title,
        why=plan.why,
        value_before=figures.value_before,
        value_after=figures.value_after,
        ends_before=_ends(contract, []),
        ends_after=_ends(contract, lines),
        scope_changes=plan.scope_changes,
        favours_firm=plan.favours_firm,
        rules_apply=applies,
        substantial=is_substantial(figures, scope=plan.scope_changes, favours_firm=plan.favours_firm),
        ground=plan.ground,
        ground_reason=plan.ground_reason,
        notice_due=applies and change_notice_due(figures, _kind(contract), plan.ground),
        waits=plan.waits,
        proposed_at=now,
        proposed_by_id=actor.person_id,
        state="proposed",
        state_since=now,
        lines=lines,
    )
    session.add(change)
    session.flush()
    journal.record(
        session, actor, "contract_change.propose", ("contract_change", change.id), challenge_id=contract.challenge_id
    )
    for officer in officers_of(session, contract):
        if officer != actor.person_id:
            outbox.queue(session, "partnerships.change_proposed", officer, change=change.reference)
    return change


def decide(
    session: Session, actor: Actor, change: ContractChange, *, agreed: bool, reason: str, version: int | None
) -> None:
    """Agree to a change or not, as somebody else than its proposer. Raises `NotAllowed` for the proposer."""
    _hold(session, change, version)
    fire(session, actor, change, "agree" if agreed else "refuse", reason=reason)
    if agreed:
        tell(session, change.partnership, "partnerships.change_agreed", change=change.reference)


def withdraw(session: Session, actor: Actor, change: ContractChange) -> None:
    """Let a change be that is not in force yet."""
    fire(session, actor, change, "withdraw")


def take_effect(session: Session, actor: Actor, change: ContractChange) -> None:
    """Let the new figures count from now on. Raises `MoveRefused` before its notice and its standstill."""
    hold(session, change.root())
    hold(session, change.partnership)
    fire(session, actor, change, "take_effect")
    tell(session, change.partnership, "partnerships.change_in_force", change=change.reference)


def follow_notice(session: Session, *, machine: str, move: str, subject: Subject, before: str) -> None:
    """Note on a change that its notice was published. Subscribed to every move; notices live on an upper floor."""
    moment = getattr(subject, "moment", None)
    if (machine, move) != ("notice", "publish") or moment is None or moment.value != "change":
        return
    change = session.scalars(
        select(ContractChange).where(
            ContractChange.challenge_id == subject.root().id,
            ContractChange.number == getattr(subject, "number"),  # noqa: B009
        )
    ).first()
    if change is not None:
        change.notice_published_at = getattr(subject, "published_at")  # noqa: B009


def _lines(contract: Partnership, plan: ChangePlan) -> list[ChangeLine]:
    lines = []
    for phase in contract.phases:
        wanted = plan.phases.get(phase.number)
        if wanted is None or wanted == (phase.ends_on, phase.payment_pence):
            continue
        if PHASE[phase.state].end:
            raise NotNow(f"Phase {phase.number} is decided and keeps its figures.")
        if wanted[0] < phase.starts_on:
            raise NotNow(f"Phase {phase.number} cannot end before it begins.")
        lines.append(
            ChangeLine(
                phase=phase,
                ends_on_before=phase.ends_on,
                ends_on_after=wanted[0],
                payment_before=phase.payment_pence,
                payment_after=wanted[1],
            )
        )
    return lines


def _figures(session: Session, contract: Partnership, lines: list[ChangeLine]) -> Modification:
    first = session.scalars(
        select(ContractChange)
        .where(ContractChange.partnership_id == contract.id, ContractChange.state == "in_force")
        .order_by(ContractChange.in_force_at, ContractChange.id)
        .limit(1)
    ).first()
    value, begins = sum(each.payment_pence for each in contract.phases), _begins(contract)
    ends = _ends(contract, [])

    def days(last: date) -> int:
        return (last - begins).days + 1

    return Modification(
        awarded_pence=first.value_before if first else value,
        value_before=value,
        value_after=value + sum(each.payment_after - each.payment_before for each in lines),
        awarded_days=days(first.ends_before if first else ends),
        days_before=days(ends),
        days_after=days(_ends(contract, lines)),
    )


def _begins(contract: Partnership) -> date:
    return min(each.starts_on for each in contract.phases)


def _ends(contract: Partnership, lines: list[ChangeLine]) -> date:
    after = {each.phase.number: each.ends_on_after for each in lines}
    return max(after.get(each.number, each.ends_on) for each in contract.phases)


def _kind(contract: Partnership) -> ContractKind:
    return contract.challenge.contract_kind or ContractKind.SERVICES


def _rules_apply(session: Session, challenge: Challenge) -> bool:
    standing, kind, bought = standing_of(session, challenge), challenge.release_kind, challenge.contract_kind
    return kind is not None and bought is not None and standing is not None and rules_apply(kind, bought, standing)


def _next_number(session: Session, challenge: Challenge) -> int:
    last = select(func.max(ContractChange.number)).where(ContractChange.challenge_id == challenge.id)
    return (session.scalar(last) or 0) + 1


def _hold(session: Session, change: ContractChange, version: int | None) -> None:
    hold(session, change.root())
    hold(session, change)
    expect_version(change, version)
