"""The event for the challenge's team: date and place, running order, panel, guests, costs, results."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.db import clock
from portal.policy import Permission
from portal.showcases import queries, services
from portal.showcases.forms import CancelForm, DrawForm, EmailForm, EventForm, NoGuestsForm, OrderForm
from portal.showcases.given import EventPlan
from portal.showcases.models import ShowcaseEvent
from portal.showcases.pathway import EVENT
from portal.showcases.timetable import demands_of, running_order
from portal.showcases.views.base import blueprint
from portal.web import access, current_actor, db_session
from portal.web.forms import PortalForm

_RUNNING = frozenset({"support", "showcase"})


@blueprint.get("/challenges/<reference>/showcase")
@access(Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE, find=inside)
def event(challenge: Challenge) -> ResponseReturnValue:
    """The whole showcase on one page."""
    return event_page(challenge)


def event_page(challenge: Challenge, refused: PortalForm | None = None, name: str = "") -> str:
    """The page, with a form that was not accepted in its place."""
    session, actor = db_session(), current_actor()
    event = queries.event_of(session, challenge)
    forms: dict[str, PortalForm] = {
        "panel_form": EmailForm(prefix="panel", formdata=None),
        "guest_form": EmailForm(prefix="guest", formdata=None),
        "no_guests_form": NoGuestsForm(prefix="none", formdata=None, note=event.guests_note if event else ""),
        "cancel_form": CancelForm(prefix="cancel", formdata=None),
        "order_form": OrderForm(formdata=None, version=event.version if event else None),
        "draw_form": DrawForm(prefix="draw", formdata=None, version=event.version if event else None),
    }
    if refused is not None:
        forms[name] = refused
    planned = _planned(event) if event is not None else {}
    return render_template(
        "showcases/event.html",
        challenge=challenge,
        event=event,
        state=EVENT[event.state] if event else None,
        leads=challenge.state in _RUNNING and actor.may(Permission.CHALLENGE_LEAD, challenge.scopes()),
        begun=event is not None and event.at <= clock.now(),
        form=refused,
        **planned,
        **forms,
    )


def _planned(event: ShowcaseEvent) -> dict[str, object]:
    session = db_session()
    appearances = list(queries.appearances_of(session, event))
    choices = queries.choices_of(session, event.challenge)
    slots = running_order(event, appearances)
    unmet = [slot.appearance.response.reference for slot in slots if slot.clashes]
    seats = queries.seats_of(session, event)
    return {
        "slots": slots,
        "why_not": services.explain_unmet(event, appearances, unmet),
        "orders": queries.orders_of(session, event),
        "swaps": queries.swaps_of(session, event),
        "demands": demands_of(appearances),
        "compared": queries.costs_side_by_side(session, current_actor(), event, appearances, seats),
        "seats": seats,
        "quorum": queries.quorum_of(session, event.challenge),
        "guests": queries.guests_of(session, event),
        "feedback": queries.feedback_on(session, appearances),
        "results": queries.results_of(session, event),
        "choices": choices,
        "names": queries.firm_names(session, [choice.response_id for choice in choices]),
    }


@blueprint.get("/challenges/<reference>/showcase/plan")
@access(Permission.CHALLENGE_LEAD, find=inside)
def plan_form(challenge: Challenge) -> ResponseReturnValue:
    """The date and place, to be changed."""
    return render_template("showcases/plan.html", challenge=challenge, form=_event_form(challenge))


def _event_form(challenge: Challenge) -> EventForm:
    known = queries.event_of(db_session(), challenge)
    return EventForm(obj=known) if known is not None else EventForm()


@blueprint.post("/challenges/<reference>/showcase/plan")
@access(Permission.CHALLENGE_LEAD, find=inside)
def plan(challenge: Challenge) -> ResponseReturnValue:
    """Plan the event, or change its plan."""
    form = EventForm()
    if not form.validate_on_submit():
        return render_template("showcases/plan.html", challenge=challenge, form=form), 422
    services.plan_event(
        db_session(),
        current_actor(),
        challenge,
        form.version.number,
        EventPlan(
            at=form.at.data,
            place=form.place.data or "",
            link=form.link.data or "",
            notes=form.notes.data or "",
            minutes_each=form.minutes_each.data or 0,
        ),
    )
    return back_to_event(challenge, "Showcase planned. Firms, panel and guests are told of every new date or place.")


def back_to_event(challenge: Challenge, said: str, anchor: str | None = None) -> ResponseReturnValue:
    """Say what was done, on the event's page."""
    flash(said, "success")
    return redirect(url_for("showcases.event", reference=challenge.reference, _anchor=anchor))


@blueprint.post("/challenges/<reference>/showcase/moves/<move>")
@access(Permission.CHALLENGE_LEAD, find=queries.event_inside)
def make_move(event: ShowcaseEvent, move: str) -> ResponseReturnValue:
    """Say that the event was held, cancel it, or plan it again."""
    if move not in EVENT.moves:
        abort(404)
    reason = ""
    if "reason" in EVENT.moves[move].asks:
        form = CancelForm(prefix="cancel")
        if not form.validate_on_submit():
            return event_page(event.challenge, form, "cancel_form"), 422
        reason = form.reason.data or ""
    services.move_event(db_session(), current_actor(), event, move, reason)
    return back_to_event(event.challenge, f"Showcase: {EVENT[event.state].title.lower()}.")


@blueprint.post("/challenges/<reference>/showcase/panel")
@access(Permission.CHALLENGE_LEAD, find=queries.event_inside)
def name_panel(event: ShowcaseEvent) -> ResponseReturnValue:
    """Give somebody a seat on the panel."""
    form = EmailForm(prefix="panel")
    accepted = form.validate_on_submit()
    if accepted:
        problem = services.name_panel_member(db_session(), current_actor(), event, form.email.data or "")
        if problem is None:
            return back_to_event(event.challenge, "Panel member named and told.", "panel")
        form.email.errors = [problem]
    return event_page(event.challenge, form, "panel_form"), 422


@blueprint.post("/challenges/<reference>/showcase/panel/<int:seat_id>/stand-down")
@access(Permission.CHALLENGE_LEAD, find=queries.event_inside)
def stand_down(event: ShowcaseEvent, seat_id: int) -> ResponseReturnValue:
    """Take somebody off the panel who has not scored."""
    services.stand_down(db_session(), current_actor(), event, seat_id)
    return back_to_event(event.challenge, "Taken off the panel.", "panel")


@blueprint.post("/challenges/<reference>/showcase/guests")
@access(Permission.CHALLENGE_LEAD, find=queries.event_inside)
def invite(event: ShowcaseEvent) -> ResponseReturnValue:
    """Invite a guest by e-mail."""
    form = EmailForm(prefix="guest")
    if not form.validate_on_submit():
        return event_page(event.challenge, form, "guest_form"), 422
    new = services.invite_guest(db_session(), current_actor(), event, form.email.data or "")
    return back_to_event(event.challenge, "Guest invited." if new else "This guest was invited before.", "guests")


@blueprint.post("/challenges/<reference>/showcase/no-guests")
@access(Permission.CHALLENGE_LEAD, find=queries.event_inside)
def no_guests(event: ShowcaseEvent) -> ResponseReturnValue:
    """Say why nobody from outside is asked."""
    form = NoGuestsForm(prefix="none")
    if not form.validate_on_submit():
        return event_page(event.challenge, form, "no_guests_form"), 422
    services.say_why_no_guests(db_session(), current_actor(), event, form.note.data or "")
    return back_to_event(event.challenge, "Noted.", "guests")
