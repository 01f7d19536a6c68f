"""The running order: drawn, adjusted, and swapped between firms; and when a firm cannot come."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.policy import Permission
from portal.showcases import queries, services
from portal.showcases.forms import AwayForm, DrawForm, OrderForm, PressForm, SwapForm
from portal.showcases.models import Appearance, ShowcaseEvent
from portal.showcases.views.base import blueprint
from portal.showcases.views.event import back_to_event, event_page
from portal.showcases.views.own import own_page, turns_of_others
from portal.support.models import SupportPlan
from portal.web import access, current_actor, db_session


@blueprint.post("/challenges/<reference>/showcase/order")
@access(Permission.CHALLENGE_LEAD, find=queries.event_inside)
def set_order(event: ShowcaseEvent) -> ResponseReturnValue:
    """Put the firms into another order, for a reason; what is no number keeps its place."""
    form = OrderForm()
    if not form.validate_on_submit():
        return event_page(event.challenge, form, "order_form"), 422
    places = {
        int(name.removeprefix("place")): int(text)
        for name, text in request.form.items()
        if name.removeprefix("place").isdecimal() and text.isdecimal() and len(text) < 4
    }
    services.set_order(db_session(), current_actor(), event, form.version.number, places, form.reason.data or "")
    return back_to_event(event.challenge, "Running order changed.", "order")


@blueprint.post("/challenges/<reference>/showcase/draw")
@access(Permission.CHALLENGE_LEAD, find=queries.event_inside)
def draw_order(event: ShowcaseEvent) -> ResponseReturnValue:
    """Draw the order by lot."""
    form, session = DrawForm(prefix="draw"), db_session()
    accepted = form.validate_on_submit()
    if accepted and not form.reason.data and queries.orders_of(session, event):
        form.reason.errors = ["Say why the order is drawn again."]
        accepted = False
    if not accepted:
        return event_page(event.challenge, form, "draw_form"), 422
    drawn = services.draw_order(session, current_actor(), event, form.version.number, form.reason.data or "")
    said = "Order drawn. Every firm can come at its time."
    if drawn.unmet:
        said = "Order drawn, but not every firm can come at its time: see below why."
    return back_to_event(event.challenge, said, "order")


def _appearance(plan: SupportPlan) -> Appearance:
    appearance = queries.appearance_of(db_session(), plan) if plan.state != "out" else None
    return appearance if appearance is not None else abort(404)


def _back(plan: SupportPlan, said: str, anchor: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("showcases.own", reference=plan.response.reference, _anchor=anchor))


@blueprint.post("/responses/<reference>/showcase/away")
@access(Permission.RESPONSE_WRITE, Permission.CHALLENGE_LEAD, find=queries.shown_plan)
def add_away(plan: SupportPlan) -> ResponseReturnValue:
    """Say when the firm cannot come."""
    appearance, form = _appearance(plan), AwayForm(prefix="away")
    if not form.validate_on_submit():
        return own_page(plan, form), 422
    if problem := services.add_away(db_session(), current_actor(), appearance, *form.times):
        form.starts.errors = [problem]
        return own_page(plan, form), 422
    return _back(plan, "Noted. The order is drawn around it.", "times")


@blueprint.post("/responses/<reference>/showcase/away/<int:away_id>/remove")
@access(Permission.RESPONSE_WRITE, Permission.CHALLENGE_LEAD, find=queries.shown_plan)
def remove_away(plan: SupportPlan, away_id: int) -> ResponseReturnValue:
    """The firm can come then after all."""
    services.remove_away(db_session(), current_actor(), _appearance(plan), away_id)
    return _back(plan, "Taken away.", "times")


@blueprint.post("/responses/<reference>/showcase/swaps")
@access(Permission.RESPONSE_WRITE, find=queries.shown_plan)
def ask_to_swap(plan: SupportPlan) -> ResponseReturnValue:
    """Ask for another firm's turn."""
    appearance = _appearance(plan)
    form = SwapForm(prefix="swap")
    form.turn.choices = turns_of_others(appearance)
    if not form.validate_on_submit():
        return own_page(plan, form), 422
    services.ask_to_swap(db_session(), current_actor(), appearance, form.turn.data)
    return _back(plan, "Asked. You are told by e-mail what the other firm answers.", "swap")


_ANSWERS = {"accept": "Swapped. Your new turn is below.", "decline": "Declined. Your turn stays."}


@blueprint.post("/responses/<reference>/showcase/swaps/<int:swap_id>/<any(accept, decline, withdraw):answer>")
@access(Permission.RESPONSE_WRITE, find=queries.shown_plan)
def answer_swap(plan: SupportPlan, swap_id: int, answer: str) -> ResponseReturnValue:
    """Accept or decline what another firm asked, or take one's own request back."""
    appearance = _appearance(plan)
    if not PressForm().validate_on_submit():
        abort(400)
    session, actor = db_session(), current_actor()
    if answer == "withdraw":
        services.take_back_swap(session, actor, appearance, swap_id)
        return _back(plan, "Taken back.", "swap")
    services.answer_swap(session, actor, appearance, swap_id, accepted=answer == "accept")
    return _back(plan, _ANSWERS[answer], "swap")
