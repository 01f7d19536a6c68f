"""The invoices of a contract, each with its thirty days, and all of an authority's."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.db import clock
from portal.law.calendar import london_date
from portal.partnerships import queries
from portal.partnerships.forms.payments import InvoiceForm, ReceivedInvoiceForm
from portal.partnerships.models import Invoice, Partnership
from portal.partnerships.money import sums_of
from portal.partnerships.queries import SHOWN
from portal.partnerships.services import payments as services
from portal.partnerships.standing import invoice_standing
from portal.partnerships.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import Page, access, current_actor, db_session, page_number
from portal.web.paging import page_of

_PROCURE, _FIRM, _SEE = Permission.CHALLENGE_PROCURE, Permission.RESPONSE_WRITE, Permission.CHALLENGE_SEE


@blueprint.get("/partnerships/<reference>/payments")
@access(_SEE, _FIRM, find=queries.visible)
def payments(partnership: Partnership) -> ResponseReturnValue:
    """Every invoice of one contract, and what was committed, invoiced and paid."""
    actor, session, scopes = current_actor(), db_session(), partnership.scopes()
    page: Page[Invoice] = page_of(session, queries.invoices_of(partnership), number=page_number())
    today = london_date(clock.now())
    return render_template(
        "partnerships/payments.html",
        partnership=partnership,
        challenge=partnership.challenge,
        inside=actor.may(_SEE, scopes),
        page=page,
        standing=lambda invoice: invoice_standing(invoice, today),
        sums=sums_of(partnership),
        may_add=partnership.state != "closed" and (actor.may(_PROCURE, scopes) or actor.may(_FIRM, scopes)),
        may_procure=actor.may(_PROCURE, scopes),
    )


@blueprint.route("/partnerships/<reference>/payments/new", methods=["GET", "POST"])
@access(_PROCURE, _FIRM, find=queries.visible)
def new_invoice(partnership: Partnership) -> ResponseReturnValue:
    """An officer records an invoice with its day of receipt; the firm tells that it has sent one."""
    actor, session = current_actor(), db_session()
    records = actor.may(_PROCURE, partnership.scopes())
    form = (ReceivedInvoiceForm() if records else InvoiceForm()).for_contract(partnership)
    valid = form.validate_on_submit()
    if valid and queries.invoice_numbered(session, partnership, str(form.number.data)):
        form.number.errors = ("An invoice with this number is recorded already under this contract.",)
        valid = False
    if not valid:
        page = render_template(
            "partnerships/new_invoice.html",
            partnership=partnership,
            challenge=partnership.challenge,
            inside=records,
            form=form,
        )
        return page, 422 if form.is_submitted() else 200
    billed = form.billed(partnership)
    if isinstance(form, ReceivedInvoiceForm):
        services.record_invoice(session, actor, partnership, billed, form.received_on.data)
        flash("Invoice recorded. Its thirty days run, and you are reminded a week before they end.", "success")
    else:
        services.tell_of_invoice(session, actor, partnership, billed)
        flash("The authority is told, and asked to confirm when it received your invoice.", "success")
    return redirect(url_for("partnerships.payments", reference=partnership.reference))


@blueprint.get("/payments")
@access(_SEE)
def every_payment() -> ResponseReturnValue:
    """The invoices of this person's authorities: what is late, what is due, what is disputed."""
    session, actor, today = db_session(), current_actor(), london_date(clock.now())
    asked = request.args.get("show", "")
    show = asked if asked in SHOWN else "open"
    authorities = session.execute(queries.billing_authorities(actor)).all()
    wanted = request.args.get("authority", "")
    authority = wanted if wanted in {reference for reference, _ in authorities} else ""
    page: Page[Invoice] = page_of(
        session, queries.invoices_inside(actor, today, show=show, authority=authority), number=page_number()
    )
    return render_template(
        "partnerships/every_payment.html",
        page=page,
        shown=SHOWN,
        show=show,
        authorities=authorities,
        authority=authority,
        standing=lambda invoice: invoice_standing(invoice, today),
        promptly=queries.punctuality(session, actor, authority=authority),
    )
