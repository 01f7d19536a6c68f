"""One firm's plan, for the challenge's team and its advisers."""

from decimal import Decimal

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from portal.db import clock
from portal.documents import pdfs_are_made
from portal.law.calendar import london_date
from portal.policy import Permission
from portal.support import queries, services
from portal.support.forms import MilestoneForm, NoteForm, PlanForm, ReasonForm, SessionForm, ToldForm, WriteUpForm
from portal.support.models import MilestoneBy, SupportPlan
from portal.support.pathway import PLAN
from portal.support.views.base import blueprint
from portal.web import access, current_actor, db_session
from portal.web.forms import PortalForm

_TEAM_MOVES = frozenset({"contact", "make_ready", "help_more", "put_out"})
_NOBODY = 0


@blueprint.get("/challenges/<reference>/support/<int:plan_id>")
@access(Permission.SUPPORT_RUN, Permission.CHALLENGE_PROCURE, find=queries.plan_inside)
def plan(plan: SupportPlan) -> ResponseReturnValue:
    """One firm's plan."""
    return _plan_page(plan)


def _plan_form(plan: SupportPlan, *, fresh: bool) -> PlanForm:
    shown = {
        "version": plan.version,
        "adviser": plan.adviser_id or _NOBODY,
        "needs": plan.needs,
        "next_step": plan.next_step,
        "next_step_on": plan.next_step_on,
    }
    form = PlanForm(prefix="plan", **({"formdata": None} | shown if fresh else shown))
    advisers = queries.advisers_of(db_session(), plan.challenge)
    people = {person.id: person.name for person in advisers}
    if plan.adviser is not None:
        people.setdefault(plan.adviser.id, plan.adviser.name)
    form.adviser.choices = [
        SelectChoice(_NOBODY, "Nobody yet"),
        *(SelectChoice(key, name) for key, name in people.items()),
    ]
    return form


def _plan_page(plan: SupportPlan, refused: PortalForm | None = None) -> str:
    session, actor = db_session(), current_actor()
    machine_moves = [move for move in PLAN.from_state[plan.state] if move.name in _TEAM_MOVES]
    running = plan.state != "out" and plan.challenge.state in {"support", "showcase"}
    advisers = {person.id for person in queries.advisers_of(session, plan.challenge)}
    forms = {
        "plan_form": _plan_form(plan, fresh=True),
        "session_form": SessionForm(prefix="session", formdata=None),
        "told_form": ToldForm(prefix="told", formdata=None),
        "reason_form": ReasonForm(prefix="out", formdata=None),
        "milestone_form": MilestoneForm(prefix="milestone", formdata=None),
        "note_form": NoteForm(prefix="note", formdata=None),
    }
    coming = queries.coming_of(session, plan)
    write_ups = {each.id: WriteUpForm(prefix=f"session{each.id}", formdata=None) for each in coming}
    if isinstance(refused, WriteUpForm):
        write_ups |= {key: refused for key, form in write_ups.items() if form.notes.name == refused.notes.name}
    elif refused is not None:
        forms[_NAMES[type(refused)]] = refused
    return render_template(
        "support/plan.html",
        challenge=plan.challenge,
        plan=plan,
        state=PLAN[plan.state],
        contact=queries.first_contact(plan),
        sessions=queries.sessions_of(session, [plan])[plan.id],
        facts=queries.facts_for(session, plan),
        moves=machine_moves,
        coming=coming,
        write_ups=write_ups,
        notes=queries.notes_of(session, plan),
        now=clock.now(),
        today=london_date(clock.now()),
        pdfs=pdfs_are_made(),
        writes=running and actor.may(Permission.SUPPORT_RUN, plan.scopes()),
        takes=running and plan.adviser_id is None and actor.person_id in advisers,
        form=refused,
        **forms,
    )


_NAMES: dict[type[PortalForm], str] = {
    PlanForm: "plan_form",
    SessionForm: "session_form",
    ToldForm: "told_form",
    ReasonForm: "reason_form",
    MilestoneForm: "milestone_form",
    NoteForm: "note_form",
}


def _back(plan: SupportPlan, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("support.plan", reference=plan.challenge.reference, plan_id=plan.id))


@blueprint.post("/challenges/<reference>/support/<int:plan_id>")
@access(Permission.SUPPORT_RUN, find=queries.plan_inside)
def write(plan: SupportPlan) -> ResponseReturnValue:
    """Write down needs, adviser and next step."""
    form = _plan_form(plan, fresh=False)
    if not form.validate_on_submit():
        return _plan_page(plan, form), 422
    services.write_plan(
        db_session(),
        current_actor(),
        plan,
        form.version.number,
        services.PlanText(
            adviser_id=form.adviser.data or None,
            needs=form.needs.data or "",
            next_step=form.next_step.data or "",
            next_step_on=form.next_step_on.data,
        ),
    )
    return _back(plan, "Plan saved.")


