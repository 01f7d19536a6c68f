"""One person in a body: their roles there, and the end of them."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import services as accounts
from portal.accounts.services.giving import Terms
from portal.organisations import queries, services
from portal.organisations.forms import PressForm, RoleForm
from portal.organisations.models import Organisation
from portal.organisations.queries import Member
from portal.organisations.views.blueprint import blueprint
from portal.organisations.views.roles import givable
from portal.policy import Role
from portal.web import access, current_actor, db_session


def _member(organisation: Organisation, key: int) -> Member:
    found = queries.member(db_session(), organisation, key)
    if found is None:
        abort(404)
    return found


@blueprint.route("/organisations/<reference>/people/<int:key>", methods=["GET", "POST"])
@access(*queries.MANAGES, find=queries.inside)
def person(organisation: Organisation, key: int) -> ResponseReturnValue:
    """What somebody holds, and giving them another role."""
    member, session, actor = _member(organisation, key), db_session(), current_actor()
    held = {grant.role for grant in member.grants}
    form = RoleForm(roles=[role for role in givable(session, actor, organisation) if role not in held])
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        page = render_template("organisations/person.html", organisation=organisation, member=member, form=form)
        return page, status
    role = Role(form.role.data)
    terms = Terms(limit_pence=form.limit.data if role is Role.BUDGET_HOLDER else None)
    accounts.give(session, actor, member.person, role, organisation, terms=terms)
    flash(f"{member.person.name} is {role.label.lower()} now.", "success")
    return redirect(url_for("organisations.person", reference=organisation.reference, key=key))


@blueprint.post("/organisations/<reference>/people/<int:key>/roles/<int:grant>/end")
@access(*queries.MANAGES, find=queries.inside)
def end_role(organisation: Organisation, key: int, grant: int) -> ResponseReturnValue:
    """End one role at once."""
    member = _member(organisation, key)
    held = next((each for each in member.grants if each.id == grant), None)
    if held is None:
        abort(404)
    services.end_role(db_session(), current_actor(), organisation, held)
    flash(f"{member.person.name} is {held.role.label.lower()} no longer.", "success")
    return redirect(url_for("organisations.manage", reference=organisation.reference))


@blueprint.route("/organisations/<reference>/people/<int:key>/remove", methods=["GET", "POST"])
@access(*queries.MANAGES, find=queries.inside)
def remove(organisation: Organisation, key: int) -> ResponseReturnValue:
    """End everything somebody holds here, after asking once."""
    member, form = _member(organisation, key), PressForm()
    if not form.validate_on_submit():
        return render_template("organisations/remove.html", organisation=organisation, member=member, form=form)
    services.remove_person(db_session(), current_actor(), organisation, member.person)
    flash(f"{member.person.name} is removed and signed out everywhere.", "success")
    return redirect(url_for("organisations.manage", reference=organisation.reference))
