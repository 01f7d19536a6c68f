"""The people of one challenge: who takes part, who is asked, and the end of it."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import queries as people
from portal.accounts import services as accounts
from portal.accounts.services.giving import FOR_GOOD, Terms
from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.challenges.team.forms import MEANING, TakePartForm
from portal.policy import Permission, Role, Scope, ScopeKind, may_give
from portal.web import access, current_actor, db_session

blueprint = Blueprint("team", __name__)
_ASKS = (Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE, Permission.AUTHORITY_MANAGE)


def _scope(challenge: Challenge) -> Scope:
    return Scope(ScopeKind.CHALLENGE, challenge.id)


def _givable(challenge: Challenge) -> Sequence[Role]:
    actor, scopes = current_actor(), challenge.scopes()
    return [role for role in MEANING if may_give(actor, role, scopes)]


@blueprint.get("/challenges/<reference>/people")
@access(Permission.CHALLENGE_SEE, *_ASKS, find=inside)
def page(challenge: Challenge) -> ResponseReturnValue:
    """Who takes part beside the authority's own people, and who is asked."""
    scope = _scope(challenge)
    return render_template(
        "challenges/team/page.html",
        challenge=challenge,
        grants=people.grants_within(db_session(), [scope]),
        invitations=people.invitations_to(db_session(), scope),
        givable=_givable(challenge),
    )


@blueprint.route("/challenges/<reference>/people/ask", methods=["GET", "POST"])
@access(*_ASKS, find=inside)
def ask(challenge: Challenge) -> ResponseReturnValue:
    """Ask somebody to take part."""
    form = TakePartForm(roles=_givable(challenge))
    if not form.validate_on_submit():
        hints = {role.value: meaning for role, meaning in MEANING.items()}
        answer = render_template("challenges/team/ask.html", challenge=challenge, form=form, hints=hints)
        return answer, 422 if form.is_submitted() else 200
    terms = Terms(form.starts_on.data, form.ends_on.data) if form.deputy else FOR_GOOD
    role = Role(form.role.data)
    accounts.invite(db_session(), current_actor(), form.email.data or "", role, challenge, terms=terms)
    flash(f"{form.email.data} is told by e-mail.", "success")
    return redirect(url_for("team.page", reference=challenge.reference))


@blueprint.post("/challenges/<reference>/people/<int:key>/end")
@access(*_ASKS, find=inside)
def end(challenge: Challenge, key: int) -> ResponseReturnValue:
    """End somebody's part at once."""
    grants = people.grants_within(db_session(), [_scope(challenge)])
    grant = next((each for each in grants if each.id == key), None)
    if grant is None:
        abort(404)
    accounts.end_grant(db_session(), current_actor(), grant, challenge)
    flash(f"{grant.person.name} is {grant.role.label.lower()} no longer.", "success")
    return redirect(url_for("team.page", reference=challenge.reference))


@blueprint.post("/challenges/<reference>/people/asked/<int:key>/withdraw")
@access(*_ASKS, find=inside)
def withdraw(challenge: Challenge, key: int) -> ResponseReturnValue:
    """Take an invitation back."""
    asked = people.invitations_to(db_session(), _scope(challenge))
    link = next((each for each in asked if each.id == key), None)
    if link is None:
        abort(404)
    accounts.withdraw_invitation(db_session(), current_actor(), link, challenge)
    flash(f"The invitation to {link.email} is taken back. Its link no longer works.", "success")
    return redirect(url_for("team.page", reference=challenge.reference))
