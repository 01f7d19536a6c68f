"""After the work: deployment, benefits that are seen, lessons, and where each measure came from."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal import journal
from portal.db import clock, hold
from portal.law.calendar import london_date
from portal.machine import NotNow
from portal.partnerships.effects import tell, tell_officers
from portal.partnerships.models import Partnership, SeenBenefit
from portal.partnerships.plans import Seen
from portal.partnerships.queries import NOT_YET, social_criteria
from portal.policy import Actor
from portal.workflow import fire


def see_benefit(session: Session, actor: Actor, contract: Partnership, seen: Seen) -> SeenBenefit:
    """The authority records a benefit it saw, with its evidence.

    Benefits come late: a closed partnership still takes them. Raises `NotNow` for a day in the future, before the
    contract is signed, or for an outcome nobody was asked for.
    """
    benefit = _begin(session, actor, contract, seen)
    fire(session, actor, benefit, "confirm")
    _note(session, actor, contract, "benefit_seen", benefit=benefit.id)
    return benefit


def report_benefit(session: Session, actor: Actor, contract: Partnership, seen: Seen) -> SeenBenefit:
    """The firm reports what it did or what changed, with its evidence; the officers are asked to confirm it.

    What it is worth in money is not the firm's to say. Raises what `see_benefit` raises.
    """
    benefit = _begin(session, actor, contract, replace(seen, money_pence=None, shown_to_firm=True), from_firm=True)
    _note(session, actor, contract, "benefit_reported", benefit=benefit.id)
    tell_officers(session, contract, "partnerships.benefit_told", benefit=benefit.reference)
    return benefit


def confirm_benefit(session: Session, actor: Actor, benefit: SeenBenefit) -> None:
    """The authority confirms what the firm reported: it counts beside what was promised."""
    fire(session, actor, benefit, "confirm")
    tell(session, benefit.partnership, "partnerships.benefit_confirmed", benefit=benefit.reference)


def send_benefit_back(session: Session, actor: Actor, benefit: SeenBenefit, reason: str) -> None:
    """The authority says why it cannot confirm what the firm reported; the firm can report again."""
    fire(session, actor, benefit, "send_back", reason=reason)
    tell(session, benefit.partnership, "partnerships.benefit_back", benefit=benefit.reference)


def take_benefit_back(session: Session, actor: Actor, benefit: SeenBenefit) -> None:
    """The firm takes back what it reported, while nobody has confirmed it."""
    fire(session, actor, benefit, "take_back")


def _begin(
    session: Session, actor: Actor, contract: Partnership, seen: Seen, *, from_firm: bool = False
) -> SeenBenefit:
    _hold(session, contract)
    _check_happened(seen.seen_on)
    if seen.criterion_id is not None and seen.criterion_id not in {
        each.id for each in social_criteria(session, contract.challenge)
    }:
        raise NotNow("This challenge did not ask for that outcome.")
    now = clock.now()
    benefit = SeenBenefit(
        partnership=contract,
        criterion_id=seen.criterion_id,
        seen_on=seen.seen_on,
        what=seen.what,
        money_pence=seen.money_pence,
        evidence=seen.evidence,
        from_firm=from_firm,
        shown_to_firm=seen.shown_to_firm,
        recorded_at=now,
        recorded_by_id=actor.person_id,
        state="told",
        state_since=now,
    )
    session.add(benefit)
    session.flush()
    return benefit


def record_deployment(session: Session, actor: Actor, contract: Partnership, deployed_on: date, where: str) -> None:
    """Record that the finished thing, which was bought, is in use. Raises `NotNow` where its option was not taken."""
    _hold(session, contract)
    _check_happened(deployed_on)
    if contract.state != "option_taken":
        raise NotNow("Only what was bought, by taking the purchase option, is deployed.")
    contract.deployed_on, contract.deployed_where = deployed_on, where
    session.flush()
    _note(session, actor, contract, "deployed")


def write_lessons(session: Session, actor: Actor, contract: Partnership, lessons: str) -> None:
    """Write down what the next partnership should know; they are the authority's own."""
    _hold(session, contract)
    contract.lessons = lessons
    session.flush()
    _note(session, actor, contract, "lessons_written")


def say_origins(session: Session, actor: Actor, contract: Partnership, origins: Mapping[int, str]) -> None:
    """Say of each target, by its id, what it came from; an empty key says that nothing is known."""
    _hold(session, contract)
    for phase in contract.phases:
        for target in phase.targets:
            if target.id in origins:
                target.origin = origins[target.id]
    session.flush()
    _note(session, actor, contract, "origins_said")


def _hold(session: Session, contract: Partnership) -> None:
    hold(session, contract.challenge)
    hold(session, contract)
    if contract.state in NOT_YET or contract.signed_on is None:
        raise NotNow("This can be recorded once the contract is signed.")


def _check_happened(day: date) -> None:
    if day > london_date(clock.now()):
        raise NotNow("The day cannot be in the future.")


def _note(session: Session, actor: Actor, contract: Partnership, what: str, **data: Any) -> None:
    subject = ("partnership", contract.id)
    journal.record(session, actor, f"partnership.{what}", subject, challenge_id=contract.challenge_id, **data)
