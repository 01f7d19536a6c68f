"""What a body plans to buy, for its own people."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.network.categories import categories_called, is_imported, named_as
from portal.network.needs import queries, services
from portal.network.needs.forms import NeedForm, VersionForm, need_form, new_need_form
from portal.network.needs.models import PlannedNeed
from portal.network.needs.views.blueprint import blueprint, body, own_need
from portal.organisations.models import Organisation
from portal.policy import Permission
from portal.text import tidy
from portal.web import access, current_actor, db_session
from portal.web.paging import page_number


@blueprint.get("/organisations/<reference>/needs")
@access(Permission.CHALLENGE_SEE, find=body)
def page(organisation: Organisation) -> ResponseReturnValue:
    """The plan, the earliest quarter first."""
    return render_template(
        "network/needs/page.html",
        organisation=organisation,
        page=queries.needs_of(db_session(), organisation, number=page_number()),
        may_enter=current_actor().may(Permission.CHALLENGE_START, organisation.scopes()),
    )


@blueprint.route("/organisations/<reference>/needs/new", methods=["GET", "POST"])
@access(Permission.CHALLENGE_START, find=body)
def new(organisation: Organisation) -> ResponseReturnValue:
    """Enter a planned purchase."""
    form = _with_categories(new_need_form())
    if _looks_up() or not form.validate_on_submit():
        return _form(organisation, form)
    need = services.enter(db_session(), current_actor(), organisation, shared=bool(form.shared.data), **form.told)
    return _done(organisation, f"“{need.title}” is in the plan.")


@blueprint.route("/organisations/<reference>/needs/<need>", methods=["GET", "POST"])
@access(Permission.CHALLENGE_START, find=own_need)
def edit(need: PlannedNeed) -> ResponseReturnValue:
    """Change a planned purchase, or whether it is shared."""
    form = _with_categories(need_form(need))
    if _looks_up() or not form.validate_on_submit():
        return _form(need.organisation, form, need)
    shared = bool(form.shared.data)
    services.change(db_session(), current_actor(), need, form.version.number, shared=shared, **form.told)
    return _done(need.organisation, f"“{need.title}” is saved.")


@blueprint.post("/organisations/<reference>/needs/<need>/remove")
@access(Permission.CHALLENGE_START, find=own_need)
def remove(need: PlannedNeed) -> ResponseReturnValue:
    """Take it out of the plan."""
    services.remove(db_session(), current_actor(), need, VersionForm().version.number)
    return _done(need.organisation, f"“{need.title}” is out of the plan.")


def _looks_up() -> bool:
    """Whether the button was pressed that looks the category up; it saves nothing."""
    return "look" in request.form


def _with_categories(form: NeedForm) -> NeedForm:
    """With what the words for the kind of thing may be called officially, once they are looked up."""
    chosen = tidy(request.form.get("found", ""))[:8]
    if _looks_up() or chosen:
        session = db_session()
        found = [*named_as(session, [chosen]), *categories_called(session, form.category.data or "")]
        form.offer_categories({each.code: each for each in found}.values())
    return form


def _form(organisation: Organisation, form: NeedForm, need: PlannedNeed | None = None) -> ResponseReturnValue:
    status = 422 if form.is_submitted() and not _looks_up() else 200
    return render_template(
        "network/needs/form.html",
        organisation=organisation,
        form=form,
        need=need,
        kept=next(iter(named_as(db_session(), [need.category_code or ""])), None) if need else None,
        can_look_up=is_imported(db_session()),
        looked_up=_looks_up(),
    ), status


def _done(organisation: Organisation, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("needs.page", reference=organisation.reference))
