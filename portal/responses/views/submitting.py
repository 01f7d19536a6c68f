"""Check your answers, declare, submit; or take it back."""

import secrets
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.db import Database
from portal.policy import Actor, Permission
from portal.responses import queries, services
from portal.responses.forms import DeclareForm, WithdrawForm
from portal.responses.held import Mine, mine
from portal.responses.models import Response
from portal.responses.services import Closed
from portal.responses.views.blueprint import blueprint
from portal.responses.views.drafting import standing
from portal.web import access, after_refusal, current_actor, database, db_session


@blueprint.get("/responses/<reference>/check")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def check(response: Response) -> ResponseReturnValue:
    """Everything as it would be submitted, with what is missing."""
    form = DeclareForm(formdata=None, once_key=secrets.token_urlsafe(24))
    return render_template("responses/check.html", form=form, **standing(response))


@blueprint.post("/responses/<reference>/submit")
@access(Permission.RESPONSE_WRITE, find=mine)
def submit(which: Mine) -> ResponseReturnValue:
    """Submit; a second press of the same button leads to the same receipt."""
    form, session, actor = DeclareForm(), db_session(), current_actor()
    if not form.validate_on_submit():
        response = queries.own(session, actor, which.reference)
        assert response is not None, "it was found a moment ago, in the same transaction"
        return render_template("responses/check.html", form=form, **standing(response)), 422
    try:
        receipt = services.submit(session, actor, which, once_key=form.once_key.data or secrets.token_urlsafe(24))
    except Closed as closed:
        after_refusal(partial(_note_late, database(), actor, which.id, which.round_id, closed))
        raise
    return redirect(url_for("responses.submitted", reference=which.reference, number=receipt.number))


def _note_late(where: Database, actor: Actor, response_id: int, round_id: int, closed: Closed) -> None:
    with where.writing() as session:
        services.record_late_attempt(session, actor, response_id, round_id, closed)


@blueprint.get("/responses/<reference>/withdraw")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def ask_to_withdraw(response: Response) -> ResponseReturnValue:
    """Say what withdrawing means."""
    return render_template("responses/withdraw.html", form=WithdrawForm(formdata=None), **standing(response))


@blueprint.post("/responses/<reference>/withdraw")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def withdraw(response: Response) -> ResponseReturnValue:
    """Take it back."""
    form = WithdrawForm()
    if not form.validate_on_submit():
        return render_template("responses/withdraw.html", form=form, **standing(response)), 422
    session, actor, reason = db_session(), current_actor(), form.chosen
    services.withdraw(session, actor, response, reason=form.words)
    said = "Your response is withdrawn. Until the deadline you can submit it again."
    if form.help.data:
        services.ask_for_help(session, actor, response, reason=reason)
        said += " A support adviser will get in touch."
    flash(said, "success")
    return redirect(url_for("responses.draft", reference=response.reference))
