"""Answering together: the page of everybody behind a response, and what the lead and a partner do on it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges.beside import for_firms
from portal.db import clock
from portal.machine import NotNow
from portal.policy import Permission, Scope, ScopeKind
from portal.responses import queries, services
from portal.responses.forms import LeaveForm, OthersForm, PartnerForm
from portal.responses.models import Response
from portal.responses.sections import OTHERS
from portal.responses.services import Closed
from portal.responses.views.blueprint import blueprint
from portal.web import access, current_actor, db_session


@blueprint.get("/responses/<reference>/partners")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def partners(response: Response) -> ResponseReturnValue:
    """Who stands behind the response, with which share and part, who was asked and who left."""
    return _page(response, PartnerForm(formdata=None))


@blueprint.post("/responses/<reference>/partners")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def invite(response: Response) -> ResponseReturnValue:
    """Invite a partner by e-mail."""
    form = PartnerForm()
    if not form.validate_on_submit():
        return _page(response, form), 422
    try:
        services.invite_partner(
            db_session(),
            current_actor(),
            response,
            form.email.data or "",
            share_percent=form.share.data or 0,
            part=form.part.data or "",
        )
    except Closed:
        raise
    except services.AlreadyInvited as refused:
        form.email.errors = [str(refused)]
        return _page(response, form), 422
    except NotNow as refused:
        form.share.errors = [str(refused)]
        return _page(response, form), 422
    flash("Invited by e-mail. They are in once they accept.", "success")
    return _back(response)


@blueprint.post("/responses/<reference>/partners/others")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def name_others(response: Response) -> ResponseReturnValue:
    """Say who else will work on it."""
    form = OthersForm()
    if not form.validate_on_submit():
        return _page(response, PartnerForm(formdata=None), form), 422
    said, version = form.names.data or "", form.version.number
    services.save_section(db_session(), current_actor(), response, OTHERS, said, version=version)
    flash("Saved. It counts once you submit.", "success")
    return _back(response)


@blueprint.post("/responses/<reference>/partners/invitations/<int(max=2147483647):number>/take-back")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def take_back(response: Response, number: int) -> ResponseReturnValue:
    """Take an unanswered invitation back."""
    services.take_back_invitation(db_session(), current_actor(), response, number)
    flash("Taken back. Its share is yours again.", "success")
    return _back(response)


@blueprint.post("/responses/<reference>/partners/take-over")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def take_over(response: Response) -> ResponseReturnValue:
    """The lead takes over a share that nobody has."""
    services.take_over_share(db_session(), current_actor(), response)
    flash("You have taken over the free share.", "success")
    return _back(response)


@blueprint.post("/responses/<reference>/partners/<organisation>/remove")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def part(response: Response, organisation: str) -> ResponseReturnValue:
    """Take a partner out."""
    services.remove_partner(db_session(), current_actor(), response, organisation)
    flash("Taken out. You have taken over its share, and its people are told.", "success")
    return _back(response)


@blueprint.get("/responses/<reference>/leave")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def ask_to_leave(response: Response) -> ResponseReturnValue:
    """What it means to leave, before it is done."""
    return _leaving(response, LeaveForm(formdata=None))


@blueprint.post("/responses/<reference>/leave")
@access(Permission.RESPONSE_WRITE, find=queries.own)
def leave(response: Response) -> ResponseReturnValue:
    """Leave as a partner."""
    form = LeaveForm()
    if not form.validate_on_submit():
        return _leaving(response, form), 422
    lead = response.organisation.name
    services.leave(db_session(), current_actor(), response, reason=form.reason.data or "")
    flash(f"You have left. {lead} has been told.", "success")
    return redirect(url_for("responses.mine"))


def _leaving(response: Response, form: LeaveForm) -> str:
    return render_template(
        "responses/leave.html",
        response=response,
        challenge=response.challenge,
        form=form,
        leads=_leads(response),
        latest=queries.latest_snapshot(db_session(), response),
        is_open=queries.is_open(response.challenge, response.round, clock.now()),
    )


def _back(response: Response) -> ResponseReturnValue:
    return redirect(url_for("responses.partners", reference=response.reference))


def _leads(response: Response) -> bool:
    return current_actor().may(Permission.RESPONSE_WRITE, {Scope(ScopeKind.SUPPLIER, response.organisation_id)})


def _page(response: Response, form: PartnerForm, others: OthersForm | None = None) -> str:
    session = db_session()
    known = next((each for each in queries.sections_of(session, response) if each.key == OTHERS), None)
    said = {"names": known.text, "version": known.version} if known else {"version": ""}
    waiting = queries.invitations_of(session, response)
    return render_template(
        "responses/partners.html",
        response=response,
        challenge=response.challenge,
        form=others or form,
        invited=form,
        others=others or OthersForm(formdata=None, data=said),
        waiting=waiting,
        free=queries.free_share(response, waiting),
        departures=queries.departures_of(session, response),
        latest=queries.latest_snapshot(session, response),
        is_open=queries.is_open(response.challenge, response.round, clock.now()),
        leads=_leads(response),
        for_firms=for_firms(session, current_actor(), response.challenge),
    )
