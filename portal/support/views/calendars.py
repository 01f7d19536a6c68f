"""Booked sessions for a calendar: one, or everything a person takes part in."""

from collections.abc import Sequence

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from portal.db import clock
from portal.policy import Permission
from portal.support import queries
from portal.support.calendars import calendar
from portal.support.models import SupportSession
from portal.support.views.base import blueprint
from portal.web import SIGNED_IN, access, current_actor, db_session


@blueprint.get("/support/sessions/<int:session_id>.ics")
@access(SIGNED_IN, find=queries.session_for)
def session_file(session: SupportSession) -> ResponseReturnValue:
    """One booked session."""
    return _file([session], f"session-{session.id}.ics")


@blueprint.get("/support/calendar.ics")
@access(SIGNED_IN)
def calendar_file() -> ResponseReturnValue:
    """Every booked session this person takes part in."""
    return _file(queries.calendar_of(db_session(), current_actor()), "support-sessions.ics")


def _file(sessions: Sequence[SupportSession], name: str) -> Response:
    firms = current_actor().ids(Permission.RESPONSE_WRITE)
    content = calendar(sessions, firms=firms, base=current_app.config["PORTAL_BASE_URL"], now=clock.now())
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="text/calendar", headers=named)
