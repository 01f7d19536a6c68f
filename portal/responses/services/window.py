"""The time in which responses may be written: read from the one clock, after the locks."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, Round
from portal.db import clock, hold, share
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor, Permission, Scope, ScopeKind
from portal.responses.models import Response
from portal.responses.queries import is_open


class Closed(NotNow):
    """The deadline has passed. `at` is when somebody tried, `deadline` when the round closed."""

    def __init__(self, deadline: datetime, at: datetime) -> None:
        super().__init__("Responses to this challenge have closed. What you wrote is kept, and you can still read it.")
        self.deadline = deadline
        self.at = at


def check_open(challenge: Challenge, asked: Round, now: datetime) -> None:
    """Raise `Closed` after the deadline, and `NotNow` where the challenge takes no responses for another reason."""
    if is_open(challenge, asked, now):
        return
    if asked.deadline is not None and now >= asked.deadline:
        raise Closed(asked.deadline, now)
    raise NotNow("This challenge is not taking responses now.")


def begin_edit(session: Session, actor: Actor, response: Response) -> datetime:
    """Lock for an edit of a draft and answer the time of it.

    The challenge is shared, so that it cannot close or change under the edit; the response is held, so that two
    people of a firm write one after the other. Raises `NotAllowed`, `Closed` or `NotNow`.
    """
    challenge = response.challenge
    share(session, challenge)
    hold(session, response)
    session.refresh(response.round)
    now = clock.now()
    firms = {Scope(ScopeKind.SUPPLIER, each.organisation_id) for each in response.members if each.accepted_at}
    if not actor.may(Permission.RESPONSE_WRITE, firms):
        raise NotAllowed("Only the firms behind this response can change it.")
    check_open(challenge, response.round, now)
    return now


def check_lead(actor: Actor, response: Response) -> None:
    """Raise `NotAllowed` unless this person answers for the firm that leads the response."""
    if not actor.may(Permission.RESPONSE_WRITE, {Scope(ScopeKind.SUPPLIER, response.organisation_id)}):
        raise NotAllowed(f"{response.organisation.name} leads this response and does this for everybody in it.")
