"""What a firm is told of the days between opening and outcome; nothing of them before everybody is told together."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.assessment.models import Outcome, ScoresOpened
from portal.challenges.models import RoundKind
from portal.challenges.pathway import ChallengeState, Pathway
from portal.challenges.promises import Promise, moved_to
from portal.law.calendar import london_date
from portal.responses.models import Eligibility
from portal.responses.timeline import Known

_JUDGED = {RoundKind.CHALLENGE: ChallengeState.ASSESSMENT, RoundKind.TENDER: ChallengeState.TENDER_ASSESSMENT}
_SHOWN = (
    (ChallengeState.SUPPORT, "Support begins"),
    (ChallengeState.SHOWCASE, "The showcase is prepared"),
    (ChallengeState.BUSINESS_CASE, "The business case for funding is written"),
)


def steps(session: Session, known: Known) -> Iterator[Promise]:
    """Eligibility, scores, decision and outcome; then, on the showcase pathway, what leads to the money."""
    row = session.execute(
        select(Outcome.sent_at, Outcome.total, Eligibility.decided_at, ScoresOpened.at)
        .outerjoin(Eligibility, Eligibility.response_id == Outcome.response_id)
        .outerjoin(ScoresOpened, ScoresOpened.round_id == Outcome.round_id)
        .where(Outcome.response_id == known.response.id, Outcome.sent_at.is_not(None))
    ).first()
    sent, total, eligible, scored = row or (None, None, None, None)
    checked = london_date(eligible) if eligible else None
    yield Promise("It is decided whether yours can be assessed", None, None, checked)
    if sent is None or total is not None:
        yield Promise("Your response is scored", None, None, london_date(scored) if scored else None)
    kind = known.response.round.kind
    moved = moved_to(known.decision_on, known.decision_now)
    yield Promise("The decision is made", known.decision_on, moved, known.left.get(_JUDGED[kind]))
    told = london_date(sent) if sent else None
    yield Promise("You get the outcome and your feedback", known.decision_on, moved, told)
    if known.response.challenge.pathway is Pathway.SHOWCASE and kind is RoundKind.CHALLENGE and known.goes_on:
        for state, what in _SHOWN:
            yield Promise(what, None, None, known.entered.get(state))
