"""The flows out of an authority's area, category by category: a picture, its table, and the table as a file."""

from decimal import Decimal
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.network.local import Circles, circles_of
from portal.network.spend.circles import CategoryByCircle, categories_by_circle, lines_of, notes_of
from portal.network.spend.flow_drawing import LEFT, NODE, RIGHT, WIDTH, picture_of
from portal.network.spend.flows import Flow, any_abroad, ends_of, flows_of, largest, together
from portal.network.spend.ranking import whole_pounds
from portal.network.spend.views.blueprint import AUTHORITY, SEES, blueprint
from portal.network.spend.views.years import years_and_asked
from portal.organisations.models import Organisation
from portal.places import attributions
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.web.documents import csv_answer

_DRAWN = 8
"""Categories in the picture, the last of them all others together: more bands than that nobody can follow."""
_SHOWN = 30
"""Categories in the tables of the page; the file has all."""


def _found(authority: Organisation, circles: Circles, year: int | None) -> list[CategoryByCircle]:
    if year is None or not circles.drawn:
        return []
    return categories_by_circle(db_session(), authority.id, circles, year)


@blueprint.get("/organisations/<reference>/spend/flows")
@access(*SEES, find=AUTHORITY)
def flows(authority: Organisation) -> ResponseReturnValue:
    """One year's money by category: what stays, what leaves, what is not known."""
    session = db_session()
    circles = circles_of(session, authority.id)
    years, year = years_and_asked(authority)
    found = _found(authority, circles, year)
    abroad = any_abroad(found)
    every = flows_of(found, circles, abroad=abroad)
    ends = ends_of(circles, abroad=abroad) if circles.drawn else []
    return render_template(
        "network/spend/flows.html",
        authority=authority,
        circles=circles,
        years=years,
        year=year,
        ends=ends,
        flows=largest(every, _SHOWN),
        whole=together("All that was paid", every) if every else None,
        found=found[:_SHOWN],
        lines_of=lambda each: lines_of(circles, each),
        picture=picture_of(largest(every, _DRAWN), ends) if every else None,
        sides={"left": LEFT, "right": RIGHT, "node": NODE, "width": WIDTH},
        notes=notes_of(circles, found),
        attributions=attributions(session),
        may_draw=current_actor().may(Permission.AUTHORITY_MANAGE, authority.scopes()),
        whole_pounds=whole_pounds,
    )


@blueprint.get("/organisations/<reference>/spend/flows.csv")
@access(*SEES, find=AUTHORITY)
def flows_file(authority: Organisation) -> ResponseReturnValue:
    """Every category of the year as a file: the flows, and the share within each circle from least to most."""
    circles = circles_of(db_session(), authority.id)
    _years, year = years_and_asked(authority)
    found = _found(authority, circles, year)
    return csv_answer(f"spend-flows-{year or 'none'}", _columns(circles), _rows(circles, found, year))


def _columns(circles: Circles) -> list[str]:
    if not circles.drawn:
        return ["Financial year", "Category", "Paid (£)"]
    inner = circles.called(circles.drawn[0].ring)
    within = [circles.title(each.ring) for each in circles.drawn]
    return [
        *("Financial year", "Category", "Paid (£)"),
        *(f"{end.title} (£)" for end in ends_of(circles, abroad=True)),
        *(f"Leaves {inner}, {bound} (£)" for bound in ("at least", "at most")),
        *(f"Within: {title}, {bound} (%)" for title in within for bound in ("at least", "at most")),
    ]


def _rows(circles: Circles, found: list[CategoryByCircle], year: int | None) -> list[list[Any]]:
    rows = []
    for each, flow in zip(found, flows_of(found, circles, abroad=True), strict=True):
        drawn = lines_of(circles, each)[:-1]
        bounds = [bound for _title, share in drawn for bound in (each.bounds(share) or ("", ""))]
        rows.append([f"{year} to {(year or 0) + 1}", each.title, *_pounds(flow), *bounds])
    return rows


def _pounds(flow: Flow) -> list[Decimal]:
    return [Decimal(pence) / 100 for pence in (flow.total, *flow.parts, flow.least, flow.most)]
