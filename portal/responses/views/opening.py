"""The page of a round's responses: sealed, waiting for two people, or open."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.challenges.models import Challenge, Round, RoundKind
from portal.challenges.queries import inside, round_of
from portal.db import clock
from portal.policy import Permission
from portal.responses import queries, services
from portal.responses.forms import OpenForm, OutreachForm
from portal.responses.models import Response
from portal.responses.views.blueprint import blueprint
from portal.web import Page, access, current_actor, db_session, page_number
from portal.web.paging import page_of

PAGE_SIZE = 60


@blueprint.get("/challenges/<reference>/responses")
@access(Permission.CHALLENGE_SEE, Permission.RESPONSES_OPEN, find=inside)
def opening(challenge: Challenge) -> ResponseReturnValue:
    """Before the deadline only when it closes; then who has opened; then the responses."""
    return _page(challenge, _round(challenge))


@blueprint.post("/challenges/<reference>/responses/open")
@access(Permission.RESPONSES_OPEN, find=inside)
def open_round(challenge: Challenge) -> ResponseReturnValue:
    """One of the two people opens."""
    asked, form = _round(challenge), OpenForm()
    if not form.validate_on_submit():
        return _page(challenge, asked, open_form=form), 422
    declared = queries.declaration_of(db_session(), challenge, current_actor().person_id)
    if declared is None and not form.no_interest.data:
        form.no_interest.errors = ["Tick the box if it is true. If it is not, somebody else must open."]
        return _page(challenge, asked, open_form=form), 422
    done = services.open_responses(
        db_session(), current_actor(), challenge, asked, no_interest=bool(form.no_interest.data)
    )
    flash("The responses are open." if done else "Noted. A second person must open too.", "success")
    return redirect(url_for("responses.opening", reference=challenge.reference, round=asked.kind.value))


@blueprint.post("/challenges/<reference>/responses/outreach")
@access(Permission.CHALLENGE_PROCURE, find=inside)
def outreach(challenge: Challenge) -> ResponseReturnValue:
    """Record why the outreach was enough although only one firm answered."""
    asked, form = _round(challenge), OutreachForm()
    if not form.validate_on_submit():
        return _page(challenge, asked, outreach_form=form), 422
    services.note_outreach(db_session(), current_actor(), challenge, asked, form.note.data or "")
    flash("Recorded.", "success")
    return redirect(url_for("responses.opening", reference=challenge.reference, round=asked.kind.value))


def _round(challenge: Challenge) -> Round:
    """The round the address names, or else the one the challenge is in."""
    session, named = db_session(), request.args.get("round", "")
    kinds = {kind.value: kind for kind in queries.rounds_reached(session, challenge)}
    kind = kinds.get(named)
    found = round_of(session, challenge, kind) if kind else queries.current_round(session, challenge)
    if found is None:
        raise NotFound
    return found


def _page(
    challenge: Challenge,
    asked: Round,
    *,
    open_form: OpenForm | None = None,
    outreach_form: OutreachForm | None = None,
) -> str:
    session, actor, now = db_session(), current_actor(), clock.now()
    scopes = challenge.scopes()
    may_read = actor.may(Permission.RESPONSES_READ, scopes) and not queries.is_conflicted(
        session, challenge, actor.person_id
    )
    openings = queries.openings_of(session, asked)
    return render_template(
        "responses/opening.html",
        challenge=challenge,
        asked=asked,
        kinds=queries.rounds_reached(session, challenge),
        tender=RoundKind.TENDER,
        released=challenge.released_at is not None,
        closed=asked.deadline is not None and now >= asked.deadline,
        judged=queries.is_judged(challenge, asked),
        nobody=queries.nobody_answered(session, asked, now),
        openings=openings,
        pressed=any(each.person_id == actor.person_id for each, _name in openings),
        declared=queries.declaration_of(session, challenge, actor.person_id),
        may_open=actor.may(Permission.RESPONSES_OPEN, scopes),
        may_read=may_read,
        may_procure=actor.may(Permission.CHALLENGE_PROCURE, scopes),
        form=open_form or outreach_form or OpenForm(formdata=None),
        outreach_form=outreach_form or OutreachForm(formdata=None, note=asked.outreach_note),
        **_opened(challenge, asked, may_read=may_read),
    )


def _opened(challenge: Challenge, asked: Round, *, may_read: bool) -> dict[str, object]:
    """The opened responses, for those who may read them, and how many there are."""
    if asked.opened_at is None:
        return {"page": None, "decided": {}, "late": 0}
    session = db_session()
    page: Page[Response] = page_of(session, queries.opened_in(asked), number=page_number(), size=PAGE_SIZE)
    return {
        "page": page,
        "decided": queries.eligibility_of(session, page.items) if may_read else {},
        "late": queries.late_attempts(session, asked),
    }
