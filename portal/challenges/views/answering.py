"""The team's inbox: duplicates merged, wordings agreed, answers drafted, approved and published together."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges import questioning
from portal.challenges.forms.questions import (
    AnswerForm,
    ApproveForm,
    BatchForm,
    DeclineForm,
    MergeForm,
    WordingForm,
)
from portal.challenges.models import Challenge, Question
from portal.challenges.queries import inside
from portal.challenges.questioning import question_inside, without_asker
from portal.challenges.services import questions as services
from portal.challenges.views.questions import blueprint
from portal.policy import Permission
from portal.web import access, current_actor, db_session, page_number
from portal.web.forms import PortalForm

ANSWER, PROCURE = Permission.QUESTION_ANSWER, Permission.CHALLENGE_PROCURE


@blueprint.get("/challenges/<reference>/questions/inbox")
@access(Permission.CHALLENGE_SEE, find=inside)
def inbox(challenge: Challenge) -> ResponseReturnValue:
    """Every question about the challenge: what is to do first, and the batch that is ready to go out."""
    session, actor = db_session(), current_actor()
    batch = questioning.to_publish(session, challenge)
    return render_template(
        "questions/inbox.html",
        challenge=challenge,
        page=questioning.inbox(session, actor, challenge, number=page_number()),
        may_answer=actor.may(ANSWER, challenge.scopes()),
        may_publish=actor.may(PROCURE, challenge.scopes()),
        ready=len(batch),
        batch_form=BatchForm(formdata=None, batch=services.batch_digest(batch)),
    )


@blueprint.post("/challenges/<reference>/questions/publish")
@access(PROCURE, find=inside)
def publish(challenge: Challenge) -> ResponseReturnValue:
    """Publish every approved answer at one moment."""
    count = services.publish_batch(db_session(), current_actor(), challenge, digest=BatchForm().batch.data or "")
    what = "The answer is" if count == 1 else f"{count} answers are"
    flash(f"{what} published. Whoever asked and everybody who follows the challenge gets the same e-mail.", "success")
    return redirect(url_for("questions.inbox", reference=challenge.reference))


@blueprint.get("/challenges/<reference>/questions/<question>/answer")
@access(ANSWER, find=question_inside)
def answer(question: Question) -> ResponseReturnValue:
    """Write the answer, and the question as everybody shall read it."""
    if not without_asker(question).waits:
        return redirect(_inbox(question))
    words = {"published_text": question.published_text or question.text, "answer": question.answer}
    return _answer_page(question, AnswerForm(**words, version=question.version))


@blueprint.post("/challenges/<reference>/questions/<question>/answer")
@access(ANSWER, find=question_inside)
def draft(question: Question) -> ResponseReturnValue:
    """Keep the draft and show it as everybody will read it."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _answer_page(question, form), 422
    services.draft_answer(
        db_session(),
        current_actor(),
        question,
        version=form.version.number,
        published_text=form.published_text.data or "",
        answer=form.answer.data or "",
    )
    return redirect(_address("questions.check", question))


@blueprint.get("/challenges/<reference>/questions/<question>/check")
@access(ANSWER, find=question_inside)
def check(question: Question) -> ResponseReturnValue:
    """The answer exactly as everybody will read it, for the second person to approve."""
    asked = without_asker(question)
    if not asked.waits:
        return redirect(_inbox(question))
    if not asked.drafted:
        return redirect(_address("questions.answer", question))
    return _page("questions/check.html", question, ApproveForm(version=question.version))


@blueprint.post("/challenges/<reference>/questions/<question>/approve")
@access(ANSWER, find=question_inside)
def approve(question: Question) -> ResponseReturnValue:
    """The second person approves; the answer goes out with the next batch."""
    services.approve(db_session(), current_actor(), question, version=ApproveForm().version.number)
    flash("Approved. It goes out with the next batch.", "success")
    return redirect(_inbox(question))


@blueprint.post("/challenges/<reference>/questions/<question>/take-back")
@access(ANSWER, find=question_inside)
def take_back(question: Question) -> ResponseReturnValue:
    """Take an approval back, to change the answer."""
    services.take_back(db_session(), current_actor(), question)
    return redirect(_address("questions.answer", question))


