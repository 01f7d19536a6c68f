"""What officers see of debriefs, and what they do about each."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.db import clock
from portal.debriefs import queries, services
from portal.debriefs.forms import AnswerForm, ArrangeForm, HeldForm
from portal.debriefs.models import Debrief
from portal.debriefs.pathway import DEBRIEF
from portal.debriefs.views.blueprint import blueprint
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.web.forms import PortalForm, keep_typed
from portal.web.paging import page_number


@blueprint.get("/challenges/<reference>/debriefs")
@access(Permission.CHALLENGE_PROCURE, find=inside)
def of_challenge(challenge: Challenge) -> ResponseReturnValue:
    """Every firm that asked."""
    page = queries.debriefs_of(db_session(), challenge, number=page_number())
    return render_template("debriefs/list.html", challenge=challenge, page=page, machine=DEBRIEF)


@blueprint.get("/debriefs/<reference>")
@access(Permission.CHALLENGE_PROCURE, find=queries.inside_debrief)
def show(debrief: Debrief) -> ResponseReturnValue:
    """What a firm wants to know, and the three things that can be done about it."""
    return _page(debrief)


@blueprint.post("/debriefs/<reference>/arrange")
@access(Permission.CHALLENGE_PROCURE, find=queries.inside_debrief)
def arrange(debrief: Debrief) -> ResponseReturnValue:
    """Say when it takes place."""
    form = ArrangeForm()
    if not form.validate_on_submit():
        return _page(debrief, arranging=form), 422
    when, place = form.takes_place_at.data, form.place.data or ""
    services.arrange(db_session(), current_actor(), debrief, takes_place_at=when, place=place)
    return _done(debrief, "The firm is told when and where.")


@blueprint.post("/debriefs/<reference>/answer")
@access(Permission.CHALLENGE_PROCURE, find=queries.inside_debrief)
def answer(debrief: Debrief) -> ResponseReturnValue:
    """Answer in writing."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _page(debrief, answering=form), 422
    services.answer(db_session(), current_actor(), debrief, text=form.text.data or "")
    return _done(debrief, "Your answer has been sent.")


@blueprint.post("/debriefs/<reference>/held")
@access(Permission.CHALLENGE_PROCURE, find=queries.inside_debrief)
def held(debrief: Debrief) -> ResponseReturnValue:
    """Record that it took place."""
    form = HeldForm()
    if not form.validate_on_submit():
        return _page(debrief, holding=form), 422
    services.hold_it(db_session(), current_actor(), debrief, note=form.note.data or "")
    return _done(debrief, "Recorded: the debrief took place.")


def _done(debrief: Debrief, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("debriefs.show", reference=debrief.reference))


def _page(
    debrief: Debrief,
    *,
    arranging: ArrangeForm | None = None,
    answering: AnswerForm | None = None,
    holding: HeldForm | None = None,
) -> str:
    began = {"takes_place_at": debrief.takes_place_at, "place": debrief.place}
    mistaken: PortalForm | None = arranging or answering or holding
    keep_typed(mistaken, offered=not DEBRIEF[debrief.state].end)
    return render_template(
        "debriefs/show.html",
        debrief=debrief,
        response=debrief.response,
        challenge=debrief.response.challenge,
        stands=DEBRIEF[debrief.state],
        has_come=debrief.takes_place_at is not None and debrief.takes_place_at <= clock.now(),
        arranging=arranging or ArrangeForm(formdata=None, **began),
        answering=answering or AnswerForm(formdata=None),
        holding=holding or HeldForm(formdata=None),
        mistaken=mistaken,
    )
