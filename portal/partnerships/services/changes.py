"""Changing a contract: proposed by one person, decided by another, in force once its notice allows."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.challenges.models import Challenge
from portal.db import clock, expect_version, hold
from portal.law.modifications import is_substantial
from portal.machine import NotNow
from portal.partnerships.effects import officers_of, tell
from portal.partnerships.models import ContractChange, Partnership
from portal.partnerships.plans import ChangePlan
from portal.partnerships.services import altering
from portal.policy import Actor
from portal.workflow import Subject, fire

CHANGEABLE = ("mobilising", "active", "suspended")


def propose(session: Session, actor: Actor, contract: Partnership, plan: ChangePlan) -> ContractChange:
    """Propose a change of contract; what the law makes of it is worked out and kept.

    Raises `NotNow` where the contract is not in force, a phase is decided already, nothing would change, a new phase
    would not follow the last one, or there is no purchase option to alter.
    """
    hold(session, contract.challenge)
    hold(session, contract)
    if contract.state not in CHANGEABLE:
        raise NotNow("Only a contract that is in force can be changed.")
    change = _proposed(session, actor, contract, plan)
    session.add(change)
    session.flush()
    journal.record(
        session, actor, "contract_change.propose", ("contract_change", change.id), challenge_id=contract.challenge_id
    )
    for officer in officers_of(session, contract):
        if officer != actor.person_id:
            outbox.queue(session, "partnerships.change_proposed", officer, change=change.reference)
    return change


def _proposed(session: Session, actor: Actor, contract: Partnership, plan: ChangePlan) -> ContractChange:
    lines = altering.lines_of(contract, plan)
    added = altering.added_by(contract, lines, plan.added)
    option = altering.option_by(contract, plan.option)
    if not (lines or added or option or plan.scope_changes):
        raise NotNow("Nothing would change: give a phase another last day or payment, or say how the scope changes.")
    figures = altering.figures_of(session, contract, lines, added)
    more = figures.value_after - figures.value_before + (option.maximum_after - option.maximum_before if option else 0)
    applies = altering.rules_apply_to(session, contract.challenge, more)
    now = clock.now()
    return ContractChange(
        challenge_id=contract.challenge_id,
        partnership=contract,
        number=_next_number(session, contract.challenge),
        title=plan.title,
        why=plan.why,
        value_before=figures.value_before,
        value_after=figures.value_after,
        ends_before=altering.ends_of(contract, [], None),
        ends_after=altering.ends_of(contract, lines, added),
        scope_changes=plan.scope_changes,
        favours_firm=plan.favours_firm,
        rules_apply=applies,
        substantial=is_substantial(figures, scope=plan.scope_changes, favours_firm=plan.favours_firm),
        ground=plan.ground,
        ground_reason=plan.ground_reason,
        notice_due=applies and altering.notice_due(session, contract, plan, figures, option),
        waits=plan.waits,
        proposed_at=now,
        proposed_by_id=actor.person_id,
        state="proposed",
        state_since=now,
        lines=lines,
        added=added,
        option=option,
    )


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


def _next_number(session: Session, challenge: Challenge) -> int:
    last = select(func.max(ContractChange.number)).where(ContractChange.challenge_id == challenge.id)
    return (session.scalar(last) or 0) + 1


def _hold(session: Session, change: ContractChange, version: int | None) -> None:
    hold(session, change.root())
    hold(session, change)
    expect_version(change, version)
