"""Asking for a debrief, and what officers do about it."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.accounts.queries import holders
from portal.assessment.models import Outcome
from portal.db import clock, hold
from portal.debriefs.models import Debrief
from portal.debriefs.queries import debrief_of
from portal.machine import NotNow
from portal.policy import Actor, Role, Scope, ScopeKind
from portal.responses.models import Response
from portal.responses.queries import people_of
from portal.workflow import fire


def ask(session: Session, actor: Actor, outcome: Outcome, *, wants: str, prefers: str) -> Debrief:
    """Ask for a debrief on an outcome that was sent, once; chosen and not chosen firms alike.

    The law asks for the assessment summary (Procurement Act 2023 s.50); a talk beside it is the portal's own promise
    to firms, so that it has no deadline. Raises `NotNow` where the firm has asked before.
    """
    response = outcome.response
    hold(session, response.challenge)
    if outcome.sent_at is None:
        raise NotNow("You can ask once you have been told the outcome.")
    if debrief_of(session, outcome) is not None:
        raise NotNow("A debrief on this outcome has been asked for already.")
    asked = Debrief(
        outcome_id=outcome.id,
        response_id=response.id,
        challenge_id=response.challenge_id,
        wants=wants,
        prefers=prefers,
        asked_at=clock.now(),
        asked_by_id=actor.person_id,
        state="asked",
        state_since=clock.now(),
    )
    session.add(asked)
    session.flush()
    journal.record(session, actor, "debrief.ask", ("debrief", asked.id), challenge_id=response.challenge_id)
    _tell_officers(session, response, asked, "debriefs.asked")
    return asked


def withdraw(session: Session, actor: Actor, debrief: Debrief) -> None:
    """Take the request back; the officers are told."""
    fire(session, actor, debrief, "withdraw")
    debrief.closed_by_id = actor.person_id
    _tell_officers(session, debrief.response, debrief, "debriefs.withdrawn")


def arrange(session: Session, actor: Actor, debrief: Debrief, *, takes_place_at: datetime, place: str) -> None:
    """Say when and where it takes place, or name another time. Raises `MoveRefused` for a time that has passed."""
    _hold(session, debrief)
    debrief.takes_place_at, debrief.place = takes_place_at, place
    fire(session, actor, debrief, "arrange", takes_place_at=takes_place_at, place=place)
    _tell_firms(session, debrief, "debriefs.arranged", at=takes_place_at.isoformat())


def answer(session: Session, actor: Actor, debrief: Debrief, *, text: str) -> None:
    """Answer in writing instead of a talk; the firms read it on their page."""
    _hold(session, debrief)
    debrief.answer = text
    fire(session, actor, debrief, "answer", answer=text)
    debrief.closed_by_id = actor.person_id
    _tell_firms(session, debrief, "debriefs.answered")


def hold_it(session: Session, actor: Actor, debrief: Debrief, *, note: str) -> None:
    """Record that it took place, and what was said there, which the firms read too and are told of."""
    _hold(session, debrief)
    debrief.answer = note
    fire(session, actor, debrief, "hold", note=note)
    debrief.closed_by_id = actor.person_id
    _tell_firms(session, debrief, "debriefs.held")


def _hold(session: Session, debrief: Debrief) -> None:
    """The challenge first, as everywhere, and then the row that is written."""
    hold(session, debrief.response.challenge)
    hold(session, debrief)


def _tell_officers(session: Session, response: Response, debrief: Debrief, kind: str) -> None:
    scope = Scope(ScopeKind.AUTHORITY, response.challenge.lead_id)
    for officer in holders(session, Role.PROCUREMENT_OFFICER, scope):
        outbox.queue(session, kind, officer, debrief=debrief.reference)


def _tell_firms(session: Session, debrief: Debrief, kind: str, **more: Any) -> None:
    firms = frozenset(each.organisation_id for each in debrief.response.members if each.accepted_at)
    for person in session.scalars(people_of(firms)):
        outbox.queue(session, kind, person, debrief=debrief.reference, **more)
