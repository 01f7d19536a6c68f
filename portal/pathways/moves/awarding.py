"""The lawful award: reconsidered where it must be, and activated when everything the law asks is done."""

from portal.assessment import requirements as judging
from portal.assessment.services import sending as judged
from portal.challenges.models import Challenge
from portal.challenges.pathway import ChallengeState as At
from portal.exclusions import requirements as excluded
from portal.machine import Move, Situation, only_when
from portal.notices import effects as noticed
from portal.notices import requirements as notices
from portal.partnerships import effects as partnered
from portal.partnerships import requirements as contracts
from portal.pathways.vocabulary import CALL, PROCURE, TENDER, deciding_round, needs_no_tender, needs_tender


def choose_next_in_rank(at: Situation[Challenge]) -> None:
    """Choose the next firm in the ranking of the round that decides."""
    judged.next_in_rank(deciding_round(at.subject))(at)


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
            *only_when(needs_tender, judging.somebody_is_next(TENDER), judging.somebody_falls_out(TENDER)),
            *only_when(needs_no_tender, judging.somebody_is_next(CALL), judging.somebody_falls_out(CALL)),
        ),
        asks=("response_id", "reason"),
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
            excluded.suppliers_in_order,
            notices.summaries_sent,
            notices.notices_before_activation,
            notices.standstill_over,
            notices.no_claim_pending,
        ),
        stamps=("activated_at",),
        effects=(partnered.begin_partnerships,),
        meaning="The contract is signed and the first phase can start.",
    )
