"""The fit check: a firm holds a brief's must-haves against what it can do, and is told what that means.

Pure: what a firm says comes in and a verdict goes out; nothing is kept, and nobody else learns of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from portal.challenges.asking import hours_in_words
from portal.challenges.brief_view import BriefView
from portal.law.money import pounds

SAID = {
    "yes": "Yes",
    "could": "Not yet, but we could, alone or with a partner",
    "unsure": "We are not sure",
    "no": "No",
}
"""What can be answered, and its words."""
_EFFORT = "effort"
_ANSWERING_STAGE = 3


class Verdict(Enum):
    """What the answers come to. It is advice: anybody may respond whatever it says."""

    FIT = "This looks like a fit"
    POSSIBLE = "This could be a fit"
    NOT = "This does not look like a fit as it stands"


class Kind(Enum):
    """What a question is about, because a yes or a no means something else for each."""

    MUST = "must"
    EFFORT = "effort"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class Ask:
    """One plain question: its key in the address, its words, and what it is about."""

    key: str
    kind: Kind
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one answer helps or hinders, beside what was answered."""

    ask: Ask
    said: str
    verdict: Verdict
    why: str

    @property
    def words(self) -> str:
        """The answer in the words of its choice."""
        return SAID[self.said]


def asks(brief: BriefView, *, closes: str) -> tuple[Ask, ...]:
    """The questions, in order: each must-have, the time it takes to answer, and the stages after that.

    `closes` says when responses close, in words.
    """
    must = tuple(
        Ask(f"must_{number}", Kind.MUST, f"Can you do this? {text}")
        for number, text in enumerate(brief.must_haves, start=1)
    )
    time = Ask(
        _EFFORT,
        Kind.EFFORT,
        f"Can you find the time to answer{f' by {closes}' if closes else ''}?",
        f"It takes {hours_in_words(brief.effort.minutes)} if you use every word you may. You may write less.",
    )
    return (*must, time, *_stages(brief))


def _stages(brief: BriefView) -> tuple[Ask, ...]:
    later = (each for each in (brief.deal.stages if brief.deal else ()) if each.stage > _ANSWERING_STAGE and each.hours)
    return tuple(
        Ask(
            f"stage_{each.stage}",
            Kind.STAGE,
            f"If you go on, could you find about {each.hours:,} {'hour' if each.hours == 1 else 'hours'} "
            f"for “{each.title}”?",
            f"Paid: {pounds(each.pays_pence)} for each firm." if each.pays_pence else "This stage is unpaid.",
        )
        for each in later
    )


_WHY: dict[Kind, dict[str, tuple[Verdict, str]]] = {
    Kind.MUST: {
        "yes": (Verdict.FIT, "You meet it. Show how in your answer, with something that can be seen."),
        "could": (Verdict.POSSIBLE, "Say in your answer who does the work and by when. A partner's strength counts."),
        "unsure": (Verdict.POSSIBLE, "Ask the council: questions are private, and the answer goes to everybody."),
        "no": (Verdict.NOT, "A solution cannot be chosen without it. A partner could bring it."),
    },
    Kind.EFFORT: {
        "yes": (
            Verdict.FIT,
            "Good. You can write over several days, and change everything until it closes.",
        ),
        "could": (Verdict.POSSIBLE, "Begin with the questions that weigh most. Short answers are welcome."),
        "unsure": (Verdict.POSSIBLE, "The limits are the most you may write, not what is expected."),
        "no": (Verdict.NOT, "An answer written in a hurry costs you more than it can win."),
    },
    Kind.STAGE: {
        "yes": (Verdict.FIT, "You have the time if you go on."),
        "could": (Verdict.POSSIBLE, "Name the partner or the person in your answer."),
        "unsure": (Verdict.POSSIBLE, "You decide again before this stage begins."),
        "no": (Verdict.NOT, "You could answer, but not take the next step if you are chosen."),
    },
}


def reasons(questions: tuple[Ask, ...], said: Mapping[str, str]) -> tuple[Reason, ...]:
    """What each answer means. Raises `KeyError` for a question without a known answer."""
    return tuple(Reason(ask, said[ask.key], *_WHY[ask.kind][said[ask.key]]) for ask in questions)


def verdict_of(found: tuple[Reason, ...]) -> Verdict:
    """The worst of them: one must-have that cannot be met is enough, and one doubt leaves it open."""
    worst_first = (Verdict.NOT, Verdict.POSSIBLE)
    met = {each.verdict for each in found}
    return next((verdict for verdict in worst_first if verdict in met), Verdict.FIT)
