"""The pages of vouches: the network's, giving one, and a firm's own with its consent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.network.options import NetworkOption, when_on
from portal.network.queries import authority_seen
from portal.network.vouches import queries, services
from portal.network.vouches.forms import VouchForm
from portal.network.vouches.models import OnTime, Vouch, WorkSize
from portal.organisations.models import Organisation
from portal.organisations.queries import supplier, suppliers_called
from portal.policy import Permission
from portal.text import tidy
from portal.web import access, current_actor, db_session
from portal.web.paging import page_number

blueprint = Blueprint("vouches", __name__)
_OPTION = NetworkOption.SHARING_INTELLIGENCE
body = when_on(_OPTION, authority_seen)
own_vouch = when_on(_OPTION, queries.own_vouch, body=lambda vouch: int(vouch.body_id))
vouch_about = when_on(_OPTION, queries.vouch_about, body=lambda vouch: int(vouch.body_id))


@blueprint.get("/organisations/<reference>/vouches")
@access(Permission.CHALLENGE_SEE, find=body)
def page(organisation: Organisation) -> ResponseReturnValue:
    """Whom the network vouches for."""
    words = _words()
    return render_template(
        "network/vouches/page.html",
        organisation=organisation,
        asked=words,
        page=queries.vouches_seen(db_session(), organisation, words, number=page_number()),
        may_vouch=current_actor().may(Permission.CHALLENGE_START, organisation.scopes()),
    )


@blueprint.route("/organisations/<reference>/vouches/new", methods=["GET", "POST"])
@access(Permission.CHALLENGE_START, find=body)
def new(organisation: Organisation) -> ResponseReturnValue:
    """Find the firm by its name, then say three things of it."""
    session, actor = db_session(), current_actor()
    firm, words = supplier(session, actor, tidy(request.args.get("firm", ""))), _words()
    form = VouchForm()
    if firm is None or not form.validate_on_submit():
        firms = [] if firm else suppliers_called(session, words)
        status = 422 if form.is_submitted() else 200
        shown = {"organisation": organisation, "firm": firm, "firms": firms, "asked": words, "form": form}
        return render_template("network/vouches/new.html", **shown), status
    size, on_time = WorkSize(form.size.data), OnTime(form.on_time.data)
    services.vouch(session, actor, organisation, firm, work=form.work.data or "", size=size, on_time=on_time)
    flash(f"{firm.name} is asked by mail whether the network may see it.", "success")
    return redirect(url_for("vouches.page", reference=organisation.reference))


@blueprint.post("/organisations/<reference>/vouches/<vouch>/end")
@access(Permission.CHALLENGE_START, find=own_vouch)
def end(vouch: Vouch) -> ResponseReturnValue:
    """Take a vouch back."""
    services.take_back(db_session(), current_actor(), vouch)
    flash(f"You no longer vouch for {vouch.firm.name}.", "success")
    return redirect(url_for("vouches.page", reference=vouch.body.reference))


@blueprint.get("/organisations/<reference>/vouched")
@access(Permission.RESPONSE_WRITE, find=queries.vouched_firm)
def own(firm: Organisation) -> ResponseReturnValue:
    """What bodies say of a firm, and what it lets the network see."""
    vouches = queries.vouches_about(db_session(), firm)
    return render_template("network/vouches/own.html", organisation=firm, vouches=vouches)


@blueprint.post("/organisations/<reference>/vouched/<vouch>")
@access(Permission.RESPONSE_WRITE, find=vouch_about)
def answer(vouch: Vouch) -> ResponseReturnValue:
    """Let the network see it, or not."""
    consents = request.form.get("consents") == "yes"
    services.answer(db_session(), current_actor(), vouch, consents=consents)
    flash("The network sees it now." if consents else "Nobody else sees it.", "success")
    return redirect(url_for("vouches.own", reference=vouch.firm.reference))


def _words() -> str:
    return tidy(request.args.get("q", "")).strip()[:100]
