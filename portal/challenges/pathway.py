"""The states a challenge can be in, the two pathways, and the small machine of a question.

The moves between a challenge's states are composed in `portal.pathways`, from the requirements all features offer.
"""

from enum import Enum, StrEnum
from typing import Any

from portal.machine import Fork, Machine, Move, Situation, State, requirement
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

NOBODY_MOVES = tuple(sorted(ENDS | {ChallengeState.OPEN, ChallengeState.TENDER}))
"""States in which no move of a person is awaited: the ends, and those that a deadline closes."""

PUBLISHED = (
    frozenset(ChallengeState)
    - ENDS
    - {ChallengeState.DESIGN_THINKING, ChallengeState.ARTICULATION, ChallengeState.BUSINESS_CASE}
)
"""States that mean a challenge has been released; ends and the business case depend on `released_at`."""


QUESTION_WAITS = frozenset({"asked", "agreed"})
"""States in which an answer can be written: nobody has approved one, and no wording is being agreed."""


@requirement("An answer is written.")
def answer_written(at: Situation[Any]) -> bool:
    """The question as everybody shall read it, and the answer."""
    return bool(at.subject.published_text and at.subject.answer)


@requirement("Whoever asked has agreed how a confidential question is worded.")
def wording_agreed(at: Situation[Any]) -> bool:
    """A question marked confidential is reworded by agreement, or withdrawn, before anything of it is published."""
    return not at.subject.confidential or at.subject.state == "agreed"


@requirement("You wrote this answer, so somebody else has to approve it.")
def not_the_drafter(at: Situation[Any]) -> bool:
    """Two people stand behind what every firm relies on; the second can be the challenge owner."""
    return at.actor.person_id is None or at.subject.drafted_by_id != at.actor.person_id


def _confidential(at: Situation[Any]) -> bool:
    return bool(at.subject.confidential)


_ANSWER, _ASKER = (Permission.QUESTION_ANSWER,), (Permission.QUESTION_OWN,)

QUESTION = Machine(
    "question",
    title="Question",
    initial="asked",
    states=(
        State("asked", "Waiting for an answer"),
        State("proposed", "Wording to be agreed", tone="yellow"),
        State("agreed", "Wording agreed, waiting for an answer"),
        State("approved", "Approved, to be published", tone="purple"),
        State("answered", "Answered to everyone", end=True, tone="green"),
        State("merged", "Answered together with another", tone="grey"),
        State("declined", "Not answered", end=True, tone="grey"),
        State("withdrawn", "Withdrawn", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="propose",
            title="Propose a wording",
            sources=frozenset({"asked", "proposed"}),
            target="proposed",
            who=_ANSWER,
            when=_confidential,
        ),
        Move(
            name="agree_wording",
            title="Agree to a wording",
            sources=frozenset({"proposed"}),
            target="agreed",
            who=_ASKER,
        ),
        Move(
            name="withdraw",
            title="Withdraw the question",
            sources=frozenset({"asked", "proposed"}),
            target="withdrawn",
            who=_ASKER,
            when=_confidential,
        ),
        Move(
            name="approve",
            title="Approve the answer",
            sources=QUESTION_WAITS,
            target="approved",
            who=_ANSWER,
            bars=(not_the_drafter,),
            requirements=(answer_written, wording_agreed),
        ),
        Move(
            name="take_back",
            title="Take the approval back",
            sources=frozenset({"approved"}),
            target=Fork(_confidential, yes="agreed", no="asked"),
            who=_ANSWER,
        ),
        Move(
            name="answer",
            title="Publish the answer to everyone",
            sources=frozenset({"approved"}),
            target="answered",
            who=(Permission.CHALLENGE_PROCURE,),
        ),
        Move(
            name="merge",
            title="Answer it together with another",
            sources=QUESTION_WAITS,
            target="merged",
            who=_ANSWER,
            requirements=(wording_agreed,),
        ),
        Move(
            name="separate",
            title="Answer it by itself again",
            sources=frozenset({"merged"}),
            target=Fork(_confidential, yes="agreed", no="asked"),
            who=_ANSWER,
        ),
        Move(
            name="decline",
            title="Decline the question",
            sources=frozenset({"asked", "proposed", "agreed"}),
            target="declined",
            who=(Permission.CHALLENGE_PROCURE,),
            asks=("reason",),
        ),
    ),
)
