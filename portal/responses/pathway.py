"""The life of a response."""

from typing import Any

from portal.challenges.pathway import ENDS
from portal.machine import Machine, Move, Situation, State
from portal.policy import Permission


def _challenge_ended(at: Situation[Any]) -> bool:
    return at.subject.challenge.state in ENDS


RESPONSE = Machine(
    "response",
    title="Response",
    initial="draft",
    states=(
        State("draft", "Draft"),
        State("submitted", "Submitted", tone="green"),
        State("withdrawn", "Withdrawn", tone="grey"),
        State("opened", "Being assessed", tone="purple"),
        State("ineligible", "Not eligible", end=True, tone="grey"),
        State("not_chosen", "Not chosen", tone="grey"),
        State("chosen", "Chosen", tone="green"),
        State("partner", "Partner", end=True, tone="green"),
    ),
    moves=(
        Move(
            name="submit",
            title="Submit",
            sources=frozenset({"draft", "submitted", "withdrawn"}),
            target="submitted",
            who=(Permission.RESPONSE_WRITE,),
            stamps=("submitted_at",),
        ),
        Move(
            name="withdraw",
            title="Withdraw",
            sources=frozenset({"draft", "submitted"}),
            target="withdrawn",
            who=(Permission.RESPONSE_WRITE,),
        ),
        Move(
            name="open",
            title="Open",
            sources=frozenset({"submitted"}),
            target="opened",
            who=(Permission.RESPONSES_OPEN,),
            stamps=("opened_at",),
        ),
        Move(
            name="find_ineligible",
            title="Decide not eligible",
            sources=frozenset({"opened"}),
            target="ineligible",
            who=(Permission.CHALLENGE_PROCURE,),
            asks=("reason",),
        ),
        Move(
            name="choose",
            title="Choose",
            sources=frozenset({"opened"}),
            target="chosen",
            who=(Permission.CHALLENGE_PROCURE,),
        ),
        Move(
            name="not_choose",
            title="Do not choose",
            sources=frozenset({"opened", "chosen"}),
            target="not_chosen",
            who=(Permission.CHALLENGE_PROCURE,),
        ),
        Move(
            name="choose_next",
            title="Choose as next in rank",
            sources=frozenset({"not_chosen"}),
            target="chosen",
            who=(Permission.CHALLENGE_PROCURE,),
            meaning="When an award is reconsidered: the firm chosen before withdrew, failed or was challenged.",
        ),
        Move(
            name="end_with_challenge",
            title="End with the challenge",
            sources=frozenset({"opened", "chosen"}),
            target="not_chosen",
            who=(Permission.RESPONSES_READ,),
            when=_challenge_ended,
            meaning="Whoever ends the challenge ends what is left in it; before that, nobody can make this move.",
        ),
        Move(
            name="become_partner",
            title="Become partner",
            sources=frozenset({"chosen"}),
            target="partner",
            who=(Permission.CHALLENGE_PROCURE,),
        ),
    ),
)
