"""An adviser's desk: who needs help, since when, what is next."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.policy import Permission
from portal.support import queries
from portal.support.models import SupportPlan
from portal.support.views.base import blueprint
from portal.web import Page, access, current_actor, db_session, page_number
from portal.web.paging import page_of


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
        first_contact=queries.first_contact,
    )