@blueprint.get("/challenges/<reference>/questions/<question>/propose")
@access(ANSWER, find=question_inside)
def proposing(question: Question) -> ResponseReturnValue:
    """Propose how a confidential question could be published."""
    if not without_asker(question).to_word:
        return redirect(_inbox(question))
    form = WordingForm(wording=question.published_text, version=question.version)
    return _page("questions/propose.html", question, form)


@blueprint.post("/challenges/<reference>/questions/<question>/propose")
@access(ANSWER, find=question_inside)
def propose(question: Question) -> ResponseReturnValue:
    """Send the wording to the one who asked, whoever it is."""
    form = WordingForm()
    if not form.validate_on_submit():
        return _page("questions/propose.html", question, form), 422
    services.propose(
        db_session(), current_actor(), question, version=form.version.number, wording=form.wording.data or ""
    )
    flash("The one who asked gets your wording to agree to. Nothing is published before that.", "success")
    return redirect(_inbox(question))


@blueprint.get("/challenges/<reference>/questions/<question>/merge")
@access(ANSWER, find=question_inside)
def merging(question: Question) -> ResponseReturnValue:
    """Choose the question that asks the same."""
    if not without_asker(question).waits:
        return redirect(_inbox(question))
    return _merge_page(question, _merge_form(question))


@blueprint.post("/challenges/<reference>/questions/<question>/merge")
@access(ANSWER, find=question_inside)
def merge(question: Question) -> ResponseReturnValue:
    """Answer it together with the one that was chosen."""
    form = _merge_form(question)
    if not form.validate_on_submit():
        return _merge_page(question, form), 422
    session, actor = db_session(), current_actor()
    into = question_inside(session, actor, question.root().reference, form.into.data or "")
    if into is None:
        return _merge_page(question, form), 422
    services.merge(session, actor, question, into, version=form.version.number)
    flash("They are answered together. Everybody who asked gets the answer.", "success")
    return redirect(_inbox(question))


@blueprint.post("/challenges/<reference>/questions/<question>/separate")
@access(ANSWER, find=question_inside)
def separate(question: Question) -> ResponseReturnValue:
    """Answer a merged question by itself again."""
    services.separate(db_session(), current_actor(), question)
    flash("It is answered by itself again.", "success")
    return redirect(_inbox(question))


@blueprint.get("/challenges/<reference>/questions/<question>/decline")
@access(PROCURE, find=question_inside)
def declining(question: Question) -> ResponseReturnValue:
    """Say why a question is not answered."""
    if question.state not in {"asked", "proposed", "agreed"}:
        return redirect(_inbox(question))
    return _page("questions/decline.html", question, DeclineForm(version=question.version))


@blueprint.post("/challenges/<reference>/questions/<question>/decline")
@access(PROCURE, find=question_inside)
def decline(question: Question) -> ResponseReturnValue:
    """Decline; only the one who asked is told, with the reason."""
    form = DeclineForm()
    if not form.validate_on_submit():
        return _page("questions/decline.html", question, form), 422
    services.decline(
        db_session(), current_actor(), question, version=form.version.number, reason=form.reason.data or ""
    )
    flash("The question is declined. Only the one who asked is told, with your reason.", "success")
    return redirect(_inbox(question))


def _merge_form(question: Question) -> MergeForm:
    form = MergeForm(version=question.version)
    form.into.choices = [(each.reference, each.text) for each in questioning.same_as(db_session(), question)]
    return form


def _merge_page(question: Question, form: MergeForm) -> str:
    return _page("questions/merge.html", question, form)


def _answer_page(question: Question, form: AnswerForm) -> str:
    return _page("questions/answer.html", question, form, together=questioning.answered_with(db_session(), question))


def _page(template: str, question: Question, form: PortalForm, **more: Any) -> str:
    asked: Any = without_asker(question, current_actor().person_id)
    return render_template(template, challenge=question.root(), question=asked, form=form, **more)


def _address(endpoint: str, question: Question) -> str:
    return url_for(endpoint, reference=question.root().reference, question=question.reference)


def _inbox(question: Question) -> str:
    return url_for("questions.inbox", reference=question.root().reference)
