"""The page of a patch: drawing it, its firms as a map and a table, and what is planned beside them."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from portal.db import clock
from portal.law import reservations
from portal.law.calendar import london_date
from portal.law.thresholds import ContractKind
from portal.network.local import PartKind
from portal.network.needs.quarters import month_ending, quarters_from
from portal.network.options import NetworkOption, when_on
from portal.network.patches import drawing, fitting, queries
from portal.network.patches.patch import Patch, read_patch
from portal.network.patches.queries import LocatedFirm
from portal.network.patches.wards import firms_by_ward
from portal.network.queries import authority_seen
from portal.organisations.models import Organisation
from portal.places import AreaKind, Postcode, attributions
from portal.places.queries import areas_called, names_of
from portal.policy import Permission
from portal.text import tidy
from portal.web import access, db_session
from portal.web.documents import csv_answer

blueprint = Blueprint("patches", __name__)
body = when_on(NetworkOption.HYPER_LOCAL, authority_seen)
QUARTERS = 4
"""This quarter and three more are shown beside the firms."""
MOST_NAMED = 14
"""Wards whose names are written on a map."""
_COLUMNS = ("Number on the map", "Firm", "Postcode", "People", "What it says", "Easting", "Northing")


@blueprint.get("/organisations/<reference>/patch")
@access(Permission.CHALLENGE_SEE, Permission.NETWORK_SEE, find=body)
def page(organisation: Organisation) -> ResponseReturnValue:
    """Draw a patch; see who is there and what they could meet."""
    session, patch = db_session(), _patch()
    firms = [] if patch.is_empty else list(queries.firms_of(session, patch))
    quarters = list(islice(quarters_from(london_date(clock.now()), QUARTERS), QUARTERS))
    needs = queries.needs_beside(session, organisation, quarters[0], quarters[-1])
    words = tidy(request.args.get("q", "")).strip()[:100]
    return render_template(
        "network/patches/page.html",
        organisation=organisation,
        patch=patch,
        typed=request.args,
        wards=queries.wards_named(session, patch),
        asked=words,
        found=[each for each in areas_called(session, words, most=500) if each.kind is AreaKind.WARD][:30],
        by_ward=firms_by_ward(session) if patch.is_empty else None,
        firms=firms,
        map=_map(patch, firms),
        picture=drawing,
        needs=[(need, fitting.fits(need, firms)) for need in needs],
        until=month_ending(quarters[-1]),
        lawful=_lawful(organisation),
        attributions=attributions(session),
        most=queries.MOST_FIRMS,
    )


@blueprint.get("/organisations/<reference>/patch.csv")
@access(Permission.CHALLENGE_SEE, Permission.NETWORK_SEE, find=body)
def file(_organisation: Organisation) -> Response:
    """The firms as a file."""
    patch = _patch()
    firms = [] if patch.is_empty else queries.firms_of(db_session(), patch)
    rows = (
        (
            n,
            e.firm.name,
            e.firm.postcode or "",
            e.firm.headcount or "",
            e.firm.summary,
            e.easting or "",
            e.northing or "",
        )
        for n, e in enumerate(firms, start=1)
    )
    return csv_answer("firms-of-the-patch", _COLUMNS, rows)


@blueprint.get("/organisations/<reference>/patch/wards.csv")
@access(Permission.CHALLENGE_SEE, Permission.NETWORK_SEE, find=body)
def wards_file(_organisation: Organisation) -> Response:
    """How many firms each ward has, as a file."""
    found = firms_by_ward(db_session())
    rows = ((each.ward, each.code, each.district, each.firms) for each in found.wards)
    return csv_answer("firms-by-ward", ("Ward", "Code", "District", "Firms"), rows)


def _patch() -> Patch:
    """What the address draws; a postcode no file knows is said."""
    typed = {name: tidy(request.args.get(name, ""))[:200] for name in ("letters", "postcode", "km")}
    patch = read_patch(request.args.getlist("ward"), typed["letters"], typed["postcode"], typed["km"])
    if patch.postcode and not queries.knows(db_session(), patch.postcode):
        sentence = f"{patch.postcode} is not among the postcodes the portal knows. Check it for a mistake in typing."
        return Patch(patch.wards, patch.letters, problems=patch.problems | {"postcode": sentence})
    return patch


def _map(patch: Patch, firms: list[LocatedFirm]) -> drawing.Map:
    if patch.is_empty:
        return drawing.map_of([], [], None, {})
    session = db_session()
    points = [
        None if each.easting is None or each.northing is None else (each.easting, each.northing) for each in firms
    ]
    middle = session.get(Postcode, patch.postcode) if patch.postcode else None
    circle: Any = None
    if middle is not None and middle.easting is not None and middle.northing is not None:
        radius = next(each.metres for each in patch.circle().parts if each.kind is PartKind.RADIUS)
        circle = (middle.easting, middle.northing, radius)
    ground = queries.ground_of(session, patch)
    return drawing.map_of(ground, points, circle, _written(ground))


def _written(ground: Sequence[tuple[int, int, str]]) -> dict[str, str]:
    """The names of wards to write on the map; none where they would lie on each other."""
    codes = {code for _east, _north, code in ground if code}
    if len(codes) > MOST_NAMED:
        return {}
    return {code: area.name for code, area in names_of(db_session(), sorted(codes)).items()}


def _lawful(organisation: Organisation) -> reservations.Choice | None:
    """What this kind of body may reserve below the threshold today; the smallest service stands for all."""
    if organisation.authority_kind is None:
        return None
    today = london_date(clock.now())
    return reservations.choice(organisation.authority_kind, ContractKind.SERVICES, 1, today)
