"""One's own bodies, asking to join one, and leaving one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from portal.accounts.models import Person
from portal.organisations import queries, services
from portal.organisations.forms import PressForm
from portal.organisations.models import Organisation
from portal.organisations.views.blueprint import blueprint
from portal.text import tidy
from portal.web import SIGNED_IN, access, current_actor, db_session
from portal.web.tried import is_tried


@blueprint.get("/account/organisations")
@access(SIGNED_IN)
def mine() -> ResponseReturnValue:
    """The bodies one holds a role in, what one has asked for, and the way to another."""
    session, actor = db_session(), current_actor()
    found = queries.mine(session, actor)
    roles = {each.id: [held.role.label for held in actor.grants if held.scope in each.sides()] for each in found}
    return render_template(
        "organisations/mine.html",
        organisations=found,
        shares=bool(found) and is_tried("sharing-intelligence"),
        roles=roles,
        looks_after={each.id for each in found if queries.managed_sides(actor, each)},
        waiting=queries.my_join_requests(session, actor),
    )


@blueprint.get("/register/organisation/join")
@access(SIGNED_IN)
def join() -> ResponseReturnValue:
    """Look for a supplier by its name."""
    words = tidy(request.args.get("q", ""))[:100]
    found = queries.suppliers_called(db_session(), words)
    return render_template("organisations/join.html", words=words, found=found)


@blueprint.post("/organisations/<reference>/join")
@access(SIGNED_IN, find=queries.supplier)
def ask_to_join(organisation: Organisation) -> ResponseReturnValue:
    """Ask to be let in."""
    services.ask_to_join(db_session(), current_actor(), organisation)
    flash(f"You have asked to join {organisation.name}. We write to you when its administrator decides.", "success")
    return redirect(url_for("organisations.mine"))


@blueprint.route("/organisations/<reference>/leave", methods=["GET", "POST"])
@access(SIGNED_IN, find=queries.inside)
def leave(organisation: Organisation) -> ResponseReturnValue:
    """Leave a body: every role in it ends at once."""
    form = PressForm()
    if not form.validate_on_submit():
        return render_template("organisations/leave.html", organisation=organisation, form=form)
    session, actor = db_session(), current_actor()
    services.remove_person(session, actor, organisation, session.get_one(Person, actor.person_id))
    logout_user()
    flash(f"You have left {organisation.name}. You are signed out everywhere.", "success")
    return redirect(url_for("accounts.sign_in"))
