"""One's own account: name, password, and where one is signed in."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.accounts import passwords, queries, services
from portal.accounts.forms import ChangePasswordForm, DetailsForm, NewPasswordForm
from portal.accounts.models import Person
from portal.accounts.throttle import SIGN_IN_BY_ADDRESS, SIGN_IN_BY_CLIENT
from portal.accounts.views.blueprint import blueprint
from portal.accounts.views.entering import too_many
from portal.web import SIGNED_IN, access, current_actor, db_session, let_go

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_MACHINES = (
    ("Android", "Android"),
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)


@blueprint.get("/account")
@access(SIGNED_IN, find=queries.myself)
def account(me: Person) -> ResponseReturnValue:
    """Who one is here, and every browser one is signed in with."""
    sign_ins = [(each, browser(each.agent)) for each in queries.sign_ins_of(db_session(), me.id)]
    return render_template("accounts/account.html", me=me, sign_ins=sign_ins, this=current_user.sign_in_id)


def browser(agent: str) -> str:
    """A browser and its machine in words, as far as they name themselves."""
    name = next((words for mark, words in _BROWSERS if mark in agent), "A browser")
    machine = next((words for mark, words in _MACHINES if mark in agent), "")
    return f"{name} on {machine}" if machine else name


@blueprint.route("/account/details", methods=["GET", "POST"])
@access(SIGNED_IN, find=queries.myself)
def details(me: Person) -> ResponseReturnValue:
    """Change name and job title."""
    form = DetailsForm(obj=me)
    if not form.is_submitted():
        return render_template("accounts/details.html", form=form)
    if not form.validate():
        return render_template("accounts/details.html", form=form), 422
    name, job_title = form.name.data or "", form.job_title.data or ""
    services.change_details(db_session(), current_actor(), me, name=name, job_title=job_title)
    flash("Your details are changed.", "success")
    return redirect(url_for("accounts.account"))


@blueprint.route("/account/password", methods=["GET", "POST"])
@access(SIGNED_IN, find=queries.myself)
def password(me: Person) -> ResponseReturnValue:
    """Change the password, or choose the first; the other browsers are signed out."""
    kept, email = me.password_digest, me.email
    form = _password_form(me)
    if not form.is_submitted():
        return render_template("accounts/password.html", form=form)
    if not form.validate():
        return render_template("accounts/password.html", form=form), 422
    if isinstance(form, ChangePasswordForm):
        refusal = too_many(email, SIGN_IN_BY_ADDRESS, SIGN_IN_BY_CLIENT)
        if refusal is not None:
            return refusal
        if not passwords.matches(kept, form.password_now.data or ""):
            form.password_now.errors = ["This is not your present password."]
            return render_template("accounts/password.html", form=form), 422
    return _change(form, kept)


def _password_form(me: Person) -> NewPasswordForm:
    kind = NewPasswordForm if me.password_digest is None else ChangePasswordForm
    return kind(own_words=[me.name, me.email])


def _change(form: NewPasswordForm, kept: str | None) -> ResponseReturnValue:
    let_go()
    digest = passwords.digest(form.password.data or "")
    session, actor = db_session(), current_actor()
    me = queries.myself(session, actor)
    here = current_user.sign_in_id
    if me is None or not services.change_password(session, actor, me, digest, here=here, checked=kept):
        form.form_errors.append("Your password was changed elsewhere while you were at it. Sign in again.")
        return render_template("accounts/password.html", form=form), 422
    flash("Your password is changed. Other browsers are signed out.", "success")
    return redirect(url_for("accounts.account"))


@blueprint.post("/account/sign-ins/<int:key>/end")
@access(SIGNED_IN)
def end(key: int) -> ResponseReturnValue:
    """Sign one browser out, from this or another."""
    if services.end_sign_in(db_session(), current_actor(), key):
        flash("That browser is signed out.", "success")
    return redirect(url_for("accounts.account"))
