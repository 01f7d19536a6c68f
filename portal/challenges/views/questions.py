"""Asking privately, and what whoever asked can still do. Nobody else is given who asked."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.challenges import questioning
from portal.challenges.forms.questions import QuestionForm, WordingForm
from portal.challenges.models import Question
from portal.challenges.published import Published, published
from portal.challenges.questioning import own_question
from portal.challenges.services import questions as services
from portal.machine import NotNow
from portal.web import SIGNED_IN, access, current_actor, db_session

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
    confidential = bool(form.confidential.data)
    try:
        services.ask(db_session(), current_actor(), found.challenge, form.text.data or "", confidential=confidential)
    except NotNow as late:
        return _asking(found, form, late=str(late)), 409
    said = (
        "Nothing of it is published before you agree how."
        if confidential
        else "The answer goes to everyone, without your name."
    )
    flash(f"Your question has been sent. {said}", "success")
    return redirect(url_for("questions.ask", reference=found.challenge.reference))


@blueprint.get("/challenges/<reference>/questions/<question>/wording")
@access(SIGNED_IN, find=own_question)
def wording(question: Question) -> ResponseReturnValue:
    """The wording that was proposed for a confidential question, to agree to, to change, or to withdraw."""
    if question.state != "proposed":
        return redirect(_own(question))
    return _wording(question, WordingForm(wording=question.published_text, version=question.version))


@blueprint.post("/challenges/<reference>/questions/<question>/wording")
@access(SIGNED_IN, find=own_question)
def agree_wording(question: Question) -> ResponseReturnValue:
    """Agree to the wording as it is in the box."""
    form = WordingForm()
    if not form.validate_on_submit():
        return _wording(question, form), 422
    services.agree_wording(
        db_session(), current_actor(), question, version=form.version.number, wording=form.wording.data or ""
    )
    flash("Agreed. The answer goes to everyone, with your question in these words and without your name.", "success")
    return redirect(_own(question))


@blueprint.post("/challenges/<reference>/questions/<question>/withdraw")
@access(SIGNED_IN, find=own_question)
def withdraw(question: Question) -> ResponseReturnValue:
    """Take a confidential question back."""
    services.withdraw(db_session(), current_actor(), question)
    flash("Your question is withdrawn. Nothing of it was published.", "success")
    return redirect(_own(question))


def _asking(found: Published, form: QuestionForm, late: str = "") -> str:
    mine = questioning.asked_by(db_session(), current_actor(), found.challenge)
    return render_template(
        "questions/ask.html",
        found=found,
        challenge=found.challenge,
        form=form,
        mine=mine,
        late=late,
    )


def _wording(question: Question, form: WordingForm) -> str:
    return render_template(
        "questions/wording.html",
        challenge=question.root(),
        question=question,
        form=form,
    )


def _own(question: Question) -> str:
    return url_for("questions.ask", reference=question.root().reference)
