"""Answering together: the lead's page of partners, and the page an invited firm lands on."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.db import clock
from portal.machine import NotNow
from portal.policy import Permission, Scope, ScopeKind
from portal.responses import queries, services
from portal.responses.forms import PartnerForm
from portal.responses.models import Response
from portal.responses.services import Closed, Invitation
from portal.responses.views.blueprint import blueprint
from portal.web import SIGNED_IN, access, current_actor, db_session


@blueprint.get("/responses/<reference>/partners")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def partners(response: Response) -> ResponseReturnValue:
    """Who stands behind the response, with which share."""
    return _page(response, PartnerForm(formdata=None))


@blueprint.post("/responses/<reference>/partners")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def invite(response: Response) -> ResponseReturnValue:
    """Invite a partner."""
    form = PartnerForm()
    if not form.validate_on_submit():
        return _page(response, form), 422
    try:
        services.invite_partner(
            db_session(), current_actor(), response, form.organisation.data or "", form.share.data or 0
        )
    except Closed:
        raise
    except NotNow as refused:
        form.organisation.errors = [str(refused)]
        return _page(response, form), 422
    flash("Invited. They are in once they accept.", "success")
    return redirect(url_for("responses.partners", reference=response.reference))


@blueprint.post("/responses/<reference>/partners/<organisation>/remove")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def part(response: Response, organisation: str) -> ResponseReturnValue:
    """Take a partner or an invitation out."""
    services.remove_partner(db_session(), current_actor(), response, organisation)
    flash("Taken out.", "success")
    return redirect(url_for("responses.partners", reference=response.reference))


@blueprint.get("/responses/<reference>/invitation")
@access(SIGNED_IN, find=services.invitation)
def invited(found: Invitation) -> ResponseReturnValue:
    """What an invited firm is told."""
    return render_template("responses/invitation.html", invitation=found)


@blueprint.post("/responses/<reference>/invitation")
@access(SIGNED_IN, find=services.invitation)
def answer_invitation(found: Invitation) -> ResponseReturnValue:
    """Accept or decline."""
    session, actor = db_session(), current_actor()
    if request.form.get("answer") == "accept":
        services.accept_invitation(session, actor, found.reference)
        flash(f"{found.firm} is in this response now.", "success")
        return redirect(url_for("responses.draft", reference=found.reference))
    services.decline_invitation(session, actor, found.reference)
    flash("Declined. The lead sees that you are not in.", "success")
    return redirect(url_for("responses.mine"))


def _page(response: Response, form: PartnerForm) -> str:
    return render_template(
        "responses/partners.html",
        response=response,
        challenge=response.challenge,
        form=form,
        is_open=queries.is_open(response.challenge, response.round, clock.now()),
        leads=current_actor().may(Permission.RESPONSE_WRITE, {Scope(ScopeKind.SUPPLIER, response.organisation_id)}),
    )
