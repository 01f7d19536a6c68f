"""What support asks of a challenge before prototypes are shown."""

from sqlalchemy import select

from portal.challenges.models import Challenge
from portal.machine import Situation, requirement
from portal.organisations.models import Organisation
from portal.responses.models import Response
from portal.support.ledger import unevenness
from portal.support.models import SupportPlan, ToldFact
from portal.support.queries import ledger_of

_WHERE = "support.plans"


@requirement("Every supported firm is ready, or is not going on for a reason.", link=_WHERE)
def every_firm_ready_or_out(at: Situation[Challenge]) -> bool | list[str]:
    """Names the firms that are neither."""
    return [
        f"{name} is not ready yet."
        for name in at.session.scalars(
            select(Organisation.name)
            .join(Response, Response.organisation_id == Organisation.id)
            .join(SupportPlan, SupportPlan.response_id == Response.id)
            .where(SupportPlan.challenge_id == at.subject.id, SupportPlan.state.in_(("to_contact", "under_way")))
            .order_by(Organisation.name)
        )
    ]


@requirement("At least one firm is ready to show.", link=_WHERE)
def one_firm_ready(at: Situation[Challenge]) -> bool:
    """A showcase needs something to show."""
    ready = select(SupportPlan.id).where(SupportPlan.challenge_id == at.subject.id, SupportPlan.state == "ready")
    return at.session.scalar(ready.limit(1)) is not None


@requirement("What the challenge team told one firm, all were told.", link=f"{_WHERE}#told")
def facts_told_to_all(at: Situation[Challenge]) -> bool:
    """Procurement Act 2023 s.16(3): support must put no supplier at an unfair advantage."""
    untold = select(ToldFact.id).where(ToldFact.challenge_id == at.subject.id, ToldFact.told_to_all_at.is_(None))
    return at.session.scalar(untold.limit(1)) is None


@requirement("Every firm was offered as much help as the others, give or take two hours.", link=f"{_WHERE}#ledger")
def support_even(at: Situation[Challenge]) -> list[str]:
    """Says which firm was offered too little beside which (Procurement Act 2023 ss.16 and 17)."""
    return unevenness(ledger_of(at.session, at.subject))
