"""The ranking, and what is decided and said of each response."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.assessment import services
from portal.assessment.forms import outcome_form
from portal.assessment.models import Decision, Outcome
from portal.assessment.queries import (
    Inside,
    Judged,
    Standing,
    inside_round,
    opened_standing,
    outcomes_of,
    places_open,
    proposal,
    ranking_binds,
)
from portal.assessment.ranking import Place, hundredths
from portal.assessment.views.figures import TIES, percent, points, sensitivity
from portal.assessment.views.pages import page, response_or_404
from portal.documents import pdfs_are_made
from portal.policy import Permission
from portal.web import access, current_actor, db_session
from portal.web.filters import plural

_PROCURE = Permission.CHALLENGE_PROCURE


@page("/ranking", "ranking")
@access(_PROCURE, find=inside_round)
def show_ranking(inside: Inside) -> ResponseReturnValue:
    """Every response in its place, with what each criterion brought."""
    session = db_session()
    stands = opened_standing(session, current_actor(), inside)
    return render_template(
        "assessment/ranking.html",
        challenge=inside.challenge,
        inside=inside,
        lots=_by_lot(inside, stands, proposal(session, inside.challenge, inside.round, stands)),
        open_still=[each for each in stands.judged if each.agreed is None],
        criteria=[each.name for each in inside.round.criteria],
        numeric=range(2, 3 + len(inside.round.criteria)),
        binds=ranking_binds(inside.challenge, inside.kind),
        easings=[sensitivity(inside, places, stands) for places in stands.lots.values()],
        pdfs=pdfs_are_made(),
        most=places_open(session, inside.challenge, inside.kind),
    )


@page("/outcomes", "outcomes")
@access(_PROCURE, find=inside_round)
def show_outcomes(inside: Inside) -> ResponseReturnValue:
    """What is decided of each response, and what is still to be written."""
    session = db_session()
    stands = opened_standing(session, current_actor(), inside)
    known = outcomes_of(session, inside.round)
    rows = [_outcome_row(stands, each, known.get(each.response.id)) for each in stands.judged]
    return render_template(
        "assessment/outcomes.html",
        challenge=inside.challenge,
        inside=inside,
        rows=sorted(rows, key=lambda row: (row["rank"] or 10**6, row["firm"])),
        to_fill_in=any(row["outcome"] is None or row["stale"] for row in rows),
        sent=next((each.sent_at for each in known.values() if each.sent_at), None),
    )


@page("/outcomes/proposal", "propose_outcomes", methods=("POST",))
@access(_PROCURE, find=inside_round)
def propose_outcomes(inside: Inside) -> ResponseReturnValue:
    """Fill in every outcome from the ranking."""
    count = services.propose(db_session(), current_actor(), inside)
    flash(f"{plural(count, 'outcome')} filled in. Read and check each of them.", "success")
    return redirect(url_for(".outcomes", reference=inside.challenge.reference))


@page("/outcomes/<response>", "outcome", methods=("GET", "POST"))
@access(_PROCURE, find=inside_round)
def decide_outcome(inside: Inside, response: str) -> ResponseReturnValue:
    """The decision on one response and the feedback its firm will read."""
    session, actor = db_session(), current_actor()
    read = response_or_404(inside, response)
    stands, outcome = opened_standing(session, actor, inside), outcomes_of(session, inside.round).get(read.id)
    judged = stands.of(read.id)
    if outcome is None or judged is None or read.id not in stands.places:
        abort(404)
    form = outcome_form(outcome)(data=_as_decided(outcome))
    if form.validate_on_submit():
        decided = _decided(form, outcome)
        if problem := services.objection(session, inside, stands, read.id, decided):
            below = decided.decision is Decision.CHOSEN and not stands.places[read.id].meets_minimum
            (form.decision if below else form.departure).errors = [problem]
        else:
            services.decide(session, actor, inside, read, decided, version=form.version.number)
            flash(f"{judged.firm}: {decided.decision.label.lower()}.", "success")
            return redirect(url_for(".outcomes", reference=inside.challenge.reference))
    shown = render_template(
        "assessment/outcome.html",
        challenge=inside.challenge,
        inside=inside,
        judged=judged,
        outcome=outcome,
        place=stands.places[read.id],
        total=percent(hundredths(stands.places[read.id].total)),
        tie=TIES[stands.places[read.id].tie],
        scores={each.criterion_id: points(each.score_hundredths) for each in outcome.feedback},
        proposed=proposal(session, inside.challenge, inside.round, stands)[read.id],
        form=form,
    )
    return shown, 422 if form.errors else 200


def _as_decided(outcome: Outcome) -> dict[str, Any]:
    return {
        "version": outcome.version,
        "decision": outcome.decision.value,
        "departure": outcome.departure,
        "message": outcome.message,
        "checked": outcome.checked_at is not None,
    }


def _decided(form: Any, outcome: Outcome) -> services.Decided:
    return services.Decided(
        decision=Decision(form.decision.data),
        departure=form.departure.data or "",
        message=form.message.data or "",
        feedback={each.criterion_id: form[f"feedback_{each.criterion_id}"].data for each in outcome.feedback},
        checked=form.checked.data,
    )


def _by_lot(inside: Inside, stands: Standing, proposed: dict[int, Decision]) -> list[dict[str, Any]]:
    titles = {lot.id: lot.title or f"Lot {lot.number}" for lot in inside.round.lots}
    judged = {each.response.id: each for each in stands.judged}
    return [
        {
            "title": titles[lot] if len(titles) > 1 else "",
            "rows": [_ranked_row(inside, place, judged[place.key], proposed[place.key]) for place in places],
        }
        for lot, places in stands.lots.items()
    ]


def _ranked_row(inside: Inside, place: Place, judged: Judged, proposed: Decision) -> dict[str, Any]:
    agreed = judged.agreed or {}
    return {
        "rank": place.rank,
        "firm": judged.firm,
        "label": f"{place.rank}. {judged.firm}",
        "value": float(place.total),
        "text": percent(hundredths(place.total)),
        "scores": [points(hundredths(agreed[each.id])) for each in inside.round.criteria],
        "proposed": proposed.label,
        "note": TIES[place.tie] if place.meets_minimum else "Below the published minimum",
    }


def _outcome_row(stands: Standing, judged: Judged, outcome: Outcome | None) -> dict[str, Any]:
    place = stands.places.get(judged.response.id)
    now = (place.rank, hundredths(place.total)) if place else (None, None)
    return {
        "firm": judged.firm,
        "reference": judged.response.reference,
        "rank": now[0],
        "total": percent(now[1]),
        "outcome": outcome,
        "stale": outcome is not None and (outcome.rank, outcome.total) != now,
        "written": sum(bool(each.text.strip()) for each in outcome.feedback) if outcome else 0,
    }
