"""The life of a proposal to buy together."""

from typing import Any

from portal.machine import Machine, Move, Situation, State, requirement
from portal.policy import Permission


@requirement("At least one other body has accepted.")
def somebody_joins(at: Situation[Any]) -> bool:
    """Alone it would be no joint challenge."""
    return any(each.accepts for each in at.subject.bodies)


PROPOSAL = Machine(
    "joint_proposal",
    title="Joint proposal",
    initial="proposed",
    states=(
        State("proposed", "Proposed", tone="yellow"),
        State("begun", "Became a challenge", end=True, tone="green"),
        State("withdrawn", "Withdrawn", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="begin",
            title="Begin the joint challenge",
            sources=frozenset({"proposed"}),
            target="begun",
            who=(Permission.CHALLENGE_START,),
            requirements=(somebody_joins,),
            stamps=("closed_at",),
            meaning="The challenge begins with those who accepted by then; who has not answered stays out.",
        ),
        Move(
            name="withdraw",
            title="Withdraw the proposal",
            sources=frozenset({"proposed"}),
            target="withdrawn",
            who=(Permission.CHALLENGE_START,),
            stamps=("closed_at",),
        ),
    ),
)
