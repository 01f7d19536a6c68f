"""The firm's own plan: who helps it, what was agreed, what all firms were told."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.db import clock
from portal.documents import pdfs_are_made
from portal.law.calendar import london_date
from portal.policy import Permission
from portal.support import queries, services
from portal.support.forms import OwnNoteForm, ReasonForm
from portal.support.models import SupportPlan
from portal.support.pathway import CHANGE_UNTIL, EVEN_WITHIN_MINUTES
from portal.support.views.base import blueprint
from portal.web import access, current_actor, db_session
from portal.workflow import machine_of


@blueprint.get("/responses/<reference>/support")
@access(Permission.RESPONSE_WRITE, find=queries.own_plan)
def own_plan(plan: SupportPlan) -> ResponseReturnValue:
    """The firm's plan as the firm sees it."""
    return _page(plan)


@blueprint.post("/responses/<reference>/support/notes")
@access(Permission.RESPONSE_WRITE, find=queries.own_plan)
def own_note(plan: SupportPlan) -> ResponseReturnValue:
    """Write to the adviser, and ask for help where that is meant."""
    form = OwnNoteForm(prefix="note")
    if not form.validate_on_submit():
        return _page(plan, note_form=form), 422
    text = form.text.data or ""
    if form.help.data:
        services.ask_for_help(db_session(), current_actor(), plan, text)
    else:
        services.write_note(db_session(), current_actor(), plan, text, from_firm=True)
    flash("Your adviser has been told.", "success")
    return redirect(url_for("support.own_plan", reference=plan.response.reference))


@blueprint.post("/responses/<reference>/support/milestones/<int:milestone_id>/<any(done, open):to>")
@access(Permission.RESPONSE_WRITE, find=queries.own_plan)
def own_milestone(plan: SupportPlan, milestone_id: int, to: str) -> ResponseReturnValue:
    """Say that a milestone is reached, or not yet after all."""
    services.mark_milestone(db_session(), current_actor(), plan, milestone_id, done=to == "done")
    flash("Milestone reached." if to == "done" else "Milestone opened again.", "success")
    return redirect(url_for("support.own_plan", reference=plan.response.reference))


@blueprint.post("/responses/<reference>/support/leave")
@access(Permission.RESPONSE_WRITE, find=queries.own_plan)
def leave(plan: SupportPlan) -> ResponseReturnValue:
    """Leave the challenge, with a reason."""
    form = ReasonForm(prefix="leave")
    if not form.validate_on_submit():
        return _page(plan, leave_form=form), 422
    services.move_plan(db_session(), current_actor(), plan, "leave", form.reason.data or "")
    flash("You have left this challenge. Thank you for telling us why.", "success")
    return redirect(url_for("support.own_plan", reference=plan.response.reference))


def _page(plan: SupportPlan, *, note_form: OwnNoteForm | None = None, leave_form: ReasonForm | None = None) -> str:
    session = db_session()
    ledger = queries.ledger_of(session, plan.challenge)
    return render_template(
        "support/own_plan.html",
        plan=plan,
        state=machine_of(plan)[plan.state],
        sessions=queries.sessions_of(session, [plan])[plan.id],
        coming=queries.coming_of(session, plan),
        change_until=clock.now() + CHANGE_UNTIL,
        line=next((line for line in ledger if line.plan_id == plan.id), None),
        within=EVEN_WITHIN_MINUTES,
        notes=queries.notes_of(session, plan),
        facts=queries.facts_for(session, plan),
        contact=queries.first_contact(plan),
        today=london_date(clock.now()),
        pdfs=pdfs_are_made(),
        going=plan.state != "out" and plan.challenge.state in {"support", "showcase"},
        note_form=note_form or OwnNoteForm(prefix="note", formdata=None),
        leave_form=leave_form or ReasonForm(prefix="leave", formdata=None),
        form=note_form or leave_form,
    )
