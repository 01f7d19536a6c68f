"""The firm's own plan: who helps it, what was agreed, what all firms were told."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.policy import Permission
from portal.support import queries, services
from portal.support.forms import HelpForm, ReasonForm
from portal.support.models import SupportPlan
from portal.support.views.base import blueprint
from portal.web import access, current_actor, db_session
from portal.workflow import machine_of


@blueprint.get("/responses/<reference>/support")
@access(Permission.RESPONSE_WRITE, find=queries.own_plan)
def own_plan(plan: SupportPlan) -> ResponseReturnValue:
    """The firm's plan as the firm sees it."""
    return _page(plan)


@blueprint.post("/responses/<reference>/support/help")
@access(Permission.RESPONSE_WRITE, find=queries.own_plan)
def ask(plan: SupportPlan) -> ResponseReturnValue:
    """Ask the adviser for help."""
    form = HelpForm(prefix="help")
    if not form.validate_on_submit():
        return _page(plan, help_form=form), 422
    services.ask_for_help(db_session(), current_actor(), plan, form.text.data or "")
    flash("Your adviser has been told.", "success")
    return redirect(url_for("support.own_plan", reference=plan.response.reference))


@blueprint.post("/responses/<reference>/support/leave")
@access(Permission.RESPONSE_WRITE, find=queries.own_plan)
def leave(plan: SupportPlan) -> ResponseReturnValue:
    """Leave the challenge, with a reason."""
    form = ReasonForm(prefix="leave")
    if not form.validate_on_submit():
        return _page(plan, leave_form=form), 422
    services.move_plan(db_session(), current_actor(), plan, "leave", form.reason.data or "")
    flash("You have left this challenge. Thank you for telling us why.", "success")
    return redirect(url_for("support.own_plan", reference=plan.response.reference))


def _page(plan: SupportPlan, *, help_form: HelpForm | None = None, leave_form: ReasonForm | None = None) -> str:
    session = db_session()
    return render_template(
        "support/own_plan.html",
        plan=plan,
        state=machine_of(plan)[plan.state],
        sessions=queries.sessions_of(session, [plan])[plan.id],
        facts=queries.facts_for(session, plan),
        contact=queries.first_contact(plan),
        going=plan.state != "out" and plan.challenge.state in {"support", "showcase"},
        help_form=help_form or HelpForm(prefix="help", formdata=None),
        leave_form=leave_form or ReasonForm(prefix="leave", formdata=None),
        form=help_form or leave_form,
    )
