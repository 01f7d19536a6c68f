"""The life of what one firm is asked before a public contract."""

from datetime import datetime
from typing import Any

from portal.machine import Machine, Move, Situation, State, requirement
from portal.policy import Permission

_STILL_CHOSEN = frozenset({"chosen", "partner"})


@requirement("Every question is answered.")
def everything_told(at: Situation[Any]) -> list[str]:
    """Names what is missing; what the answers are worth is the officer's to judge."""
    row = at.subject
    missing = {
        "The share code of the Central Digital Platform.": not row.share_code,
        "Whether a ground for exclusion applies.": row.ground_applies is None,
        "Which ground applies, and what was done about it.": bool(row.ground_applies) and not row.grounds,
        "Whether the firm is on the debarment list.": row.debarred is None,
    }
    return [sentence for sentence, lacks in missing.items() if lacks]


@requirement("Where a ground applies or the firm is on the debarment list, the reasons for awarding are written down.")
def reasons_given(at: Situation[Any]) -> bool:
    """Whether it is continuing or likely to recur is for the authority to weigh (Procurement Act 2023 ss.57–58)."""
    return not (at.subject.ground_applies or at.subject.debarred) or bool(str(at.given.get("note") or "").strip())


def _out(at: Situation[Any]) -> datetime | None:
    """The moment at which the response was no longer chosen; None while it is."""
    response = at.subject.response
    return None if response.state in _STILL_CHOSEN else response.state_since


CHECK = Machine(
    "supplier_check",
    title="Check before the contract",
    initial="asked",
    states=(
        State("asked", "Waiting for the firm", tone="yellow"),
        State("given", "To be checked"),
        State("in_order", "In order", tone="green"),
        State("fell_away", "Not needed any more", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="give",
            title="Send what is asked",
            sources=frozenset({"asked", "given"}),
            target="given",
            who=(Permission.RESPONSE_WRITE,),
            requirements=(everything_told,),
            stamps=("given_at",),
            meaning="Until an officer has checked it, the firm can change it.",
        ),
        Move(
            name="accept",
            title="Record that it is in order",
            sources=frozenset({"given"}),
            target="in_order",
            who=(Permission.CHALLENGE_PROCURE,),
            requirements=(reasons_given,),
            stamps=("checked_at",),
        ),
        Move(
            name="send_back",
            title="Ask the firm again",
            sources=frozenset({"given", "in_order"}),
            target="asked",
            who=(Permission.CHALLENGE_PROCURE,),
            asks=("reason",),
            meaning="Something is missing, wrong, or has changed since.",
        ),
        Move(
            name="fall_away",
            title="The firm is no longer chosen",
            sources=frozenset({"asked", "given", "in_order"}),
            target="fell_away",
            due=_out,
        ),
    ),
)
