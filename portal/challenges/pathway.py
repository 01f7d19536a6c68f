"""The states a challenge can be in, the two pathways, and the small machine of a question.

The moves between a challenge's states are composed in `portal.pathways`, from the requirements all features offer.
"""

from enum import Enum, StrEnum

from portal.machine import Machine, Move, State
from portal.policy import Permission


class Pathway(Enum):
    """The two ways of the founding figure: prototypes win the money, or the money comes first."""

    SHOWCASE = "showcase"
    DIRECT = "direct"

    @property
    def label(self) -> str:
        """The pathway's name on a page."""
        return self.value.capitalize()


class ChallengeState(StrEnum):
    """Where a challenge stands; each pathway uses the states it needs."""

    DESIGN_THINKING = "design_thinking"
    ARTICULATION = "articulation"
    OPEN = "open"
    ASSESSMENT = "assessment"
    SUPPORT = "support"
    SHOWCASE = "showcase"
    BUSINESS_CASE = "business_case"
    TENDER = "tender"
    TENDER_ASSESSMENT = "tender_assessment"
    AWARD = "award"
    ACTIVATED = "activated"
    NO_SOLUTION = "no_solution"
    NOT_FUNDED = "not_funded"
    WITHDRAWN = "withdrawn"


TITLES: dict[ChallengeState, tuple[str, str]] = {
    ChallengeState.DESIGN_THINKING: ("Exploring the problem", "blue"),
    ChallengeState.ARTICULATION: ("Writing the brief", "blue"),
    ChallengeState.OPEN: ("Open for responses", "green"),
    ChallengeState.ASSESSMENT: ("Responses being assessed", "purple"),
    ChallengeState.SUPPORT: ("Firms getting support", "turquoise"),
    ChallengeState.SHOWCASE: ("Prototypes being shown", "turquoise"),
    ChallengeState.BUSINESS_CASE: ("Business case for funding", "yellow"),
    ChallengeState.TENDER: ("Open for tenders", "green"),
    ChallengeState.TENDER_ASSESSMENT: ("Tenders being assessed", "purple"),
    ChallengeState.AWARD: ("Award", "yellow"),
    ChallengeState.ACTIVATED: ("Partnership active", "green"),
    ChallengeState.NO_SOLUTION: ("Ended: no solution found", "grey"),
    ChallengeState.NOT_FUNDED: ("Ended: not funded", "grey"),
    ChallengeState.WITHDRAWN: ("Withdrawn", "grey"),
}
"""The words a page shows for each state, and the colour of its tag."""

ENDS = frozenset(
    {
        ChallengeState.ACTIVATED,
        ChallengeState.NO_SOLUTION,
        ChallengeState.NOT_FUNDED,
        ChallengeState.WITHDRAWN,
    }
)

PUBLISHED = (
    frozenset(ChallengeState)
    - ENDS
    - {ChallengeState.DESIGN_THINKING, ChallengeState.ARTICULATION, ChallengeState.BUSINESS_CASE}
)
"""States that mean a challenge has been released; ends and the business case depend on `released_at`."""

QUESTION = Machine(
    "question",
    title="Question",
    initial="asked",
    states=(
        State("asked", "Waiting for an answer"),
        State("answered", "Answered to everyone", end=True, tone="green"),
        State("declined", "Not answered", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="answer",
            title="Publish the answer to everyone",
            sources=frozenset({"asked"}),
            target="answered",
            who=(Permission.CHALLENGE_PROCURE,),
        ),
        Move(
            name="decline",
            title="Decline the question",
            sources=frozenset({"asked"}),
            target="declined",
            who=(Permission.CHALLENGE_PROCURE,),
            asks=("reason",),
        ),
    ),
)
