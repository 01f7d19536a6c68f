"""The panel's meeting: scores that lie far apart, side by side, and what was agreed."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.assessment import services
from portal.assessment.forms import MeetingForm
from portal.assessment.queries import Inside, inside_round, opened_standing, submission
from portal.assessment.views.pages import criterion_or_404, page, response_or_404
from portal.policy import Permission
from portal.web import access, current_actor, db_session

_PROCURE = Permission.CHALLENGE_PROCURE


@page("/moderation", "moderation")
@access(_PROCURE, find=inside_round)
def show_moderation(inside: Inside) -> ResponseReturnValue:
    """Which scores lie so far apart that the panel has to meet."""
    stands = opened_standing(db_session(), current_actor(), inside)
    flagged = [(judged, point) for judged in stands.judged for point in judged.points if point.needs_meeting]
    return render_template(
        "assessment/moderation.html",
        challenge=inside.challenge,
        inside=inside,
        open_still=[pair for pair in flagged if pair[1].agreed is None],
        settled=[pair for pair in flagged if pair[1].agreed is not None],
    )


@page("/moderation/<response>/<int:position>", "meeting", methods=("GET", "POST"))
@access(_PROCURE, find=inside_round)
def meeting(inside: Inside, response: str, position: int) -> ResponseReturnValue:
    """One criterion of one response: the scores side by side, and what is agreed."""
    session, actor = db_session(), current_actor()
    met, criterion = response_or_404(inside, response), criterion_or_404(inside, position)
    judged = opened_standing(session, actor, inside).of(met.id)
    point = judged.point(criterion.id) if judged else None
    if judged is None or point is None or not point.needs_meeting:
        abort(404)
    seen = services.what_was_seen(session, met.id, criterion.id, point.values)
    form = MeetingForm(data=_agreed_before(point, seen))
    form.offer(criterion)
    if form.validate_on_submit():
        agreed = services.Meeting(form.after.data, form.reason.data or "", str(form.seen.data))
        services.moderate(session, actor, inside, met, criterion, agreed)
        flash(f"{judged.firm}: the panel agreed on {form.after.data} for {criterion.name}.", "success")
        return redirect(url_for(".moderation", reference=inside.challenge.reference))
    shown = render_template(
        "assessment/meeting.html",
        challenge=inside.challenge,
        inside=inside,
        judged=judged,
        point=point,
        answer=submission(session, met).on(criterion),
        descriptors={str(each.score): each.text for each in criterion.descriptors},
        form=form,
    )
    return shown, 422 if form.errors else 200


def _agreed_before(point: Any, seen: str) -> dict[str, Any]:
    known = {"after": point.moderation.after, "reason": point.moderation.reason} if point.moderation else {}
    return {"seen": seen} | known
