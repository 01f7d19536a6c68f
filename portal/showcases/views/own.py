"""What one firm shows at what cost: written by the firm or by the challenge's owner, read by both."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from portal.db import clock
from portal.policy import Permission
from portal.showcases import queries, services
from portal.showcases.costs import by_year
from portal.showcases.forms import AppearanceForm, AwayForm, CostForm, SwapForm
from portal.showcases.models import Appearance
from portal.showcases.queries import Result
from portal.showcases.timetable import running_order
from portal.showcases.views.base import blueprint
from portal.support.models import SupportPlan
from portal.web import access, current_actor, db_session
from portal.web.filters import clock_time
from portal.web.forms import PortalForm

_FORMS: dict[str, type[PortalForm]] = {
    "appearance_form": AppearanceForm,
    "cost_form": CostForm,
    "away_form": AwayForm,
    "swap_form": SwapForm,
}
_BEFORE_THE_DECISION = frozenset({"support", "showcase"})


@blueprint.get("/responses/<reference>/showcase")
@access(Permission.RESPONSE_WRITE, Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE, find=queries.shown_plan)
def own(plan: SupportPlan) -> ResponseReturnValue:
    """The firm's place in the showcase."""
    return own_page(plan)


def own_page(plan: SupportPlan, refused: PortalForm | None = None) -> str:
    """The page, with a form that was not accepted in its place."""
    session, actor = db_session(), current_actor()
    appearance = queries.appearance_of(session, plan) if plan.state != "out" else None
    firm = actor.may(Permission.RESPONSE_WRITE, plan.scopes())
    writes = firm or actor.may(Permission.CHALLENGE_LEAD, plan.challenge.scopes())
    open_to_change = (
        appearance is not None
        and plan.challenge.state in _BEFORE_THE_DECISION
        and appearance.event.state != "held"
        and not any(seat.scored_at for seat in queries.seats_of(session, appearance.event))
    )
    context: dict[str, object] = {"slot": None, "said": [], "result": None}
    if appearance is not None:
        context |= _shown(appearance, result_is_out=plan.challenge.state not in _BEFORE_THE_DECISION)
        context |= {name: refused for name, kind in _FORMS.items() if isinstance(refused, kind)}
    return render_template(
        "showcases/own.html",
        plan=plan,
        challenge=plan.challenge,
        appearance=appearance,
        firm=firm,
        writes=writes and open_to_change,
        form=refused,
        **context,
    )


def _shown(appearance: Appearance, *, result_is_out: bool) -> dict[str, object]:
    session, event = db_session(), appearance.event
    slots = running_order(event, queries.appearances_of(session, event))
    swaps = queries.own_swaps(session, appearance)
    swap_form = SwapForm(prefix="swap", formdata=None)
    swap_form.turn.choices = turns_of_others(appearance)
    return {
        "slot": next((slot for slot in slots if slot.appearance.id == appearance.id), None),
        "slot_of": {slot.appearance.id: slot for slot in slots},
        "swaps": swaps,
        "asking": any(each.asker_id == appearance.id and each.answered_at is None for each in swaps),
        "swapping": event.state == "planned" and event.at > clock.now() and bool(queries.orders_of(session, event)),
        "schedule": by_year(appearance.costs),
        "away_form": AwayForm(prefix="away", formdata=None),
        "swap_form": swap_form,
        "said": queries.feedback_on(session, [appearance])[appearance.id],
        "result": _own_result(appearance) if result_is_out else None,
        "appearance_form": AppearanceForm(prefix="show", formdata=None, obj=appearance),
        "cost_form": CostForm(prefix="cost", formdata=None),
    }


def turns_of_others(appearance: Appearance) -> list[SelectChoice]:
    """The other firms' turns, by their times and without their names."""
    slots = running_order(appearance.event, queries.appearances_of(db_session(), appearance.event))
    return [
        SelectChoice(str(slot.appearance.id), f"{clock_time(slot.at)} to {clock_time(slot.until)}")
        for slot in slots
        if slot.appearance.id != appearance.id
    ]


def _own_result(appearance: Appearance) -> Result | None:
    """The firm's own result without its place among others, which it learns with the award."""
    results = queries.results_of(db_session(), appearance.event) or []
    return next((result for result in results if result.appearance.id == appearance.id), None)


def _appearance(plan: SupportPlan) -> Appearance:
    appearance = queries.appearance_of(db_session(), plan) if plan.state != "out" else None
    return appearance if appearance is not None else abort(404)


def _back(plan: SupportPlan, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("showcases.own", reference=plan.response.reference))


@blueprint.post("/responses/<reference>/showcase")
@access(Permission.RESPONSE_WRITE, Permission.CHALLENGE_LEAD, find=queries.shown_plan)
def write_appearance(plan: SupportPlan) -> ResponseReturnValue:
    """Say what will be shown and what is needed."""
    appearance, form = _appearance(plan), AppearanceForm(prefix="show")
    if not form.validate_on_submit():
        return own_page(plan, form), 422
    services.write_appearance(
        db_session(),
        current_actor(),
        appearance,
        form.version.number,
        form.showing,
    )
    return _back(plan, "Saved.")


@blueprint.post("/responses/<reference>/showcase/costs")
@access(Permission.RESPONSE_WRITE, Permission.CHALLENGE_LEAD, find=queries.shown_plan)
def add_cost(plan: SupportPlan) -> ResponseReturnValue:
    """Add a part of the deployment cost."""
    appearance, form = _appearance(plan), CostForm(prefix="cost")
    if not form.validate_on_submit():
        return own_page(plan, form), 422
    services.add_cost(db_session(), current_actor(), appearance, form.line)
    return _back(plan, "Cost added.")


@blueprint.post("/responses/<reference>/showcase/costs/<int:cost_id>/remove")
@access(Permission.RESPONSE_WRITE, Permission.CHALLENGE_LEAD, find=queries.shown_plan)
def remove_cost(plan: SupportPlan, cost_id: int) -> ResponseReturnValue:
    """Take a part of the deployment cost away."""
    services.remove_cost(db_session(), current_actor(), _appearance(plan), cost_id)
    return _back(plan, "Cost removed.")
