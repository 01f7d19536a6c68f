"""The gate of a phase, where two people decide whether it passes."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.partnerships import queries, services
from portal.partnerships.forms import ConditionsMetForm, gate_form, judged
from portal.partnerships.models import Phase
from portal.partnerships.pathway import PHASE
from portal.partnerships.views.blueprint import blueprint
from portal.partnerships.views.shared import phase_form
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.workflow import outlook

_DONE = {
    "pass": "The phase has passed. Its payment is due.",
    "pass_with_conditions": "The phase has passed with conditions. Its payment is due.",
    "fail": "The phase has not passed.",
    "stop": "The phase is stopped.",
}


@blueprint.route("/partnerships/<reference>/phases/<int:number>/gate", methods=["GET", "POST"])
@access(Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE, find=queries.phase_of)
def gate(phase: Phase) -> ResponseReturnValue:
    """Judge each target, then decide; what the first person decided waits here for the second."""
    session, actor = db_session(), current_actor()
    waiting = _waiting(session, phase)
    form = gate_form(phase)
    if waiting and not form.is_submitted():
        form.decision.data, form.reason.data = waiting["move"].name, waiting["reason"]
    if not form.validate_on_submit():
        return phase_form(
            "partnerships/gate.html",
            phase,
            form,
            state=PHASE[phase.state],
            files=queries.evidence_of(session, phase),
            waiting=waiting,
            mine=bool(waiting) and waiting["person_id"] == actor.person_id,
        )
    decision, reason = form.decision.data, str(form.reason.data)
    conditions = str(form.conditions.data or "")
    made = services.review(session, actor, phase, decision, reason, judged(form, phase), conditions=conditions)
    flash(_DONE[decision] if made else "Your decision is kept. A second person must now confirm it here.", "success")
    return redirect(url_for("partnerships.show", reference=phase.partnership.reference))


@blueprint.route("/partnerships/<reference>/phases/<int:number>/conditions", methods=["GET", "POST"])
@access(Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE, find=queries.phase_of)
def conditions(phase: Phase) -> ResponseReturnValue:
    """Record how the conditions of a gate were met."""
    form = ConditionsMetForm()
    if not form.validate_on_submit():
        return phase_form("partnerships/conditions.html", phase, form)
    services.meet_conditions(db_session(), current_actor(), phase, str(form.how.data))
    flash("Recorded. The firm is told that the conditions are met.", "success")
    return redirect(url_for("partnerships.show", reference=phase.partnership.reference))


def _waiting(session: Session, phase: Phase) -> dict[str, Any]:
    """What the first of two people decided, by whom and when; empty where nobody has."""
    for each in outlook(session, current_actor(), phase):
        if each.agreement is not None:
            first = session.get_one(Person, each.agreement.person_id)
            return {
                "move": each.move,
                "person_id": first.id,
                "name": first.name,
                "at": each.agreement.agreed_at,
                "reason": each.agreement.said["reason"],
            }
    return {}
