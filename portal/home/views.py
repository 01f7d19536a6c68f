"""The home page, and the list of challenges it leads to."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.challenges.pathway import TITLES
from portal.db import clock
from portal.home import administrators, assessors, buyers, coordinators, region, suppliers, supporters
from portal.home.needs import most_urgent_first
from portal.home.queries import as_rows, challenges_inside
from portal.home.shortcuts import shortcuts
from portal.law.calendar import london_date
from portal.policy import Permission
from portal.web import SIGNED_IN, access, current_actor, db_session, page_number
from portal.web.paging import page_of

blueprint = Blueprint("home", __name__)

SHOWN = 30
"""Needs on the page before somebody asks for all of them: nobody reads further, and the most urgent come first."""
SOURCES = (buyers.needs, suppliers.needs, assessors.needs, supporters.needs, coordinators.needs, administrators.needs)


@blueprint.get("/home")
@access(SIGNED_IN)
def home() -> ResponseReturnValue:
    """What needs me now, and where to begin something new. `?all=yes` shows every need, however many."""
    session, actor = db_session(), current_actor()
    found = most_urgent_first(need for source in SOURCES for need in source(session, actor))
    shown = found if "all" in request.args else found[:SHOWN]
    needs = tuple((need, need.overdue) for need in shown)
    return render_template("home/home.html", shown=needs, count=len(found), shortcuts=shortcuts(actor))


@blueprint.get("/home/challenges")
@access(SIGNED_IN)
def challenges() -> ResponseReturnValue:
    """Every challenge this person can see from inside, published or not."""
    rows = challenges_inside(current_actor())
    page = page_of(db_session(), rows, number=page_number(), read=as_rows)
    return render_template("home/challenges.html", page=page, titles=TITLES)


@blueprint.get("/home/region")
@access(Permission.NETWORK_SEE)
def whole_region() -> ResponseReturnValue:
    """Every authority's published challenges by phase, and those that do not move."""
    session, now = db_session(), clock.now()
    return render_template(
        "home/region.html",
        phases=[name for name, _ in region.PHASES],
        bodies=region.overview(session),
        resting=page_of(session, region.resting(now), number=page_number(), read=region.as_rows),
        why=lambda row: region.why(row.standing, row.decision_on, london_date(now)),
        titles=TITLES,
    )
