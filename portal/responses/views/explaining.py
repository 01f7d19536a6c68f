"""A firm's side of a clarification: what it is asked, until when, and its answer."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.policy import Permission
from portal.responses import services
from portal.responses.clarified import explained, own_clarification
from portal.responses.forms import ClarifiedForm
from portal.responses.models import Clarification
from portal.responses.views.blueprint import blueprint
from portal.web import access, current_actor, db_session


@blueprint.get("/clarifications/<reference>")
@access(Permission.RESPONSE_WRITE, find=own_clarification)
def explain(row: Clarification) -> ResponseReturnValue:
    """What is asked, and what was answered."""
    return _page(row, _form(row, ClarifiedForm(formdata=None, text=row.answer)))


@blueprint.post("/clarifications/<reference>")
@access(Permission.RESPONSE_WRITE, find=own_clarification)
def send_explanation(row: Clarification) -> ResponseReturnValue:
    """Answer, once."""
    form = _form(row, ClarifiedForm())
    if not form.validate_on_submit():
        return _page(row, form), 422
    services.answer_clarification(db_session(), current_actor(), row, text=form.text.data or "")
    flash("Your answer has been sent. It is kept beside your response, which stays as it was.", "success")
    return redirect(url_for("responses.explain", reference=row.reference))


def _form(row: Clarification, form: ClarifiedForm) -> ClarifiedForm:
    """A hearing is about the firm and not about its offer, so that nothing need be declared."""
    if row.hearing:
        del form.unchanged
    return form


def _page(row: Clarification, form: ClarifiedForm) -> str:
    return render_template(
        "responses/explain.html",
        response=row.response,
        challenge=row.response.challenge,
        row=explained(row),
        time_reason=row.time_reason,
        form=form,
    )
