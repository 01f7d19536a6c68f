"""Answering an invitation."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import passwords, queries, services
from portal.accounts.forms import PersonForm, PressForm
from portal.accounts.links import LinkSpent
from portal.accounts.models import LinkPurpose, MailedLink
from portal.accounts.views.blueprint import blueprint
from portal.accounts.views.entering import agent, let_in, living_link, spent
from portal.web import PUBLIC, access, current_actor, database, db_session

Form = PersonForm | PressForm


@blueprint.get("/invitation/<token>")
@access(PUBLIC)
def invitation(token: str) -> ResponseReturnValue:
    """Say who invites to what; ask somebody new for a name and a password."""
    link = living_link(LinkPurpose.INVITE, token)
    if link is None:
        return spent(LinkPurpose.INVITE)
    form = PressForm(formdata=None) if _known(link) else PersonForm(formdata=None)
    return _page(link, form)


@blueprint.post("/invitation/<token>")
@access(PUBLIC)
def accept(token: str) -> ResponseReturnValue:
    """Give the role. Somebody new is signed in; somebody known signs in as ever."""
    link = living_link(LinkPurpose.INVITE, token)
    if link is None:
        return spent(LinkPurpose.INVITE)
    return _accept_known(token) if _known(link) else _accept_new(link, token)


def _accept_known(token: str) -> ResponseReturnValue:
    try:
        person, link = services.accept_invitation(db_session(), token)
    except LinkSpent:
        return spent(LinkPurpose.INVITE)
    flash(f"You have accepted: {link.place}.", "success")
    if current_actor().person_id == person.id:
        return redirect(url_for("home.home"))
    return redirect(url_for("accounts.sign_in"))


def _accept_new(link: MailedLink, token: str) -> ResponseReturnValue:
    form = PersonForm(own_words=[link.email, link.place])
    if not form.validate_on_submit():
        return _page(link, form), 422
    digest = passwords.digest(form.password.data or "")
    try:
        person, _ = services.accept_invitation(db_session(), token, name=form.name.data or "", password_digest=digest)
    except LinkSpent:
        return spent(LinkPurpose.INVITE)
    let_in(services.sign_in_again(db_session(), person, agent()))
    return redirect(url_for("home.home"))


def _known(link: MailedLink) -> bool:
    with database().reading() as reading:
        found = queries.credentials(reading, link.email)
    return found is not None and found.password_digest is not None


def _page(link: MailedLink, form: Form) -> str:
    return render_template("accounts/invitation.html", link=link, form=form, known=isinstance(form, PressForm))
