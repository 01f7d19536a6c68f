"""Registering: an address, the link mailed to it, a name and a password; then the organisation, a floor above."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import passwords, services
from portal.accounts.forms import AddressForm, PersonForm, PressForm
from portal.accounts.links import LinkSpent
from portal.accounts.models import LinkPurpose
from portal.accounts.views.blueprint import blueprint
from portal.accounts.views.entering import agent, let_in, living_link, mail_a_link, spent
from portal.web import PUBLIC, access, current_actor, db_session

NEXT_AFTER_REGISTERING = "organisations.begin"


@blueprint.get("/register")
@access(PUBLIC)
def register() -> ResponseReturnValue:
    """Begin with an address; who is signed in has one and goes on to the organisation."""
    if current_actor().signed_in:
        return redirect(url_for(NEXT_AFTER_REGISTERING))
    return render_template("accounts/register.html", form=AddressForm(formdata=None))


@blueprint.post("/register")
@access(PUBLIC)
def ask() -> ResponseReturnValue:
    """Mail a link; the answer is the same whether or not the address is known."""
    return mail_a_link(services.ask_to_register, asked_on="accounts/register.html", sent="register")


@blueprint.get("/look-for-our-mail")
@access(PUBLIC)
def look_for_mail() -> ResponseReturnValue:
    """Say that a mail is on its way, and no more than that."""
    forgotten = request.args.get("sent") == "password"
    return render_template("accounts/look_for_mail.html", forgotten=forgotten)


@blueprint.get("/register/<token>")
@access(PUBLIC)
def person(token: str) -> ResponseReturnValue:
    """Ask for a name and a password, the address being proved."""
    link = living_link(LinkPurpose.CONFIRM, token)
    if link is None:
        return spent(LinkPurpose.CONFIRM)
    return render_template("accounts/person.html", form=PersonForm(formdata=None), email=link.email)


@blueprint.post("/register/<token>")
@access(PUBLIC)
def confirm(token: str) -> ResponseReturnValue:
    """Make the account and sign in."""
    link = living_link(LinkPurpose.CONFIRM, token)
    if link is None:
        return spent(LinkPurpose.CONFIRM)
    form = PersonForm(own_words=[link.email])
    if not form.validate_on_submit():
        return render_template("accounts/person.html", form=form, email=link.email), 422
    digest = passwords.digest(form.password.data or "")
    try:
        made = services.confirm(db_session(), token, name=form.name.data or "", password_digest=digest)
    except LinkSpent:
        return spent(LinkPurpose.CONFIRM)
    let_in(services.sign_in_again(db_session(), made, agent()))
    return redirect(url_for(NEXT_AFTER_REGISTERING))


@blueprint.get("/start/<token>")
@access(PUBLIC)
def start(token: str) -> ResponseReturnValue:
    """One button, because opening a link must change nothing: mail programs open links too."""
    link = living_link(LinkPurpose.START, token)
    if link is None:
        return spent(LinkPurpose.START)
    return render_template("accounts/start.html", email=link.email, form=PressForm(formdata=None))


@blueprint.post("/start/<token>")
@access(PUBLIC)
def go_on(token: str) -> ResponseReturnValue:
    """Let somebody in with no more than their address, and bring them back to what they began."""
    try:
        known, path = services.begin_start(db_session(), token)
    except LinkSpent:
        return spent(LinkPurpose.START)
    let_in(services.sign_in_again(db_session(), known, agent()))
    return redirect(path)
