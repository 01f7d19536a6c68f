"""After the work: deployment, benefits that are seen, lessons, and where each measure came from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal import journal
from portal.db import clock, hold
from portal.law.calendar import london_date
from portal.machine import NotNow
from portal.partnerships.models import Partnership, SeenBenefit
from portal.partnerships.plans import Seen
from portal.partnerships.queries import NOT_YET, social_criteria
from portal.policy import Actor


def see_benefit(session: Session, actor: Actor, contract: Partnership, seen: Seen) -> SeenBenefit:
    """Record a benefit that was seen, with its evidence. Benefits come late: a closed partnership still takes them.

    Raises `NotNow` for a day in the future, before the contract is signed, or for an outcome nobody was asked for.
    """
    _hold(session, contract)
    _check_happened(seen.seen_on)
    if seen.criterion_id is not None and seen.criterion_id not in {
        each.id for each in social_criteria(session, contract.challenge)
    }:
        raise NotNow("This challenge did not ask for that outcome.")
    benefit = SeenBenefit(
        partnership_id=contract.id,
        criterion_id=seen.criterion_id,
        seen_on=seen.seen_on,
        what=seen.what,
        money_pence=seen.money_pence,
        evidence=seen.evidence,
        recorded_at=clock.now(),
        recorded_by_id=actor.person_id,
    )
    session.add(benefit)
    session.flush()
    _note(session, actor, contract, "benefit_seen", benefit=benefit.id)
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
