"""Declaring interests, and the officer's assessment of them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.challenges.conflicts import register, reviews_of
from portal.challenges.forms.officer import ConflictsForm, DeclarationForm, MitigationForm
from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.challenges.services import conflicts as services
from portal.challenges.views.blueprints import brief
from portal.policy import Permission
from portal.web import access, current_actor, db_session

_MAY_LOOK = (Permission.CHALLENGE_SEE, Permission.CONFLICT_DECLARE)


@brief.get("/challenges/<reference>/brief/conflicts")
@access(*_MAY_LOOK, find=inside)
def conflicts(challenge: Challenge) -> ResponseReturnValue:
    """Who declared what, and the officer's assessment; details are for the officer and for whoever declared them."""
    session, actor = db_session(), current_actor()
    return render_template(
        "challenges/brief_conflicts.html",
        challenge=challenge,
        entries=register(session, challenge),
        reviews=reviews_of(session, challenge),
        officer=actor.may(Permission.CHALLENGE_PROCURE, challenge.scopes()),
        may_declare=actor.may(Permission.CONFLICT_DECLARE, challenge.scopes()),
    )


@brief.route("/challenges/<reference>/brief/conflicts/<int:person>", methods=["GET", "POST"])
@access(Permission.CHALLENGE_PROCURE, find=inside)
def mitigate(challenge: Challenge, person: int) -> ResponseReturnValue:
    """What is done about one declared interest."""
    entry = next((each for each in register(db_session(), challenge) if each.person_id == person), None)
    if entry is None or entry.declaration is None or not entry.conflicted:
        raise NotFound
    form = MitigationForm(data={"mitigation": entry.declaration.mitigation})
    if not form.validate_on_submit():
        page = "challenges/brief_mitigate.html"
        status = 422 if form.is_submitted() else 200
        return render_template(page, challenge=challenge, entry=entry, form=form), status
    services.mitigate(db_session(), current_actor(), challenge, person, mitigation=str(form.mitigation.data))
    flash("Recorded.", "success")
    return redirect(url_for("brief.conflicts", reference=challenge.reference))


@brief.route("/challenges/<reference>/brief/conflicts/declare", methods=["GET", "POST"])
@access(Permission.CONFLICT_DECLARE, find=inside)
def declare(challenge: Challenge) -> ResponseReturnValue:
    """Declare one's own interests."""
    form = DeclarationForm()
    if not form.validate_on_submit():
        page = "challenges/brief_declare.html"
        return render_template(page, challenge=challenge, form=form), 422 if form.is_submitted() else 200
    said = {"conflicted": form.conflicted.data == "yes", "detail": form.detail.data or ""}
    services.declare(db_session(), current_actor(), challenge, **said)
    flash("Your declaration has been recorded.", "success")
    return redirect(url_for("brief.conflicts", reference=challenge.reference))


@brief.route("/challenges/<reference>/brief/conflicts/assess", methods=["GET", "POST"])
@access(Permission.CHALLENGE_PROCURE, find=inside)
def assess(challenge: Challenge) -> ResponseReturnValue:
    """The officer's assessment."""
    known = {
        "sponsor": challenge.sponsor_interests,
        "note_text": challenge.conflicts_note,
        "version": challenge.version,
    }
    form = ConflictsForm(data=known)
    if not form.validate_on_submit():
        page = "challenges/brief_assess.html"
        return render_template(page, challenge=challenge, form=form), 422 if form.is_submitted() else 200
    services.assess(
        db_session(),
        current_actor(),
        challenge,
        note_text=str(form.note_text.data),
        sponsor=str(form.sponsor.data),
        version=form.version.number,
    )
    flash("The assessment has been recorded.", "success")
    return redirect(url_for("brief.conflicts", reference=challenge.reference))
