"""A firm's one page about its debrief: asking for it, and how it stands."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.assessment.models import Outcome
from portal.assessment.queries import outcome_for_firm
from portal.debriefs import queries, services
from portal.debriefs.forms import AskForm
from portal.debriefs.models import Debrief
from portal.debriefs.pathway import DEBRIEF
from portal.debriefs.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import access, current_actor, db_session


@blueprint.get("/responses/<reference>/debrief")
@access(Permission.RESPONSE_WRITE, find=outcome_for_firm)
def own(outcome: Outcome) -> ResponseReturnValue:
    """Ask, or see how it stands."""
    return _page(outcome, AskForm(formdata=None))


@blueprint.post("/responses/<reference>/debrief")
@access(Permission.RESPONSE_WRITE, find=outcome_for_firm)
def ask(outcome: Outcome) -> ResponseReturnValue:
    """Ask, once."""
    form = AskForm()
    if not form.validate_on_submit():
        return _page(outcome, form), 422
    wants, prefers = form.wants.data or "", form.prefers.data or ""
    services.ask(db_session(), current_actor(), outcome, wants=wants, prefers=prefers)
    flash("Your request has been sent.", "success")
    return redirect(url_for("debriefs.own", reference=outcome.response.reference))


@blueprint.post("/responses/<reference>/debrief/withdraw")
@access(Permission.RESPONSE_WRITE, find=queries.own_debrief)
def withdraw(debrief: Debrief) -> ResponseReturnValue:
    """Take it back."""
    services.withdraw(db_session(), current_actor(), debrief)
    flash("Your request is withdrawn.", "success")
    return redirect(url_for("debriefs.own", reference=debrief.response.reference))


def _page(outcome: Outcome, form: AskForm) -> str:
    shown = {"response": outcome.response, "challenge": outcome.response.challenge}
    debrief = queries.debrief_of(db_session(), outcome)
    if debrief is None:
        return render_template("debriefs/ask.html", form=form, **shown)
    return render_template("debriefs/own.html", debrief=debrief, stands=DEBRIEF[debrief.state], **shown)
