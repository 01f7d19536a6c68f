"""The pages of cards: all that last, making one, and answering one."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.network.opportunities import queries, services
from portal.network.opportunities.forms import AnswerForm, CardForm
from portal.network.opportunities.models import CardKind, OpportunityCard
from portal.network.options import NetworkOption, when_on
from portal.network.queries import authority_seen
from portal.organisations.models import Organisation
from portal.policy import Permission
from portal.web import access, current_actor, db_session

blueprint = Blueprint("opportunities", __name__)
body = when_on(NetworkOption.NEW_OPPORTUNITIES, authority_seen)


@blueprint.get("/organisations/<reference>/opportunities")
@access(Permission.CHALLENGE_SEE, Permission.NETWORK_SEE, find=body)
def listed(organisation: Organisation) -> ResponseReturnValue:
    """Every card that lasts."""
    return render_template(
        "network/opportunities/list.html",
        organisation=organisation,
        cards=queries.cards(db_session()),
        may_make=_may(organisation, Permission.CHALLENGE_START, Permission.NETWORK_SEE),
    )


@blueprint.route("/organisations/<reference>/opportunities/new", methods=["GET", "POST"])
@access(Permission.CHALLENGE_START, Permission.NETWORK_SEE, find=body)
def new(organisation: Organisation) -> ResponseReturnValue:
    """Show something new to the network."""
    form = CardForm(data={"sponsor": current_actor().name})
    last_day = form.last_day.data if form.validate_on_submit() else None
    if last_day is None:
        status = 422 if form.is_submitted() else 200
        return render_template("network/opportunities/new.html", organisation=organisation, form=form), status
    said = {name: getattr(form, name).data or "" for name in ("title", "what", "good", "sponsor")}
    services.make(db_session(), current_actor(), organisation, last_day, kind=CardKind(form.kind.data), **said)
    flash("The other bodies are told.", "success")
    return redirect(url_for("opportunities.listed", reference=organisation.reference))


@blueprint.get("/organisations/<reference>/opportunities/<card>")
@access(Permission.CHALLENGE_SEE, Permission.NETWORK_SEE, find=body)
def show(organisation: Organisation, card: str) -> ResponseReturnValue:
    """One card, what bodies answered, and your own answer."""
    return _page(organisation, _lasting(card))


@blueprint.post("/organisations/<reference>/opportunities/<card>")
@access(Permission.CHALLENGE_START, find=body)
def answer(organisation: Organisation, card: str) -> ResponseReturnValue:
    """Would nurture it, or not now."""
    found, form = _lasting(card), AnswerForm()
    if not form.validate_on_submit():
        return _page(organisation, found, form), 422
    nurtures = form.nurtures.data == "yes"
    reason = form.reason.data or ""
    services.answer(db_session(), current_actor(), found, organisation, nurtures=nurtures, reason=reason)
    flash("Thank you. The sponsor is told.", "success")
    return redirect(url_for("opportunities.show", reference=organisation.reference, card=card))


def _lasting(reference: str) -> OpportunityCard:
    found = queries.card(db_session(), reference)
    if found is None:
        abort(404)
    return found


def _may(organisation: Organisation, *permissions: Permission) -> bool:
    return any(current_actor().may(each, organisation.scopes()) for each in permissions)


def _page(organisation: Organisation, card: OpportunityCard, form: AnswerForm | None = None) -> str:
    ours = next((each for each in card.answers if each.organisation_id == organisation.id), None)
    begun = {"nurtures": "yes" if ours.nurtures else "no", "reason": ours.reason} if ours else {}
    return render_template(
        "network/opportunities/show.html",
        organisation=organisation,
        card=card,
        ours=ours,
        form=form or AnswerForm(formdata=None, data=begun),
        may_answer=card.body_id != organisation.id and _may(organisation, Permission.CHALLENGE_START),
    )
