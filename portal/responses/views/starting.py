"""From the public page to a draft: which firm, which lot, or an e-mail address and no more."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.accounts import services as accounts
from portal.accounts.forms import AddressForm
from portal.accounts.throttle import MAIL_BY_ADDRESS, MAIL_BY_CLIENT
from portal.accounts.views.entering import too_many
from portal.challenges.beside import for_firms
from portal.challenges.models import Challenge, Lot, Round
from portal.challenges.queries import released
from portal.db import clock
from portal.organisations.models import Organisation
from portal.responses import queries, services
from portal.responses.forms import StartForm
from portal.responses.models import Response
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
    """Begin a draft for each lot that was ticked, or mail the stranger a link that leads back here."""
    if not current_actor().signed_in:
        return _begin_with_address(challenge)
    session, actor = db_session(), current_actor()
    asked = queries.current_round(session, challenge)
    firms = queries.firms_of(session, actor)
    form = _start_form(firms, asked.lots if asked else ())
    if asked is None or not form.validate_on_submit():
        return _page(challenge, form=form), 422
    firm = next(each for each in firms if each.reference == form.firm.data)
    lots = [each for each in asked.lots if str(each.number) in (form.lot.data or ())]
    begun = [services.start(session, actor, challenge, asked, lot, firm) for lot in lots]
    if len(begun) == 1:
        return redirect(url_for("responses.draft", reference=begun[0].reference))
    flash(f"You answer {len(begun)} lots. Write and submit each of them.", "success")
    return redirect(url_for("responses.start", reference=challenge.reference))


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


def _start_form(firms: Sequence[Organisation], lots: Sequence[Lot]) -> StartForm:
    """The form with the firms of the person and the lots they can begin; a single choice is made already."""
    form = StartForm()
    form.firm.choices = [SelectChoice(each.reference, each.name) for each in firms]
    form.lot.choices = [SelectChoice(str(each.number), f"Lot {each.number}: {each.title}") for each in lots]
    if len(firms) == 1:
        form.firm.data = firms[0].reference
        form.firm.raw_data = [form.firm.data]
    if len(lots) == 1:
        form.lot.data = form.lot.raw_data = [str(lots[0].number)]
    return form


def _free(asked: Round, firms: Sequence[Organisation], begun: Sequence[Response]) -> list[Lot]:
    """The lots for which some firm of the person has not begun yet."""
    known = {(each.lot_id, each.organisation_id) for each in begun}
    return [lot for lot in asked.lots if any((lot.id, firm.id) not in known for firm in firms)]


def _page(challenge: Challenge, *, form: StartForm | None = None, address: AddressForm | None = None) -> str:
    session, actor = db_session(), current_actor()
    asked = queries.current_round(session, challenge)
    signed_in = actor.signed_in
    firms = queries.firms_of(session, actor) if signed_in else []
    begun = queries.of_firms(session, actor, asked) if signed_in and asked else []
    free = _free(asked, firms, begun) if asked else []
    return render_template(
        "responses/start.html",
        challenge=challenge,
        asked=asked,
        is_open=asked is not None and queries.is_open(challenge, asked, clock.now()),
        firms=firms,
        begun=begun,
        free=free,
        stands=queries.shown_to_the_firm,
        for_firms=for_firms(session, actor, challenge),
        form=(form or _start_form(firms, free)) if signed_in else (address or AddressForm(formdata=None)),
    )
