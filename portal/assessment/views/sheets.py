"""An assessor's own pages: the list, the conflict check, reading and scoring, and the lock."""

from collections.abc import Sequence

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.assessment import services
from portal.assessment.forms import LONGEST, BlindDeclarationForm, ReasonForm, ScoreForm
from portal.assessment.models import Assignment
from portal.assessment.pathway import ASSIGNMENT
from portal.assessment.queries import (
    SheetRow,
    firm_names,
    firms_in,
    my_sheet,
    names_on,
    others_named,
    queue,
    read_queue,
    reading_of,
    seat_of,
    sheet_rows,
)
from portal.assessment.views.pages import blueprint
from portal.challenges.social import HOW_JUDGED
from portal.db import Conflict
from portal.machine import NotAllowed, NotNow
from portal.policy import Permission
from portal.responses.clarified import taken_into_account
from portal.responses.queries import file_of
from portal.web import SIGNED_IN, access, current_actor, db_session, page_number
from portal.web.paging import page_of
from portal.web.uploads import as_attachment


@blueprint.get("/assessments", endpoint="queue")
@access(SIGNED_IN)
def show_queue() -> ResponseReturnValue:
    """This person's responses to assess."""
    session, actor = db_session(), current_actor()
    to_do = page_of(session, queue(actor, done=False), number=page_number(), size=25, read=read_queue)
    done = page_of(session, queue(actor, done=True), number=page_number(), size=25, read=read_queue)
    return render_template(
        "assessment/queue.html", to_do=to_do, done=done, minutes=sum(item.minutes for item in to_do.items)
    )


@blueprint.get("/assessments/<reference>")
@access(Permission.ASSESS, find=my_sheet)
def score(sheet: Assignment) -> ResponseReturnValue:
    """The conflict check, then the sheet as a whole."""
    if sheet.state == "assigned":
        return _before_reading(sheet)
    session = db_session()
    rows, said = sheet_rows(session, sheet), reading_of(session, sheet)
    return render_template(
        "assessment/sheet.html",
        sheet=sheet,
        state=ASSIGNMENT[sheet.state],
        rows=rows,
        said=said,
        firms=names_on(session, sheet),
        clarifications=[] if sheet.round.blind or sheet.price else taken_into_account(session, sheet.response),
        complete=all(row.done for row in rows),
        may_reopen=sheet.being_assessed and not (sheet.compared(session) or sheet.followed_by_prices(session)),
        closed=sheet.quality_unlocked(session),
    )


@blueprint.post("/assessments/<reference>/declaration")
@access(Permission.ASSESS, find=my_sheet)
def declare(sheet: Assignment) -> ResponseReturnValue:
    """Declare no conflict of interest; where it is read blind, with every firm of the round at once."""
    if sheet.round.blind:
        return _declare_blind(sheet)
    services.declare(db_session(), current_actor(), sheet)
    return redirect(url_for("assessment.score", reference=sheet.reference))


@blueprint.route("/assessments/<reference>/stand-down", methods=["GET", "POST"])
@access(Permission.ASSESS, find=my_sheet)
def recuse(sheet: Assignment) -> ResponseReturnValue:
    """Stand down from one response."""
    form = ReasonForm()
    if form.validate_on_submit():
        services.recuse(db_session(), current_actor(), sheet, form.reason.data or "")
        flash("You have stood down from this response. Somebody else will assess it.", "success")
        return redirect(url_for("assessment.queue"))
    firms = names_on(db_session(), sheet)
    shown = render_template("assessment/recuse.html", sheet=sheet, firms=firms, form=form)
    return shown, 422 if form.errors else 200


@blueprint.route("/assessments/<reference>/criteria/<int:position>", methods=["GET", "POST"])
@access(Permission.ASSESS, find=my_sheet)
def criterion(sheet: Assignment, position: int) -> ResponseReturnValue:
    """Read what the firm says on one criterion, and score it."""
    session = db_session()
    if sheet.state == "assigned":
        return redirect(url_for("assessment.score", reference=sheet.reference))
    rows = sheet_rows(session, sheet)
    row = next((each for each in rows if each.criterion.position == position), None) or abort(404)
    form = ScoreForm(data=_given(row))
    form.offer(row.criterion)
    if form.validate_on_submit():
        services.save_score(
            session,
            current_actor(),
            sheet,
            row.criterion,
            services.Marking(form.value.data, form.comment.data or "", form.version.number),
        )
        return redirect(_after(sheet, rows, row))
    shown = render_template(
        "assessment/criterion.html",
        sheet=sheet,
        how_judged=HOW_JUDGED,
        row=row,
        rows=rows,
        number=rows.index(row) + 1,
        said=reading_of(session, sheet),
        closed=sheet.quality_unlocked(session),
        firms=names_on(session, sheet),
        descriptors={str(each.score): each.text for each in row.criterion.descriptors},
        form=form,
    )
    return shown, 422 if form.errors else 200


