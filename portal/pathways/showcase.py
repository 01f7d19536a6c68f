"""The showcase pathway: no money is found yet; prototypes win it. Seven stages, on one page."""

from portal.business_cases import requirements as case
from portal.challenges.models import Challenge, RoundKind
from portal.challenges.pathway import ChallengeState as At
from portal.machine import Fork, Machine, Move, Situation
from portal.pathways import moves
from portal.pathways.vocabulary import SHOWCASE_STAGES, needs_tender, states
from portal.policy import Permission
from portal.showcases import effects as shown
from portal.showcases import requirements as showcase
from portal.showcases.queries import choice_digest
from portal.support import effects as supported
from portal.support import requirements as support


def _choice(at: Situation[Challenge]) -> str:
    """Exactly which prototypes two people agree on."""
    return choice_digest(at.session, at.subject)


SHOWCASE = Machine(
    "challenge",
    title="Showcase pathway",
    initial=At.DESIGN_THINKING,
    stages=SHOWCASE_STAGES,
    states=states(
        {
            At.DESIGN_THINKING: 1,
            At.ARTICULATION: 2,
            At.OPEN: 2,
            At.ASSESSMENT: 3,
            At.SUPPORT: 4,
            At.SHOWCASE: 5,
            At.BUSINESS_CASE: 6,
            At.TENDER: 7,
            At.TENDER_ASSESSMENT: 7,
            At.AWARD: 7,
            At.ACTIVATED: 7,
        }
    ),
    moves=(
        moves.finish_design_thinking(),
        moves.release(),
        moves.amend(),
        moves.extend(),
        moves.reopen(),
        moves.close(),
        moves.select(target=At.SUPPORT, effects=(supported.make_plans,)),
        Move(
            name="begin_showcase",
            title="Begin the showcase",
            sources=frozenset({At.SUPPORT}),
            target=At.SHOWCASE,
            who=(Permission.CHALLENGE_LEAD,),
            requirements=(
                support.every_firm_ready_or_out,
                support.one_firm_ready,
                support.facts_told_to_all,
                support.support_even,
                showcase.costs_known,
                showcase.event_planned,
                showcase.panel_named,
                showcase.guests_invited,
            ),
            meaning="Support ends; the firms that are ready show what they have made.",
        ),
        Move(
            name="choose_solution",
            title="Choose the solution to fund",
            sources=frozenset({At.SHOWCASE}),
            target=At.BUSINESS_CASE,
            who=(Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE),
            requirements=(showcase.event_held, showcase.panel_locked, showcase.solution_chosen),
            effects=(shown.mark_chosen,),
            version=_choice,
            meaning="One or several prototypes go on to a business case; the others are told why not.",
        ),
        *moves.approve_funding(
            target=Fork(needs_tender, yes=None, no=At.AWARD),
            meaning="The money is found. After market engagement an open tender follows; otherwise the award.",
        ),
        moves.return_funding(),
        moves.reject_funding(),
        moves.invite_tenders(sources={At.BUSINESS_CASE}, requirements=(case.case_approved,)),
        moves.extend(RoundKind.TENDER),
        moves.reopen(RoundKind.TENDER),
        moves.close_tender(),
        moves.select_tender(),
        moves.reconsider(),
        moves.activate(),
        moves.close_without_solution(At.ASSESSMENT, At.SUPPORT, At.SHOWCASE, At.TENDER_ASSESSMENT, At.AWARD),
        moves.withdraw(
            At.DESIGN_THINKING,
            At.ARTICULATION,
            At.OPEN,
            At.ASSESSMENT,
            At.SUPPORT,
            At.SHOWCASE,
            At.BUSINESS_CASE,
            At.TENDER,
            At.TENDER_ASSESSMENT,
            At.AWARD,
        ),
    ),
)
