"""A partnership at work: its own page, and what moves it from signing to its close."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.db import clock
from portal.law.calendar import london_date
from portal.partnerships import queries, services
from portal.partnerships.forms import EvidenceForm, MeasureForm, ReasonForm, SignedForm
from portal.partnerships.glance import glance_at
from portal.partnerships.models import Partnership, Phase
from portal.partnerships.money import payment_words
from portal.partnerships.pathway import PARTNERSHIP, PHASE
from portal.partnerships.services.work import why_not_signed_on
from portal.partnerships.timeline import line_of
from portal.partnerships.views.blueprint import blueprint
from portal.partnerships.views.shared import phase_form
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.web.forms import PortalForm
from portal.workflow import outlook

_PROCURE, _LEAD = Permission.CHALLENGE_PROCURE, Permission.CHALLENGE_LEAD


@blueprint.get("/partnerships/<reference>")
@access(Permission.CHALLENGE_SEE, Permission.RESPONSE_WRITE, find=queries.visible)
def show(partnership: Partnership) -> ResponseReturnValue:
    """One partnership: its terms, its phases on a line of time, and what can be done next."""
    return _page(partnership)


def _page(partnership: Partnership, status: int = 200, **forms: PortalForm) -> ResponseReturnValue:
    actor, scopes, today = current_actor(), partnership.scopes(), london_date(clock.now())
    inside = actor.may(Permission.CHALLENGE_SEE, scopes)
    next_moves = {each.move.name: each for each in outlook(db_session(), actor, partnership)} if inside else {}
    shown: dict[str, Any] = {"signed_form": None, "reason_form": None, "measure_form": None, "form": None}
    if inside and "begin" in next_moves:
        shown["signed_form"] = SignedForm()
    if inside and "take_option" in next_moves:
        shown["measure_form"] = MeasureForm(
            measured=partnership.option_measured,
            level_met={True: "yes", False: "no", None: None}[partnership.option_level_met],
            final=partnership.option_final_pence,
        )
    shown["form"] = next(iter(forms.values()), None)
    page = render_template(
        "partnerships/show.html",
        partnership=partnership,
        challenge=partnership.challenge,
        machine=PARTNERSHIP,
        phase_machine=PHASE,
        line=line_of(partnership.phases, today),
        glance=glance_at(partnership, today),
        payment_words=payment_words,
        inside=inside,
        startable=next((each.number for each in partnership.phases if each.state != "passed"), None),
        may_lead=actor.may(_LEAD, scopes),
        may_procure=actor.may(_PROCURE, scopes),
        moves=next_moves,
        **(shown | forms),
    )
    return page, status


def _back(partnership: Partnership) -> ResponseReturnValue:
    return redirect(url_for("partnerships.show", reference=partnership.reference))


@blueprint.post("/partnerships/<reference>/sign")
@access(_PROCURE, find=queries.of_authority)
def sign(partnership: Partnership) -> ResponseReturnValue:
    """Record the day on which the contract was signed."""
    form = SignedForm()
    if form.validate_on_submit() and (problem := why_not_signed_on(partnership.challenge, form.signed_on.data)):
        form.signed_on.errors = (problem,)
    if form.errors:
        return _page(partnership, 422, signed_form=form)
    services.sign(db_session(), current_actor(), partnership, form.signed_on.data)
    flash("The contract is recorded as signed. Work can begin.", "success")
    return _back(partnership)


@blueprint.post("/partnerships/<reference>/measure")
@access(_PROCURE, find=queries.of_authority)
def measure(partnership: Partnership) -> ResponseReturnValue:
    """Record what was measured against the purchase option, and its final cost."""
    form = MeasureForm()
    if not form.validate_on_submit():
        return _page(partnership, 422, measure_form=form)
    services.measure(
        db_session(),
        current_actor(),
        partnership,
        str(form.measured.data),
        form.level_met.data == "yes",
        form.final.data,
    )
    flash("Recorded. The option can be decided on these figures.", "success")
    return _back(partnership)


@blueprint.route("/partnerships/<reference>/option/take", methods=["GET", "POST"])
@access(_PROCURE, _LEAD, find=queries.of_authority)
def take_option(partnership: Partnership) -> ResponseReturnValue:
    """Take the purchase option and say why, as the first or the second of two people."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return _reason_page(partnership, form, "Take the purchase option", "take_option")
    made = services.take_option(db_session(), current_actor(), partnership, str(form.reason.data))
    flash(
        "The purchase option is taken." if made else "You agreed. Another person must now take the option.", "success"
    )
    return _back(partnership)


@blueprint.route("/partnerships/<reference>/option/leave", methods=["GET", "POST"])
@access(_PROCURE, find=queries.of_authority)
def leave_option(partnership: Partnership) -> ResponseReturnValue:
    """Say why the finished thing is not bought."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return _reason_page(partnership, form, "Do not take the purchase option", "leave_option")
    services.leave_option(db_session(), current_actor(), partnership, str(form.reason.data))
    flash("Recorded: the purchase option is not taken.", "success")
    return _back(partnership)


@blueprint.route("/partnerships/<reference>/end", methods=["GET", "POST"])
@access(_PROCURE, _LEAD, find=queries.of_authority)
def end_work(partnership: Partnership) -> ResponseReturnValue:
    """End this partner's work, as the first or the second of two people."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return _reason_page(partnership, form, "End this partner's work", "end_work")
    made = services.end_work(db_session(), current_actor(), partnership, str(form.reason.data))
    flash("This partner's work is ended." if made else "You agreed. Another person must now end the work.", "success")
    return _back(partnership)


def _reason_page(partnership: Partnership, form: ReasonForm, title: str, move: str) -> ResponseReturnValue:
    moves = {each.move.name: each for each in outlook(db_session(), current_actor(), partnership)}
    agreed = moves[move].agreement if move in moves else None
    page = render_template(
        "partnerships/reason.html",
        partnership=partnership,
        challenge=partnership.challenge,
        form=form,
        title=title,
        meaning=PARTNERSHIP.moves[move].meaning,
        agreed=agreed.said["reason"] if agreed and agreed.person_id != current_actor().person_id else None,
        waiting=agreed is not None and agreed.person_id == current_actor().person_id,
        two_person=PARTNERSHIP.moves[move].two_person,
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/partnerships/<reference>/close")
@access(_PROCURE, find=queries.of_authority)
def close(partnership: Partnership) -> ResponseReturnValue:
    """Close the partnership."""
    services.close(db_session(), current_actor(), partnership)
    flash("The partnership is closed.", "success")
    return _back(partnership)


@blueprint.post("/partnerships/<reference>/phases/<int:number>/start")
@access(_LEAD, find=queries.phase_of)
def start_phase(phase: Phase) -> ResponseReturnValue:
    """Start a phase."""
    services.start_phase(db_session(), current_actor(), phase)
    flash(f"Phase {phase.number} has started.", "success")
    return _back(phase.partnership)


@blueprint.route("/partnerships/<reference>/phases/<int:number>/deliver", methods=["GET", "POST"])
@access(_LEAD, find=queries.phase_of)
def deliver(phase: Phase) -> ResponseReturnValue:
    """Record what a phase delivered."""
    form = EvidenceForm()
    if not form.validate_on_submit():
        return phase_form("partnerships/deliver.html", phase, form)
    services.deliver(db_session(), current_actor(), phase, str(form.evidence.data))
    flash(f"Phase {phase.number} now waits at its gate, for two people to review.", "success")
    return _back(phase.partnership)
