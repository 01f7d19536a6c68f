"""The guests' page: the programme, and what they want to say. It holds no score and no cost."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.db import clock
from portal.policy import Permission
from portal.showcases import queries, services
from portal.showcases.forms import FeedbackForm
from portal.showcases.models import ShowcaseEvent
from portal.showcases.timetable import running_order
from portal.showcases.views.base import blueprint
from portal.web import access, current_actor, db_session


@blueprint.get("/showcase/<reference>")
@access(Permission.SHOWCASE_ATTEND, find=queries.event_for_guest)
def guest(event: ShowcaseEvent) -> ResponseReturnValue:
    """The programme."""
    return _page(event)


def _page(event: ShowcaseEvent, refused: tuple[int, FeedbackForm] | None = None) -> str:
    session = db_session()
    appearances = list(queries.appearances_of(session, event))
    said = queries.own_feedback(session, current_actor(), event)
    forms = {
        each.id: FeedbackForm(prefix=f"firm{each.id}", formdata=None, obj=said.get(each.id)) for each in appearances
    }
    if refused is not None:
        forms[refused[0]] = refused[1]
    return render_template(
        "showcases/guest.html",
        event=event,
        slots=running_order(event, appearances),
        forms_of=forms,
        said=said,
        begun=event.at <= clock.now() and event.state != "cancelled",
        form=refused[1] if refused else None,
    )


@blueprint.post("/showcase/<reference>/feedback/<int:appearance_id>")
@access(Permission.SHOWCASE_ATTEND, find=queries.event_for_guest)
def give_feedback(event: ShowcaseEvent, appearance_id: int) -> ResponseReturnValue:
    """Say what one thinks of a prototype, or that one wants to talk."""
    session = db_session()
    shown = {each.id: each for each in queries.appearances_of(session, event)}
    if appearance_id not in shown:
        abort(404)
    form = FeedbackForm(prefix=f"firm{appearance_id}")
    if not form.validate_on_submit():
        return _page(event, (appearance_id, form)), 422
    services.give_feedback(
        session,
        current_actor(),
        event,
        shown[appearance_id],
        text=form.text.data or "",
        wants_to_talk=bool(form.wants_to_talk.data),
    )
    flash("Thank you. The firm can read this.", "success")
    return redirect(url_for("showcases.guest", reference=event.reference, _anchor=f"firm-{appearance_id}"))
