"""The panel's pages, made for a phone in the room: declare, score one firm a page, lock."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.db import clock
from portal.showcases import queries, services
from portal.showcases.forms import DeclareForm, LockForm, ScoreForm
from portal.showcases.models import Appearance, PanelSeat
from portal.showcases.services.panel import still_open
from portal.showcases.timetable import running_order
from portal.showcases.views.base import blueprint
from portal.web import SIGNED_IN, access, current_actor, db_session


@blueprint.get("/showcase/<reference>/score")
@access(SIGNED_IN, find=queries.own_seat)
def score(seat: PanelSeat) -> ResponseReturnValue:
    """What this panel member has to do, and how far it is."""
    return _page(seat)


def _page(seat: PanelSeat, declare_form: DeclareForm | None = None) -> str:
    session = db_session()
    event = seat.event
    appearances = list(queries.appearances_of(session, event))
    scores = queries.own_scores(session, seat)
    criteria = queries.criteria_of(session, event.challenge)
    begun = event.at <= clock.now() and event.challenge.state == "showcase" and event.state != "cancelled"
    scoring = begun and seat.conflicted is False and seat.locked_at is None
    return render_template(
        "showcases/score.html",
        seat=seat,
        event=event,
        slots=running_order(event, appearances),
        now=clock.now(),
        done={key: len(given) for key, given in scores.items()},
        criteria=criteria,
        begun=begun,
        forms_of={
            each.id: ScoreForm.of(criteria, scores.get(each.id, {}), seat.version, place=f"firm{each.id}-")
            for each in (appearances if scoring else ())
        },
        missing=still_open(session, seat),
        compared=_compared(seat, appearances) if seat.locked_at is not None else None,
        declare_form=declare_form or DeclareForm(formdata=None),
        lock_form=LockForm(formdata=None, version=seat.version),
        form=declare_form,
    )


def _compared(seat: PanelSeat, appearances: list[Appearance]) -> queries.SideBySide | None:
    session, event = db_session(), seat.event
    return queries.costs_side_by_side(session, current_actor(), event, appearances, queries.seats_of(session, event))


@blueprint.post("/showcase/<reference>/score/declare")
@access(SIGNED_IN, find=queries.own_seat)
def declare(seat: PanelSeat) -> ResponseReturnValue:
    """Say whether one has an interest in any of the firms."""
    form = DeclareForm()
    if not form.validate_on_submit():
        return _page(seat, form), 422
    services.declare(
        db_session(),
        current_actor(),
        seat,
        conflicted=form.conflicted.data == "yes",
        detail=form.detail.data or "",
    )
    return redirect(url_for("showcases.score", reference=seat.event.reference))


@blueprint.get("/showcase/<reference>/score/<int:appearance_id>")
@access(SIGNED_IN, find=queries.own_seat)
def score_firm(seat: PanelSeat, appearance_id: int) -> ResponseReturnValue:
    """One firm's prototype."""
    if seat.conflicted is not False or seat.locked_at is not None:
        return redirect(url_for("showcases.score", reference=seat.event.reference))
    return _firm_page(seat, appearance_id)


def _shown(seat: PanelSeat, appearance_id: int) -> tuple[Appearance, Appearance | None]:
    """The firm asked for, and the one after it."""
    order = list(queries.appearances_of(db_session(), seat.event))
    for appearance, following in zip(order, [*order[1:], None], strict=True):
        if appearance.id == appearance_id:
            return appearance, following
    return abort(404)


def _form(seat: PanelSeat, appearance: Appearance) -> ScoreForm:
    session = db_session()
    kept = queries.own_scores(session, seat).get(appearance.id, {})
    return ScoreForm.of(queries.criteria_of(session, seat.event.challenge), kept, seat.version)


def _firm_page(seat: PanelSeat, appearance_id: int, refused: ScoreForm | None = None) -> str:
    appearance, following = _shown(seat, appearance_id)
    return render_template(
        "showcases/score_firm.html",
        seat=seat,
        event=seat.event,
        appearance=appearance,
        following=following,
        form=refused or _form(seat, appearance),
    )


@blueprint.post("/showcase/<reference>/score/<int:appearance_id>")
@access(SIGNED_IN, find=queries.own_seat)
def save_scores(seat: PanelSeat, appearance_id: int) -> ResponseReturnValue:
    """Keep what was scored and go on to the next firm."""
    appearance, following = _shown(seat, appearance_id)
    form = _form(seat, appearance)
    if not form.validate_on_submit():
        return _firm_page(seat, appearance_id, form), 422
    services.save_scores(db_session(), current_actor(), seat, form.version.number, appearance, form.marks)
    flash(f"Scores for {appearance.response.organisation.name} saved.", "success")
    if following is not None:
        return redirect(url_for("showcases.score_firm", reference=seat.event.reference, appearance_id=following.id))
    return redirect(url_for("showcases.score", reference=seat.event.reference))


@blueprint.post("/showcase/<reference>/score/lock")
@access(SIGNED_IN, find=queries.own_seat)
def lock(seat: PanelSeat) -> ResponseReturnValue:
    """Lock the scores for good."""
    form = LockForm()
    if not form.validate_on_submit():
        return _page(seat), 422
    services.lock_scores(db_session(), current_actor(), seat, form.version.number)
    flash("Your scores are locked. Thank you.", "success")
    return redirect(url_for("showcases.score", reference=seat.event.reference))
