"""Times a firm can book: seen, booked, moved and given back, on a phone."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from portal.policy import Permission
from portal.support import queries, services
from portal.support.forms import BookForm
from portal.support.ledger import hours
from portal.support.models import Slot, SupportPlan, SupportSession
from portal.support.views.base import blueprint
from portal.web import Page, access, current_actor, db_session, page_number
from portal.web.filters import long_datetime
from portal.web.paging import page_of


@blueprint.get("/responses/<reference>/support/times")
@access(Permission.RESPONSE_WRITE, find=queries.own_plan)
def own_times(plan: SupportPlan) -> ResponseReturnValue:
    """The times this firm can book; `instead` is the session it moves."""
    asked = request.args.get("instead", "")
    instead = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    if instead is not None and _session(plan, instead) is None:
        abort(404)
    return _page(plan, BookForm(formdata=None, instead=instead or ""))


def _session(plan: SupportPlan, session_id: int | None) -> SupportSession | None:
    return next((each for each in queries.coming_of(db_session(), plan) if each.id == session_id), None)


def _page(plan: SupportPlan, form: BookForm, said: str = "") -> str:
    page: Page[Slot] = page_of(db_session(), queries.free_slots(plan), number=page_number())
    form.slot.choices = [SelectChoice(slot.id, f"{long_datetime(slot.starts_at)}, {slot.whose}") for slot in page.items]
    return render_template(
        "support/own_times.html",
        plan=plan,
        page=page,
        form=form,
        hints={slot.id: _hint(slot) for slot in page.items},
        moved=_session(plan, form.instead.number),
        said=said,
    )


def _hint(slot: Slot) -> str:
    where = slot.place or ("By a call; the link is on your plan once it is booked" if slot.link else "")
    return f"{hours(slot.minutes).capitalize()}{f', {where}' if where else ''}"


@blueprint.post("/responses/<reference>/support/times")
@access(Permission.RESPONSE_WRITE, find=queries.own_plan)
def book(plan: SupportPlan) -> ResponseReturnValue:
    """Book a time, or move a session to it; where somebody was quicker, say so and show what is free."""
    form = BookForm()
    if not form.validate_on_submit():
        return _page(plan, form), 422
    try:
        booked = services.book(db_session(), current_actor(), plan, form.slot.data, form.instead.number)
    except services.SlotGone as gone:
        return _page(plan, BookForm(formdata=None, instead=form.instead.number or ""), str(gone)), 409
    when = long_datetime(booked.slot.starts_at) if booked.slot else ""
    flash(f"{'Moved' if form.instead.number else 'Booked'}: {booked.with_whom}, {when}.", "success")
    return redirect(url_for("support.own_plan", reference=plan.response.reference, _anchor="sessions"))


@blueprint.post("/responses/<reference>/support/times/<int:session_id>/cancel")
@access(Permission.RESPONSE_WRITE, find=queries.own_plan)
def give_back(plan: SupportPlan, session_id: int) -> ResponseReturnValue:
    """Cancel a session, in time."""
    services.give_back(db_session(), current_actor(), plan, session_id)
    flash("Cancelled. The others have been told.", "success")
    return redirect(url_for("support.own_plan", reference=plan.response.reference, _anchor="sessions"))
