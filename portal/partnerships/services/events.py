"""What happens to a partner on the way: recorded, the firm heard, decided; and what is settled after an end."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.db import clock, hold
from portal.machine import NotNow
from portal.partnerships.effects import tell, tell_officers
from portal.partnerships.models import Matter, Partnership, PartnershipEvent, SettledMatter
from portal.partnerships.plans import Happening
from portal.policy import Actor
from portal.workflow import fire

RUNNING = ("mobilising", "active", "suspended")
MOST_DAYS_TO_ANSWER = 60


def record_event(session: Session, actor: Actor, contract: Partnership, happening: Happening) -> PartnershipEvent:
    """Record what happened with its evidence, and ask the firm what it thinks, by a time that is named.

    The law asks for a reasonable opportunity (Procurement Act 2023 s.78) and names no number of days. Raises `NotNow`
    where the contract has ended or the time has passed.
    """
    hold(session, contract.challenge)
    hold(session, contract)
    now = clock.now()
    if contract.state not in RUNNING:
        raise NotNow("Events are recorded while a contract runs.")
    if happening.hear_by <= now:
        raise NotNow("Name a time that is still to come, so that the firm can say what it thinks.")
    event = PartnershipEvent(
        partnership=contract,
        kind=happening.kind,
        happened_on=happening.happened_on,
        what=happening.what,
        evidence=happening.evidence,
        hear_by=happening.hear_by,
        recorded_at=now,
        recorded_by_id=actor.person_id,
        state="hearing",
        state_since=now,
    )
    session.add(event)
    session.flush()
    journal.record(
        session,
        actor,
        "partnership_event.record",
        ("partnership_event", event.id),
        challenge_id=contract.challenge_id,
        kind=event.kind.value,
    )
    tell(session, contract, "partnerships.event_recorded", event=event.reference)
    return event


def answer_event(session: Session, actor: Actor, event: PartnershipEvent, view: str) -> None:
    """The firm says what it thinks. Raises `NotNow` once its time is over."""
    _hold(session, event)
    if event.state == "hearing":
        event.view = view
    fire(session, actor, event, "answer")
    tell_officers(session, event.partnership, "partnerships.event_answered", event=event.reference)


def decide_event(session: Session, actor: Actor, event: PartnershipEvent, *, suspend: bool, reason: str) -> None:
    """Go on with the work or suspend it; ending it takes two people and a move of its own.

    Raises `NotNow` while the firm can still say what it thinks.
    """
    _hold(session, event)
    fire(session, actor, event, "suspend" if suspend else "go_on", reason=reason)
    if suspend and event.partnership.state == "active":
        fire(session, actor, event.partnership, "suspend")
    tell(session, event.partnership, "partnerships.event_decided", event=event.reference)


def resume(session: Session, actor: Actor, contract: Partnership) -> None:
    """Let suspended work go on."""
    fire(session, actor, contract, "resume")
    tell(session, contract, "partnerships.resumed")


def settle_matter(
    session: Session, actor: Actor, contract: Partnership, matter: Matter, organisation_id: int | None, how: str
) -> SettledMatter:
    """Record how one matter was settled after an end; until the partnership is closed it can be put right."""
    hold(session, contract.challenge)
    hold(session, contract)
    if contract.state != "ended":
        raise NotNow("Matters are settled here once a partner's work was ended, and until the partnership is closed.")
    known = session.scalars(
        select(SettledMatter).where(
            SettledMatter.partnership_id == contract.id,
            SettledMatter.matter == matter,
            SettledMatter.organisation_id == organisation_id
            if organisation_id
            else SettledMatter.organisation_id.is_(None),
        )
    ).first()
    settled = known or SettledMatter(matter=matter, organisation_id=organisation_id)
    settled.how, settled.settled_at, settled.settled_by_id = how, clock.now(), actor.person_id
    if known is None:
        contract.matters.append(settled)
    session.flush()
    journal.record(
        session,
        actor,
        "partnership.settle",
        ("partnership", contract.id),
        challenge_id=contract.challenge_id,
        matter=matter.value,
        organisation=organisation_id,
    )
    return settled


def _hold(session: Session, event: PartnershipEvent) -> None:
    hold(session, event.root())
    hold(session, event.partnership)
    hold(session, event)
