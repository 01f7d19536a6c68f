"""For the portal's administrators: every body, and taking in a new one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.organisations import queries, services
from portal.organisations.forms import BodyForm
from portal.organisations.models import Organisation
from portal.organisations.views.blueprint import blueprint
from portal.organisations.views.managing import body_fields
from portal.policy import Permission
from portal.web import Page, access, current_actor, db_session, page_number
from portal.web.paging import page_of


@blueprint.get("/organisations")
@access(Permission.PORTAL_MANAGE)
def every() -> ResponseReturnValue:
    """Every body of the region."""
    page: Page[Organisation] = page_of(db_session(), queries.bodies(), number=page_number(), size=50)
    return render_template("organisations/every.html", page=page)


@blueprint.route("/organisations/new", methods=["GET", "POST"])
@access(Permission.PORTAL_MANAGE)
def new_body() -> ResponseReturnValue:
    """Take in an authority or a partner; then invite its first administrator."""
    form = BodyForm()
    if not form.is_submitted():
        return render_template("organisations/new_body.html", form=form)
    if not form.validate():
        return render_template("organisations/new_body.html", form=form), 422
    try:
        made = services.found_body(db_session(), current_actor(), **body_fields(form))
    except services.CodeTaken:
        form.code.errors = [services.CodeTaken.SENTENCE]
        return render_template("organisations/new_body.html", form=form), 422
    flash(f"{made.name} is taken in. Invite its first administrator now.", "success")
    return redirect(url_for("organisations.invite", reference=made.reference))
