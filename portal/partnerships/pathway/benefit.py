"""The life of a benefit: told of by the firm, confirmed or sent back by the authority; or recorded by the authority."""

from typing import Any

from portal.machine import Machine, Move, Situation, State
from portal.policy import Permission


def _keep_reason(at: Situation[Any]) -> None:
    at.subject.end_reason = str(at.given["reason"]).strip()


# Owner and officer alike: whoever may read the answer it was promised in. Two permissions would ask for two people.
_AUTHORITY = (Permission.RESPONSES_READ,)

BENEFIT = Machine(
    "seen_benefit",
    title="Benefit",
    initial="told",
    states=(
        State("told", "To be confirmed", tone="yellow"),
        State("seen", "Seen", end=True, tone="green"),
        State("sent_back", "Not confirmed", end=True, tone="grey"),
        State("taken_back", "Taken back by the firm", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="confirm",
            title="Confirm that it was seen",
            sources=frozenset({"told"}),
            target="seen",
            who=_AUTHORITY,
            meaning="It then counts beside what was promised, for both sides.",
        ),
        Move(
            name="send_back",
            title="Say why it cannot be confirmed",
            sources=frozenset({"told"}),
            target="sent_back",
            who=_AUTHORITY,
            asks=("reason",),
            effects=(_keep_reason,),
            meaning="The firm reads why, and can report again.",
        ),
        Move(
            name="take_back",
            title="Take it back",
            sources=frozenset({"told"}),
            target="taken_back",
            who=(Permission.RESPONSE_WRITE,),
        ),
    ),
)
