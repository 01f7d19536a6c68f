"""Asking privately, and the officer's inbox. No page here is given who asked."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges import questioning
from portal.challenges.forms.questions import AnswerForm, DeclineForm, PublishForm, QuestionForm
from portal.challenges.models import Challenge, Question
from portal.challenges.published import Published, published
from portal.challenges.queries import inside
from portal.challenges.questioning import question_inside, without_asker
from portal.challenges.services import questions as services
from portal.machine import NotNow
from portal.policy import Permission
from portal.web import SIGNED_IN, access, current_actor, db_session, page_number

blueprint = Blueprint("questions", __name__)


@blueprint.get("/challenges/<reference>/ask")
@access(SIGNED_IN, find=published)
def ask(found: Published) -> ResponseReturnValue:
    """Ask privately; below, what this person asked before and what came of it."""
    return _asking(found, QuestionForm())


@blueprint.post("/challenges/<reference>/ask")
@access(SIGNED_IN, find=published)
def send(found: Published) -> ResponseReturnValue:
    """Send a question; a late one is refused with the text kept on the page."""
    form = QuestionForm()
    if not form.validate_on_submit():
        return _asking(found, form), 422
    try:
        services.ask(db_session(), current_actor(), found.challenge, form.text.data or "")
    except NotNow as late:
        return _asking(found, form, late=str(late)), 409
    flash("Your question has been sent. The answer goes to everyone, without your name.", "success")
    return redirect(url_for("questions.ask", reference=found.challenge.reference))


@blueprint.get("/challenges/<reference>/questions/inbox")
@access(Permission.CHALLENGE_SEE, find=inside)
def inbox(challenge: Challenge) -> ResponseReturnValue:
    """Every question about the challenge, those that wait for an answer first."""
    page = questioning.inbox(db_session(), challenge, number=page_number())
    may_answer = current_actor().may(Permission.CHALLENGE_PROCURE, challenge.scopes())
    return render_template("questions/inbox.html", challenge=challenge, page=page, may_answer=may_answer)


@blueprint.get("/challenges/<reference>/questions/<question>/answer")
@access(Permission.CHALLENGE_PROCURE, find=question_inside)
def answer(question: Question) -> ResponseReturnValue:
    """Write the answer, and the question as everybody shall read it."""
    if question.state != "asked":
        return redirect(_inbox(question))
    form = AnswerForm(
        published_text=question.published_text or question.text, answer=question.answer, version=question.version
    )
    return _page("questions/answer.html", question, form)


@blueprint.post("/challenges/<reference>/questions/<question>/answer")
@access(Permission.CHALLENGE_PROCURE, find=question_inside)
def draft(question: Question) -> ResponseReturnValue:
    """Keep the draft and show it as everybody will read it."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _page("questions/answer.html", question, form), 422
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
@access(Permission.CHALLENGE_PROCURE, find=question_inside)
def check(question: Question) -> ResponseReturnValue:
    """The answer exactly as everybody will read it, before it is published."""
    if question.state != "asked":
        return redirect(_inbox(question))
    if not question.answer:
        return redirect(_address("questions.answer", question))
    return _page("questions/check.html", question, PublishForm(version=question.version))


@blueprint.post("/challenges/<reference>/questions/<question>/publish")
@access(Permission.CHALLENGE_PROCURE, find=question_inside)
def publish(question: Question) -> ResponseReturnValue:
    """Publish to everyone at once."""
    services.publish_answer(db_session(), current_actor(), question, version=PublishForm().version.number)
    flash("The answer is published. Whoever asked and everybody who follows the challenge gets an e-mail.", "success")
    return redirect(_inbox(question))


@blueprint.get("/challenges/<reference>/questions/<question>/decline")
@access(Permission.CHALLENGE_PROCURE, find=question_inside)
def declining(question: Question) -> ResponseReturnValue:
    """Say why a question is not answered."""
    if question.state != "asked":
        return redirect(_inbox(question))
    return _page("questions/decline.html", question, DeclineForm(version=question.version))


@blueprint.post("/challenges/<reference>/questions/<question>/decline")
@access(Permission.CHALLENGE_PROCURE, find=question_inside)
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


def _asking(found: Published, form: QuestionForm, late: str = "") -> str:
    mine = questioning.asked_by(db_session(), current_actor(), found.challenge)
    return render_template(
        "questions/ask.html", found=found, challenge=found.challenge, form=form, mine=mine, late=late
    )


def _page(template: str, question: Question, form: AnswerForm | PublishForm | DeclineForm) -> str:
    return render_template(template, challenge=question.root(), question=without_asker(question), form=form)


def _address(endpoint: str, question: Question) -> str:
    return url_for(endpoint, reference=question.root().reference, question=question.reference)


def _inbox(question: Question) -> str:
    return url_for("questions.inbox", reference=question.root().reference)
