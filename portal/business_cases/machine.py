"""The life of a business case: its states from `pathway`, composed with what `requirements` checks.

Approving, returning and rejecting are made from the challenge's own moves (`portal.business_cases.effects`), so that
case and challenge can never disagree; the rules on who may decide hold here as well.
"""

from portal.business_cases.models import BusinessCase, CaseAuthor
from portal.business_cases.pathway import BEING_WRITTEN, WRITTEN_IN, CaseState
from portal.business_cases.requirements import CASE_READY, DECIDER_BARS, challenge_at_business_case
from portal.challenges.services.declaring import ask_approvers
from portal.machine import Machine, Move, Situation, State
from portal.policy import Permission

_SUBMITTED = frozenset({CaseState.SUBMITTED})


def _note_submission(at: Situation[BusinessCase]) -> None:
    """Whoever asks for the money stands behind the case as its author, and so may not decide on it."""
    case, person_id = at.subject, at.actor.person_id
    case.submitted_by_id = person_id
    if person_id is not None and not case.written_by(person_id):
        case.authors.append(CaseAuthor(person_id=person_id))
    ask_approvers(at.session, case.challenge)


def _note_decision(at: Situation[BusinessCase]) -> None:
    at.subject.decided_by_id = at.actor.person_id
    at.subject.decision_note = str(at.given.get("reason") or "").strip()


def _challenge_waits(at: Situation[BusinessCase]) -> bool:
    return at.subject.challenge.state in WRITTEN_IN


CASE = Machine(
    "business_case",
    title="Business case",
    initial=CaseState.DRAFT,
    states=(
        State(CaseState.DRAFT, "Being written"),
        State(CaseState.SUBMITTED, "Waiting for a decision", tone="yellow"),
        State(CaseState.RETURNED, "Returned", tone="orange"),
        State(CaseState.APPROVED, "Approved", end=True, tone="green"),
        State(CaseState.REJECTED, "Not funded", end=True, tone="grey"),
    ),
    moves=(
        Move(
            name="submit",
            title="Submit the business case",
            sources=BEING_WRITTEN,
            target=CaseState.SUBMITTED,
            who=(Permission.CHALLENGE_LEAD,),
            requirements=(challenge_at_business_case, *CASE_READY),
            effects=(_note_submission,),
            stamps=("submitted_at",),
        ),
        Move(
            name="take_back",
            title="Take the business case back",
            sources=_SUBMITTED,
            target=CaseState.DRAFT,
            who=(Permission.CHALLENGE_LEAD,),
            when=_challenge_waits,
        ),
        Move(
            name="approve",
            title="Approve the business case",
            sources=_SUBMITTED,
            target=CaseState.APPROVED,
            who=(Permission.FUNDING_DECIDE,),
            bars=DECIDER_BARS,
            effects=(_note_decision,),
            stamps=("decided_at",),
        ),
        Move(
            name="return",
            title="Return the business case",
            sources=_SUBMITTED,
            target=CaseState.RETURNED,
            who=(Permission.FUNDING_DECIDE,),
            bars=DECIDER_BARS,
            effects=(_note_decision,),
            stamps=("decided_at",),
            asks=("reason",),
        ),
        Move(
            name="reject",
            title="Reject the business case",
            sources=_SUBMITTED,
            target=CaseState.REJECTED,
            who=(Permission.FUNDING_DECIDE,),
            bars=DECIDER_BARS,
            effects=(_note_decision,),
            stamps=("decided_at",),
            asks=("reason",),
        ),
    ),
)
