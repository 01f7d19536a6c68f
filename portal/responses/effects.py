"""What a challenge's moves do to those who answered. They are told by id under the seal; nothing of it is shown."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import outbox
from portal.challenges.models import Challenge, Round, RoundKind
from portal.machine import Situation
from portal.responses import seal
from portal.responses.models import Response, ResponseMember
from portal.responses.queries import current_round, people_of

_STILL_IN = ("draft", "submitted", "opened", "ineligible", "not_chosen", "chosen")


def ask_to_reconfirm(at: Situation[Challenge]) -> None:
    """After an amendment: whoever submitted is asked to look again and submit again, drafts are told of the change."""
    asked = current_round(at.session, at.subject)
    if asked is None:
        return
    for state, kind in (("submitted", "responses.reconfirm"), ("draft", "responses.brief_changed")):
        _tell(at, asked, (state,), kind)


def tell_everyone(kind: RoundKind, message: str) -> Callable[[Situation[Challenge]], None]:
    """An effect that sends `message` to the people of every firm in a round, withdrawn ones left in peace."""

    def tell(at: Situation[Challenge]) -> None:
        asked = at.session.scalars(select(Round).where(Round.challenge_id == at.subject.id, Round.kind == kind)).first()
        if asked is not None:
            _tell(at, asked, _STILL_IN, message)

    return tell


def _tell(at: Situation[Challenge], asked: Round, states: Iterable[str], message: str) -> None:
    """Queue `message` for each person once, whatever rounds their firms are in."""
    for person in _people_in(at.session, asked, states):
        once = f"{message}:{at.subject.id}:{person}:{at.now.isoformat()}"
        outbox.queue(at.session, message, person, once_key=once, challenge=at.subject.id)


def _people_in(session: Session, asked: Round, states: Iterable[str]) -> list[Any]:
    """The ids of the people whose firms are in a round; they go into the outbox and nowhere else."""
    with seal.lifted(session):
        firms = session.scalars(
            select(ResponseMember.organisation_id)
            .join(Response, Response.id == ResponseMember.response_id)
            .where(
                Response.round_id == asked.id,
                Response.state.in_(tuple(states)),
                ResponseMember.accepted_at.is_not(None),
            )
            .distinct()
        ).all()
    return list(session.scalars(people_of(firms))) if firms else []
