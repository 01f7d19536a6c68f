"""The money: decided by somebody who may, within their limit, and who did not write the case."""

from dataclasses import replace

from portal.assessment.services import sending as judged
from portal.business_cases import effects as decided
from portal.business_cases import requirements as case
from portal.business_cases.pathway import TOGETHER
from portal.challenges.models import Challenge
from portal.challenges.pathway import ChallengeState as At
from portal.challenges.services import release as published
from portal.machine import Fork, Move, Situation
from portal.notices import requirements as notices
from portal.pathways.vocabulary import FUND


def case_undecided(at: Situation[Challenge]) -> bool:
    """Whether funding is still to be decided; an approved case waits for its tender, and cannot be rejected again."""
    return not case.case_approved.check(at)


def one_decides(at: Situation[Challenge]) -> bool:
    """Whether funding is undecided and one person within their limit is enough for it."""
    return case_undecided(at) and not case.needs_two_deciders(at)


def two_decide(at: Situation[Challenge]) -> bool:
    """Whether funding is undecided and the authority wants two people for such an amount."""
    return case_undecided(at) and case.needs_two_deciders(at)


def approve_funding(*, target: str | Fork, meaning: str) -> tuple[Move, Move]:
    """Somebody who may, and who did not write the case, finds the money; for a large amount two of them."""
    alone = Move(
        name="approve_funding",
        title="Approve funding",
        sources=frozenset({At.BUSINESS_CASE}),
        target=target,
        who=(FUND,),
        bars=case.DECIDER_BARS,
        when=one_decides,
        requirements=(case.case_submitted, *case.CASE_READY),
        effects=(decided.approve_case,),
        invites=("note",),
        meaning=meaning,
    )
    together = replace(
        alone,
        name=TOGETHER,
        title="Approve funding (two people)",
        who=(FUND, FUND),
        when=two_decide,
        version=decided.submission,
        meaning=f"{meaning} For this amount two people decide.",
    )
    return alone, together


def return_funding() -> Move:
    """The case goes back with comments."""
    return Move(
        name="return_funding",
        title="Return the business case",
        sources=frozenset({At.BUSINESS_CASE}),
        target=None,
        who=(FUND,),
        bars=case.DECIDER_BARS,
        when=case_undecided,
        requirements=(case.case_submitted, case.return_has_comments),
        asks=("reason",),
        effects=(decided.return_case,),
        meaning="The author can change it and submit it again.",
    )


def reject_funding() -> Move:
    """No money: an honest end."""
    return Move(
        name="reject_funding",
        title="Decide not to fund",
        sources=frozenset({At.BUSINESS_CASE}),
        target=At.NOT_FUNDED,
        who=(FUND,),
        bars=case.DECIDER_BARS,
        when=case_undecided,
        requirements=(case.case_submitted, notices.termination_notice_recorded),
        asks=("reason",),
        effects=(decided.reject_case, published.keep_end_reason, judged.feedback_to_all),
        meaning="The challenge ends here. No further action is an honest outcome.",
    )
