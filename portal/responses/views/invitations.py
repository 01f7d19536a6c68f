"""The page an invited partner lands on; whoever has no account is let in with no more than their address."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import services as accounts
from portal.accounts.forms import AddressForm
from portal.accounts.throttle import MAIL_BY_ADDRESS, MAIL_BY_CLIENT
from portal.accounts.views.entering import too_many
from portal.machine import NotNow
from portal.responses import services
from portal.responses.forms import AcceptForm
from portal.responses.services import Closed, Invitation
from portal.responses.views.blueprint import blueprint
from portal.web import PUBLIC, SIGNED_IN, access, current_actor, db_session


@blueprint.get("/partner-invitations/<key>")
@access(SIGNED_IN, find=services.invitation)
def invited(found: Invitation) -> ResponseReturnValue:
    """Who asks, on which challenge, for which share and part."""
    return _page(found, _form(found, empty=True))


@blueprint.post("/partner-invitations/<key>")
@access(SIGNED_IN, find=services.invitation)
def answer_invitation(found: Invitation) -> ResponseReturnValue:
    """Accept or decline."""
    session, actor = db_session(), current_actor()
    if request.form.get("answer") == "decline":
        services.decline_invitation(session, actor, found.key)
        flash("Declined. The firm that asked you has been told.", "success")
        return redirect(url_for("responses.mine"))
    form = _form(found)
    if not form.validate_on_submit():
        return _page(found, form), 422
    try:
        reference = services.accept_invitation(
            session, actor, found.key, form.firm.data or "", part=form.part.data or ""
        )
    except Closed:
        raise
    except NotNow as refused:
        form.firm.errors = [str(refused)]
        return _page(found, form), 422
    flash("You stand behind this response now.", "success")
    return redirect(url_for("responses.draft", reference=reference))


@blueprint.get("/partner-invitations/<key>/begin")
@access(PUBLIC)
def enter(key: str) -> ResponseReturnValue:
    """For somebody without an account: sign in, or ask for a link. It says nothing of the invitation."""
    return _entering(key, AddressForm(formdata=None))


@blueprint.post("/partner-invitations/<key>/begin")
@access(PUBLIC)
def be_let_in(key: str) -> ResponseReturnValue:
    """Mail a link that leads back to the invitation."""
    form = AddressForm()
    if not form.validate_on_submit():
        return _entering(key, form), 422
    refusal = too_many(form.email.data or "", MAIL_BY_ADDRESS, MAIL_BY_CLIENT)
    if refusal is not None:
        return refusal
    accounts.start_with_email(db_session(), form.email.data or "", next=url_for("responses.invited", key=key))
    flash("We have sent you a link. It leads you straight to the invitation.", "success")
    return redirect(url_for("accounts.look_for_mail", sent="start"))


def _form(found: Invitation, *, empty: bool = False) -> AcceptForm:
    """The form with this person's firms; a single one is chosen already."""
    form = AcceptForm(formdata=None, part=found.part) if empty else AcceptForm()
    form.firm.choices = list(found.firms)
    if len(found.firms) == 1:
        form.firm.data = found.firms[0][0]
        form.firm.raw_data = [form.firm.data]
    return form


def _page(found: Invitation, form: AcceptForm) -> str:
    return render_template("responses/invitation.html", invitation=found, form=form)


def _entering(key: str, form: AddressForm) -> str:
    return render_template("responses/invitation_begin.html", key=key, form=form)
