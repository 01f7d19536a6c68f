"""An adviser's desk: who needs help, since when, what is next."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from portal.db import clock
from portal.law.calendar import london_date
from portal.machine import NotNow
from portal.policy import Permission
from portal.responses import services
from portal.responses.helping import help_request, open_help_requests
from portal.support import queries
from portal.support.forms import TakeHelpForm
from portal.support.models import SupportPlan
from portal.support.views.base import blueprint
from portal.web import Page, access, current_actor, db_session, page_number
from portal.web.paging import page_of
from portal.web.tried import is_tried


@blueprint.get("/support")
@access(Permission.SUPPORT_GIVE)
def desk() -> ResponseReturnValue:
    """Every firm this person's body can help, who waits longest first."""
    session = db_session()
    page: Page[SupportPlan] = page_of(session, queries.desk(current_actor()), number=page_number())
    return render_template(
        "support/desk.html",
        page=page,
        last=queries.last_sessions(session, page.items),
        coming=queries.next_sessions(session, page.items),
        unanswered=queries.unanswered_notes(session, page.items),
        first_contact=queries.first_contact,
        today=london_date(clock.now()),
        contact_due=queries.contact_due,
        asking=open_help_requests(session, current_actor()),
        takes_on=is_tried("hands-on-support"),
    )


@blueprint.post("/support/help")
@access(Permission.SUPPORT_GIVE)
def take_help_request() -> ResponseReturnValue:
    """Take on a firm that asks for help after it withdrew."""
    form = TakeHelpForm()
    if not form.validate_on_submit() or form.request.data is None:
        raise BadRequest
    session, actor = db_session(), current_actor()
    asked = help_request(session, actor, form.request.data)
    if asked is None:
        raise NotNow("This firm no longer waits: another adviser may have taken it on.")
    services.take_help_request(session, actor, asked)
    flash(f"{asked.organisation.name} is yours to contact.", "success")
    return redirect(url_for("support.desk"))
