"""What is decided of opened responses before anybody scores them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.challenges.models import Challenge, Round
from portal.db import clock, hold, share
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor, Permission
from portal.responses.models import Eligibility, Response
from portal.responses.queries import is_conflicted, is_judged
from portal.workflow import fire


def decide_eligibility(
    session: Session,
    actor: Actor,
    response: Response,
    *,
    eligible: bool,
    reason: str = "",
    firm_asked: str = "",
    firm_said: str = "",
) -> Eligibility:
    """Decide whether a response may be assessed; it can be decided anew until the round is decided.

    To leave a firm out takes the reason, what the firm was asked and what it said. The firm is told at the end, with
    everybody. Raises `NotAllowed`, `NotNow` or `MoveRefused`.
    """
    challenge = response.challenge
    hold(session, challenge)
    hold(session, response)
    _check_may_decide(session, actor, response)
    if not eligible and response.state == "opened":
        fire(
            session,
            actor,
            response,
            "find_ineligible",
            reason=reason,
            firm_asked=firm_asked,
            firm_said=firm_said,
        )
    elif eligible and response.state == "ineligible":
        fire(session, actor, response, "find_eligible")
    row = _decision_on(session, response)
    row.eligible, row.reason, row.firm_asked, row.firm_said = eligible, reason, firm_asked, firm_said
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
