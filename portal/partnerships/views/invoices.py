"""One invoice, and what is done about it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.db import clock
from portal.law.calendar import london_date
from portal.law.releases import ReleaseKind
from portal.partnerships import queries
from portal.partnerships.forms.payments import DisputeForm, PayForm, ReceiveForm, SendBackForm, SettleForm
from portal.partnerships.models import Invoice
from portal.partnerships.services import payments as services
from portal.partnerships.standing import invoice_standing
from portal.partnerships.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.web.forms import PortalForm, keep_typed
from portal.workflow import outlook

_PROCURE, _FIRM, _SEE = Permission.CHALLENGE_PROCURE, Permission.RESPONSE_WRITE, Permission.CHALLENGE_SEE


@blueprint.get("/invoices/<reference>")
@access(_SEE, _FIRM, find=queries.invoice_visible)
def invoice(invoice: Invoice) -> ResponseReturnValue:
    """One invoice: its thirty days, what was said about it, and what can be done."""
    return _page(invoice)


def _page(invoice: Invoice, status: int = 200, **mistaken: PortalForm) -> ResponseReturnValue:
    actor, contract = current_actor(), invoice.partnership
    moves = {each.move.name for each in outlook(db_session(), actor, invoice) if each.allowed}
    keep_typed(next(iter(mistaken.values()), None), offered=moves.issuperset(mistaken))
    known: dict[str, Any] = {"version": invoice.version}
    fresh: dict[str, PortalForm] = {
        "receive": ReceiveForm(**known),
        "dispute": DisputeForm(**known),
        "settle": SettleForm(agreed=invoice.amount_pence, **known),
        "pay": PayForm.of(invoice),
        "send_back": SendBackForm(**known),
    }
    page = render_template(
        "partnerships/invoice.html",
        invoice=invoice,
        partnership=contract,
        challenge=contract.challenge,
        inside=actor.may(_SEE, invoice.scopes()),
        standing=invoice_standing(invoice, london_date(clock.now())),
        outside_the_act=contract.challenge.release_kind is ReleaseKind.EXEMPT,
        moves=moves,
        acts={name: form for name, form in (fresh | mistaken).items() if name in moves},
        mistaken=next(iter(mistaken.values()), None),
    )
    return page, status


def _back(invoice: Invoice, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("partnerships.invoice", reference=invoice.reference))


@blueprint.post("/invoices/<reference>/receive")
@access(_PROCURE, find=queries.invoice_inside)
def invoice_receive(invoice: Invoice) -> ResponseReturnValue:
    """Confirm when an invoice was received."""
    form = ReceiveForm()
    if not form.validate_on_submit():
        return _page(invoice, 422, receive=form)
    services.receive(db_session(), current_actor(), invoice, form.received_on.data, form.version.number)
    return _back(invoice, "Confirmed. Its thirty days run.")


@blueprint.post("/invoices/<reference>/dispute")
@access(_PROCURE, find=queries.invoice_inside)
def invoice_dispute(invoice: Invoice) -> ResponseReturnValue:
    """Dispute an invoice."""
    form = DisputeForm()
    if not form.validate_on_submit():
        return _page(invoice, 422, dispute=form)
    services.dispute(db_session(), current_actor(), invoice, str(form.dispute.data), form.version.number)
    return _back(invoice, "Disputed. The firm is told why.")


@blueprint.post("/invoices/<reference>/settle")
@access(_PROCURE, find=queries.invoice_inside)
def invoice_settle(invoice: Invoice) -> ResponseReturnValue:
    """Settle a dispute at an amount."""
    form = SettleForm()
    if not form.validate_on_submit():
        return _page(invoice, 422, settle=form)
    said, amount = str(form.settlement.data), form.agreed.data
    services.settle(db_session(), current_actor(), invoice, said, amount, form.version.number)
    return _back(invoice, "Settled. The thirty days go on from where they stood.")


@blueprint.post("/invoices/<reference>/pay")
@access(_PROCURE, find=queries.invoice_inside)
def invoice_pay(invoice: Invoice) -> ResponseReturnValue:
    """Record a payment."""
    form = PayForm()
    form.due_pence = invoice.amount_pence
    if not form.validate_on_submit():
        return _page(invoice, 422, pay=form)
    services.pay(db_session(), current_actor(), invoice, form.payment, form.version.number)
    return _back(invoice, "Recorded as paid. The firm is told.")


@blueprint.post("/invoices/<reference>/send-back")
@access(_PROCURE, find=queries.invoice_inside)
def invoice_send_back(invoice: Invoice) -> ResponseReturnValue:
    """Send an invoice back."""
    form = SendBackForm()
    if not form.validate_on_submit():
        return _page(invoice, 422, send_back=form)
    services.send_back(db_session(), current_actor(), invoice, str(form.back.data), form.version.number)
    return _back(invoice, "Sent back. The firm is told why.")


@blueprint.post("/invoices/<reference>/take-back")
@access(_FIRM, find=queries.own_invoice)
def invoice_take_back(invoice: Invoice) -> ResponseReturnValue:
    """The firm takes its invoice back."""
    services.take_back(db_session(), current_actor(), invoice)
    return _back(invoice, "Taken back. The authority is told.")
