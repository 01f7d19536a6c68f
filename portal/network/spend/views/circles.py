"""The share of an authority's spending by circle and by year, as a picture, as tables and as a spreadsheet."""

from decimal import Decimal
from math import sqrt

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from portal.documents.workbook import Cell, Sheet, workbook
from portal.network.local import ABROAD, Circles, circles_of
from portal.network.spend.circles import Gap, YearByCircle, by_circle, lines_of, notes_of
from portal.network.spend.ranking import whole_pounds
from portal.network.spend.views.blueprint import AUTHORITY, SEES, blueprint
from portal.organisations.models import Organisation
from portal.places import attributions
from portal.policy import Permission
from portal.web import access, current_actor, db_session

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RADIUS = 150


@blueprint.get("/organisations/<reference>/spend/circles")
@access(*SEES, find=AUTHORITY)
def circles(authority: Organisation) -> ResponseReturnValue:
    """One year's circles as a picture and a table, and all years beside each other."""
    session = db_session()
    drawn = circles_of(session, authority.id)
    years = by_circle(session, authority.id, drawn)
    asked = request.args.get("year", type=int)
    shown = next((each for each in years if each.year == asked), years[-1] if years else None)
    return render_template(
        "network/spend/circles.html",
        authority=authority,
        circles=drawn,
        years=years,
        shown=shown,
        lines_of=lambda year: lines_of(drawn, year),
        radii=_radii(drawn, shown) if shown else [],
        radius=_RADIUS,
        gaps=Gap,
        notes=notes_of(drawn, [shown] if shown else []),
        attributions=attributions(session),
        may_draw=current_actor().may(Permission.AUTHORITY_MANAGE, authority.scopes()),
        whole_pounds=whole_pounds,
    )


def _radii(drawn: Circles, found: YearByCircle) -> list[tuple[str, float]]:
    """The circles of the picture, the outermost first; each area is the share of its money in all that was paid."""
    if found.total <= 0:
        return []
    shares = [(share.ring.value, share.within) for _, share in lines_of(drawn, found)]
    shares += [(ABROAD, found.shares.known)] if found.shares.abroad > 0 else []
    return [(ring, round(_RADIUS * sqrt(min(1.0, max(0, pence) / found.total)), 1)) for ring, pence in reversed(shares)]


@blueprint.get("/organisations/<reference>/spend/circles.xlsx")
@access(*SEES, find=AUTHORITY)
def circles_spreadsheet(authority: Organisation) -> ResponseReturnValue:
    """Every year and circle, what is in none and why, and what the figures rest on, as a spreadsheet."""
    session = db_session()
    drawn = circles_of(session, authority.id)
    years = by_circle(session, authority.id, drawn)
    columns = (
        *("Financial year", "Circle, or why in none", "Paid within (£)", "Per cent of what is known"),
        *("Per cent of all paid, at least", "Per cent of all paid, at most"),
    )
    rows = [row for each in years for row in _rows(drawn, each)]
    notes: list[tuple[Cell, ...]] = [(sentence,) for sentence in notes_of(drawn, years)]
    content = workbook([Sheet("By circle", columns, rows), Sheet("What they rest on", ("Note",), notes)])
    answer = Response(content, mimetype=_SHEET)
    answer.headers["Content-Disposition"] = 'attachment; filename="spend-circles.xlsx"'
    return answer


def _rows(drawn: Circles, found: YearByCircle) -> list[tuple[Cell, ...]]:
    within: list[tuple[Cell, ...]] = [
        (
            found.title,
            f"Within: {title}",
            Decimal(share.within) / 100,
            share.percent,
            *(found.bounds(share) or (None, None)),
        )
        for title, share in lines_of(drawn, found)
    ]
    beyond: list[tuple[Cell, ...]] = [
        (found.title, "Outside the United Kingdom", Decimal(found.shares.abroad) / 100, found.shares.percent_abroad)
        + (found.bounds_abroad or (None, None))
    ]
    gaps: list[tuple[Cell, ...]] = [
        (found.title, gap.title, Decimal(found.gaps[gap]) / 100, None, None, None) for gap in Gap if gap in found.gaps
    ]
    return [*within, *beyond, *gaps, (found.title, "All that was paid", Decimal(found.total) / 100, None, None, None)]
