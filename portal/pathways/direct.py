"""The direct pathway: the money is found and no tender is out. Four stages, on one page."""

from portal.challenges.models import RoundKind
from portal.challenges.pathway import ChallengeState as At
from portal.machine import Fork, Machine, only_when
from portal.pathways import moves
from portal.pathways.vocabulary import DIRECT_STAGES, needs_tender, states

DIRECT = Machine(
    "challenge",
    title="Direct pathway",
    initial=At.BUSINESS_CASE,
    stages=DIRECT_STAGES,
    states=states(
        {
            At.BUSINESS_CASE: 1,
            At.DESIGN_THINKING: 2,
            At.ARTICULATION: 3,
            At.OPEN: 3,
            At.ASSESSMENT: 3,
            At.TENDER: 4,
            At.TENDER_ASSESSMENT: 4,
            At.AWARD: 4,
            At.ACTIVATED: 4,
        }
    ),
    moves=(
        *moves.approve_funding(target=At.DESIGN_THINKING, meaning="The money is found; the problem can be explored."),
        moves.return_funding(),
        moves.reject_funding(),
        moves.finish_design_thinking(),
        moves.release(),
        moves.amend(),
        moves.extend(),
        moves.reopen(),
        moves.close(),
        moves.select(
            target=Fork(needs_tender, yes=At.TENDER, no=At.AWARD),
            requirements=only_when(needs_tender, *moves.TENDER_READY),
            effects=(moves.open_tender_where_due,),
        ),
        moves.extend(RoundKind.TENDER),
        moves.reopen(RoundKind.TENDER),
        moves.close_tender(),
        moves.select_tender(),
        moves.reconsider(),
        moves.activate(),
        moves.close_without_solution(At.ASSESSMENT, At.TENDER_ASSESSMENT, At.AWARD),
        moves.withdraw(
            At.BUSINESS_CASE,
            At.DESIGN_THINKING,
            At.ARTICULATION,
            At.OPEN,
            At.ASSESSMENT,
            At.TENDER,
            At.TENDER_ASSESSMENT,
            At.AWARD,
        ),
    ),
)
