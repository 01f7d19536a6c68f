"""The words of both pathways: their stages, their states, and the questions their moves depend on."""

from typing import Any

from portal.challenges.models import Challenge, RoundKind
from portal.challenges.pathway import ENDS, TITLES
from portal.challenges.pathway import ChallengeState as At
from portal.law.releases import needs_tender_round
from portal.machine import Situation, Stage, State
from portal.policy import Permission

LEAD, PROCURE, FUND = Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE, Permission.FUNDING_DECIDE
CALL, TENDER = RoundKind.CHALLENGE, RoundKind.TENDER

SHOWCASE_STAGES = (
    Stage(1, "Design thinking", "The directorate explores the problem with the people who have it."),
    Stage(2, "Challenge released", "The problem is boiled down to a question that firms can answer."),
    Stage(3, "Firms identified", "Responses are opened together and judged on what was published."),
    Stage(4, "Business support", "Chosen firms get space, expertise and time with the people who have the problem."),
    Stage(5, "Prototypes showcased", "Firms show what they have made, with what it would cost to use."),
    Stage(6, "Business case", "The authority decides on the evidence whether to fund a solution."),
    Stage(7, "Partnership activated", "The lawful award, and the work together in phases."),
)

DIRECT_STAGES = (
    Stage(1, "Business case", "The money is found before anything is asked of the market."),
    Stage(2, "Design thinking", "The directorate explores the problem with the people who have it."),
    Stage(3, "Challenge released, firms identified", "Firms answer a question and are judged on what was published."),
    Stage(4, "Partnership activated", "The lawful award, and the work together in phases."),
)


def states(stage_of: dict[At, int]) -> tuple[State, ...]:
    """The states of a pathway in their order, each in its stage; the honest ends stand outside the stages."""
    return tuple(
        State(state.value, TITLES[state][0], stage_of.get(state), end=state in ENDS, tone=TITLES[state][1])
        for state in [*stage_of, *(end for end in At if end in ENDS and end not in stage_of)]
    )


def needs_tender(at: Situation[Challenge]) -> bool:
    """Whether an open tender round must follow: the release was market engagement."""
    return at.subject.release_kind is not None and needs_tender_round(at.subject.release_kind)


def needs_no_tender(at: Situation[Challenge]) -> bool:
    """Whether the challenge's own round leads to the award."""
    return not needs_tender(at)


def deciding_round(challenge: Any) -> RoundKind:
    """The round whose scores lead to the award."""
    tender = challenge.release_kind is not None and needs_tender_round(challenge.release_kind)
    return RoundKind.TENDER if tender else RoundKind.CHALLENGE
