"""The region's figures: for the network's coordinators with each authority's money, for the public without names."""

from collections.abc import Callable, Sequence

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.insight.bodies import bodies_of, contracts_by_circle, each_body, payments_by_circle
from portal.insight.contracts import by_circle, kinds, newcomers
from portal.insight.figures import Figure
from portal.insight.stages import by_stage, times
from portal.insight.wards import by_ward
from portal.insight.withdrawals import withdrawals
from portal.organisations.models import Organisation
from portal.policy import Permission
from portal.web import PUBLIC, access, db_session
from portal.web.documents import csv_answer
from portal.web.headers import fresh_until

blueprint = Blueprint("insight", __name__)

FIGURES: dict[str, Callable[[Session], Figure]] = {
    "stages": by_stage,
    "times": times,
    "newcomers": newcomers,
    "kinds": kinds,
    "withdrawals": withdrawals,
}
"""Every figure that names nobody, by its address, in the order of the page."""

OF_BODIES: dict[str, Callable[[Session, Sequence[Organisation]], Figure]] = {
    "bodies": each_body,
    "contracts": contracts_by_circle,
    "payments": payments_by_circle,
    "wards": lambda session, _bodies: by_ward(session),
}
"""The figures that name bodies, or firms as good as, for coordinators alone, by their addresses."""


@blueprint.get("/insight")
@access(PUBLIC)
def public() -> ResponseReturnValue:
    """The figures that name nobody."""
    fresh_until(None)
    return render_template("insight/public.html", figures=[make(db_session()) for make in FIGURES.values()])


@blueprint.get("/insight/<figure>.csv")
@access(PUBLIC)
def download(figure: str) -> ResponseReturnValue:
    """One of them as a table."""
    return _file(_named(figure)(db_session()))


@blueprint.get("/network/insight")
@access(Permission.NETWORK_SEE)
def network() -> ResponseReturnValue:
    """The same for coordinators, with a line for each body, and where one authority's money goes."""
    session = db_session()
    bodies = bodies_of(session)
    asked = request.args.get("authority", "")
    chosen = next((each for each in bodies if each.reference == asked), bodies[0] if bodies and not asked else None)
    if asked and chosen is None:
        abort(404)
    return render_template(
        "insight/network.html",
        figures=[make(session) for make in FIGURES.values()],
        of_bodies=[make(session, bodies) for make in OF_BODIES.values()],
        bodies=bodies,
        chosen=chosen,
        circles=by_circle(session, chosen) if chosen else None,
    )


@blueprint.get("/network/insight/<figure>.csv")
@access(Permission.NETWORK_SEE)
def of_bodies(figure: str) -> ResponseReturnValue:
    """A line for each body, as a table."""
    make = OF_BODIES.get(figure)
    if make is None:
        abort(404)
    return _file(make(db_session(), bodies_of(db_session())))


@blueprint.get("/network/insight/<reference>/circles.csv")
@access(Permission.NETWORK_SEE)
def circles(reference: str) -> ResponseReturnValue:
    """Where one authority's money goes, as a table."""
    rows = select(Organisation).where(Organisation.reference == reference, Organisation.is_authority)
    found = db_session().scalars(rows).first()
    if found is None:
        abort(404)
    return _file(by_circle(db_session(), found))


def _named(key: str) -> Callable[[Session], Figure]:
    found = FIGURES.get(key)
    if found is None:
        abort(404)
    return found


def _file(figure: Figure) -> ResponseReturnValue:
    return csv_answer(f"insight-{figure.key}", figure.columns, figure.rows)
