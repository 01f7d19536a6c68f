"""Files as evidence: of a target while its phase can still be decided, of an event until it is decided."""

from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.db import clock, hold
from portal.files.arrived import Arrived
from portal.law.calendar import london_date
from portal.machine import NotNow
from portal.partnerships.effects import officers_of
from portal.partnerships.models import EvidenceFile, Partnership, PartnershipEvent, Phase, Target
from portal.partnerships.queries import evidence_of, firms_behind, people_of
from portal.policy import Actor, Permission
from portal.workflow import settle

MOST_FILES = 10
"""Under one target, or one event."""


def is_firms(actor: Actor, contract: Partnership) -> bool:
    """Whether this person acts for the firm's side of a contract, and not for the authority's."""
    scopes = contract.challenge.scopes()
    return not (actor.may(Permission.CHALLENGE_LEAD, scopes) or actor.may(Permission.CHALLENGE_PROCURE, scopes))


def why_closed(about: Phase | PartnershipEvent, *, by_firm: bool, state: str = "") -> str:
    """Why no file can be attached to this or taken out of it now, or nothing.

    `state` is the one that holds where a move of the clock is still owed, which a page cannot make.
    """
    state = state or about.state
    if isinstance(about, Phase):
        return "" if state in {"active", "delivered"} else "Files are attached while the phase is under way."
    if state == "hearing" or (state == "heard" and not by_firm):
        return ""
    return "The time to say something is over." if state == "heard" else "What happened here is decided."


def attach_to_target(session: Session, actor: Actor, phase: Phase, number: int, arrived: Arrived) -> EvidenceFile:
    """Attach a file to the target of this number. Raises `NotNow` once the phase is decided, or for no such target."""
    target = next((each for each in phase.targets if each.number == number), None)
    if target is None:
        raise NotNow("This phase has no such target.")
    return _attach(session, actor, phase, target, arrived)


def attach_to_event(session: Session, actor: Actor, event: PartnershipEvent, arrived: Arrived) -> EvidenceFile:
    """Attach a file to an event: the firm while it is heard, the authority until it decides. Raises `NotNow`."""
    known = {each.id for each in evidence_of(session, event)}
    evidence = _attach(session, actor, event, None, arrived)
    if evidence.id not in known:
        _tell_other_side(session, event, by_firm=evidence.by_firm)
    return evidence


def _tell_other_side(session: Session, event: PartnershipEvent, *, by_firm: bool) -> None:
    """Write to the side that did not attach it, once a day however many files come: nothing else says so.

    Files under a target wait for the gate, where both sides look at all of them.
    """
    contract, today = event.partnership, london_date(clock.now())
    people = officers_of(session, contract) if by_firm else people_of(session, firms_behind(contract))
    for person in people:
        key = f"event_file:{event.id}:{person}:{today}"
        outbox.queue(session, "partnerships.event_file", person, once_key=key, event=event.reference)


def take_out(session: Session, actor: Actor, evidence: EvidenceFile) -> None:
    """Take a file out again, which only the side may that attached it. Raises `NotNow` once that is too late."""
    about = evidence.phase or evidence.event
    assert about is not None  # the table's CHECK
    by_firm = _begin(session, actor, about)
    if evidence.by_firm is not by_firm:
        raise NotNow("Only the side that attached a file can take it out.")
    if evidence.removed_at is None:
        evidence.removed_at = clock.now()
        _note(session, actor, evidence, "evidence.taken_out")


def _attach(
    session: Session, actor: Actor, about: Phase | PartnershipEvent, target: Target | None, arrived: Arrived
) -> EvidenceFile:
    by_firm = _begin(session, actor, about)
    beside = [each for each in evidence_of(session, about) if target is None or each.target_id == target.id]
    for each in beside:
        if (each.file.digest, each.file.name, each.by_firm) == (arrived.digest, arrived.name, by_firm):
            return each
    if len(beside) >= MOST_FILES:
        raise NotNow(f"There can be {MOST_FILES} files here. Take one out before you attach another.")
    now = clock.now()
    evidence = EvidenceFile(
        partnership_id=about.partnership_id,
        phase_id=about.id if target else None,
        target_id=target.id if target else None,
        event_id=None if target else about.id,
        file=arrived.as_row(actor.person_id, now),
        by_firm=by_firm,
        attached_at=now,
    )
    session.add(evidence)
    session.flush()
    _note(session, actor, evidence, "evidence.attached")
    return evidence


def _begin(session: Session, actor: Actor, about: Phase | PartnershipEvent) -> bool:
    """Lock, and answer whether it is the firm's side that acts. Raises `NotNow` where nothing can be attached."""
    contract = about.partnership
    hold(session, contract.challenge)
    hold(session, contract)
    hold(session, about)
    settle(session, about)
    by_firm = is_firms(actor, contract)
    if reason := why_closed(about, by_firm=by_firm):
        raise NotNow(reason)
    return by_firm


def _note(session: Session, actor: Actor, evidence: EvidenceFile, what: str) -> None:
    """In the journal of its challenge, with the digest and without the name, which a firm may have written."""
    contract = session.get_one(Partnership, evidence.partnership_id)
    journal.record(
        session,
        actor,
        what,
        ("partnership", contract.id),
        challenge_id=contract.challenge_id,
        digest=evidence.file.digest,
        phase=evidence.phase_id,
        event=evidence.event_id,
    )
