"""The home page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.home import administrators, assessors, buyers, suppliers, supporters
from portal.home.needs import most_urgent_first
from portal.home.shortcuts import shortcuts
from portal.web import SIGNED_IN, access, current_actor, db_session

blueprint = Blueprint("home", __name__)

SOURCES = (buyers.needs, suppliers.needs, assessors.needs, supporters.needs, administrators.needs)


@blueprint.get("/home")
@access(SIGNED_IN)
def home() -> ResponseReturnValue:
    """What needs me now, and where to begin something new."""
    session, actor = db_session(), current_actor()
    found = most_urgent_first(need for source in SOURCES for need in source(session, actor))
    return render_template("home/home.html", needs=found, shortcuts=shortcuts(actor))
