"""Signing in and out."""

from collections.abc import Sequence
from typing import NamedTuple, cast

from flask import abort, current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from portal.accounts import passwords, queries, services
from portal.accounts.forms import SignInForm
from portal.accounts.returning import own_path
from portal.accounts.throttle import SIGN_IN_BY_ADDRESS, SIGN_IN_BY_CLIENT
from portal.accounts.views.blueprint import blueprint
from portal.accounts.views.entering import agent, let_in, too_many
from portal.web import PUBLIC, access, current_actor, database, db_session, let_go

NOT_RIGHT = "The e-mail address or the password is not right."


class DemonstrationPerson(NamedTuple):
    """Somebody invented, whom anybody may be in the demonstration."""

    name: str
    email: str
    role: str


@blueprint.get("/sign-in")
@access(PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Ask who somebody is; who is signed in goes on."""
    where = own_path(request.args.get("next"))
    if current_actor().signed_in:
        return redirect(where or url_for("home.home"))
    return _page(SignInForm(formdata=None, email=request.args.get("email", "")[:254], next=where or ""))


@blueprint.post("/sign-in")
@access(PUBLIC)
def prove() -> ResponseReturnValue:
    """Sign somebody in whose password is right; say the same, after the same time, whatever is wrong."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form), 422
    email, password = queries.tidy(form.email.data or ""), form.password.data or ""
    refusal = too_many(email, SIGN_IN_BY_ADDRESS, SIGN_IN_BY_CLIENT)
    if refusal is not None:
        return refusal
    with database().reading() as reading:
        known = queries.credentials(reading, email)
    right = passwords.matches(known.password_digest if known else None, password)
    token = services.sign_in(db_session(), known.person_id, known.password_digest, agent()) if known and right else None
    if token is None:
        form.form_errors.append(NOT_RIGHT)
        return _page(form), 422
    let_in(token)
    return redirect(own_path(form.next.data) or url_for("home.home"))


@blueprint.post("/sign-out")
@access(PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End this sign-in at once; doing it twice does no harm."""
    if current_actor().signed_in:
        services.end_sign_in(db_session(), current_actor(), current_user.sign_in_id)
    logout_user()
    session.clear()
    flash("You are signed out.", "success")
    answer = make_response(redirect(url_for("accounts.sign_in")))
    answer.headers["Clear-Site-Data"] = '"storage"'  # what the panel's page keeps for where there is no signal
    return answer


@blueprint.post("/sign-in/demonstration")
@access(PUBLIC)
def be_somebody() -> ResponseReturnValue:
    """In the demonstration only: sign in as one of its invented people with one press."""
    email = request.form.get("email", "")
    if email not in {person.email for person in _demonstration()}:
        abort(404)
    let_go()
    person = queries.person_at(db_session(), email)
    if person is None:
        abort(404)
    let_in(services.sign_in_again(db_session(), person, agent()))
    return redirect(own_path(request.form.get("next")) or url_for("home.home"))


def _page(form: SignInForm) -> str:
    return render_template("accounts/sign_in.html", form=form, demonstration=_demonstration())


def _demonstration() -> Sequence[DemonstrationPerson]:
    people = current_app.extensions.get("demonstration_people")
    if not current_app.config["PORTAL_DEMO"] or people is None:
        return []
    return [DemonstrationPerson(*cast(tuple[str, str, str], each)) for each in people()]
