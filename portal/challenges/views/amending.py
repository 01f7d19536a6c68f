"""Changing a brief that is open: the amendment in preparation, and a later deadline."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import workflow
from portal.challenges import amending, incidents, parts
from portal.challenges.forms.design import ConfirmForm
from portal.challenges.forms.officer import ExtendForm, PublishForm
from portal.challenges.models import Challenge, Incident, Round
from portal.challenges.parts.rounds import moment
from portal.challenges.pathway import ChallengeState
from portal.challenges.queries import inside, round_of
from portal.challenges.services import amend as services
from portal.challenges.views import desks
from portal.challenges.views.blueprints import brief
from portal.policy import Permission
from portal.web import access, current_actor, db_session


@brief.route("/challenges/<reference>/amend", methods=["GET", "POST"])
@access(Permission.CHALLENGE_PROCURE, find=inside)
def amend(challenge: Challenge) -> ResponseReturnValue:
    """What the amendment changes, word by word, and publishing it."""
    session = db_session()
    pending = amending.pending(session, challenge)
    proposal = amending.proposal_of(pending)
    form = PublishForm(data={"version": pending.version if pending else "", "deadline": _deadline(proposal)})
    if form.validate_on_submit():
        kept = form.deadline.data == "keep"
        said = {"reason": str(form.reason.data), "deadline_kept": kept, "version": form.version.number}
        services.publish(session, current_actor(), challenge, **said)
        flash("The brief has been changed, and everyone is told.", "success")
        return redirect(url_for("brief.versions", reference=challenge.reference))
    return render_template(
        "challenges/amend.html",
        challenge=challenge,
        form=form,
        is_open=desks.AMENDMENT.stands(challenge),
        pending=pending,
        moves_deadline="dates" in proposal,
        differences=amending.proposed_differences(session, challenge, proposal),
        tasks=[
            {
                "title": parts.PARTS[key].title,
                "href": url_for(desks.AMENDMENT.endpoint_of(key), reference=challenge.reference),
                "status": "Changed" if key in proposal else "As published",
                "tone": "yellow" if key in proposal else None,
            }
            for key in desks.AMENDMENT.keys
        ],
    ), 422 if form.is_submitted() else 200


@brief.route("/challenges/<reference>/amend/drop", methods=["GET", "POST"])
@access(Permission.CHALLENGE_PROCURE, find=inside)
def drop_amendment(challenge: Challenge) -> ResponseReturnValue:
    """Throw the amendment away, once somebody has said so twice."""
    pending = amending.pending(db_session(), challenge)
    form = ConfirmForm(data={"version": pending.version if pending else ""})
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("challenges/amend_drop.html", challenge=challenge, form=form, pending=pending), status
    services.drop(db_session(), current_actor(), challenge, form.version.number)
    flash("The amendment has been thrown away. The brief stays as it is published.", "success")
    return redirect(url_for("brief.tasks", reference=challenge.reference))


@brief.route("/challenges/<reference>/extend", methods=["GET", "POST"])
@access(Permission.CHALLENGE_PROCURE, find=inside)
def extend(challenge: Challenge) -> ResponseReturnValue:
    """Move the deadline of the round that is open, for everyone."""
    current = moment(parts.read(db_session(), challenge, "dates")["deadline"])
    asked = round_of(db_session(), challenge)
    away = incidents.pending(db_session(), asked) if asked else ()
    form = ExtendForm(data=_made_good(asked, away) if asked and away else None)
    if not form.validate_on_submit():
        context = {
            "challenge": challenge,
            "form": form,
            "current": current,
            "stands": challenge.state == ChallengeState.OPEN,
        }
        return render_template("challenges/extend.html", **context), 422 if form.is_submitted() else 200
    given = {"deadline": form.deadline.data, "reason": str(form.reason.data)}
    workflow.fire(db_session(), current_actor(), challenge, "extend", **given)
    flash("The deadline has been moved, and everyone is told.", "success")
    return redirect(url_for("brief.tasks", reference=challenge.reference))


def _made_good(asked: Round, away: Sequence[Incident]) -> dict[str, object]:
    """What gives everyone the time back in which the portal was away, to begin from."""
    return {"deadline": incidents.owed(db_session(), asked), "reason": " ".join(each.what for each in away)}


def _deadline(proposal: dict[str, object]) -> str | None:
    """Where the amendment moves the deadline, there is nothing to ask."""
    return "keep" if "dates" in proposal else None
