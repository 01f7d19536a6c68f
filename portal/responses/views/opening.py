"""The page of a round's responses: sealed, waiting for two people, or open."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.challenges.glimpse import Glimpse
from portal.challenges.models import Challenge, Round, RoundKind
from portal.challenges.queries import glimpse_inside, inside
from portal.db import clock
from portal.law.releases import needs_tender_round
from portal.policy import Permission
from portal.responses import queries, services
from portal.responses.forms import OpenForm, OutreachForm
from portal.responses.pressed import openers_of
from portal.responses.received import NotHere, not_here, received
from portal.responses.views.blueprint import blueprint
from portal.web import access, current_actor, db_session, page_number

PAGE_SIZE = 60


@blueprint.get("/challenges/<reference>/responses")
@access(Permission.CHALLENGE_SEE, Permission.RESPONSES_OPEN, find=glimpse_inside)
def opening(challenge: Glimpse) -> ResponseReturnValue:
    """Before the deadline only when it closes; then who has opened; then the responses."""
    return _page(challenge, *_round(challenge))


@blueprint.post("/challenges/<reference>/responses/open")
@access(Permission.RESPONSES_OPEN, find=inside)
def open_round(challenge: Challenge) -> ResponseReturnValue:
    """One of the two people opens."""
    (asked, kinds), form = _round(challenge), OpenForm()
    if not form.validate_on_submit():
        return _page(challenge, asked, kinds, open_form=form), 422
    declared = queries.declaration_of(db_session(), challenge, current_actor().person_id)
    if declared is None and not form.no_interest.data:
        form.no_interest.errors = ["Tick the box if it is true. If it is not, somebody else must open."]
        return _page(challenge, asked, kinds, open_form=form), 422
    done = services.open_responses(
        db_session(), current_actor(), challenge, asked, no_interest=bool(form.no_interest.data)
    )
    flash("The responses are open." if done else "Noted. A second person must open too.", "success")
    return redirect(url_for("responses.opening", reference=challenge.reference, round=asked.kind.value))


@blueprint.post("/challenges/<reference>/responses/outreach")
@access(Permission.CHALLENGE_PROCURE, find=inside)
def outreach(challenge: Challenge) -> ResponseReturnValue:
    """Record why the outreach was enough although only one firm answered."""
    (asked, kinds), form = _round(challenge), OutreachForm()
    if not form.validate_on_submit():
        return _page(challenge, asked, kinds, outreach_form=form), 422
    services.note_outreach(db_session(), current_actor(), challenge, asked, form.note.data or "")
    flash("Recorded.", "success")
    return redirect(url_for("responses.opening", reference=challenge.reference, round=asked.kind.value))


def _round(challenge: Challenge | Glimpse) -> tuple[Round, list[RoundKind]]:
    """The round the address names, or else the latest that the challenge came to; and the kinds there are."""
    rounds = queries.rounds_reached(db_session(), challenge)
    named = (asked for kind, asked in rounds.items() if kind.value == request.args.get("round"))
    found = next(named, None) or rounds.get(RoundKind.TENDER) or rounds.get(RoundKind.CHALLENGE)
    if found is None:
        raise NotFound
    return found, list(rounds)


def _page(
    challenge: Challenge | Glimpse,
    asked: Round,
    kinds: list[RoundKind],
    *,
    open_form: OpenForm | None = None,
    outreach_form: OutreachForm | None = None,
) -> str:
    session, actor, now = db_session(), current_actor(), clock.now()
    scopes = challenge.scopes()
    openings, declared, conflicted = openers_of(session, asked, actor.person_id)
    may_read = actor.may(Permission.RESPONSES_READ, scopes) and not conflicted
    return render_template(
        "responses/opening.html",
        challenge=challenge,
        asked=asked,
        kinds=kinds,
        tender=RoundKind.TENDER,
        released=challenge.released_at is not None,
        closed=asked.deadline is not None and now >= asked.deadline,
        judged=queries.is_judged(challenge, asked),
        nobody=asked.opened_at is None and queries.nobody_answered(session, asked, now),
        competed=_competed(challenge, asked),
        openings=openings,
        pressed=any(each.person_id == actor.person_id for each in openings),
        declared=declared,
        conflicted=conflicted,
        may_open=actor.may(Permission.RESPONSES_OPEN, scopes),
        may_read=may_read,
        may_procure=actor.may(Permission.CHALLENGE_PROCURE, scopes),
        form=outreach_form or open_form,
        **(_opened(asked, outreach_form) if asked.opened_at else _waiting(open_form)),
    )


def _competed(challenge: Challenge | Glimpse, asked: Round) -> bool:
    """Whether a tender notice invited firms to this round, so that a direct award may follow (s.43)."""
    kind = challenge.release_kind
    first = kind is not None and kind.is_competitive and not needs_tender_round(kind)
    return asked.kind is RoundKind.TENDER or first


def _waiting(form: OpenForm | None) -> dict[str, object]:
    """The form by which one of two people opens."""
    return {"page": None, "open_form": form or OpenForm(formdata=None), **NotHere()._asdict()}


def _opened(asked: Round, form: OutreachForm | None) -> dict[str, object]:
    """The opened responses, and how many came too late; where only one came, the form that says why."""
    session = db_session()
    page = received(session, asked, number=page_number(), size=PAGE_SIZE)
    shown: dict[str, object] = {"page": page, **not_here(session, asked)._asdict()}
    if page.total == 1:
        shown["outreach_form"] = form or OutreachForm(formdata=None, note=asked.outreach_note)
    return shown
