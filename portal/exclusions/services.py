"""Asking the chosen firms, what they say, and what an officer finds."""

from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts.queries import holders
from portal.challenges.models import Challenge
from portal.challenges.pathway import ENDS
from portal.db import clock, expect_version, hold
from portal.exclusions.models import Subcontractor, SupplierCheck
from portal.exclusions.queries import checks_of, is_due, unasked
from portal.exclusions.told import Told
from portal.machine import NotNow
from portal.partnerships.queries import people_of
from portal.policy import CLOCK, Actor, Role, Scope, ScopeKind
from portal.workflow import Subject, fire, settle


def follow(session: Session, *, machine: str, move: str, subject: Subject, before: str) -> None:
    """After every move of a challenge: ask whoever is chosen at the award, and let go of whoever is not any more."""
    if not isinstance(subject, Challenge) or subject.state not in {"award", *ENDS}:
        return
    for each in checks_of(session, subject):
        settle(session, each)
    if subject.state == "award":
        ask_chosen(session, CLOCK, subject)


def ask_chosen(session: Session, actor: Actor, challenge: Challenge) -> int:
    """Ask every firm behind a chosen response that has not been asked; answers how many. None is, below the threshold.

    That firms are asked only now, and not when they answer, is the portal's own promise: most are never asked.
    """
    hold(session, challenge)
    if challenge.state != "award" or not is_due(session, challenge):
        return 0
    to_ask = unasked(session, challenge)
    for member in to_ask:
        _ask(session, actor, challenge, member.response_id, member.organisation_id)
    return len(to_ask)


def give(session: Session, actor: Actor, check: SupplierCheck, told: Told, *, version: int | None) -> None:
    """Send what the firm says; until it is checked, it can be sent anew.

    Raises `Conflict` for a stale form, `NotNow` once the award is over, `MoveRefused` with what is missing.
    """
    hold(session, check.response.challenge)
    hold(session, check)
    expect_version(check, version)
    if check.response.challenge.state != "award":
        raise NotNow("The award is over, so that nothing is asked any more.")
    check.share_code, check.debarred = told.share_code, told.debarred
    check.ground_applies, check.grounds = told.ground_applies, told.grounds if told.ground_applies else ""
    check.given_by_id = actor.person_id
    check.subcontractors.clear()
    session.flush()
    check.subcontractors.extend(
        Subcontractor(position=position, name=name, part=part)
        for position, (name, part) in enumerate(told.subcontractors, start=1)
    )
    fire(session, actor, check, "give")
    for officer in holders(
        session, Role.PROCUREMENT_OFFICER, Scope(ScopeKind.AUTHORITY, check.response.challenge.lead_id)
    ):
        outbox.queue(session, "exclusions.given", officer, check=check.reference)


def accept(session: Session, actor: Actor, check: SupplierCheck, *, note: str, version: int | None) -> None:
    """Record that an officer looked and found it in order, with the reasons where a ground applies.

    Raises `Conflict` where the firm has sent something else meanwhile, `MoveRefused` where reasons are missing.
    """
    hold(session, check.response.challenge)
    hold(session, check)
    expect_version(check, version)
    check.note, check.checked_by_id = note, actor.person_id
    fire(session, actor, check, "accept", note=note)


def send_back(session: Session, actor: Actor, check: SupplierCheck, *, reason: str, version: int | None) -> None:
    """Ask the firm again, and say why: it is heard before anything is held against it (Procurement Act 2023 s.58)."""
    hold(session, check.response.challenge)
    hold(session, check)
    expect_version(check, version)
    check.note, check.checked_by_id = reason, actor.person_id
    fire(session, actor, check, "send_back", reason=reason)
    _tell(session, check, "exclusions.sent_back")


def _ask(session: Session, actor: Actor, challenge: Challenge, response_id: int, organisation_id: int) -> None:
    now = clock.now()
    check = SupplierCheck(
        challenge_id=challenge.id,
        response_id=response_id,
        organisation_id=organisation_id,
        asked_at=now,
        state="asked",
        state_since=now,
    )
    session.add(check)
    session.flush()
    journal.record(session, actor, "supplier_check.ask", ("supplier_check", check.id), challenge_id=challenge.id)
    _tell(session, check, "exclusions.asked")


def _tell(session: Session, check: SupplierCheck, kind: str) -> None:
    for person in people_of(session, [check.organisation_id]):
        outbox.queue(session, kind, person, check=check.reference)
