"""What is decided of opened responses before anybody scores them."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.challenges.models import Challenge, Round
from portal.db import clock, hold, share
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor, Permission
from portal.responses.clarified import last_hearing
from portal.responses.models import Eligibility, Response
from portal.responses.queries import is_conflicted, is_judged
from portal.web.filters import long_datetime as moment
from portal.workflow import fire, settle


def decide_eligibility(
    session: Session,
    actor: Actor,
    response: Response,
    *,
    eligible: bool,
    reason: str = "",
) -> Eligibility:
    """Decide whether a response may be assessed; it can be decided anew until the round is decided.

    To leave a firm out takes the reason, and a hearing in which it answered or let its time pass; what it was asked
    and what it said are kept with the decision. The firm is told at the end, with everybody. Raises `NotAllowed`,
    `NotNow` or `MoveRefused`.
    """
    challenge = response.challenge
    hold(session, challenge)
    hold(session, response)
    _check_may_decide(session, actor, response)
    heard = _hear(session, actor, response, eligible=eligible)
    if not eligible and response.state == "opened":
        fire(session, actor, response, "find_ineligible", reason=reason, **heard._asdict())
    elif not eligible and not heard.firm_said:
        raise NotNow("The firm is being heard anew. Decide when it has answered, or its time is over.")
    elif eligible and response.state == "ineligible":
        fire(session, actor, response, "find_eligible")
    row = _decision_on(session, response)
    row.eligible, row.reason = eligible, reason
    row.firm_asked, row.firm_said = heard
    row.decided_at, row.decided_by_id = clock.now(), actor.person_id
    journal.record(
        session,
        actor,
        "response.eligibility",
        ("response", response.id),
        challenge_id=challenge.id,
        eligible=eligible,
        reason=journal.digest_text(reason),
    )
    session.flush()
    return row


class _Heard(NamedTuple):
    """What a firm was asked about its eligibility and what it said; both empty until it has been heard."""

    firm_asked: str = ""
    firm_said: str = ""


def _hear(session: Session, actor: Actor, response: Response, *, eligible: bool) -> _Heard:
    """Conclude the last hearing as far as it has come, and answer what it brought.

    A firm that is not left out need not be heard to the end; one that is has answered, or let its time pass.
    """
    hearing = last_hearing(session, response)
    if hearing is None:
        return _Heard()
    settle(session, hearing)
    if hearing.state == "answered" or (eligible and hearing.state == "asked"):
        fire(session, actor, hearing, "conclude")
    if hearing.state == "unanswered":
        return _Heard(hearing.asked, f"Nothing, although it could until {moment(hearing.due_at)}.")
    if hearing.state == "heard" and hearing.answer:
        return _Heard(hearing.asked, hearing.answer)
    return _Heard()


def _check_may_decide(session: Session, actor: Actor, response: Response) -> None:
    challenge = response.challenge
    if not actor.may(Permission.CHALLENGE_PROCURE, challenge.scopes()):
        raise NotAllowed("A procurement officer decides who is eligible.")
    if is_conflicted(session, challenge, actor.person_id):
        raise NotAllowed("You declared a conflict of interest in this challenge, so somebody else must decide.")
    if not is_judged(challenge, response.round) or response.state not in {"opened", "ineligible"}:
        raise NotNow("Eligibility is decided between the opening and the selection.")


def _decision_on(session: Session, response: Response) -> Eligibility:
    """The row that says whether a response may be assessed; a new one where nothing was decided yet."""
    row = session.scalars(select(Eligibility).where(Eligibility.response_id == response.id)).first()
    if row is None:
        row = Eligibility(response_id=response.id)
        session.add(row)
    return row


def note_outreach(session: Session, actor: Actor, challenge: Challenge, asked: Round, note: str) -> None:
    """Record, where only one firm answered, why enough had been done to reach others."""
    share(session, challenge)
    hold(session, asked)
    if not actor.may(Permission.CHALLENGE_PROCURE, challenge.scopes()):
        raise NotAllowed("A procurement officer records this.")
    if asked.opened_at is None:
        raise NotNow("This is recorded once the responses are open.")
    asked.outreach_note = note
    journal.record(
        session,
        actor,
        "round.outreach",
        ("round", asked.id),
        challenge_id=challenge.id,
        note=journal.digest_text(note),
    )
    session.flush()
