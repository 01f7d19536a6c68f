"""Reading a business case, and the steps that concern it as a whole: begin, submit, take back."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.business_cases import services
from portal.business_cases.appraised import appraise, bars, percent, sensitivities
from portal.business_cases.models import BusinessCase
from portal.business_cases.pathway import WRITTEN_IN
from portal.business_cases.queries import (
    approvals,
    case_inside,
    case_of,
    decision_limit,
    first_approval,
    wants_second_decider,
)
from portal.business_cases.reading import Reading, read
from portal.business_cases.views.shared import blueprint, leaders, page, to_case, writers
from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.db import clock
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.web.documents import pdf_answer
from portal.workflow import outlook


@blueprint.get("")
@access(Permission.CHALLENGE_SEE, find=inside)
def case(challenge: Challenge) -> ResponseReturnValue:
    """The case: to be begun, a list of what is to do for those who write it, the whole of it for all others."""
    found, actor = case_of(db_session(), challenge), current_actor()
    writes = actor.may(Permission.CHALLENGE_SHAPE, challenge.scopes()) and challenge.state in WRITTEN_IN
    if found is None:
        return render_template("business_cases/none.html", challenge=challenge, can_begin=writes)
    reading = read(db_session(), actor, found)
    if writes and found.editable:
        return render_template("business_cases/writing.html", reading=reading, tasks=_tasks(reading), **page(found))
    moves = {each.move.name: each for each in outlook(db_session(), actor, found)}
    decision, together = moves.get("approve"), wants_second_decider(db_session(), challenge)
    limit = decision_limit(db_session(), actor.person_id, challenge)
    return render_template(
        "business_cases/whole.html",
        reading=reading,
        decision=decision,
        take_back=moves.get("take_back"),
        together=together,
        first=first_approval(db_session(), found) if decision and together else None,
        approvals=approvals(db_session(), found),
        limit=limit,
        beyond=found.exceeds(limit),
        **page(found),
    )


@blueprint.get("/case.pdf")
@access(Permission.CHALLENGE_SEE, find=case_inside)
def paper(found: BusinessCase) -> ResponseReturnValue:
    """The whole case as a paper that a meeting can read; comments are not part of it."""
    now = clock.now()
    appraisal = appraise(found, now)
    return pdf_answer(
        f"{found.challenge.reference}-business-case",
        "business_cases/paper.html",
        reading=read(db_session(), current_actor(), found),
        appraisal=appraisal,
        costs=bars(appraisal, "costs_pence"),
        benefits=bars(appraisal, "benefits_pence"),
        nets=bars(appraisal, "net_pence"),
        sensitivities=sensitivities(appraisal),
        approvals=approvals(db_session(), found),
        percent=percent,
        now=now,
        **page(found),
    )


@blueprint.post("/begin")
@access(Permission.CHALLENGE_SHAPE, find=inside)
def begin(challenge: Challenge) -> ResponseReturnValue:
    """Begin the case."""
    services.begin(db_session(), current_actor(), challenge)
    return to_case(challenge)


@blueprint.get("/check")
@writers
def check(found: BusinessCase) -> ResponseReturnValue:
    """The whole case before it is submitted, with all that is still missing."""
    if not found.editable:
        return to_case(found.challenge)
    reading = read(db_session(), current_actor(), found)
    moves = {each.move.name: each for each in outlook(db_session(), current_actor(), found)}
    return render_template("business_cases/check.html", reading=reading, submit=moves["submit"], **page(found))


@blueprint.post("/submit")
@leaders
def submit(found: BusinessCase) -> ResponseReturnValue:
    """Ask for a decision."""
    services.submit(db_session(), current_actor(), found)
    flash("The business case has been submitted. Everybody who may decide on it has been told.", "success")
    return to_case(found.challenge)


@blueprint.post("/take-back")
@leaders
def take_back(found: BusinessCase) -> ResponseReturnValue:
    """Take a submitted case back to write on."""
    services.take_back(db_session(), current_actor(), found)
    flash("The business case can be changed again.", "success")
    return to_case(found.challenge)


def _tasks(reading: Reading) -> list[dict[str, str | None]]:
    """The sections to write, each with where it stands."""
    case, reference = reading.case, reading.case.challenge.reference
    tasks: list[dict[str, str | None]] = []
    for key in reading.shown:
        written = case.section(key)
        done, asked = bool(written and written.text), len(reading.newest_comments(key))
        status, tone = ("Written", None) if done else ("To write", "blue")
        if asked:
            status, tone = f"{asked} to answer", "orange"
        href = url_for("business_cases.section", reference=reference, key=key.value)
        tasks.append({"title": key.title, "hint": key.meaning, "href": href, "status": status, "tone": tone})
    return tasks
