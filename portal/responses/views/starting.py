"""From the public page to a draft: which firm, which lot, or an e-mail address and no more."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import services as accounts
from portal.accounts.forms import AddressForm
from portal.accounts.throttle import MAIL_BY_ADDRESS, MAIL_BY_CLIENT
from portal.accounts.views.entering import too_many
from portal.challenges.models import Challenge, Round
from portal.challenges.queries import released
from portal.db import clock
from portal.responses import queries, services
from portal.responses.forms import StartForm
from portal.responses.views.blueprint import blueprint
from portal.web import PUBLIC, SIGNED_IN, access, current_actor, db_session


@blueprint.get("/responses")
@access(SIGNED_IN)
def mine() -> ResponseReturnValue:
    """The responses of one's firms."""
    found = queries.mine(db_session(), current_actor())
    return render_template("responses/mine.html", responses=found, stands=queries.shown_to_the_firm, now=clock.now())


@blueprint.get("/challenges/<reference>/respond")
@access(PUBLIC, find=released)
def start(challenge: Challenge) -> ResponseReturnValue:
    """Ask who answers, or for an address."""
    return _page(challenge)


@blueprint.post("/challenges/<reference>/respond")
@access(PUBLIC, find=released)
def begin(challenge: Challenge) -> ResponseReturnValue:
    """Begin the draft, or mail the stranger a link that leads back here."""
    if not current_actor().signed_in:
        return _begin_with_address(challenge)
    session, actor = db_session(), current_actor()
    asked = queries.current_round(session, challenge)
    form = _start_form(asked)
    if asked is None or not form.validate_on_submit():
        return _page(challenge, form=form), 422
    firm = next(each for each in queries.firms_of(session, actor) if each.reference == form.firm.data)
    lot = next(each for each in asked.lots if str(each.number) == form.lot.data)
    response = services.start(session, actor, challenge, asked, lot, firm)
    return redirect(url_for("responses.draft", reference=response.reference))


def _begin_with_address(challenge: Challenge) -> ResponseReturnValue:
    form = AddressForm()
    if not form.validate_on_submit():
        return _page(challenge, address=form), 422
    refusal = too_many(form.email.data or "", MAIL_BY_ADDRESS, MAIL_BY_CLIENT)
    if refusal is not None:
        return refusal
    here = url_for("responses.start", reference=challenge.reference)
    accounts.start_with_email(db_session(), form.email.data or "", next=here)
    flash("We have sent you a link. It leads you straight back to your response.", "success")
    return redirect(url_for("accounts.look_for_mail", sent="start"))


def _start_form(asked: Round | None) -> StartForm:
    """The form with the firms of the person and the lots of the round; a single choice is made already."""
    form = StartForm()
    firms = [(each.reference, each.name) for each in queries.firms_of(db_session(), current_actor())]
    lots = [(str(each.number), f"Lot {each.number}: {each.title}") for each in (asked.lots if asked else ())]
    for field, choices in ((form.firm, firms), (form.lot, lots)):
        field.choices = list(choices)
        if len(choices) == 1:
            field.data = choices[0][0]
            field.raw_data = [field.data]
    return form


def _page(challenge: Challenge, *, form: StartForm | None = None, address: AddressForm | None = None) -> str:
    session, actor = db_session(), current_actor()
    asked = queries.current_round(session, challenge)
    signed_in = actor.signed_in
    return render_template(
        "responses/start.html",
        challenge=challenge,
        asked=asked,
        is_open=asked is not None and queries.is_open(challenge, asked, clock.now()),
        firms=queries.firms_of(session, actor) if signed_in else [],
        begun=queries.of_firms(session, actor, asked) if signed_in and asked else [],
        form=(form or _start_form(asked)) if signed_in else (address or AddressForm(formdata=None)),
    )
