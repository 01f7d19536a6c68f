"""Before the first response: what the officer writes for the panel, and what each assessor does with it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.assessment import services
from portal.assessment.forms import PracticeForm, PrepareForm
from portal.assessment.models import PanelMember, Practice
from portal.assessment.queries import Inside, inside_round, my_membership, practice_of
from portal.assessment.views.pages import blueprint, page
from portal.machine import NotNow
from portal.policy import Permission
from portal.web import access, current_actor, db_session


@page("/briefing", "practice", methods=("GET", "POST"))
@access(Permission.CHALLENGE_PROCURE, find=inside_round)
def write_practice(inside: Inside) -> ResponseReturnValue:
    """The briefing and the practice answer, as the officer writes them."""
    session = db_session()
    form = PracticeForm(data=_written(practice_of(session, inside.round)))
    form.offer(inside.round.criteria)
    if form.validate_on_submit():
        lesson = _lesson(form)
        try:
            services.write_practice(session, current_actor(), inside, lesson, version=form.version.number)
        except NotNow as refused:
            form.briefing.errors = [str(refused)]
        else:
            flash("The panel’s briefing is saved.", "success")
            return redirect(url_for(".panel", reference=inside.challenge.reference))
    shown = render_template("assessment/practice.html", challenge=inside.challenge, inside=inside, form=form)
    return shown, 422 if form.errors else 200


@blueprint.route("/assessments/preparation/<int:member_id>", methods=["GET", "POST"])
@access(Permission.ASSESS, find=my_membership)
def prepare(member: PanelMember) -> ResponseReturnValue:
    """Read, promise and practise; then what the practice answer is really worth."""
    session = db_session()
    practice = practice_of(session, member.round)
    tries = practice is not None and practice.answer != "" and member.practised_at is None
    form = PrepareForm()
    form.offer(practice.criterion if practice and tries else None)
    if form.validate_on_submit():
        tried = services.Tried(form.value.data, form.comment.data or "") if tries else None
        services.prepare(session, current_actor(), member, tried)
        if practice is not None and practice.answer:
            return redirect(url_for("assessment.prepare", member_id=member.id))
        flash("Thank you. You can begin.", "success")
        return redirect(url_for("assessment.queue"))
    shown = render_template(
        "assessment/prepare.html",
        member=member,
        challenge=member.round.challenge,
        practice=practice,
        tries=tries,
        descriptors=_descriptors(practice),
        form=form,
    )
    return shown, 422 if form.errors else 200


def _descriptors(practice: Practice | None) -> dict[str, str]:
    criterion = practice.criterion if practice else None
    return {str(each.score): each.text for each in criterion.descriptors} if criterion else {}


def _written(practice: Practice | None) -> dict[str, Any]:
    if practice is None:
        return {"version": ""}
    return {
        "version": practice.version,
        "briefing": practice.briefing,
        "criterion": practice.criterion_id,
        "answer": practice.answer,
        "score": practice.score,
        "why": practice.why,
    }


def _lesson(form: PracticeForm) -> services.Lesson:
    briefing, answer = form.briefing.data or "", (form.answer.data or "").strip()
    if not answer:
        return services.Lesson(briefing)
    return services.Lesson(briefing, form.criterion.data, answer, form.score.data, form.why.data or "")
