"""A support plan on paper, to bring to a session: the same for the firm and for those who help it."""

from flask.typing import ResponseReturnValue

from portal.db import clock
from portal.law.calendar import london_date
from portal.policy import Permission
from portal.support import queries
from portal.support.models import SupportPlan
from portal.support.pathway import PLAN
from portal.support.views.base import blueprint
from portal.web import access, db_session
from portal.web.documents import pdf_answer


@blueprint.get("/responses/<reference>/support/plan.pdf")
@access(Permission.RESPONSE_WRITE, find=queries.own_plan)
def own_document(plan: SupportPlan) -> ResponseReturnValue:
    """For the firm's own people."""
    return _document(plan)


@blueprint.get("/challenges/<reference>/support/<int:plan_id>/plan.pdf")
@access(Permission.SUPPORT_RUN, Permission.CHALLENGE_PROCURE, find=queries.plan_inside)
def document(plan: SupportPlan) -> ResponseReturnValue:
    """For the challenge's team and its advisers."""
    return _document(plan)


def _document(plan: SupportPlan) -> ResponseReturnValue:
    """What both sides agreed and what was done; the notes between them stay on the page."""
    session, now = db_session(), clock.now()
    return pdf_answer(
        f"support-plan-{plan.response.reference}",
        "support/document.html",
        plan=plan,
        challenge=plan.challenge,
        firm=plan.response.organisation.name,
        state=PLAN[plan.state],
        sessions=queries.sessions_of(session, [plan])[plan.id],
        coming=queries.coming_of(session, plan),
        facts=queries.facts_for(session, plan),
        now=now,
        today=london_date(now),
    )
