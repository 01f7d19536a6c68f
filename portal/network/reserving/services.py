"""Deciding a reservation, and taking it back; both before anybody is invited."""

from sqlalchemy.orm import Session

from portal import journal
from portal.challenges import standing
from portal.challenges.models import Challenge
from portal.challenges.services.editing import WRITTEN, begin
from portal.db import clock, expect_version
from portal.law import reservations
from portal.law.dates import Basis
from portal.law.money import pounds
from portal.law.reservations import ReservedArea, Reserving
from portal.machine import NotNow
from portal.network.reserving.models import Decision, Reservation
from portal.network.reserving.queries import choice_for, reservation_of
from portal.policy import Actor
from portal.web.filters import long_date


def decide(session: Session, actor: Actor, challenge: Challenge, decision: Decision, version: int | None) -> None:
    """Reserve the competition; the brief says so from now on. Replaces what was decided before.

    It must be decided before tenders are invited, and the advert says it (the Order of 2026). Raises `NotNow` outside
    articulation and where the law leaves it not open, `Conflict` if somebody else decided meanwhile.
    """
    begin(session, challenge, WRITTEN, "The reservation")
    choice = choice_for(session, challenge)
    problem = choice.problem(decision.area, decision.reserved_for)
    if choice.rule is None or problem:
        raise NotNow(problem)
    if choice.rule.basis is Basis.CHECK and not decision.checked:
        raise NotNow("We are not sure of the law here. Say who checked it for you.")
    if decision.area is ReservedArea.COUNTY and choice.rule.county_if and not decision.county_fits:
        raise NotNow(f"A county can be chosen only where this is so: {choice.rule.county_if}")
    row = reservation_of(session, challenge)
    if row is None:
        row = Reservation(challenge_id=challenge.id)
        session.add(row)
    else:
        expect_version(row, version)
    row.area, row.reserved_for, row.place = decision.area, decision.reserved_for, decision.place
    row.reason, row.checked = decision.reason, decision.checked
    row.decided_at, row.decided_by_id = clock.now(), actor.person_id
    row.note = _note(session, challenge, choice.rule, decision)
    challenge.reserved = reservations.advert(decision.area, decision.reserved_for, decision.place)
    session.flush()
    kept_to = {"area": decision.area.value, "reserved_for": decision.reserved_for.value}
    subject = ("reservation", row.id)
    journal.record(session, actor, "reservation.decided", subject, challenge_id=challenge.id, **kept_to)


def take_back(session: Session, actor: Actor, challenge: Challenge) -> None:
    """Open the competition to everybody again. Raises `NotNow` once it is released or where nothing is reserved."""
    begin(session, challenge, WRITTEN, "The reservation")
    row = reservation_of(session, challenge)
    if row is None:
        raise NotNow("Nothing is reserved.")
    subject = ("reservation", row.id)
    session.delete(row)
    challenge.reserved = ""
    session.flush()
    journal.record(session, actor, "reservation.taken_back", subject, challenge_id=challenge.id)


def _note(session: Session, challenge: Challenge, rule: Reserving, decision: Decision) -> str:
    """The note for the file, in paragraphs: what, under which rule, at which value, why, who checked."""
    value = standing.value_of(challenge)
    kind = standing.lead_kind(session, challenge)
    where = decision.place or decision.area.title
    said = [
        f"Decided on {long_date(clock.now())}, before anybody was invited, for {challenge.reference}.",
        f"Place: {where}. Firms: {decision.reserved_for.title.lower()}.",
        f"Rule: {rule.source}. Kind of body: {kind.title}.",
        f"Estimated value with VAT, options and payments on the way: {pounds(value or 0)}, below the threshold.",
    ]
    if decision.area is ReservedArea.COUNTY and rule.county_if:
        said.append(f"Condition, confirmed by the officer: {rule.county_if}")
    said.append(f"Why: {decision.reason}")
    if decision.checked:
        said.append(f"Checked by: {decision.checked}")
    return "\n\n".join(said)
