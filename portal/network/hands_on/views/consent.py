"""A firm that was asked says yes; its page is there for nobody else."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.network.hands_on import queries, services
from portal.network.hands_on.forms import AgreeForm
from portal.network.hands_on.models import IdlePrompt
from portal.network.hands_on.views.blueprint import blueprint
from portal.policy import Permission
from portal.responses.models import WithdrawalReason
from portal.web import access, current_actor, db_session


@blueprint.get("/challenges/<reference>/help")
@access(Permission.RESPONSE_WRITE, find=queries.own_prompt)
def help_offered(prompt: IdlePrompt) -> ResponseReturnValue:
    """Who would hear of it, and what happens then."""
    return _page(prompt, AgreeForm(formdata=None))


@blueprint.post("/challenges/<reference>/help")
@access(Permission.RESPONSE_WRITE, find=queries.own_prompt)
def agree(prompt: IdlePrompt) -> ResponseReturnValue:
    """An adviser may get in touch."""
    form = AgreeForm()
    if not form.validate_on_submit():
        return _page(prompt, form), 422
    reason = WithdrawalReason(form.reason.data) if form.reason.data else None
    services.agree(db_session(), current_actor(), prompt, reason=reason)
    flash("A support adviser will get in touch within two working days. The buyer is not told.", "success")
    return redirect(url_for("hands_on.help_offered", reference=prompt.challenge.reference))


def _page(prompt: IdlePrompt, form: AgreeForm) -> str:
    asked = queries.has_asked(db_session(), prompt)
    return render_template(
        "network/hands_on/consent.html", challenge=prompt.challenge, prompt=prompt, asked=asked, form=form
    )
