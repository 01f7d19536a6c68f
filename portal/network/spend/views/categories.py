"""Where money goes: by category and year, as a page and as a spreadsheet; and from a category to a challenge."""

from decimal import Decimal

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.documents.workbook import Cell, Sheet, workbook
from portal.machine import NotNow
from portal.network.local import circles_of
from portal.network.spend import queries, ranking, services
from portal.network.spend.circles import categories_by_circle, lines_of
from portal.network.spend.flows import any_abroad, flows_of
from portal.network.spend.forms import FromCategoryForm
from portal.network.spend.views.blueprint import AUTHORITY, SEES, WRITES, blueprint
from portal.network.spend.views.years import years_and_asked
from portal.organisations.models import Organisation
from portal.text import tidy
from portal.web import access, current_actor, db_session, page_number

_SHOWN = 30
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _chances(authority: Organisation, year: int | None) -> list[ranking.Chance]:
    if year is None:
        return []
    session = db_session()
    return ranking.chances(queries.by_category(session, authority, year), ranking.firms_here(session))


@blueprint.get("/organisations/<reference>/spend")
@access(*SEES, find=AUTHORITY)
def overview(authority: Organisation) -> ResponseReturnValue:
    """Years, categories by the chance that lies in them, and the files behind the figures."""
    session = db_session()
    years, year = years_and_asked(authority)
    chances = _chances(authority, year)
    return render_template(
        "network/spend/overview.html",
        authority=authority,
        years=years,
        year=year,
        by_year=queries.by_year(session, authority),
        chances=[each for each in chances if each.firms][:_SHOWN],
        without=[each for each in chances if not each.firms and each.most][:_SHOWN],
        page=queries.files_of(session, authority, number=page_number()),
        doubtful=queries.doubtful(session, authority, number=1),
        may_write=current_actor().may(WRITES, authority.scopes()),
        whole_pounds=ranking.whole_pounds,
    )


@blueprint.get("/organisations/<reference>/spend.xlsx")
@access(*SEES, find=AUTHORITY)
def spreadsheet(authority: Organisation) -> ResponseReturnValue:
    """The categories of a year as a spreadsheet, in which nothing that stood in a file is a formula."""
    _years, year = years_and_asked(authority)
    columns = ("Category", "Paid", "To firms here", "Perhaps to firms here", "To others", "Suppliers", "Firms it fits")
    rows: list[tuple[Cell, ...]] = [
        (each.paid.name, *(Decimal(pence) / 100 for pence in _sums(each)), each.paid.payees, each.firms)
        for each in _chances(authority, year)
    ]
    title = f"{year} to {year + 1}" if year else "Payments"
    answer = Response(workbook([Sheet(title, columns, rows)]), mimetype=_SHEET)
    answer.headers["Content-Disposition"] = f'attachment; filename="spend-{year or "none"}.xlsx"'
    return answer


def _sums(each: ranking.Chance) -> tuple[int, int, int, int]:
    return each.paid.total, each.paid.here, each.paid.doubtful, each.paid.others


@blueprint.get("/organisations/<reference>/spend/category")
@access(*SEES, find=AUTHORITY)
def category(authority: Organisation) -> ResponseReturnValue:
    """One category: who is paid, which firms here it fits, and what can come of it."""
    session = db_session()
    _years, year = years_and_asked(authority)
    named = request.args.get("name")
    paid = _category(authority, year, None if named is None else tidy(named))
    if paid is None or year is None:
        raise NotFound
    name = paid.name
    firms = ranking.fitting(name, ranking.firms_here(session))
    chance = ranking.Chance(paid, len(firms))
    circles = circles_of(session, authority.id)
    placed = next(iter(categories_by_circle(session, authority.id, circles, year, name) if circles.drawn else ()), None)
    return render_template(
        "network/spend/category.html",
        authority=authority,
        year=year,
        chance=chance,
        firms=firms[:_SHOWN],
        payees=queries.payees_in(session, authority, year, name),
        by_year=queries.by_year(session, authority, name),
        placed=placed,
        lines=lines_of(circles, placed) if placed else [],
        flow=flows_of([placed], circles, abroad=any_abroad([placed]))[0] if placed else None,
        inner=circles.called(circles.drawn[0].ring) if placed else "",
        paragraph=ranking.paragraph(authority.name, year, chance, firms),
        form=FromCategoryForm(formdata=None, name=name, year=str(year)),
        may_write=current_actor().may(WRITES, authority.scopes()),
        whole_pounds=ranking.whole_pounds,
    )


def _category(authority: Organisation, year: int | None, name: str | None) -> queries.Paid | None:
    """The category that is named, or the largest of the year where none is."""
    if year is None:
        return None
    if name is None:
        return next(iter(queries.by_category(db_session(), authority, year)), None)
    return queries.category_of(db_session(), authority, year, name)


@blueprint.post("/organisations/<reference>/spend/challenge")
@access(WRITES, find=AUTHORITY)
def begin_challenge(authority: Organisation) -> ResponseReturnValue:
    """Begin a challenge from a category."""
    form, session = FromCategoryForm(), db_session()
    typed, name = str(form.year.data), str(form.name.data or "")
    year = int(typed) if form.validate_on_submit() and typed.isascii() and typed.isdigit() and len(typed) == 4 else None
    paid = queries.category_of(session, authority, year, name) if year is not None else None
    if paid is None or year is None:
        raise NotNow("Nothing was paid for this category in that year.")
    chance = ranking.Chance(paid, len(ranking.fitting(name, ranking.firms_here(session))))
    summary = (
        f"In {year} to {year + 1} we paid {ranking.whole_pounds(paid.total)} for “{name}”; {chance.range_words} of it "
        "went to suppliers that are not registered here. How might firms here take this on?"
    )
    challenge = services.begin_challenge(
        session, current_actor(), authority, title=f"Buying closer to home: {name or 'no category'}", summary=summary
    )
    flash(f"A draft challenge has begun. Its reference is {challenge.reference}.", "success")
    return redirect(url_for("design.page", reference=challenge.reference))
