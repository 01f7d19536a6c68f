"""The pages about a response that its firms go on to: outcome, support, showcase, assessment summary and partnership.

A link stands only where its page does: each condition is that page's own, and one statement asks them all.
"""

from collections.abc import Iterator

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.assessment.models import Outcome
from portal.notices.models import Summary
from portal.partnerships.models import Partnership
from portal.partnerships.queries import own_contract
from portal.policy import Actor
from portal.responses.models import Response
from portal.responses.onward import Onward
from portal.showcases.models import Appearance
from portal.support.models import SupportPlan


def pages(session: Session, actor: Actor, response: Response) -> Iterator[Onward]:
    """What there is to read and to do about this response, the latest first."""
    here, contract = response.id, Partnership.reference
    told, supported, shown, summed_up, partnership = session.execute(
        select(
            exists().where(Outcome.response_id == here, Outcome.sent_at.is_not(None)),
            exists().where(SupportPlan.response_id == here),
            exists().where(Appearance.response_id == here),
            exists().where(Summary.response_id == here),
            select(contract).where(Partnership.response_id == here, own_contract(actor)).scalar_subquery(),
        )
    ).one()
    if partnership:
        yield Onward("partnerships.show", partnership, "Your partnership", "Phases, targets, invoices and changes.")
    if shown:
        meaning = "When it is your turn, what you show and what it would cost."
        yield Onward("showcases.own", response.reference, "Your place in the showcase", meaning)
    if supported:
        meaning = "Your adviser, milestones, sessions and notes."
        yield Onward("support.own_plan", response.reference, "Your support plan", meaning)
    if summed_up:
        meaning = "How every criterion was judged, as told before the contract."
        yield Onward("notices.summary", response.reference, "Your assessment summary", meaning)
    if told:
        meaning = "Your scores, the reasons for them, and how to ask for a debrief."
        yield Onward("assessment.feedback", response.reference, "Your outcome and feedback", meaning)