@blueprint.post("/challenges/<reference>/support/<int:plan_id>/take-on")
@access(Permission.SUPPORT_GIVE, find=queries.plan_inside)
def take_on(plan: SupportPlan) -> ResponseReturnValue:
    """Become the firm's adviser."""
    services.take_on(db_session(), current_actor(), plan)
    return _back(plan, "You are this firm's adviser now.")


@blueprint.post("/challenges/<reference>/support/<int:plan_id>/sessions")
@access(Permission.SUPPORT_RUN, find=queries.plan_inside)
def record_session(plan: SupportPlan) -> ResponseReturnValue:
    """Record a session that took place."""
    form = SessionForm(prefix="session")
    if not form.validate_on_submit():
        return _plan_page(plan, form), 422
    services.record_session(
        db_session(),
        current_actor(),
        plan,
        held_on=form.held_on.data,
        minutes=int((form.hours.data or Decimal(0)) * 60),
        with_whom=form.with_whom.data or "",
        notes=form.notes.data or "",
    )
    return _back(plan, "Session recorded.")


@blueprint.post("/challenges/<reference>/support/<int:plan_id>/told")
@access(Permission.SUPPORT_RUN, find=queries.plan_inside)
def note_told(plan: SupportPlan) -> ResponseReturnValue:
    """Note what the challenge team told this firm."""
    form = ToldForm(prefix="told")
    if not form.validate_on_submit():
        return _plan_page(plan, form), 422
    services.note_told(db_session(), current_actor(), plan, told_on=form.told_on.data, text=form.text.data or "")
    return _back(plan, "Noted. All firms must be told before the showcase begins.")


@blueprint.post("/challenges/<reference>/support/<int:plan_id>/moves/<move>")
@access(Permission.SUPPORT_RUN, find=queries.plan_inside)
def make_move(plan: SupportPlan, move: str) -> ResponseReturnValue:
    """Make one of the plan's moves; ending a firm's part needs a reason."""
    if move not in _TEAM_MOVES:
        abort(404)
    reason = ""
    if "reason" in PLAN.moves[move].asks:
        form = ReasonForm(prefix="out")
        if not form.validate_on_submit():
            return _plan_page(plan, form), 422
        reason = form.reason.data or ""
    services.move_plan(db_session(), current_actor(), plan, move, reason)
    return _back(plan, f"{plan.response.organisation.name}: {PLAN[plan.state].title.lower()}.")


@blueprint.post("/challenges/<reference>/support/<int:plan_id>/sessions/<int:session_id>")
@access(Permission.SUPPORT_RUN, find=queries.plan_inside)
def write_up(plan: SupportPlan, session_id: int) -> ResponseReturnValue:
    """Write up a booked session that was held."""
    form = WriteUpForm(prefix=f"session{session_id}")
    if not form.validate_on_submit():
        return _plan_page(plan, form), 422
    services.write_up(db_session(), current_actor(), plan, session_id, form.notes.data or "")
    return _back(plan, "Session written up.")


@blueprint.post("/challenges/<reference>/support/<int:plan_id>/notes")
@access(Permission.SUPPORT_RUN, find=queries.plan_inside)
def note(plan: SupportPlan) -> ResponseReturnValue:
    """Write a note to the firm."""
    form = NoteForm(prefix="note")
    if not form.validate_on_submit():
        return _plan_page(plan, form), 422
    services.write_note(db_session(), current_actor(), plan, form.text.data or "", from_firm=False)
    return _back(plan, "Note sent.")


@blueprint.post("/challenges/<reference>/support/<int:plan_id>/milestones")
@access(Permission.SUPPORT_RUN, find=queries.plan_inside)
def add_milestone(plan: SupportPlan) -> ResponseReturnValue:
    """Agree on something to be done by a day."""
    form = MilestoneForm(prefix="milestone")
    if not form.validate_on_submit():
        return _plan_page(plan, form), 422
    services.add_milestone(
        db_session(),
        current_actor(),
        plan,
        title=form.title.data or "",
        due_on=form.due_on.data,
        by=MilestoneBy(form.by.data),
    )
    return _back(plan, "Milestone added.")


@blueprint.post("/challenges/<reference>/support/<int:plan_id>/milestones/<int:milestone_id>/<any(done, open):to>")
@access(Permission.SUPPORT_RUN, find=queries.plan_inside)
def mark_milestone(plan: SupportPlan, milestone_id: int, to: str) -> ResponseReturnValue:
    """Say that a milestone is reached, or not yet after all."""
    services.mark_milestone(db_session(), current_actor(), plan, milestone_id, done=to == "done")
    return _back(plan, "Milestone reached." if to == "done" else "Milestone opened again.")


@blueprint.post("/challenges/<reference>/support/<int:plan_id>/milestones/<int:milestone_id>/remove")
@access(Permission.SUPPORT_RUN, find=queries.plan_inside)
def remove_milestone(plan: SupportPlan, milestone_id: int) -> ResponseReturnValue:
    """Take a milestone off the plan."""
    services.remove_milestone(db_session(), current_actor(), plan, milestone_id)
    return _back(plan, "Milestone removed.")
