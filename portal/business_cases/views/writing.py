"""Writing a business case: its sections, its money and its options."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.business_cases import services
from portal.business_cases.forms import LONGEST_SECTION, MoneyForm, OptionForm, SectionForm
from portal.business_cases.models import BusinessCase, CaseOption
from portal.business_cases.pathway import OptionKind, SectionKey
from portal.business_cases.reading import read
from portal.business_cases.sources import opening_words
from portal.business_cases.views.shared import blueprint, page, to_case, writers
from portal.challenges.pathway import Pathway
from portal.law.money import Vat, with_vat
from portal.web import current_actor, db_session

USUAL_YEARS = 3
"""What the form begins with: the pilot year and two more, so that running costs are never forgotten."""


@blueprint.get("/sections/<key>")
@writers
def section(found: BusinessCase, key: str) -> ResponseReturnValue:
    """One section to write on, begun from what the challenge already knows."""
    chosen = _section_key(key)
    if not found.editable:
        return to_case(found.challenge)
    written = found.section(chosen)
    if written is None:
        known = read(db_session(), current_actor(), found).sources.get(chosen, ())
        return _section_page(found, chosen, SectionForm(text=opening_words(known), version=0))
    return _section_page(found, chosen, SectionForm(text=written.text, version=written.version))


@blueprint.post("/sections/<key>")
@writers
def save_section(found: BusinessCase, key: str) -> ResponseReturnValue:
    """Keep one section."""
    chosen, form = _section_key(key), SectionForm()
    if not form.validate_on_submit():
        return _section_page(found, chosen, form), 422
    services.save_section(db_session(), current_actor(), found, chosen, form.text.data or "", form.version.number)
    flash(f"Saved: {chosen.title}.", "success")
    return to_case(found.challenge, "sections")


@blueprint.get("/money")
@writers
def money(found: BusinessCase) -> ResponseReturnValue:
    """What is asked for and out of what; the amount begins at what the preferred option costs, or at the estimate."""
    if not found.editable:
        return to_case(found.challenge)
    form = MoneyForm(
        amount=_first_amount(found) if found.amount_pence is None else found.amount_pence,
        vat=found.vat.value,
        money_source=found.money_source,
        budget_code=found.budget_code,
        gap_note=found.gap_note,
        no_tender_statement=found.no_tender_statement,
        version=found.version,
    )
    return _money_page(found, form)


@blueprint.post("/money")
@writers
def save_money(found: BusinessCase) -> ResponseReturnValue:
    """Keep what is asked for."""
    form = MoneyForm()
    if not form.validate_on_submit():
        return _money_page(found, form), 422
    asked = services.Funding(
        amount_pence=form.amount.data,
        vat=Vat(form.vat.data),
        money_source=form.money_source.data or "",
        budget_code=form.budget_code.data or "",
        no_tender_statement=form.no_tender_statement.data,
        gap_note=form.gap_note.data or "",
    )
    services.save_money(db_session(), current_actor(), found, asked, form.version.number)
    flash("Saved: the money.", "success")
    return to_case(found.challenge, "money")


@blueprint.get("/options")
@writers
def options(found: BusinessCase) -> ResponseReturnValue:
    """The options side by side, to be preferred, changed or removed."""
    if not found.editable:
        return to_case(found.challenge)
    return render_template("business_cases/options.html", **page(found))


@blueprint.get("/options/new")
@writers
def new_option(found: BusinessCase) -> ResponseReturnValue:
    """One more option."""
    if not found.editable:
        return to_case(found.challenge)
    return _option_page(found, None, OptionForm(kind=OptionKind.OTHER.value, years=USUAL_YEARS))


@blueprint.post("/options/new")
@writers
def add_option(found: BusinessCase) -> ResponseReturnValue:
    """Keep one more option."""
    form = OptionForm()
    if not form.validate_on_submit():
        return _option_page(found, None, form), 422
    services.add_option(db_session(), current_actor(), found, **form.fields)
    flash("Option added.", "success")
    return _to_options(found)


@blueprint.get("/options/<int:number>")
@writers
def option(found: BusinessCase, number: int) -> ResponseReturnValue:
    """One option to change."""
    if not found.editable:
        return to_case(found.challenge)
    chosen = _option(found, number)
    first = chosen.money[0]
    form = OptionForm(
        name=chosen.name,
        kind=chosen.kind.value,
        one_off=chosen.one_off_pence,
        yearly=first.yearly_pence,
        benefit=first.benefit_pence or None,
        years=chosen.years,
        brings=chosen.brings,
        version=chosen.version,
    )
    return _option_page(found, chosen, form if chosen.is_even else form.without_money())


@blueprint.post("/options/<int:number>")
@writers
def change_option(found: BusinessCase, number: int) -> ResponseReturnValue:
    """Keep the changes to one option."""
    chosen = _option(found, number)
    form = OptionForm() if chosen.is_even else OptionForm().without_money()
    if not form.validate_on_submit():
        return _option_page(found, chosen, form), 422
    services.change_option(db_session(), current_actor(), found, chosen, form.version.number, **form.fields)
    flash("Option saved.", "success")
    return _to_options(found)


@blueprint.post("/options/<int:number>/prefer")
@writers
def prefer_option(found: BusinessCase, number: int) -> ResponseReturnValue:
    """Make one option the preferred one."""
    chosen = _option(found, number)
    services.prefer_option(db_session(), current_actor(), found, chosen)
    flash(f"Preferred: {chosen.name}.", "success")
    return _to_options(found)


@blueprint.post("/options/<int:number>/remove")
@writers
def remove_option(found: BusinessCase, number: int) -> ResponseReturnValue:
    """Take one option out."""
    chosen = _option(found, number)
    services.remove_option(db_session(), current_actor(), found, chosen)
    flash(f"Removed: {chosen.name}.", "success")
    return _to_options(found)


def _first_amount(case: BusinessCase) -> int | None:
    """Where the amount begins, on the case's own basis."""
    if case.preferred is not None:
        return case.preferred.total_pence
    estimated, vat = case.challenge.estimated_pence, case.challenge.vat
    return with_vat(estimated, vat) if estimated and case.vat is Vat.INCLUSIVE else None


def _to_options(case: BusinessCase) -> ResponseReturnValue:
    return redirect(url_for("business_cases.options", reference=case.challenge.reference))


def _section_key(key: str) -> SectionKey:
    try:
        return SectionKey(key)
    except ValueError:
        abort(404)


def _option(case: BusinessCase, number: int) -> CaseOption:
    return case.option(number) or abort(404)


def _section_page(case: BusinessCase, key: SectionKey, form: SectionForm) -> str:
    reading = read(db_session(), current_actor(), case)
    return render_template(
        "business_cases/section.html", key=key, form=form, reading=reading, longest=LONGEST_SECTION, **page(case)
    )


def _money_page(case: BusinessCase, form: MoneyForm) -> str:
    direct = case.challenge.pathway is Pathway.DIRECT
    return render_template("business_cases/money.html", form=form, direct=direct, **page(case))


def _option_page(case: BusinessCase, chosen: CaseOption | None, form: OptionForm) -> str:
    hints = {kind.value: kind.meaning for kind in OptionKind}
    return render_template("business_cases/option.html", option=chosen, form=form, hints=hints, **page(case))
