"""The life of a showcase event."""

from typing import Any

from portal.machine import Machine, Move, Situation, State, requirement
from portal.policy import Permission


@requirement("The challenge is at its showcase.")
def challenge_at_showcase(at: Situation[Any]) -> bool:
    """An event is held once the firms are ready, and not while they are still being supported."""
    return bool(at.subject.root().state == "showcase")


@requirement("The time of the event has come.")
def time_has_come(at: Situation[Any]) -> bool:
    """Nobody can say today that next week's event was held."""
    return bool(at.subject.at <= at.now)


def _keep_reason(at: Situation[Any]) -> None:
    at.subject.cancel_reason = at.given["reason"].strip()


def _forget_reason(at: Situation[Any]) -> None:
    at.subject.cancel_reason = ""


EVENT = Machine(
    "showcase_event",
    title="Showcase event",
    initial="planned",
    states=(
        State("planned", "Planned", tone="teal"),
        State("cancelled", "Cancelled", tone="orange"),
        State("held", "Held", end=True, tone="green"),
    ),
    moves=(
        Move(
            name="hold",
            title="Say the event was held",
            sources=frozenset({"planned"}),
            target="held",
            who=(Permission.CHALLENGE_LEAD,),
            requirements=(challenge_at_showcase, time_has_come),
        ),
        Move(
            name="cancel",
            title="Cancel the event",
            sources=frozenset({"planned"}),
            target="cancelled",
            who=(Permission.CHALLENGE_LEAD,),
            effects=(_keep_reason,),
            asks=("reason",),
        ),
        Move(
            name="plan_again",
            title="Plan the event again",
            sources=frozenset({"cancelled"}),
            target="planned",
            who=(Permission.CHALLENGE_LEAD,),
            effects=(_forget_reason,),
        ),
    ),
)
