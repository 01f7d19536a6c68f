"""Something that happens to a partner on the way: the firm is heard, then the authority decides what follows."""

from datetime import datetime
from typing import Any

from portal.law.words import Worded
from portal.machine import Machine, Move, Situation, State, requirement
from portal.partnerships.pathway.phase import partner_ended
from portal.policy import Permission


class EventKind(Worded):
    """What can happen to a partner between signing and closing."""

    INSOLVENCY = (
        "insolvency",
        "Insolvency, or it is near",
        "It may make the firm excludable (Procurement Act 2023, Schedule 7), which allows ending the contract under "
        "section 78. Otherwise only what the contract says allows it.",
    )
    CONTROL = (
        "control",
        "The firm is sold, or another takes control",
        "The contract goes on with the same firm. Look again at who owns it, and at conflicts of interest.",
    )
    MEMBER_LOST = (
        "member_lost",
        "A member of the consortium leaves",
        "Nobody takes its place, unless it was restructured (Schedule 8, paragraph 9). The others go on, or it ends.",
    )
    EXCLUSION = (
        "exclusion",
        "A ground for exclusion has come to light",
        "If the firm has become excluded or excludable since the award, section 78 allows ending the contract.",
    )
    BREACH = (
        "breach",
        "The contract is broken",
        "Missing a target is no breach by itself: what the contract says about stopping decides.",
    )
    OTHER = ("other", "Something else", "What the contract says decides.")


@requirement("The firm has been named a time that is still to come, to say what it thinks.")
def time_to_answer(at: Situation[Any]) -> bool:
    """A reasonable opportunity to make representations (Procurement Act 2023 s.78)."""
    return bool(at.subject.hear_by > at.now)


@requirement("What the firm thinks is written down.")
def view_written(at: Situation[Any]) -> bool:
    """In its own words."""
    return bool(at.subject.view)


def _keep_reason(at: Situation[Any]) -> None:
    at.subject.decision_reason = str(at.given["reason"]).strip()


def _time_is_over(at: Situation[Any]) -> datetime | None:
    moment: datetime = at.subject.hear_by
    return moment


_PROCURE = (Permission.CHALLENGE_PROCURE,)

HAPPENING = Machine(
    "partnership_event",
    title="Something that happened",
    initial="hearing",
    states=(
        State("hearing", "Waiting for the firm’s view", tone="yellow"),
        State("heard", "To be decided", tone="blue"),
        State("continued", "The work goes on", end=True, tone="green"),
        State("suspended", "The work was suspended", end=True, tone="orange"),
        State("ended", "The work was ended", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="answer",
            title="Say what you think",
            sources=frozenset({"hearing"}),
            target="heard",
            who=(Permission.RESPONSE_WRITE,),
            requirements=(time_to_answer, view_written),
            stamps=("answered_at",),
        ),
        Move(
            name="time_is_over",
            title="The firm has said nothing in its time",
            sources=frozenset({"hearing"}),
            target="heard",
            due=_time_is_over,
        ),
        Move(
            name="go_on",
            title="Go on with the work",
            sources=frozenset({"heard"}),
            target="continued",
            who=_PROCURE,
            stamps=("decided_at",),
            asks=("reason",),
            effects=(_keep_reason,),
        ),
        Move(
            name="suspend",
            title="Suspend the work",
            sources=frozenset({"heard"}),
            target="suspended",
            who=_PROCURE,
            stamps=("decided_at",),
            asks=("reason",),
            effects=(_keep_reason,),
            meaning="No phase starts and nothing is delivered until it is resumed, as far as the contract allows that.",
        ),
        Move(
            name="end_with_work",
            title="Two people ended the work",
            sources=frozenset({"hearing", "heard"}),
            target="ended",
            due=partner_ended,
            stamps=("decided_at",),
        ),
    ),
)
