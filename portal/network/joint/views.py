"""The pages of joint proposals: proposing one, a body's list, and the one page of each."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.db import clock
from portal.law.calendar import london_date
from portal.network.joint import queries, services
from portal.network.joint.forms import AnswerForm, ProposeForm
from portal.network.joint.pathway import PROPOSAL
from portal.network.joint.queries import Seen
from portal.network.needs.quarters import quarter_of
from portal.network.needs.queries import Asked, shared_by_reference, together
from portal.network.options import NetworkOption, when_on
from portal.network.queries import authority_seen
from portal.organisations.models import Organisation
from portal.policy import Permission
from portal.web import access, current_actor, db_session

blueprint = Blueprint("joint", __name__)
body = when_on(NetworkOption.SHARED_NEED, authority_seen)
seen_proposal = when_on(NetworkOption.SHARED_NEED, queries.proposal_seen)
OFFERED = 100
"""Shared needs that can be chosen from beside those that were asked for."""


@blueprint.get("/organisations/<reference>/joint")
@access(Permission.CHALLENGE_SEE, find=body)
def listed(organisation: Organisation) -> ResponseReturnValue:
    """What this body leads or was asked to join."""
    return render_template(
        "network/joint/list.html",
        organisation=organisation,
        proposals=queries.proposals_of(db_session(), organisation),
        machine=PROPOSAL,
    )


@blueprint.route("/organisations/<reference>/joint/new", methods=["GET", "POST"])
@access(Permission.CHALLENGE_START, find=body)
def new(organisation: Organisation) -> ResponseReturnValue:
    """Propose a joint challenge; `need` in the address names what it begins with."""
    session, asked_for = db_session(), request.args.getlist("need")[:OFFERED]
    form = ProposeForm(data={"needs": asked_for})
    shown = {each.reference: each for each in shared_by_reference(session, asked_for + (form.needs.data or []))}
    rest = [] if asked_for else together(session, Asked(quarter_of(london_date(clock.now()))))[:OFFERED]
    shown |= {each.reference: each for each in rest}
    form.own = frozenset(each.reference for each in shown.values() if each.organisation_id == organisation.id)
    form.needs.choices = [
        SelectChoice(each.reference, f"{each.organisation.name}: {each.title}, {each.quarter_words}")
        for each in shown.values()
    ]
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("network/joint/new.html", organisation=organisation, form=form), status
    needs = [shown[each] for each in form.needs.data or []]
    said = {"title": form.title.data or "", "why": form.why.data or ""}
    made = services.propose(session, current_actor(), organisation, needs, lots=form.lot_titles, **said)
    flash("The other bodies are asked by mail.", "success")
    return redirect(url_for("joint.show", reference=organisation.reference, proposal=made.reference))


@blueprint.get("/organisations/<reference>/joint/<proposal>")
@access(Permission.CHALLENGE_SEE, find=seen_proposal)
def show(seen: Seen) -> ResponseReturnValue:
    """What would be bought, who joins, and what this body can do about it."""
    return _page(seen)


@blueprint.post("/organisations/<reference>/joint/<proposal>/answer")
@access(Permission.CHALLENGE_START, find=seen_proposal)
def answer(seen: Seen) -> ResponseReturnValue:
    """Accept or decline."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _page(seen, form), 422
    accepts = form.accepts.data == "yes"
    services.answer(db_session(), current_actor(), seen, accepts=accepts, reason=form.reason.data or "")
    return _done(seen, "You have joined." if accepts else "You have declined.")


@blueprint.post("/organisations/<reference>/joint/<proposal>/begin")
@access(Permission.CHALLENGE_START, find=seen_proposal)
def begin(seen: Seen) -> ResponseReturnValue:
    """Make a challenge of it."""
    challenge = services.begin(db_session(), current_actor(), seen)
    flash(f"{challenge.title} has begun. Its reference is {challenge.reference}.", "success")
    return redirect(url_for("design.page", reference=challenge.reference))


@blueprint.post("/organisations/<reference>/joint/<proposal>/withdraw")
@access(Permission.CHALLENGE_START, find=seen_proposal)
def withdraw(seen: Seen) -> ResponseReturnValue:
    """Take it back."""
    services.withdraw(db_session(), current_actor(), seen)
    return _done(seen, "The proposal is withdrawn.")


def _done(seen: Seen, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("joint.show", reference=seen.body.reference, proposal=seen.proposal.reference))


def _answered(seen: Seen) -> dict[str, str]:
    """What this body answered before, if it did."""
    asked = seen.asked
    if asked is None or asked.accepts is None:
        return {}
    return {"accepts": "yes" if asked.accepts else "no", "reason": asked.reason}


def _page(seen: Seen, form: AnswerForm | None = None) -> str:
    return render_template(
        "network/joint/show.html",
        organisation=seen.body,
        seen=seen,
        proposal=seen.proposal,
        stands=PROPOSAL[seen.proposal.state],
        form=form or AnswerForm(formdata=None, data=_answered(seen)),
        may_act=current_actor().may(Permission.CHALLENGE_START, seen.scopes()),
    )
