"""Where a firm's own response stands: every step with the day promised for it beside the day on which it happened.

It tells of this response and of what is public about its challenge. What is decided of a response stays unsaid here as
everywhere, until everybody is told together.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges import brief_content
from portal.challenges.models import BriefVersion, RoundKind
from portal.challenges.promises import Promise, days_of_moves, window
from portal.law.calendar import london_date
from portal.responses.models import Response, Snapshot
from portal.responses.queries import shown_to_the_firm

_GOES_ON = frozenset({"opened", "chosen", "partner"})
_NOT_OPENED = frozenset({"draft", "submitted", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Known:
    """What every floor's steps are told from: the response, what its brief promised, and the challenge's own days.

    `decision_on` is the day promised first, `decision_now` the one that holds. `entered` and `left` are the days of the
    challenge's states.
    """

    response: Response
    deadline: datetime | None
    decision_on: date | None
    decision_now: date | None
    entered: dict[str, date]
    left: dict[str, date]

    @property
    def goes_on(self) -> bool:
        """Whether, as far as the firm has been told, its response is still in it."""
        return shown_to_the_firm(self.response).name in _GOES_ON


LATER: list[Callable[[Session, Known], Iterable[Promise]]] = []
"""What upper floors know of a response that was opened, in their order; the wiring fills it."""


def timeline(session: Session, response: Response) -> tuple[Promise, ...]:
    """Every step of a response in its order, for the people of its firms."""
    known = _known(session, response)
    later = () if response.state in _NOT_OPENED else (step for each in LATER for step in each(session, known))
    return (*_until_opened(session, known), *later)


def _until_opened(session: Session, known: Known) -> Iterator[Promise]:
    response = known.response
    yield _own("You began to write", response.started_at)
    copies = select(Snapshot.number, Snapshot.submitted_at).where(Snapshot.response_id == response.id)
    for number, at in session.execute(copies.order_by(Snapshot.number)):
        yield _own(f"You submitted copy {number}", at)
    if response.state == "withdrawn":
        yield _own("You withdrew", response.state_since)
    yield window("Responses close", known.deadline, response.round.deadline)
    if response.state not in {"draft", "withdrawn"}:
        opened = london_date(response.opened_at) if response.opened_at else None
        yield Promise("Two people open all responses", None, None, opened)


def _own(what: str, at: datetime) -> Promise:
    """A step that the firm took itself."""
    return Promise(what, None, None, london_date(at), own=True)


def _known(session: Session, response: Response) -> Known:
    """The first version of the round's brief says what was promised, the latest what holds."""
    challenge, asked = response.challenge, response.round
    rows = session.scalars(
        select(BriefVersion)
        .where(BriefVersion.challenge_id == challenge.id, BriefVersion.number.in_({1, challenge.brief_number}))
        .order_by(BriefVersion.number)
    )
    told = [brief_content.read(each) for each in rows]
    of_round = [each for each in told if each["round"] == asked.kind.value]
    first, last = (of_round[0], of_round[-1]) if of_round else ({}, {})
    entered, left = days_of_moves(session, challenge)
    of_call = asked.kind is RoundKind.CHALLENGE
    return Known(
        response,
        datetime.fromisoformat(first["deadline"]) if first.get("deadline") else asked.deadline,
        _decision(first) if of_call else None,
        _decision(last) if of_call else None,
        entered,
        left,
    )


def _decision(told: brief_content.Content) -> date | None:
    """The day on which a brief says that firms hear; the deal is about the challenge's own call, not about a tender."""
    said = (told.get("deal") or {}).get("decision_on")
    return date.fromisoformat(said) if said else None
