"""Looking after a body: what it says of itself, its directorates, and who comes in."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import services as accounts
from portal.accounts.services.giving import Terms
from portal.law.thresholds import AuthorityKind
from portal.organisations import queries, services
from portal.organisations.forms import BodyForm, DirectorateForm, InviteForm, SupplierForm
from portal.organisations.models import Organisation, SupplierKind
from portal.organisations.views.blueprint import blueprint
from portal.organisations.views.roles import givable
from portal.policy import Role
from portal.web import access, current_actor, db_session


@blueprint.get("/organisations/<reference>")
@access(*queries.MANAGES, find=queries.inside)
def manage(organisation: Organisation) -> ResponseReturnValue:
    """People, invitations, join requests, directorates and details of a body."""
    session = db_session()
    return render_template(
        "organisations/manage.html",
        organisation=organisation,
        members=queries.members(session, organisation),
        invitations=queries.invitations(session, organisation),
        requests=queries.join_requests(session, organisation),
    )


@blueprint.route("/organisations/<reference>/details", methods=["GET", "POST"])
@access(*queries.MANAGES, find=queries.inside)
def details(organisation: Organisation) -> ResponseReturnValue:
    """Change what a body says of itself."""
    supplies = not (organisation.is_authority or organisation.is_partner)
    form = SupplierForm(obj=organisation) if supplies else BodyForm(obj=organisation)
    if not form.is_submitted():
        _show(form, organisation)
        return _details_page(organisation, form)
    if not form.validate():
        return _details_page(organisation, form), 422
    began_with_an_address = organisation.provisional
    described = _supplier_fields(form) if isinstance(form, SupplierForm) else body_fields(form)
    try:
        services.describe(db_session(), current_actor(), organisation, form.version.number, **described)
    except services.CodeTaken:
        form["code"].errors = [services.CodeTaken.SENTENCE]
        return _details_page(organisation, form), 422
    if began_with_an_address:
        flash(f"You answer for {organisation.name} now. Go on with what you began.", "success")
        return redirect(url_for("home.home"))
    flash("The details are changed.", "success")
    return redirect(url_for("organisations.manage", reference=organisation.reference))


def _show(form: SupplierForm | BodyForm, organisation: Organisation) -> None:
    if isinstance(form, SupplierForm):
        form.supplier_kind.data = organisation.supplier_kind.value if organisation.supplier_kind else None
        form.name.data = "" if organisation.provisional else organisation.name
    else:
        form.authority_kind.data = organisation.authority_kind.value if organisation.authority_kind else ""
        form.second_decider_from.data = organisation.second_decider_from_pence


def _details_page(organisation: Organisation, form: SupplierForm | BodyForm) -> str:
    return render_template("organisations/details.html", organisation=organisation, form=form)


def _supplier_fields(form: SupplierForm) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "supplier_kind": SupplierKind(form.supplier_kind.data),
        "company_number": form.company_number.data or None,
        "ppon": form.ppon.data or None,
        "headcount": form.headcount.data,
        "postcode": form.postcode.data,
        "summary": form.summary.data or "",
    }


def body_fields(form: BodyForm) -> dict[str, Any]:
    """What was typed of an authority or partner, as it is kept."""
    return {
        "name": form.name.data,
        "code": form.code.data or None,
        "is_authority": form.is_authority.data,
        "is_partner": form.is_partner.data,
        "authority_kind": AuthorityKind(form.authority_kind.data) if form.is_authority.data else None,
        "second_decider_from_pence": form.second_decider_from.data if form.is_authority.data else None,
        "ppon": form.ppon.data or None,
        "postcode": form.postcode.data or None,
        "summary": form.summary.data or "",
    }


@blueprint.route("/organisations/<reference>/invite", methods=["GET", "POST"])
@access(*queries.MANAGES, find=queries.inside)
def invite(organisation: Organisation) -> ResponseReturnValue:
    """Invite somebody by mail, with a role."""
    session, actor = db_session(), current_actor()
    form = InviteForm(roles=givable(session, actor, organisation))
    if not form.is_submitted():
        return render_template("organisations/invite.html", organisation=organisation, form=form)
    if not form.validate():
        return render_template("organisations/invite.html", organisation=organisation, form=form), 422
    role = Role(form.role.data)
    terms = Terms(limit_pence=form.limit.data if role is Role.BUDGET_HOLDER else None)
    accounts.invite(session, actor, form.email.data or "", role, organisation, terms=terms)
    flash(f"{form.email.data} is told by e-mail.", "success")
    return redirect(url_for("organisations.manage", reference=organisation.reference))


@blueprint.post("/organisations/<reference>/invitations/<int:key>/withdraw")
@access(*queries.MANAGES, find=queries.inside)
def withdraw(organisation: Organisation, key: int) -> ResponseReturnValue:
    """Take an invitation back."""
    link = queries.invitation(db_session(), organisation, key)
    if link is None:
        abort(404)
    accounts.withdraw_invitation(db_session(), current_actor(), link, organisation)
    flash(f"The invitation to {link.email} is taken back. Its link no longer works.", "success")
    return redirect(url_for("organisations.manage", reference=organisation.reference))


@blueprint.post("/organisations/<reference>/join-requests/<int:key>")
@access(*queries.MANAGES, find=queries.inside)
def decide_join(organisation: Organisation, key: int) -> ResponseReturnValue:
    """Let somebody in who asked, or not."""
    accept = request.form.get("decision") == "accept"
    services.decide_join(db_session(), current_actor(), organisation, key, accept=accept)
    flash("They belong to the organisation now." if accept else "You have said no.", "success")
    return redirect(url_for("organisations.manage", reference=organisation.reference))


@blueprint.route("/organisations/<reference>/directorates", methods=["GET", "POST"])
@access(*queries.MANAGES, find=queries.inside)
def add_directorate(organisation: Organisation) -> ResponseReturnValue:
    """Add a part of an authority."""
    if not organisation.is_authority:
        abort(404)
    form = DirectorateForm()
    if not form.validate_on_submit():
        return _directorate_page(organisation, form)
    try:
        services.add_directorate(db_session(), current_actor(), organisation, form.called)
    except services.NameTaken:
        return _name_taken(organisation, form)
    flash("The directorate is added.", "success")
    return redirect(url_for("organisations.manage", reference=organisation.reference))


@blueprint.route("/organisations/<reference>/directorates/<int:key>", methods=["GET", "POST"])
@access(*queries.MANAGES, find=queries.inside)
def rename_directorate(organisation: Organisation, key: int) -> ResponseReturnValue:
    """Rename a part of an authority."""
    directorate = queries.directorate(db_session(), organisation, key)
    if directorate is None:
        abort(404)
    form = DirectorateForm(obj=directorate)
    if not form.validate_on_submit():
        return _directorate_page(organisation, form)
    try:
        services.rename_directorate(db_session(), current_actor(), directorate, form.called)
    except services.NameTaken:
        return _name_taken(organisation, form)
    flash("The directorate is renamed.", "success")
    return redirect(url_for("organisations.manage", reference=organisation.reference))


def _directorate_page(organisation: Organisation, form: DirectorateForm) -> ResponseReturnValue:
    page = render_template("organisations/directorate.html", organisation=organisation, form=form)
    return page, 422 if form.is_submitted() else 200


def _name_taken(organisation: Organisation, form: DirectorateForm) -> ResponseReturnValue:
    form["name"].errors = [services.NameTaken.SENTENCE]
    return _directorate_page(organisation, form)
