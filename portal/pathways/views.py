"""The progress page of a challenge, the one page on which every move is made, and the pathways explained."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.machine import Machine, MoveRefused, NotNow, Refusal, as_rows, as_svg
from portal.pathways.direct import DIRECT
from portal.pathways.forms import MoveForm, chosen_firms, form_for
from portal.pathways.queries import history
from portal.pathways.showcase import SHOWCASE
from portal.pathways.standing import standing
from portal.policy import Permission
from portal.web import PUBLIC, access, current_actor, db_session
from portal.web.errors import what_was_typed
from portal.workflow import Outlook, agree, fire, machine_of, outlook

blueprint = Blueprint("pathways", __name__)

INSIDERS = (
    Permission.CHALLENGE_SEE,
    Permission.ASSESS,
    Permission.SUPPORT_GIVE,
    Permission.RESPONSES_OPEN,
    Permission.SHOWCASE_ATTEND,
)
DECIDERS = (Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE, Permission.FUNDING_DECIDE)


@blueprint.get("/pathways")
@access(PUBLIC)
def explained() -> ResponseReturnValue:
    """Both pathways, drawn from their definitions and as tables."""
    pathways = [(machine, _drawn(machine), as_rows(machine)) for machine in (SHOWCASE, DIRECT)]
    return render_template("pathways/explained.html", pathways=pathways)


@blueprint.get("/challenges/<reference>/progress")
@access(*INSIDERS, find=inside)
def progress(challenge: Challenge) -> ResponseReturnValue:
    """Where a challenge stands, what was done, and what can happen next with all that is missing."""
    session, machine = db_session(), machine_of(challenge)
    now = standing(session, challenge)
    return render_template(
        "pathways/progress.html",
        challenge=challenge,
        machine=machine,
        standing=now,
        picture=_drawn(machine, here=now.state.name),
        moves=outlook(session, current_actor(), challenge),
        done=history(session, challenge),
    )


@blueprint.get("/challenges/<reference>/moves/<name>")
@access(*DECIDERS, find=inside)
def move(challenge: Challenge, name: str) -> ResponseReturnValue:
    """A move before it is made: what it means, who may make it, and all that is missing."""
    look = _look(challenge, name)
    return _page(challenge, look, _form(challenge, look))


@blueprint.post("/challenges/<reference>/moves/<name>")
@access(*DECIDERS, find=inside)
def make_move(challenge: Challenge, name: str) -> ResponseReturnValue:
    """Make the move, or be the first of two to agree to it."""
    look = _look(challenge, name)
    form = _form(challenge, look)
    if not form.validate_on_submit():
        return _page(challenge, look, form), 422
    given = {field.name: field.data for field in form if field.name in look.move.asks + look.move.invites}
    first_of_two = look.move.two_person and not look.awaits_second
    try:
        (agree if first_of_two else fire)(db_session(), current_actor(), challenge, name, **given)
    except MoveRefused as refused:
        return _page(challenge, look, form, refused.refusal), 409
    if first_of_two:
        flash("You have agreed. Another person must now make the move.", "success")
    else:
        flash(f"Done: {look.move.title.lower()}.", "success")
    return redirect(url_for("pathways.progress", reference=challenge.reference))


def _drawn(machine: Machine, here: str | None = None) -> Markup:
    return Markup(as_svg(machine, here=here))  # noqa: S704 - drawn from the definition, which escapes its words


def _look(challenge: Challenge, name: str) -> Outlook:
    found = next((each for each in outlook(db_session(), current_actor(), challenge) if each.move.name == name), None)
    if found is not None:
        return found
    known = machine_of(challenge).moves.get(name)
    if known is None or known.due is not None:
        abort(404)
    raise NotNow(f"“{known.title}” is not possible where this challenge stands now.")


def _form(challenge: Challenge, look: Outlook) -> MoveForm:
    return form_for(db_session(), challenge, look.move, confirming=look.awaits_second)


def _page(challenge: Challenge, look: Outlook, form: MoveForm, refusal: Refusal | None = None) -> str:
    return render_template(
        "pathways/move.html",
        challenge=challenge,
        look=look,
        form=form,
        refusal=refusal,
        submitted=what_was_typed(),
        deadline=standing(db_session(), challenge).deadline,
        hints={each.response_id: each.follows for each in chosen_firms(db_session(), challenge)}
        if "response_id" in form
        else {},
    )
