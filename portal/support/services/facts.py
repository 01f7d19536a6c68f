"""The equal-access ledger's facts: noted where one firm was told, told to all, published at once."""

from datetime import date

from sqlalchemy.orm import Session

from portal import journal
from portal.challenges.models import Challenge
from portal.db import clock, expect_version, share
from portal.law.calendar import london_date
from portal.machine import NotNow
from portal.policy import Actor
from portal.support import queries
from portal.support.models import SupportPlan, ToldFact
from portal.support.services.shared import begin_edit, mail_firms, note_in_journal


def note_told(session: Session, actor: Actor, plan: SupportPlan, *, told_on: date, text: str) -> None:
    """Note what the challenge team told this firm; until all are told, no prototype is shown."""
    begin_edit(session, plan)
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
    note_in_journal(session, actor, "fact_noted", plan)


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
    _mail_all(session, challenge)


def publish_fact(session: Session, actor: Actor, challenge: Challenge, text: str) -> None:
    """Tell every supported firm something at once, so that none hears it before the others.

    Raises `NotNow` once support is over.
    """
    share(session, challenge)
    if challenge.state not in {"support", "showcase"}:
        raise NotNow("Support is over for this challenge, so its firms are told nothing more here.")
    now = clock.now()
    fact = ToldFact(
        challenge_id=challenge.id,
        told_on=london_date(now),
        text=text,
        public_text=text,
        recorded_by_id=actor.person_id,
        recorded_at=now,
        told_to_all_at=now,
        told_to_all_by_id=actor.person_id,
    )
    session.add(fact)
    session.flush()
    journal.record(session, actor, "support.told_to_all", ("told_fact", fact.id), challenge_id=challenge.id)
    _mail_all(session, challenge)


def _mail_all(session: Session, challenge: Challenge) -> None:
    going = [plan.response_id for plan in queries.plans_of(session, challenge) if plan.state != "out"]
    mail_firms(session, "support.told_to_all", going)
