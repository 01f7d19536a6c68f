"""Asking firms in writing after the opening, and what becomes of what they say."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.challenges.models import Challenge, Round
from portal.db import clock, hold, random_reference
from portal.law.calendar import add_working_days, london_date, working_days_after
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor, Permission
from portal.responses.clarified import batch_of, days_given
from portal.responses.models import Clarification, Response
from portal.responses.queries import is_conflicted, is_judged, people_of
from portal.workflow import fire

LEAST_DAYS, LEAST_DAYS_TO_BE_HEARD = 1, 2
"""Whole working days a firm gets at least: to explain, and to be heard before it could be left out."""


def ask_to_clarify(
    session: Session,
    actor: Actor,
    challenge: Challenge,
    asked: Round,
    responses: Sequence[Response],
    *,
    text: str,
    due_at: datetime,
) -> list[Clarification]:
    """Ask one or several firms the same, with the same time for each, and as much as any firm of the round had.

    Raises `NotAllowed` or `NotNow`.
    """
    hold(session, challenge)
    _check_may_ask(session, actor, challenge, asked)
    if not responses or any(each.round_id != asked.id or each.state != "opened" for each in responses):
        raise NotNow("Ask firms whose responses are open and still in.")
    _check_time(due_at, LEAST_DAYS)
    if why := not_the_same_time(days_given(session, asked), due_at):
        raise NotNow(why)
    return _asked(session, actor, responses, text, due_at, hearing=False)


def hear(session: Session, actor: Actor, response: Response, *, text: str, due_at: datetime) -> Clarification:
    """Tell a firm why it may be left out, and ask what it says to that (Procurement Act 2023 ss.57–58).

    Raises `NotAllowed` or `NotNow`.
    """
    hold(session, response.challenge)
    hold(session, response)
    _check_may_ask(session, actor, response.challenge, response.round)
    if response.state not in {"opened", "ineligible"}:
        raise NotNow("A firm is heard between the opening and the selection.")
    _check_time(due_at, LEAST_DAYS_TO_BE_HEARD)
    return _asked(session, actor, [response], text, due_at, hearing=True)[0]


def answer_clarification(session: Session, actor: Actor, row: Clarification, *, text: str) -> None:
    """Answer once, before the time is over; the clock is read after the locks.

    Raises `NotAllowed` for anybody but the firms behind the response, `NotNow` when it is answered or too late.
    """
    fire(session, actor, row, "answer")
    row.answer, row.answered_by_id = text, actor.person_id
    session.flush()
    if row.asked_by_id is not None:
        challenge = row.response.challenge_id
        outbox.queue(session, "responses.clarified", row.asked_by_id, challenge=challenge, clarification=row.reference)


def give_more_time(session: Session, actor: Actor, row: Clarification, *, due_at: datetime, reason: str) -> int:
    """Give everybody who was asked together the same later time; answers how many.

    Whoever has answered may answer again. Raises `NotAllowed`, `MoveRefused`, or `NotNow` where the time is over or
    an answer of the batch has been decided on already.
    """
    challenge = row.response.challenge
    hold(session, challenge)
    _check_unconflicted(session, actor, challenge)
    batch = batch_of(session, row)
    for each in batch:
        fire(session, actor, each, "more_time", deadline=due_at, reason=reason)
        each.due_at, each.time_reason = due_at, reason
    session.flush()
    _tell(session, batch, "responses.clarification_time")
    return len(batch)


def accept_answer(session: Session, actor: Actor, row: Clarification) -> None:
    """Let assessors take it into account: it explains the offer and does not improve it."""
    _judge(session, actor, row, "accept", "")


def set_answer_aside(session: Session, actor: Actor, row: Clarification, *, reason: str) -> None:
    """Leave it out of account, because it would improve the offer; the firm reads the reason."""
    _judge(session, actor, row, "set_aside", reason)


def _judge(session: Session, actor: Actor, row: Clarification, move: str, reason: str) -> None:
    hold(session, row.response.challenge)
    _check_unconflicted(session, actor, row.response.challenge)
    row.verdict = reason
    fire(session, actor, row, move, **({"reason": reason} if reason else {}))
    _tell(session, [row], "responses.clarification_judged")


def _check_may_ask(session: Session, actor: Actor, challenge: Challenge, asked: Round) -> None:
    if not actor.may(Permission.CHALLENGE_PROCURE, challenge.scopes()):
        raise NotAllowed("A procurement officer asks firms.")
    _check_unconflicted(session, actor, challenge)
    if asked.opened_at is None or not is_judged(challenge, asked):
        raise NotNow("Firms are asked between the opening and the selection.")


def _check_unconflicted(session: Session, actor: Actor, challenge: Challenge) -> None:
    if is_conflicted(session, challenge, actor.person_id):
        raise NotAllowed("You declared a conflict of interest in this challenge, so somebody else must do this.")


def earliest_day(days: int) -> date:
    """The first day on which an answer may be due, when a firm gets so many whole working days."""
    return add_working_days(london_date(clock.now()), days)


def not_the_same_time(given: int | None, due_at: datetime) -> str:
    """Why this is not the time that others had, who were `given` so many working days; empty where it is."""
    if given is None or working_days_after(london_date(clock.now()), london_date(due_at)) == given:
        return ""
    day = earliest_day(given)
    days = "1 working day" if given == 1 else f"{given} working days"
    return f"Firms asked before were given {days}. Give these the same: until {day.day} {day:%B %Y}."


def _check_time(due_at: datetime, days: int) -> None:
    first = earliest_day(days)
    if london_date(due_at) < first:
        raise NotNow(f"Firms need time to answer. The earliest day is {first.day} {first:%B %Y}.")


def _asked(
    session: Session, actor: Actor, responses: Sequence[Response], text: str, due_at: datetime, *, hearing: bool
) -> list[Clarification]:
    now, batch = clock.now(), random_reference()
    rows = [
        Clarification(
            response=response,
            batch=batch,
            hearing=hearing,
            asked=text,
            asked_at=now,
            asked_by_id=actor.person_id,
            due_at=due_at,
            state="asked",
            state_since=now,
        )
        for response in responses
    ]
    session.add_all(rows)
    session.flush()
    for row in rows:
        journal.record(
            session,
            actor,
            "clarification.hearing" if hearing else "clarification.asked",
            ("clarification", row.id),
            challenge_id=row.response.challenge_id,
            asked=journal.digest_text(text),
            due=due_at.isoformat(),
        )
    _tell(session, rows, "responses.hearing" if hearing else "responses.clarify")
    return rows


def _tell(session: Session, rows: Sequence[Clarification], kind: str) -> None:
    """To the people of every firm behind each response, who find the words on the portal."""
    for row in rows:
        firms = [each.organisation_id for each in row.response.members if each.accepted_at]
        for person in session.scalars(people_of(firms)):
            outbox.queue(session, kind, person, challenge=row.response.challenge_id, clarification=row.reference)
