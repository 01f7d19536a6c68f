"""A pathway for tests of rooms below `portal.pathways`: its stages and states, with one bare move between each."""

from itertools import pairwise

from portal.challenges.models import Challenge
from portal.challenges.pathway import ENDS, TITLES, ChallengeState
from portal.machine import Machine, Move, Stage, State
from portal.policy import Permission
from portal.workflow import machine_of, register

_STAGES = {
    ChallengeState.DESIGN_THINKING: 1,
    ChallengeState.ARTICULATION: 2,
    ChallengeState.OPEN: 2,
    ChallengeState.ASSESSMENT: 3,
    ChallengeState.SUPPORT: 4,
    ChallengeState.SHOWCASE: 5,
    ChallengeState.BUSINESS_CASE: 6,
    ChallengeState.TENDER: 7,
    ChallengeState.TENDER_ASSESSMENT: 7,
    ChallengeState.AWARD: 7,
    ChallengeState.ACTIVATED: 7,
}
_TITLES = (
    ("Design thinking", "The directorate explores the problem with the people who have it."),
    ("Challenge released", "The problem is boiled down to a question that firms can answer."),
    ("Firms identified", "Responses are opened together and judged on what was published."),
    ("Business support", "Chosen firms get space, expertise and time with the people who have the problem."),
    ("Prototypes showcased", "Firms show what they have made, with what it would cost to use."),
    ("Business case", "The authority decides on the evidence whether to fund a solution."),
    ("Partnership activated", "The lawful award, and the work together in phases."),
)


def _move(name: str, sources: set[ChallengeState], target: str) -> Move:
    who = (Permission.CHALLENGE_PROCURE,)
    return Move(name=name, title=name, sources=frozenset(map(str, sources)), target=target, who=who)


def bare_pathway() -> Machine:
    """Every state in its order; each move leads to the next, and every honest end can be reached."""
    order = list(_STAGES)
    onward = [_move(f"to_{later}", {earlier}, later) for earlier, later in pairwise(order)]
    honest = [end for end in ENDS if end not in _STAGES]
    return Machine(
        "challenge",
        title="Challenge",
        initial=order[0],
        states=[State(s, TITLES[s][0], _STAGES.get(s), end=s in ENDS, tone=TITLES[s][1]) for s in ChallengeState],
        moves=[*onward, *(_move(f"to_{end}", {*order} - {*ENDS}, end) for end in honest)],
        stages=[Stage(number, *words) for number, words in enumerate(_TITLES, start=1)],
    )


def stand_in() -> None:
    """Run challenges by the bare pathway where the wiring has no real one."""
    try:
        machine_of(Challenge())
    except LookupError:
        register(Challenge, bare_pathway())
