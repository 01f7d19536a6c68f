"""The honest ends."""

from portal.assessment.services import sending as judged
from portal.challenges.pathway import ChallengeState as At
from portal.challenges.services import release as published
from portal.machine import Move
from portal.notices import requirements as notices
from portal.pathways.vocabulary import CALL, LEAD, PROCURE, TENDER
from portal.responses import effects as answered

ENDED = (answered.tell_everyone(CALL, "responses.ended"), answered.tell_everyone(TENDER, "responses.ended"))
"""Everybody who answered is told that it has ended, whichever round they answered."""


def close_without_solution(*sources: str) -> Move:
    """No solution was found: feedback to all, and the notice of the end where the law asks for it."""
    return Move(
        name="close_without_solution",
        title="Close without a solution",
        sources=frozenset(sources),
        target=At.NO_SOLUTION,
        who=(LEAD, PROCURE),
        requirements=(notices.termination_notice_recorded,),
        asks=("reason",),
        effects=(published.keep_end_reason, judged.feedback_to_all),
        version=published.content_digest,
        meaning="An honest end: everyone who answered is told, with feedback.",
    )


def withdraw(*sources: str) -> Move:
    """The challenge is taken back before an award."""
    return Move(
        name="withdraw",
        title="Withdraw the challenge",
        sources=frozenset(sources),
        target=At.WITHDRAWN,
        who=(LEAD, PROCURE),
        requirements=(notices.termination_notice_recorded,),
        asks=("reason",),
        effects=(published.keep_end_reason, *ENDED),
        version=published.content_digest,
        meaning="The challenge ends and everyone is told why.",
    )
