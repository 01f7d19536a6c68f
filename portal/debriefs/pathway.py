"""The life of a firm's request to talk about its outcome."""

from datetime import datetime
from typing import Any

from portal.machine import Machine, Move, Situation, State, requirement
from portal.policy import Permission


@requirement("The debrief takes place at a time that is still to come.")
def still_to_come(at: Situation[Any]) -> bool:
    """Nobody is told to come yesterday."""
    moment = at.given.get("takes_place_at")
    return isinstance(moment, datetime) and moment > at.now


@requirement("The time of the debrief has come.")
def time_has_come(at: Situation[Any]) -> bool:
    """What is still ahead has not been held."""
    return at.subject.takes_place_at is not None and bool(at.subject.takes_place_at <= at.now)


@requirement("The answer is written down.")
def answer_written(at: Situation[Any]) -> bool:
    """The firm reads it on its own page."""
    return bool(str(at.given.get("answer") or "").strip())


_WAITING = frozenset({"asked", "arranged"})

DEBRIEF = Machine(
    "debrief",
    title="Debrief",
    initial="asked",
    states=(
        State("asked", "Asked for", tone="yellow"),
        State("arranged", "Arranged"),
        State("answered", "Answered in writing", end=True, tone="green"),
        State("held", "Held", end=True, tone="green"),
        State("withdrawn", "Withdrawn", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="arrange",
            title="Say when it takes place",
            sources=_WAITING,
            target="arranged",
            who=(Permission.CHALLENGE_PROCURE,),
            requirements=(still_to_come,),
            meaning="The firm is told the time; another time can be named until it has come.",
        ),
        Move(
            name="answer",
            title="Answer in writing",
            sources=_WAITING,
            target="answered",
            who=(Permission.CHALLENGE_PROCURE,),
            requirements=(answer_written,),
            stamps=("closed_at",),
        ),
        Move(
            name="hold",
            title="Record that it took place",
            sources=frozenset({"arranged"}),
            target="held",
            who=(Permission.CHALLENGE_PROCURE,),
            requirements=(time_has_come,),
            stamps=("closed_at",),
        ),
        Move(
            name="withdraw",
            title="Withdraw the request",
            sources=_WAITING,
            target="withdrawn",
            who=(Permission.RESPONSE_WRITE,),
            stamps=("closed_at",),
        ),
    ),
)
