"""The plans of a challenge, for its team and its advisers."""

from decimal import Decimal

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.policy import Permission
from portal.support import queries, services
from portal.support.forms import PlanForm, ReasonForm, SessionForm, TellAllForm, ToldForm
from portal.support.models import SupportPlan, ToldFact
from portal.support.pathway import PLAN
from portal.support.views.base import blueprint
from portal.web import access, current_actor, db_session
from portal.web.forms import PortalForm

_TEAM_MOVES = frozenset({"contact", "make_ready", "help_more", "put_out"})
_NOBODY = 0


@blueprint.get("/challenges/<reference>/support")
@access(Permission.SUPPORT_RUN, Permission.CHALLENGE_PROCURE, find=inside)
def plans(challenge: Challenge) -> ResponseReturnValue:
    """Every firm's plan, and what firms were told."""
    return _plans_page(challenge)


def _plans_page(challenge: Challenge, refused: tuple[int, TellAllForm] | None = None) -> str:
    session, actor = db_session(), current_actor()
    found = queries.plans_of(session, challenge)
    facts = queries.facts_of(session, challenge)
    forms = {
        fact.id: TellAllForm(prefix=f"fact{fact.id}", formdata=None, version=fact.version, public_text=fact.text)
        for fact in facts
        if fact.told_to_all_at is None
    }
    if refused is not None:
        forms[refused[0]] = refused[1]
    return render_template(
        "support/plans.html",
        challenge=challenge,
        plans=found,
        states=PLAN.states,
        first_contact=queries.first_contact,
        sessions=queries.sessions_of(session, found),
        facts=facts,
        firms={plan.id: plan.response.organisation.name for plan in found},
        forms_of=forms,
        form=refused[1] if refused else None,
        tells=actor.may(Permission.CHALLENGE_LEAD, challenge.scopes()),
        helps=actor.may(Permission.SUPPORT_RUN, challenge.scopes()),
    )


@blueprint.post("/challenges/<reference>/support/told/<int:fact_id>")
@access(Permission.CHALLENGE_LEAD, find=inside)
def tell_all(challenge: Challenge, fact_id: int) -> ResponseReturnValue:
    """Tell every supported firm what one was told."""
    fact = _fact(challenge, fact_id)
    form = TellAllForm(prefix=f"fact{fact.id}")
    if not form.validate_on_submit():
        return _plans_page(challenge, (fact.id, form)), 422
    services.tell_all(db_session(), current_actor(), challenge, fact, form.version.number, form.public_text.data or "")
    flash("Every supported firm is being told.", "success")
    return redirect(url_for("support.plans", reference=challenge.reference, _anchor="told"))


def _fact(challenge: Challenge, fact_id: int) -> ToldFact:
    fact = queries.fact_inside(db_session(), current_actor(), challenge.reference, fact_id)
    return fact if fact is not None else abort(404)


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
    }
    names = {PlanForm: "plan_form", SessionForm: "session_form", ToldForm: "told_form", ReasonForm: "reason_form"}
    if refused is not None:
        forms[names[type(refused)]] = refused
    return render_template(
        "support/plan.html",
        challenge=plan.challenge,
        plan=plan,
        state=PLAN[plan.state],
        contact=queries.first_contact(plan),
        sessions=queries.sessions_of(session, [plan])[plan.id],
        facts=queries.facts_for(session, plan),
        moves=machine_moves,
        writes=running and actor.may(Permission.SUPPORT_RUN, plan.scopes()),
        takes=running and plan.adviser_id is None and actor.person_id in advisers,
        form=refused,
        **forms,
    )


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
