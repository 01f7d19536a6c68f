"""The panel's page: who assesses, who reads what, and how far everybody is."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.assessment import services
from portal.assessment.allocation import uncovered
from portal.assessment.forms import (
    AddAssessorForm,
    AllocationForm,
    AssignForm,
    InviteAssessorForm,
    ReasonForm,
    SkillsForm,
    choose_from,
)
from portal.assessment.models import Assignment, PanelMember
from portal.assessment.pathway import ASSIGNMENT
from portal.assessment.queries import (
    Inside,
    MemberProgress,
    ResponseProgress,
    candidates,
    has_tender_round,
    inside_round,
    panel,
    practice_of,
    prices_opened,
    progress,
    ranking_binds,
    scores_opened,
    sheets_of_response,
)
from portal.assessment.requirements import (
    not_an_assessor,
    outcomes_decided,
    panel_is_settled,
    quality_locked,
    quorum_locked,
    spreads_moderated,
    still_read,
)
from portal.assessment.sizing import advised
from portal.assessment.views.pages import page, response_or_404
from portal.db import clock
from portal.law.thresholds import estimated_value
from portal.machine import NotNow, Situation, unmet
from portal.policy import Permission
from portal.web import access, current_actor, db_session, page_number
from portal.web.filters import plural
from portal.web.paging import page_of

_PROCURE = Permission.CHALLENGE_PROCURE


@page("", "panel")
@access(_PROCURE, Permission.RESPONSES_READ, find=inside_round)
def show_panel(inside: Inside) -> ResponseReturnValue:
    """Who assesses, who reads what, and how far everybody is."""
    return _page(inside)


@page("/assessors", "add_assessor", methods=("POST",))
@access(_PROCURE, find=inside_round)
def add_assessor(inside: Inside) -> ResponseReturnValue:
    """Put somebody of the authority on the panel."""
    offered = candidates(db_session(), inside.challenge, inside.round)
    form = AddAssessorForm()
    form.offer(offered)
    if not form.validate_on_submit():
        return _page(inside, add=form), 422
    person = next(each.person for each in offered if each.person.id == form.person.data)
    services.add_assessor(db_session(), current_actor(), inside, person)
    flash(f"{person.name} is on the panel.", "success")
    return _back(inside)


@page("/invitations", "invite_assessor", methods=("POST",))
@access(_PROCURE, find=inside_round)
def invite_assessor(inside: Inside) -> ResponseReturnValue:
    """Ask somebody by their address."""
    form = InviteAssessorForm()
    if not form.validate_on_submit():
        return _page(inside, invite=form), 422
    try:
        added = services.invite_assessor(db_session(), current_actor(), inside, form.email.data or "")
    except NotNow as problem:
        form.email.errors = [str(problem)]
        return _page(inside, invite=form), 422
    said = "They are on the panel." if added else "Once they have accepted, you can put them on the panel here."
    flash(f"{form.email.data} has been asked to assess. {said}", "success")
    return _back(inside)


@page("/assessors/<int:member_id>/stand-down", "stand_down", methods=("GET", "POST"))
@access(_PROCURE, find=inside_round)
def stand_down(inside: Inside, member_id: int) -> ResponseReturnValue:
    """Take somebody off the panel."""
    row = next((each for each in panel(db_session(), inside.round) if each.member.id == member_id), None)
    if row is None or row.member.stood_down_at is not None:
        abort(404)
    form = ReasonForm()
    if form.validate_on_submit():
        services.stand_down(db_session(), current_actor(), inside, row.member, form.reason.data or "")
        flash(f"{row.member.person.name} has been stood down.", "success")
        return _back(inside)
    shown = render_template("assessment/stand_down.html", challenge=inside.challenge, row=row, form=form)
    return shown, 422 if form.errors else 200


@page("/assessors/<int:member_id>/skills", "skills", methods=("GET", "POST"))
@access(_PROCURE, find=inside_round)
def skills(inside: Inside, member_id: int) -> ResponseReturnValue:
    """What somebody on the panel can judge."""
    row = next((each for each in panel(db_session(), inside.round) if each.member.id == member_id), None)
    if row is None or row.member.stood_down_at is not None:
        abort(404)
    form = SkillsForm(data=_judged_by(row.member))
    form.offer(inside.round.criteria, inside.round.lots)
    if form.validate_on_submit():
        judges = services.Judges(form.judges.data == "price", form.skill())
        try:
            services.write_skills(db_session(), current_actor(), inside, row.member, judges)
        except NotNow as refused:
            form.judges.errors = [str(refused)]
        else:
            flash(f"What {row.member.person.name} judges is written down.", "success")
            return _back(inside)
    shown = render_template("assessment/skills.html", challenge=inside.challenge, row=row, form=form)
    return shown, 422 if form.errors else 200


@page("/allocation", "allocate", methods=("POST",))
@access(_PROCURE, find=inside_round)
def allocate(inside: Inside) -> ResponseReturnValue:
    """Give the responses out."""
    form = AllocationForm()
    if not form.validate_on_submit():
        return _page(inside, allocation=form), 422
    each = form.each.data if form.how.data == "some" else None
    count = services.allocate(db_session(), current_actor(), inside, each)
    said = f"{plural(count, 'sheet')} given out." if count else "Nothing to give out: every eligible response is read."
    flash(said, "success")
    return _back(inside)


@page("/scores", "open_scores", methods=("POST",))
@access(_PROCURE, find=inside_round)
def open_scores(inside: Inside) -> ResponseReturnValue:
    """Open all locked sheets together."""
    services.open_scores(db_session(), current_actor(), inside)
    flash("The scores are open. No sheet can be changed any more.", "success")
    return redirect(url_for(".moderation", reference=inside.challenge.reference))


@page("/prices", "open_prices", methods=("POST",))
@access(_PROCURE, find=inside_round)
def open_prices(inside: Inside) -> ResponseReturnValue:
    """Open the prices to those who judge them."""
    count = services.open_prices(db_session(), current_actor(), inside)
    flash(f"The prices are open to those who judge them: {plural(count, 'sheet')} given out.", "success")
    return _back(inside)


@page("/responses/<response>", "readers")
@access(_PROCURE, find=inside_round)
def readers(inside: Inside, response: str) -> ResponseReturnValue:
    """Who assesses one response."""
    return _readers_page(inside, response)


@page("/responses/<response>/assessors", "assign", methods=("POST",))
@access(_PROCURE, find=inside_round)
def assign(inside: Inside, response: str) -> ResponseReturnValue:
    """Give one response to one more assessor."""
    read = response_or_404(inside, response)
    form = AssignForm()
    able = {row.member.id: row.member for row in _free(inside, sheets_of_response(db_session(), read))}
    if not form.validate_on_submit() or form.member.data not in able:
        form.member.errors = ["Choose an assessor from the list."]
        return _readers_page(inside, response, form=form), 422
    member = able[form.member.data]
    services.assign(db_session(), current_actor(), inside, read, member)
    flash(f"{member.person.name} has been given this response.", "success")
    return redirect(url_for(".readers", reference=inside.challenge.reference, response=response))


@page("/responses/<response>/assessors/<sheet>/take-off", "take_off", methods=("GET", "POST"))
@access(_PROCURE, find=inside_round)
def take_off(inside: Inside, response: str, sheet: str) -> ResponseReturnValue:
    """Take one response from one assessor."""
    read = response_or_404(inside, response)
    given = next((each for each in sheets_of_response(db_session(), read) if each.reference == sheet), None)
    if given is None:
        abort(404)
    form = ReasonForm()
    if form.validate_on_submit():
        name = given.person.name
        services.take_off(db_session(), current_actor(), given, form.reason.data or "")
        flash(f"{name} no longer assesses this response.", "success")
        return redirect(url_for(".readers", reference=inside.challenge.reference, response=response))
    shown = render_template(
        "assessment/take_off.html", challenge=inside.challenge, response=read, sheet=given, form=form
    )
    return shown, 422 if form.errors else 200


def _judged_by(member: PanelMember) -> dict[str, Any]:
    skill = member.skill
    limited = skill.criteria is not None or skill.lots is not None
    return {
        "judges": "price" if member.judges_price else "some" if limited else "everything",
        "criteria": [str(key) for key in sorted(skill.criteria or ())],
        "lots": [str(key) for key in sorted(skill.lots or ())],
    }


def _back(inside: Inside) -> ResponseReturnValue:
    return redirect(url_for(".panel", reference=inside.challenge.reference))


def _page(inside: Inside, **forms: Any) -> str:
    session, actor = db_session(), current_actor()
    may_change = actor.may(_PROCURE, inside.scopes())
    add = forms.get("add")
    offered = candidates(session, inside.challenge, inside.round) if may_change else []
    if add is None:
        add = AddAssessorForm(formdata=None)
        add.offer(offered)
    shown = {
        "add": add,
        "invite": forms.get("invite") or InviteAssessorForm(formdata=None),
        "allocation": forms.get("allocation") or AllocationForm(formdata=None),
    }
    given, members = next(iter(forms.values()), None), panel(session, inside.round)
    responses = page_of(session, progress(inside.round), number=page_number(), size=50, read=_read_progress)
    return render_template(
        "assessment/panel.html",
        challenge=inside.challenge,
        inside=inside,
        form=given,
        forms_shown=shown,
        barred=[each for each in offered if each.barred],
        members=members,
        too_few=_too_few(inside, members),
        responses=responses,
        may_change=may_change,
        settled=panel_is_settled(session, inside),
        steps=_steps(inside) if responses.total else [],
        opened=scores_opened(session, inside.round),
        prices=prices_opened(session, inside.round) if _people_judge_prices(inside) else None,
        practice=practice_of(session, inside.round),
        size=_advice(inside),
        tender_too=has_tender_round(session, inside.challenge),
    )


def _advice(inside: Inside) -> str:
    challenge = inside.challenge
    binds, value = ranking_binds(challenge, inside.kind), challenge.estimated_pence
    whole = None if value is None else estimated_value(value, challenge.option_pence or 0)
    return advised(whole, competition=binds, quorum=inside.round.quorum).sentence


def _read_progress(session: Any, rows: Any) -> list[ResponseProgress]:
    return [ResponseProgress(*row) for row in session.execute(rows)]


def _steps(inside: Inside) -> dict[str, Any]:
    """What is missing at each step, and whether this person may take the deciding ones."""
    at = Situation(db_session(), inside.challenge, current_actor(), clock.now())
    return {
        "may_decide": not_an_assessor.check(at),
        "priced": unmet((quality_locked(inside.kind),), at) if _people_judge_prices(inside) else None,
        "locked": unmet((quorum_locked(inside.kind),), at),
        "moderated": unmet((spreads_moderated(inside.kind),), at),
        "decided": unmet((outcomes_decided(inside.kind),), at),
    }


def _people_judge_prices(inside: Inside) -> bool:
    return any(each.price_judged for each in inside.round.criteria)


def _too_few(inside: Inside, members: Sequence[MemberProgress]) -> list[str]:
    """Where nobody can be given what the quorum needs, in sentences."""
    able = [row.member for row in members if row.member.stood_down_at is None and not row.barred]
    if not able:
        return []
    lots = {lot.id: lot.title or f"Lot {lot.number}" for lot in inside.round.lots}
    scored = {each.id: each.name for each in inside.round.criteria if not each.by_price}
    judges = [each.skill for each in able if not each.judges_price]
    said = [
        f"{scored[key]}{f', {lots[lot]}' if len(lots) > 1 else ''}: {count} of {inside.round.quorum} can judge it."
        for lot, key, count in uncovered(list(lots), list(scored), judges, inside.round.quorum)
    ]
    if _people_judge_prices(inside) and not any(each.judges_price for each in able):
        said.append("The price: nobody judges it yet.")
    return said


def _free(inside: Inside, sheets: Any) -> list[Any]:
    """Members of the panel who have not had this response yet."""
    had = {sheet.person_id for sheet in sheets}
    closed = _people_judge_prices(inside) and prices_opened(db_session(), inside.round) is None
    return [
        row
        for row in panel(db_session(), inside.round)
        if row.member.stood_down_at is None
        and not row.barred
        and row.member.person_id not in had
        and not (row.member.judges_price and closed)
    ]


def _readers_page(inside: Inside, reference: str, form: AssignForm | None = None) -> str:
    response = response_or_404(inside, reference)
    sheets = sheets_of_response(db_session(), response)
    shown = form or AssignForm(formdata=None)
    shown.member.choices = choose_from((row.member.id, row.member.person.name) for row in _free(inside, sheets))
    return render_template(
        "assessment/readers.html",
        challenge=inside.challenge,
        inside=inside,
        response=response,
        still_read=inside.being_assessed and response in still_read(db_session(), inside),
        sheets=[(sheet, ASSIGNMENT[sheet.state], _may_be_taken_off(sheet)) for sheet in sheets],
        form=shown,
    )


def _may_be_taken_off(sheet: Assignment) -> bool:
    return sheet.state in ASSIGNMENT.moves["stand_down"].sources and sheet.being_assessed
