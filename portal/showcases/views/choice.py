"""Choosing which solutions go on, for owner and procurement officer."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.law.releases import ranking_decides
from portal.policy import Permission
from portal.showcases import queries, services
from portal.showcases.forms import ChoiceForm
from portal.showcases.models import ShowcaseEvent
from portal.showcases.views.base import blueprint
from portal.web import access, current_actor, db_session


@blueprint.get("/challenges/<reference>/showcase/choice")
@access(Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE, find=inside)
def choice(challenge: Challenge) -> ResponseReturnValue:
    """The results, and which firms go on."""
    return _page(challenge, _form(challenge))


@blueprint.post("/challenges/<reference>/showcase/choice")
@access(Permission.CHALLENGE_LEAD, Permission.CHALLENGE_PROCURE, find=inside)
def choose(challenge: Challenge) -> ResponseReturnValue:
    """Put down which firms go on."""
    form = _form(challenge)
    if not form.validate_on_submit():
        return _page(challenge, form), 422
    session = db_session()
    if problems := services.wrong_with(session, challenge, form.reasons):
        form["firms"].errors = problems
        return _page(challenge, form), 422
    services.choose(session, current_actor(), challenge, str(form.seen.data or ""), form.reasons)
    flash("Choice saved. It takes effect when owner and procurement officer both make the move.", "success")
    return redirect(url_for("showcases.event", reference=challenge.reference, _anchor="choice"))


def _form(challenge: Challenge) -> ChoiceForm:
    session = db_session()
    event = queries.event_of(session, challenge)
    shown = queries.appearances_of(session, event) if event is not None else ()
    reasons = {each.response_id: each.reason for each in queries.choices_of(session, challenge)}
    return ChoiceForm.of(shown, reasons, queries.choice_digest(session, challenge))


def _page(challenge: Challenge, form: ChoiceForm) -> str:
    session = db_session()
    event = queries.event_of(session, challenge)
    return render_template(
        "showcases/choice.html",
        challenge=challenge,
        form=form,
        results=queries.results_of(session, event) if event is not None else None,
        compared=_compared(event) if event is not None else None,
        by_ranking=challenge.release_kind is not None and ranking_decides(challenge.release_kind),
        choosing=challenge.state == "showcase",
    )


def _compared(event: ShowcaseEvent) -> queries.SideBySide | None:
    session = db_session()
    shown, seats = queries.appearances_of(session, event), queries.seats_of(session, event)
    return queries.costs_side_by_side(session, current_actor(), event, shown, seats)
