"""For officers: which firms may fit a challenge and why, and telling them of it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.challenges.models import Challenge
from portal.challenges.pathway import ChallengeState
from portal.challenges.queries import inside
from portal.network.matching import queries, services
from portal.network.matching.views.blueprint import blueprint
from portal.places import attributions
from portal.policy import Permission
from portal.web import access, current_actor, db_session


@blueprint.get("/challenges/<reference>/firms")
@access(Permission.CHALLENGE_PROCURE, Permission.CHALLENGE_LEAD, find=inside)
def firms(challenge: Challenge) -> ResponseReturnValue:
    """Firms that may fit, each with its reasons, and who was told."""
    session, actor = db_session(), current_actor()
    return render_template(
        "network/matching/firms.html",
        challenge=challenge,
        firms=queries.firms_for(session, challenge),
        told=queries.tellings_of(session, challenge),
        may_tell=challenge.state == ChallengeState.OPEN and actor.may(Permission.CHALLENGE_PROCURE, challenge.scopes()),
        is_open=challenge.state == ChallengeState.OPEN,
        attributions=attributions(session),
    )


@blueprint.post("/challenges/<reference>/firms")
@access(Permission.CHALLENGE_PROCURE, find=inside)
def tell(challenge: Challenge) -> ResponseReturnValue:
    """Tell the chosen firms, each once."""
    chosen = [each for each in request.form.getlist("firm")[:200] if each.isalnum()]
    count = services.tell(db_session(), current_actor(), challenge, chosen)
    said = "1 firm is told by e-mail." if count == 1 else f"{count} firms are told by e-mail."
    flash(said if count else "Nobody was told: choose firms that have not been told yet.", "success")
    return redirect(url_for("matching.firms", reference=challenge.reference))