@blueprint.post("/assessments/<reference>/criteria/<int:position>/autosave")
@access(Permission.ASSESS, find=my_sheet)
def autosave(sheet: Assignment, position: int) -> ResponseReturnValue:
    """Keep what has been given and written so far; answers the new version, or why not in a sentence."""
    session, said = db_session(), request.get_json(silent=True)
    row = next((each for each in sheet_rows(session, sheet) if each.criterion.position == position), None) or abort(404)
    marking = _typed(said)
    if marking is None:
        return jsonify(message="This was not understood. Use the save button."), 400
    try:
        score = services.save_score(session, current_actor(), sheet, row.criterion, marking)
    except Conflict:
        return jsonify(
            message="You changed this in another window. Copy what you wrote, then load the page again."
        ), 409
    except (ValueError, NotNow, NotAllowed) as refused:
        return jsonify(message=str(refused)), 409
    return jsonify(version=score.version, message="")


@blueprint.get("/assessments/<reference>/files/<file_reference>")
@access(Permission.ASSESS, find=my_sheet)
def file(sheet: Assignment, file_reference: str) -> ResponseReturnValue:
    """A file the firm enclosed, once the conflict check is done."""
    if sheet.state == "assigned":
        return redirect(url_for("assessment.score", reference=sheet.reference))
    enclosed = reading_of(db_session(), sheet).files
    called = next((each.name for each in enclosed if each.reference == file_reference), None) or abort(404)
    stored = file_of(db_session(), sheet.response, file_reference, submitted=True) or abort(404)
    return as_attachment(stored, called)


@blueprint.post("/assessments/<reference>/lock")
@access(Permission.ASSESS, find=my_sheet)
def lock(sheet: Assignment) -> ResponseReturnValue:
    """Lock the sheet."""
    services.lock(db_session(), current_actor(), sheet)
    flash("Your scores are locked. Nobody sees them until every assessor has finished.", "success")
    return redirect(url_for("assessment.queue"))


@blueprint.route("/assessments/<reference>/reopen", methods=["GET", "POST"])
@access(Permission.ASSESS, find=my_sheet)
def reopen(sheet: Assignment) -> ResponseReturnValue:
    """Take up a locked sheet again."""
    form = ReasonForm()
    if form.validate_on_submit():
        services.reopen(db_session(), current_actor(), sheet, form.reason.data or "")
        return redirect(url_for("assessment.score", reference=sheet.reference))
    shown = render_template("assessment/reopen.html", sheet=sheet, form=form)
    return shown, 422 if form.errors else 200


def _before_reading(sheet: Assignment) -> ResponseReturnValue:
    """The briefing where that is still to come, then the conflict check."""
    session = db_session()
    if sheet.unprepared(session) and (seat := seat_of(session, sheet.round, sheet.person_id)):
        return redirect(url_for("assessment.prepare", member_id=seat.id))
    if not sheet.round.blind:
        named = {"firms": firm_names(session, sheet.response), "others": others_named(session, sheet.response)}
        return render_template("assessment/declare.html", sheet=sheet, **named)
    form = BlindDeclarationForm(formdata=None)
    form.offer(firms_in(session, sheet.round))
    return render_template("assessment/declare_blind.html", sheet=sheet, form=form)


def _declare_blind(sheet: Assignment) -> ResponseReturnValue:
    session, form = db_session(), BlindDeclarationForm()
    form.offer(firms_in(session, sheet.round))
    if not form.validate_on_submit():
        return render_template("assessment/declare_blind.html", sheet=sheet, form=form), 422
    conflicted = form.conflicted.data or []
    ended = services.declare_blind(session, current_actor(), sheet, conflicted, form.reason.data or "")
    said = "Nobody will ask you to read what you have an interest in." if ended else "You have declared no conflict."
    flash(said, "success")
    return redirect(url_for("assessment.queue"))


def _typed(said: object) -> services.Marking | None:
    """What a form held while somebody was typing; None where it is nothing that a form would send."""
    if not isinstance(said, dict) or not isinstance(said.get("comment"), str) or len(said["comment"]) > LONGEST:
        return None
    value, version = str(said.get("value") or ""), said.get("version")
    if value and not (value.isascii() and value.isdigit() and len(value) < 3):
        return None
    return services.Marking(
        int(value) if value else None, said["comment"], version if isinstance(version, int) else None
    )


def _given(row: SheetRow) -> dict[str, object]:
    if row.score is None:
        return {"version": ""}
    return {"version": row.score.version, "value": row.score.value, "comment": row.score.comment}


def _after(sheet: Assignment, rows: Sequence[SheetRow], row: SheetRow) -> str:
    """The next criterion, or the whole sheet after the last."""
    following = rows[rows.index(row) + 1 :]
    if not following:
        return url_for("assessment.score", reference=sheet.reference)
    return url_for("assessment.criterion", reference=sheet.reference, position=following[0].criterion.position)
