"""An option's money by year, and the appraisal of all of them: as a page and as a spreadsheet that can be checked."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.business_cases import services
from portal.business_cases.appraisal import BIAS, LONGEST_APPRAISAL
from portal.business_cases.appraised import appraise, bars, percent, sensitivities
from portal.business_cases.models import BusinessCase, CaseOption
from portal.business_cases.queries import case_inside
from portal.business_cases.spreadsheet import sheets
from portal.business_cases.views.shared import blueprint, page, to_case, writers
from portal.business_cases.year_forms import YearsForm
from portal.db import clock
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.web.documents import workbook_answer


@blueprint.get("/appraisal")
@access(Permission.CHALLENGE_SEE, find=case_inside)
def appraisal(found: BusinessCase) -> ResponseReturnValue:
    """What each option is worth in today's money, and what would change the order."""
    made = appraise(found, clock.now())
    return render_template(
        "business_cases/appraisal.html",
        appraisal=made,
        percent=percent,
        costs=bars(made, "costs_pence"),
        benefits=bars(made, "benefits_pence"),
        table=sensitivities(made),
        **page(found),
    )


@blueprint.get("/appraisal.xlsx")
@access(Permission.CHALLENGE_SEE, find=case_inside)
def appraisal_sheet(found: BusinessCase) -> ResponseReturnValue:
    """The same as a spreadsheet whose formulas work it out anew."""
    name = f"{found.challenge.reference}-options"
    return workbook_answer(name, sheets(found, appraise(found, clock.now())))


@blueprint.get("/options/<int:number>/years")
@writers
def option_years(found: BusinessCase, number: int) -> ResponseReturnValue:
    """One option's money, year by year."""
    if not found.editable:
        return to_case(found.challenge)
    chosen = found.option(number) or abort(404)
    return _years_page(found, chosen, YearsForm.of(chosen))


@blueprint.post("/options/<int:number>/years")
@writers
def save_option_years(found: BusinessCase, number: int) -> ResponseReturnValue:
    """Keep it, or show one more year with what was typed so far."""
    chosen, form = found.option(number) or abort(404), YearsForm()
    if request.form.get("more") and len(form.years) < LONGEST_APPRAISAL:
        form.years.append_entry()
        return _years_page(found, chosen, form)
    if not form.validate_on_submit():
        return _years_page(found, chosen, form), 422
    services.save_years(db_session(), current_actor(), found, chosen, form.version.number, form.typed, form.uplift)
    flash(f"Saved: {chosen.name}, year by year.", "success")
    return redirect(url_for("business_cases.options", reference=found.challenge.reference))


def _years_page(case: BusinessCase, chosen: CaseOption, form: YearsForm) -> str:
    hints = {
        kind.value: f"Usually {usual.one_off}% is added to what is spent once, {usual.yearly}% to running costs."
        for kind, usual in BIAS.items()
    }
    return render_template("business_cases/option_years.html", option=chosen, form=form, hints=hints, **page(case))
