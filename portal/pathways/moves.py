"""The moves both pathways make: who makes each, what each requires, and what it sets in train.

The sources of law stand with the requirements.
"""

from collections.abc import Iterable
from typing import Any

from portal.assessment import requirements as judging
from portal.assessment.services import sending as judged
from portal.business_cases import effects as decided
from portal.business_cases import requirements as case
from portal.challenges import requirements as brief
from portal.challenges.models import Challenge, RoundKind
from portal.challenges.pathway import ChallengeState as At
from portal.challenges.services import release as published
from portal.machine import Fork, Move, Requirement, Situation, only_when
from portal.notices import effects as noticed
from portal.notices import requirements as notices
from portal.partnerships import effects as partnered
from portal.partnerships import requirements as contracts
from portal.pathways.vocabulary import deciding_round, needs_tender
from portal.policy import Permission
from portal.responses import effects as answered
from portal.responses import requirements as responses
from portal.showcases.queries import choice_digest as chosen_prototypes
from portal.support import effects as supported

LEAD, PROCURE, FUND = Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE, Permission.FUNDING_DECIDE
CALL, TENDER = RoundKind.CHALLENGE, RoundKind.TENDER
ENDED = (answered.tell_everyone(CALL, "responses.ended"), answered.tell_everyone(TENDER, "responses.ended"))
"""Everybody who answered is told that it has ended, whichever round they answered."""


def case_undecided(at: Situation[Challenge]) -> bool:
    """Whether funding is still to be decided; an approved case waits for its tender, and cannot be rejected again."""
    return not case.case_approved.check(at)


def needs_no_tender(at: Situation[Challenge]) -> bool:
    """Whether the challenge's own round leads to the award."""
    return not needs_tender(at)


def choice_digest(at: Situation[Challenge]) -> str:
    """Exactly which prototypes two people agree on."""
    return chosen_prototypes(at.session, at.subject)


def choose_next_in_rank(at: Situation[Challenge]) -> None:
    """Choose the next firm in the ranking of the round that decides."""
    judged.next_in_rank(deciding_round(at.subject))(at)


def finish_design_thinking() -> Move:
    """The problem is understood and boiled down to one question."""
    return Move(
        name="finish_design_thinking",
        title="Finish design thinking",
        sources=frozenset({At.DESIGN_THINKING}),
        target=At.ARTICULATION,
        who=(LEAD,),
        requirements=(
            brief.engagement_held,
            brief.user_need_with_evidence,
            brief.question_chosen,
            brief.sponsor_named,
        ),
        meaning="The brief can be written.",
    )


def release() -> Move:
    """The brief is published by somebody who did not write it; firms can answer until the deadline."""
    return Move(
        name="release",
        title="Release the challenge",
        sources=frozenset({At.ARTICULATION}),
        target=At.OPEN,
        who=(PROCURE,),
        bars=(brief.not_an_author,),
        requirements=(
            brief.brief_complete,
            brief.deal_complete,
            brief.weights_add_up(CALL),
            brief.route_chosen,
            brief.lots_considered,
            brief.conflicts_assessed,
            brief.questions_close_before_deadline(CALL),
            brief.deadline_lawful(CALL),
            notices.notices_before_release,
        ),
        stamps=("released_at",),
        effects=(published.publish_brief,),
        meaning="The brief is published as you see it in the preview, and firms can answer.",
    )


def amend() -> Move:
    """The brief changes while it is open: a numbered version, with its differences shown and everyone told."""
    return Move(
        name="amend",
        title="Publish the amendment",
        sources=frozenset({At.OPEN}),
        target=None,
        who=(PROCURE,),
        requirements=(
            brief.amendment_proposed,
            brief.amendment_sound,
            brief.deadline_reconsidered,
            brief.deadline_ahead(CALL),
            notices.revised_notice_recorded,
        ),
        asks=("reason",),
        effects=(published.publish_amendment, answered.ask_to_reconfirm),
        meaning="A numbered version with its differences shown. Every firm is told; those who submitted must confirm.",
    )


def extend(kind: RoundKind = CALL) -> Move:
    """One audited act that gives everyone more time, in the challenge's own round or its tender's."""
    tender = kind is TENDER
    return Move(
        name="extend_tender" if tender else "extend",
        title="Extend the tender deadline" if tender else "Extend the deadline",
        sources=frozenset({At.TENDER if tender else At.OPEN}),
        target=None,
        who=(PROCURE,),
        requirements=(brief.deadline_ahead(kind), brief.new_deadline_later(kind)),
        asks=("deadline", "reason"),
        effects=(published.move_deadline(kind), answered.tell_everyone(kind, "responses.extended")),
        meaning="Everyone gets the same new deadline and is told why.",
    )


def reopen() -> Move:
    """The portal itself was away: two officers give everyone more time, before anything was opened."""
    return Move(
        name="reopen",
        title="Reopen after an incident",
        sources=frozenset({At.ASSESSMENT}),
        target=At.OPEN,
        who=(PROCURE, PROCURE),
        requirements=(responses.nothing_opened_yet(CALL), brief.new_deadline_later(CALL)),
        asks=("deadline", "reason"),
        effects=(published.move_deadline(CALL, incident=True), answered.tell_everyone(CALL, "responses.reopened")),
        meaning="Only where the portal failed before the deadline. Everyone is told.",
    )


