"""The day as calendar files: a firm's own turn, and the event for everybody who comes."""

from datetime import datetime

from flask import Response, abort, current_app, url_for
from flask.typing import ResponseReturnValue

from portal.db import clock
from portal.policy import Permission
from portal.showcases import queries
from portal.showcases.calendar import Entry, calendar
from portal.showcases.models import ShowcaseEvent
from portal.showcases.timetable import running_order
from portal.showcases.views.base import blueprint
from portal.support.models import SupportPlan
from portal.web import SIGNED_IN, access, db_session
from portal.web.assets import absolute
from portal.web.filters import clock_time, long_datetime


@blueprint.get("/responses/<reference>/showcase.ics")
@access(Permission.RESPONSE_WRITE, find=queries.shown_plan)
def own_calendar(plan: SupportPlan) -> ResponseReturnValue:
    """The firm's own turn, from when it sets up."""
    appearance = queries.appearance_of(db_session(), plan) if plan.state != "out" else None
    if appearance is None or appearance.event.state == "cancelled":
        abort(404)
    event = appearance.event
    slots = running_order(event, queries.appearances_of(db_session(), event))
    slot = next((each for each in slots if each.appearance.id == appearance.id), None) or abort(404)
    words = f"Your turn is from {long_datetime(slot.at)} until {clock_time(slot.until)}, London time."
    if slot.sets_up < slot.at:
        words = f"Set up from {clock_time(slot.sets_up)}. {words}"
    page = url_for("showcases.own", reference=plan.response.reference)
    return _file(event, f"{event.reference}-turn-{appearance.id}", slot.sets_up, slot.until, words, page)


@blueprint.get("/showcase/<reference>.ics")
@access(SIGNED_IN, find=queries.event_to_attend)
def event_calendar(event: ShowcaseEvent) -> ResponseReturnValue:
    """The whole event, for panel, guests and the challenge's team."""
    if event.state == "cancelled":
        abort(404)
    slots = running_order(event, queries.appearances_of(db_session(), event))
    until = slots[-1].until if slots else event.at
    words = f"From {long_datetime(event.at)} until {clock_time(until)}, London time."
    return _file(event, event.reference, event.at, until, words, url_for("showcases.guest", reference=event.reference))


def _file(event: ShowcaseEvent, uid: str, starts: datetime, ends: datetime, words: str, page: str) -> Response:
    where = ", ".join(each for each in (event.place, event.link) if each)
    entry = Entry(uid, f"Showcase: {event.challenge.title}", starts, ends, where, words, absolute(page))
    host = current_app.config["PORTAL_BASE_URL"].split("/")[2]
    named = {"Content-Disposition": 'attachment; filename="showcase.ics"', "Cache-Control": "no-store"}
    return Response(calendar(entry, host=host, now=clock.now()), mimetype="text/calendar", headers=named)
