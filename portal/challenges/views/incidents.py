"""Recording that the portal was away, and seeing what everybody is owed for it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.challenges import incidents
from portal.challenges.forms.officer import IncidentForm
from portal.challenges.models import Challenge, Round, RoundKind
from portal.challenges.pathway import ChallengeState
from portal.challenges.queries import inside, round_of
from portal.challenges.services.incidents import record_incident
from portal.challenges.views.blueprints import brief
from portal.db import clock
from portal.policy import Permission
from portal.web import access, current_actor, db_session

_TENDER = frozenset({ChallengeState.TENDER, ChallengeState.TENDER_ASSESSMENT})
_MOVES = {
    ChallengeState.OPEN: "extend",
    ChallengeState.ASSESSMENT: "reopen",
    ChallengeState.TENDER: "extend_tender",
    ChallengeState.TENDER_ASSESSMENT: "reopen_tender",
}
_CLOSED_BY_NOW = {"extend": "reopen", "extend_tender": "reopen_tender"}
"""What takes the place of a move where the deadline has passed and the clock's own move is still owed."""


@brief.route("/challenges/<reference>/incident", methods=["GET", "POST"])
@access(Permission.CHALLENGE_PROCURE, find=inside)
def incident(challenge: Challenge) -> ResponseReturnValue:
    """Record an incident; then the earliest lawful deadline, and the move that gives it to everyone."""
    asked = _round(challenge)
    form = IncidentForm()
    if not form.validate_on_submit():
        return _page(challenge, asked, form), 422 if form.is_submitted() else 200
    said = {"began": form.began.data, "ended": form.ended.data, "what": str(form.what.data)}
    record_incident(db_session(), current_actor(), challenge, asked, **said)
    flash("Recorded. Now give everyone the time back.", "success")
    return redirect(url_for("brief.incident", reference=challenge.reference))


def _round(challenge: Challenge) -> Round:
    kind = RoundKind.TENDER if challenge.state in _TENDER else RoundKind.CHALLENGE
    found = round_of(db_session(), challenge, kind)
    if found is None or found.opens_at is None:
        raise NotFound
    return found


def _page(challenge: Challenge, asked: Round, form: IncidentForm) -> str:
    move = _MOVES.get(ChallengeState(challenge.state))
    if move in _CLOSED_BY_NOW and asked.deadline is not None and asked.deadline <= clock.now():
        move = _CLOSED_BY_NOW[move]
    return render_template(
        "challenges/incident.html",
        challenge=challenge,
        asked=asked,
        form=form,
        pending=incidents.pending(db_session(), asked),
        made_good=incidents.made_good(db_session(), asked),
        owed=incidents.owed(db_session(), asked),
        move=move,
    )
