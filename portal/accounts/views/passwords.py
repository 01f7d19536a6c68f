"""A password forgotten, and a new one chosen by a mailed link."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from portal.accounts import passwords, services
from portal.accounts.forms import AddressForm, NewPasswordForm
from portal.accounts.links import LinkSpent
from portal.accounts.models import LinkPurpose
from portal.accounts.views.blueprint import blueprint
from portal.accounts.views.entering import living_link, mail_a_link, spent
from portal.web import PUBLIC, access, db_session


@blueprint.get("/password/forgotten")
@access(PUBLIC)
def forgotten() -> ResponseReturnValue:
    """Ask for the address."""
    return render_template("accounts/forgotten.html", form=AddressForm(formdata=None))


@blueprint.post("/password/forgotten")
@access(PUBLIC)
def ask_to_reset() -> ResponseReturnValue:
    """Mail a link, if there is an account; say the same in any case."""
    return mail_a_link(services.ask_to_reset, asked_on="accounts/forgotten.html", sent="password")


@blueprint.get("/password/<token>")
@access(PUBLIC)
def new_password(token: str) -> ResponseReturnValue:
    """Ask for a new password."""
    link = living_link(LinkPurpose.RESET, token)
    if link is None:
        return spent(LinkPurpose.RESET)
    return render_template("accounts/new_password.html", form=NewPasswordForm(formdata=None), email=link.email)


@blueprint.post("/password/<token>")
@access(PUBLIC)
def reset(token: str) -> ResponseReturnValue:
    """Set the new password; every browser that was signed in is signed out."""
    link = living_link(LinkPurpose.RESET, token)
    if link is None:
        return spent(LinkPurpose.RESET)
    form = NewPasswordForm(own_words=[link.email])
    if not form.validate_on_submit():
        return render_template("accounts/new_password.html", form=form, email=link.email), 422
    digest = passwords.digest(form.password.data or "")
    try:
        services.reset(db_session(), token, digest)
    except LinkSpent:
        return spent(LinkPurpose.RESET)
    logout_user()
    flash("Your password is changed. Sign in with the new one.", "success")
    return redirect(url_for("accounts.sign_in"))