def close() -> Move:
    """The deadline passes; nobody needs to do anything."""
    return Move(
        name="close",
        title="The deadline passes",
        sources=frozenset({At.OPEN}),
        target=At.ASSESSMENT,
        due=brief.deadline_of(CALL),
        meaning="Responses can be opened by two people.",
    )


def _selection(kind: RoundKind) -> tuple[Requirement, ...]:
    return (
        responses.opened(kind),
        responses.eligibility_decided(kind),
        responses.only_one_explained(kind),
        judging.quorum_locked(kind),
        judging.spreads_moderated(kind),
        judging.outcomes_decided(kind),
        judging.ranking_respected(kind),
        judging.somebody_chosen(kind),
    )


def select(
    *,
    target: str | Fork,
    requirements: tuple[Requirement, ...] = (),
    effects: Iterable[Any] = (),
) -> Move:
    """The firms that go on are chosen, and everybody who answered is told why, together."""
    return Move(
        name="select",
        title="Select firms and send outcomes",
        sources=frozenset({At.ASSESSMENT}),
        target=target,
        who=(PROCURE,),
        requirements=_selection(CALL) + requirements,
        effects=(judged.send_outcomes(CALL), *effects),
        meaning="Outcomes and feedback go to every firm at the same moment.",
    )


def approve_funding(*, target: str | Fork, meaning: str) -> Move:
    """Somebody who may, and who did not write the case, finds the money."""
    return Move(
        name="approve_funding",
        title="Approve funding",
        sources=frozenset({At.BUSINESS_CASE}),
        target=target,
        who=(FUND,),
        bars=case.DECIDER_BARS,
        when=case_undecided,
        requirements=(
            case.case_submitted,
            case.five_cases_complete,
            case.do_nothing_considered,
            case.option_preferred,
            case.funding_named,
            case.no_tender_out,
        ),
        effects=(decided.approve_case,),
        meaning=meaning,
    )


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


TENDER_READY: tuple[Requirement, ...] = (
    brief.weights_add_up(TENDER),
    brief.questions_close_before_deadline(TENDER),
    brief.deadline_lawful(TENDER),
    brief.conflicts_assessed,
    notices.notices_before_tender,
)
"""What must be true before tenders can be invited."""


def open_tender_where_due(at: Situation[Challenge]) -> None:
    """Open the tender round where the release was engagement; nothing to do otherwise."""
    if needs_tender(at):
        published.publish_tender(at)


def invite_tenders(*, sources: Iterable[str], requirements: tuple[Requirement, ...]) -> Move:
    """After market engagement anyone may tender; what supported firms learnt is public."""
    return Move(
        name="invite_tenders",
        title="Invite tenders",
        sources=frozenset(sources),
        target=At.TENDER,
        who=(PROCURE,),
        bars=(brief.not_an_author,),
        when=needs_tender,
        requirements=requirements + TENDER_READY,
        effects=(supported.publish_pack, published.publish_tender),
        meaning="Anyone may answer, with or without having taken part before. The support pack is public.",
    )


def close_tender() -> Move:
    """The tender deadline passes."""
    return Move(
        name="close_tender",
        title="The tender deadline passes",
        sources=frozenset({At.TENDER}),
        target=At.TENDER_ASSESSMENT,
        due=brief.deadline_of(TENDER),
        meaning="Tenders can be opened by two people.",
    )


def select_tender() -> Move:
    """The winning tender is chosen by its published ranking."""
    return Move(
        name="select_tender",
        title="Select the winning tender and send outcomes",
        sources=frozenset({At.TENDER_ASSESSMENT}),
        target=At.AWARD,
        who=(PROCURE,),
        requirements=_selection(TENDER),
        effects=(judged.send_outcomes(TENDER),),
        meaning="Outcomes and feedback go to every tenderer at the same moment.",
    )


def reconsider() -> Move:
    """The chosen firm withdrew or failed, or a claim succeeded: the next in rank, and everything anew."""
    return Move(
        name="reconsider",
        title="Reconsider the award",
        sources=frozenset({At.AWARD}),
        target=None,
        who=(PROCURE,),
        bars=(judging.not_an_assessor,),
        requirements=(
            *only_when(needs_tender, judging.somebody_is_next(TENDER)),
            *only_when(needs_no_tender, judging.somebody_is_next(CALL)),
        ),
        asks=("reason",),
        effects=(choose_next_in_rank, noticed.begin_new_award),
        meaning="The next firm in rank is chosen; summaries are sent again and the standstill starts again.",
    )


def activate() -> Move:
    """The contract can lawfully be signed and the work begins."""
    return Move(
        name="activate",
        title="Activate the partnership",
        sources=frozenset({At.AWARD}),
        target=At.ACTIVATED,
        who=(PROCURE,),
        bars=(judging.not_an_assessor,),
        requirements=(
            contracts.a_contract_per_partner,
            contracts.terms_complete,
            contracts.phases_complete,
            contracts.purchase_option_lawful,
            notices.summaries_sent,
            notices.notices_before_activation,
            notices.standstill_over,
            notices.no_claim_pending,
        ),
        stamps=("activated_at",),
        effects=(partnered.begin_partnerships,),
        meaning="The contract is signed and the first phase can start.",
    )


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
