"""An adviser's cases: who waits, what was offered to whom, and that all are offered alike."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.network.hands_on import queries, services
from portal.network.hands_on.forms import OfferedForm
from portal.network.hands_on.views.blueprint import blueprint
from portal.policy import Permission
from portal.responses.models import HelpRequest
from portal.support.queries import contact_due
from portal.web import access, current_actor, db_session


@blueprint.get("/support/cases")
@access(Permission.SUPPORT_GIVE)
def all_cases() -> ResponseReturnValue:
    """The firms this adviser took on, and how much was offered to each; there while any authority tries this option."""
    session = db_session()
    if not queries.is_anywhere(session):
        abort(404)
    found = queries.cases(session, current_actor())
    given = queries.given_in(session, found)
    return render_template(
        "network/hands_on/cases.html",
        cases=found,
        given=given,
        most=max(given.values(), default=0),
        contact_due=contact_due,
    )


@blueprint.get("/support/cases/<int:key>")
@access(Permission.SUPPORT_GIVE, find=queries.own_case)
def case(found: HelpRequest) -> ResponseReturnValue:
    """One firm: how to reach it, what was offered, what else there is."""
    return _page(found)


@blueprint.post("/support/cases/<int:key>/contacted")
@access(Permission.SUPPORT_GIVE, find=queries.own_case)
def contacted(found: HelpRequest) -> ResponseReturnValue:
    """The adviser was in touch."""
    services.record_contact(db_session(), current_actor(), found)
    flash(f"Recorded: you were in touch with {found.organisation.name}.", "success")
    return redirect(url_for("hands_on.case", key=found.id))


@blueprint.post("/support/cases/<int:key>/offered")
@access(Permission.SUPPORT_GIVE, find=queries.own_case)
def offered(found: HelpRequest) -> ResponseReturnValue:
    """Log what was offered."""
    offers = {str(each.id): each for each in queries.directory(db_session())}
    form = OfferedForm().between(list(offers.values()))
    if not form.validate_on_submit():
        return _page(found, form), 422
    chosen = offers.get(form.offer.data or "")
    services.record_offer(db_session(), current_actor(), found, chosen, form.words.data or "")
    flash("Logged.", "success")
    return redirect(url_for("hands_on.case", key=found.id))


def _page(found: HelpRequest, form: OfferedForm | None = None) -> str:
    session = db_session()
    offers = list(queries.directory(session))
    mine = queries.cases(session, current_actor())
    return render_template(
        "network/hands_on/case.html",
        case=found,
        due=contact_due(found.asked_at),
        log=queries.log_of(session, found),
        offers=offers,
        offered_to=queries.offered_to(session, mine),
        number=len(mine),
        form=form or OfferedForm(formdata=None).between(offers),
    )
