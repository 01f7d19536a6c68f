"""Asking firms after the opening: the list, asking, hearing, giving more time, and what becomes of answers."""

from datetime import datetime, time

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.challenges.models import Challenge, Round
from portal.challenges.queries import inside
from portal.law.calendar import LONDON
from portal.policy import Permission
from portal.responses import clarified, queries, services
from portal.responses.clarified import explained, inside_clarification
from portal.responses.forms import ClarifyForm, HearForm, JudgeForm, MoreTimeForm
from portal.responses.models import Clarification, Response
from portal.responses.services.clarifying import LEAST_DAYS, LEAST_DAYS_TO_BE_HEARD, earliest_day, not_the_same_time
from portal.responses.views.blueprint import blueprint
from portal.web import access, current_actor, db_session, page_number

READ, PROCURE = Permission.RESPONSES_READ, Permission.CHALLENGE_PROCURE
USUAL_DAYS = 3
"""Whole working days proposed to the officer."""


@blueprint.get("/challenges/<reference>/clarifications")
@access(READ, find=inside)
def clarifications(challenge: Challenge) -> ResponseReturnValue:
    """What firms were asked in a round, what waits first."""
    session, asked = db_session(), _opened_round(challenge)
    page = clarified.of_round(session, asked, number=page_number(), size=20)
    rows = [(row.response.organisation.name, row.response.reference, explained(row)) for row in page.items]
    return render_template(
        "responses/clarifications.html",
        challenge=challenge,
        asked=asked,
        page=page,
        rows=rows,
        may_ask=_may_ask(challenge, asked),
    )


@blueprint.get("/challenges/<reference>/clarifications/ask")
@access(PROCURE, find=inside)
def clarify(challenge: Challenge) -> ResponseReturnValue:
    """Ask one or several firms."""
    asked = _opened_round(challenge)
    due = _noon(clarified.days_given(db_session(), asked) or USUAL_DAYS)
    form = ClarifyForm(formdata=None, firms=request.args.getlist("response"), due=due)
    return _asking(challenge, asked, form)


@blueprint.post("/challenges/<reference>/clarifications/ask")
@access(PROCURE, find=inside)
def send_clarify(challenge: Challenge) -> ResponseReturnValue:
    """Ask them, all at the same moment and with the same time."""
    session, asked = db_session(), _opened_round(challenge)
    form = ClarifyForm()
    _offer_firms(form, asked)
    if not form.validate_on_submit() or not (_in_time(form, LEAST_DAYS) and _same_time(form, asked)):
        return _asking(challenge, asked, form), 422
    wanted = frozenset(form.firms.data or ())
    chosen = [each for each in clarified.askable(session, asked) if each.reference in wanted]
    services.ask_to_clarify(
        session, current_actor(), challenge, asked, chosen, text=form.text.data or "", due_at=form.due.data
    )
    flash("Asked. Each firm gets an e-mail, and the same time.", "success")
    return redirect(_list(challenge, asked))


@blueprint.get("/responses/<reference>/hearing")
@access(PROCURE, find=queries.opened)
def hearing(response: Response) -> ResponseReturnValue:
    """Say what is in doubt about a firm's eligibility."""
    return _hearing(response, HearForm(formdata=None, due=_noon(LEAST_DAYS_TO_BE_HEARD + 1)))


@blueprint.post("/responses/<reference>/hearing")
@access(PROCURE, find=queries.opened)
def hear(response: Response) -> ResponseReturnValue:
    """Ask the firm what it says to that."""
    form = HearForm()
    if not form.validate_on_submit() or not _in_time(form, LEAST_DAYS_TO_BE_HEARD):
        return _hearing(response, form), 422
    services.hear(db_session(), current_actor(), response, text=form.text.data or "", due_at=form.due.data)
    flash(f"{response.organisation.name} gets an e-mail. Decide when it has answered, or its time is over.", "success")
    return redirect(url_for("responses.read", reference=response.reference))


@blueprint.get("/clarifications/<reference>/judge")
@access(READ, find=inside_clarification)
def judge(row: Clarification) -> ResponseReturnValue:
    """What was asked and said, and whether assessors may take it into account."""
    return _judging(row, JudgeForm(formdata=None))


