"""What a firm says of itself, and looking its company up."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.law.companies import size
from portal.machine import NotNow
from portal.network.categories import categories_called, is_imported, named_as
from portal.network.register import queries, services
from portal.network.register.companies_house import ByHand, Company, NotReached, PublicDataApi, Register, look_up
from portal.network.register.forms import ProfileForm
from portal.network.register.views.blueprint import blueprint
from portal.organisations.models import Organisation
from portal.policy import Permission
from portal.text import tidy
from portal.web import access, current_actor, db_session


@blueprint.route("/organisations/<reference>/profile", methods=["GET", "POST"])
@access(Permission.RESPONSE_WRITE, find=queries.own_firm)
def profile(organisation: Organisation) -> ResponseReturnValue:
    """Say what the firm does, has, and would like; and whether it agrees to be shown."""
    found = queries.profile_of(db_session(), organisation)
    form = ProfileForm(obj=found, data={"summary": organisation.summary, "shown": bool(found and found.shown_at)})
    if not form.is_submitted():
        return _page(organisation, form)
    if not form.validate():
        return _page(organisation, form), 422
    names = ("summary", "developed", "proof", "interests", "social_impact")
    said = {name: form[name].data or "" for name in names}
    services.save_profile(
        db_session(), current_actor(), organisation, form.version.number, shown=bool(form.shown.data), **said
    )
    flash("Saved. You are in the public register." if form.shown.data else "Saved. Nobody else sees it.", "success")
    return redirect(url_for("register.profile", reference=organisation.reference))


@blueprint.get("/organisations/<reference>/profile/categories")
@access(Permission.RESPONSE_WRITE, find=queries.own_firm)
def categories(organisation: Organisation) -> ResponseReturnValue:
    """Look for what the firm supplies, in plain words."""
    words = tidy(request.args.get("q", ""))[:100]
    return render_template(
        "network/register/categories.html",
        organisation=organisation,
        has=queries.categories_of(db_session(), [organisation.id]).get(organisation.id, []),
        asked=words,
        found=categories_called(db_session(), words),
        can_look_up=is_imported(db_session()),
    )


@blueprint.post("/organisations/<reference>/profile/categories")
@access(Permission.RESPONSE_WRITE, find=queries.own_firm)
def add_category(organisation: Organisation) -> ResponseReturnValue:
    """The firm supplies this."""
    category = next(iter(named_as(db_session(), [tidy(request.form.get("code", ""))[:8]])), None)
    if category is None:
        raise NotNow("This category is not known. Look for it by its name again.")
    services.add_category(db_session(), current_actor(), organisation, category)
    flash(f"Added: {category.name}.", "success")
    return redirect(url_for("register.categories", reference=organisation.reference))


@blueprint.post("/organisations/<reference>/profile/categories/<code>/remove")
@access(Permission.RESPONSE_WRITE, find=queries.own_firm)
def remove_category(organisation: Organisation, code: str) -> ResponseReturnValue:
    """The firm does not supply this."""
    services.remove_category(db_session(), current_actor(), organisation, code[:8])
    flash("Taken out.", "success")
    return redirect(url_for("register.categories", reference=organisation.reference))


@blueprint.get("/organisations/<reference>/profile/company")
@access(Permission.RESPONSE_WRITE, find=queries.own_firm)
def company(organisation: Organisation) -> ResponseReturnValue:
    """Compare the firm with what Companies House says."""
    typed = tidy(request.args.get("number", organisation.company_number or ""))[:20]
    found, problem = _looked_up(typed)
    return render_template(
        "network/register/company.html",
        organisation=organisation,
        typed=typed,
        found=found,
        problem=problem,
    )


def _looked_up(typed: str) -> tuple[Company | None, str]:
    if not typed:
        return None, ""
    try:
        found = look_up(db_session(), _register(), typed)
    except NotReached:
        return None, NotReached.SENTENCE
    except ValueError as problem:
        return None, str(problem)
    return found, "" if found else "No company with this number is known here. Check the number, or fill in by hand."


def _register() -> Register:
    key = current_app.config["PORTAL_COMPANIES_HOUSE_KEY"]
    return PublicDataApi(key) if key else ByHand()


def _page(organisation: Organisation, form: ProfileForm) -> str:
    return render_template(
        "network/register/profile.html",
        organisation=organisation,
        form=form,
        size=size(organisation.headcount),
        has=queries.categories_of(db_session(), [organisation.id]).get(organisation.id, []),
    )
