"""Sending assessment summaries, and reading one."""

import json

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.notices import queries, services
from portal.notices.models import Summary
from portal.notices.summaries import unexplained, write_summaries
from portal.notices.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import access, current_actor, db_session


@blueprint.get("/challenges/<reference>/award/summaries")
@access(Permission.CHALLENGE_PROCURE, find=inside)
def preview(challenge: Challenge) -> ResponseReturnValue:
    """What each firm is about to be sent."""
    session = db_session()
    written = write_summaries(session, challenge)
    number = queries.award_number(session, challenge)
    return render_template(
        "notices/preview.html",
        challenge=challenge,
        written=written,
        unexplained=unexplained(written),
        dispatch=queries.dispatch_of(session, challenge, number),
    )


@blueprint.post("/challenges/<reference>/award/summaries")
@access(Permission.CHALLENGE_PROCURE, find=inside)
def send(challenge: Challenge) -> ResponseReturnValue:
    """Send all of them at once."""
    services.send_summaries(db_session(), current_actor(), challenge)
    flash("Every assessed firm has been sent its summary.", "success")
    return redirect(url_for("notices.award", reference=challenge.reference))


@blueprint.get("/responses/<reference>/summary")
@access(Permission.RESPONSE_WRITE, Permission.CHALLENGE_SEE, find=queries.summary_visible)
def summary(found: Summary) -> ResponseReturnValue:
    """One firm's summary, as it was sent."""
    return render_template(
        "notices/summary.html",
        summary=found,
        said=json.loads(found.content),
        challenge=found.response.challenge,
        inside=current_actor().may(Permission.CHALLENGE_SEE, found.scopes()),
    )