@blueprint.post("/clarifications/<reference>/judge")
@access(PROCURE, find=inside_clarification)
def send_judge(row: Clarification) -> ResponseReturnValue:
    """Record whether it explains the offer or would improve it; the firm is told."""
    form = JudgeForm()
    if not form.validate_on_submit():
        return _judging(row, form), 422
    if form.counts.data == "yes":
        services.accept_answer(db_session(), current_actor(), row)
    else:
        services.set_answer_aside(db_session(), current_actor(), row, reason=form.reason.data or "")
    flash("Recorded. The firm is told.", "success")
    return redirect(_list(row.response.challenge, row.response.round))


@blueprint.get("/clarifications/<reference>/more-time")
@access(PROCURE, find=inside_clarification)
def more_time(row: Clarification) -> ResponseReturnValue:
    """A later time for everybody who was asked together."""
    return _more_time(row, MoreTimeForm(formdata=None, due=row.due_at))


@blueprint.post("/clarifications/<reference>/more-time")
@access(PROCURE, find=inside_clarification)
def give_more_time(row: Clarification) -> ResponseReturnValue:
    """Give it to all of them."""
    form = MoreTimeForm()
    if not form.validate_on_submit():
        return _more_time(row, form), 422
    if form.due.data <= row.due_at:
        form.due.errors = ["Choose a time later than the one they have."]
        return _more_time(row, form), 422
    count = services.give_more_time(
        db_session(), current_actor(), row, due_at=form.due.data, reason=form.reason.data or ""
    )
    flash("The firm has more time." if count == 1 else f"All {count} firms have the same new time.", "success")
    return redirect(_list(row.response.challenge, row.response.round))


def _opened_round(challenge: Challenge) -> Round:
    """The round the address names, or the latest, once it has been opened."""
    rounds = queries.rounds_reached(db_session(), challenge)
    named = next((each for kind, each in rounds.items() if kind.value == request.args.get("round")), None)
    found = named or next((each for each in reversed(rounds.values()) if each.opened_at), None)
    if found is None or found.opened_at is None:
        raise NotFound
    actor = current_actor()
    if queries.is_conflicted(db_session(), challenge, actor.person_id):
        raise NotFound
    return found


def _may_ask(challenge: Challenge, asked: Round) -> bool:
    return current_actor().may(PROCURE, challenge.scopes()) and queries.is_judged(challenge, asked)


def _noon(days: int) -> datetime:
    return datetime.combine(earliest_day(days), time(12), LONDON)


def _in_time(form: ClarifyForm | HearForm, days: int) -> bool:
    """Whether firms get the least there is; else the form says from which day on."""
    first = earliest_day(days)
    if form.due.data.astimezone(LONDON).date() >= first:
        return True
    form.due.errors = [f"Firms need time to answer. The earliest day is {first.day} {first:%B %Y}."]
    return False


def _same_time(form: ClarifyForm, asked: Round) -> bool:
    """Whether they get the time that others had; else the form says which."""
    why = not_the_same_time(clarified.days_given(db_session(), asked), form.due.data)
    form.due.errors = [why] if why else []
    return not why


def _offer_firms(form: ClarifyForm, asked: Round) -> None:
    responses = clarified.askable(db_session(), asked)
    form.firms.choices = [(each.reference, each.organisation.name) for each in responses]


def _asking(challenge: Challenge, asked: Round, form: ClarifyForm) -> str:
    _offer_firms(form, asked)
    return render_template("responses/clarify.html", challenge=challenge, asked=asked, form=form)


def _hearing(response: Response, form: HearForm) -> str:
    return render_template("responses/hearing.html", challenge=response.challenge, response=response, form=form)


def _judging(row: Clarification, form: JudgeForm) -> str:
    challenge = row.response.challenge
    return render_template(
        "responses/judge.html",
        challenge=challenge,
        response=row.response,
        said=explained(row),
        form=form,
        time_reason=row.time_reason,
        may_judge=_may_ask(challenge, row.response.round),
    )


def _more_time(row: Clarification, form: MoreTimeForm) -> str:
    names = [each.response.organisation.name for each in clarified.batch_of(db_session(), row)]
    return render_template(
        "responses/more_time.html", challenge=row.response.challenge, row=explained(row), names=names, form=form
    )


def _list(challenge: Challenge, asked: Round) -> str:
    return url_for("responses.clarifications", reference=challenge.reference, round=asked.kind.value)
