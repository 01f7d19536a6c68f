"""What help there is: a public page, and each body's own page to write it."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.network.hands_on import queries, services
from portal.network.hands_on.forms import OfferForm, TakeOffForm
from portal.network.hands_on.views.blueprint import blueprint
from portal.organisations.models import Organisation
from portal.organisations.queries import inside
from portal.policy import Permission
from portal.web import PUBLIC, access, current_actor, db_session
from portal.web.headers import fresh_until


@blueprint.get("/support-on-offer")
@access(PUBLIC)
def on_offer() -> ResponseReturnValue:
    """Every kind of help, who gives it, for whom and at what cost; there while any authority tries this option."""
    if not queries.is_anywhere(db_session()):
        abort(404)
    fresh_until(None)
    return render_template("network/hands_on/directory.html", offers=queries.directory(db_session()))


@blueprint.get("/organisations/<reference>/support-on-offer")
@access(Permission.SUPPORT_GIVE, find=inside)
def own_offers(body: Organisation) -> ResponseReturnValue:
    """What a body gives."""
    return _page(body, OfferForm(formdata=None))


@blueprint.post("/organisations/<reference>/support-on-offer")
@access(Permission.SUPPORT_GIVE, find=inside)
def add_offer(body: Organisation) -> ResponseReturnValue:
    """Put something on offer."""
    form = OfferForm()
    if not form.validate_on_submit():
        return _page(body, form), 422
    said = {name: form[name].data for name in ("name", "what", "who_for", "cost", "contact")}
    services.put_on_offer(db_session(), current_actor(), body, **said)
    flash("Firms can see it now.", "success")
    return redirect(url_for("hands_on.own_offers", reference=body.reference))


@blueprint.post("/organisations/<reference>/support-on-offer/<int:key>/remove")
@access(Permission.SUPPORT_GIVE, find=inside)
def remove_offer(body: Organisation, key: int) -> ResponseReturnValue:
    """Take something off."""
    form = TakeOffForm()
    offer = next((each for each in queries.directory(db_session(), body.id) if each.id == key), None)
    if offer is None:
        abort(404)
    services.take_off(db_session(), current_actor(), offer, form.version.number)
    flash("Taken out of the directory.", "success")
    return redirect(url_for("hands_on.own_offers", reference=body.reference))


def _page(body: Organisation, form: OfferForm) -> str:
    if not queries.is_anywhere(db_session()):
        abort(404)
    offers = queries.directory(db_session(), body.id)
    return render_template("network/hands_on/own_offers.html", organisation=body, offers=offers, form=form)
