"""What stands around the sections: money from elsewhere, and what could go wrong."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.business_cases import services
from portal.business_cases.forms import ContributionForm, RiskForm
from portal.business_cases.models import BusinessCase
from portal.business_cases.pathway import Level
from portal.business_cases.views.shared import blueprint, page, to_case, writers
from portal.web import current_actor, db_session


@blueprint.get("/contributions")
@writers
def contributions(found: BusinessCase) -> ResponseReturnValue:
    """Money from others, and a form to name more."""
    if not found.editable:
        return to_case(found.challenge, "money")
    return _contributions_page(found, ContributionForm())


@blueprint.post("/contributions")
@writers
def add_contribution(found: BusinessCase) -> ResponseReturnValue:
    """Name money from somebody else."""
    form = ContributionForm()
    if not form.validate_on_submit():
        return _contributions_page(found, form), 422
    said = {"source": str(form.source.data), "amount_pence": form.amount.data, "agreed": form.agreed.data == "yes"}
    services.add_contribution(db_session(), current_actor(), found, **said)
    flash("Added.", "success")
    return _to(found, "contributions")


@blueprint.post("/contributions/<int:number>/remove")
@writers
def remove_contribution(found: BusinessCase, number: int) -> ResponseReturnValue:
    """Take it out."""
    services.remove_contribution(db_session(), current_actor(), found, number)
    flash("Removed.", "success")
    return _to(found, "contributions")


@blueprint.get("/risks")
@writers
def risks(found: BusinessCase) -> ResponseReturnValue:
    """What could go wrong, and a form to name more."""
    if not found.editable:
        return to_case(found.challenge, "risks")
    return _risks_page(found, RiskForm())


@blueprint.post("/risks")
@writers
def add_risk(found: BusinessCase) -> ResponseReturnValue:
    """Name something that could go wrong."""
    form = RiskForm()
    if not form.validate_on_submit():
        return _risks_page(found, form), 422
    services.add_risk(
        db_session(),
        current_actor(),
        found,
        what=str(form.what.data),
        likelihood=Level(form.likelihood.data),
        impact=Level(form.impact.data),
        answer=str(form.answer.data),
    )
    flash("Added.", "success")
    return _to(found, "risks")


@blueprint.post("/risks/<int:number>/remove")
@writers
def remove_risk(found: BusinessCase, number: int) -> ResponseReturnValue:
    """Take it out."""
    services.remove_risk(db_session(), current_actor(), found, number)
    flash("Removed.", "success")
    return _to(found, "risks")


def _to(case: BusinessCase, name: str) -> ResponseReturnValue:
    return redirect(url_for(f"business_cases.{name}", reference=case.challenge.reference))


def _contributions_page(case: BusinessCase, form: ContributionForm) -> str:
    return render_template("business_cases/contributions.html", form=form, **page(case))


def _risks_page(case: BusinessCase, form: RiskForm) -> str:
    return render_template("business_cases/risks.html", form=form, **page(case))
