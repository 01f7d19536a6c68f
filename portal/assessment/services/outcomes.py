"""Deciding what becomes of each response, and writing what its firm is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from portal import journal
from portal.assessment import ranking
from portal.assessment.models import Decision, Outcome, OutcomeFeedback
from portal.assessment.queries import Inside, Judged, Standing, opened_standing, outcomes_of, proposal
from portal.challenges.models import Criterion
from portal.db import clock, expect_version, hold
from portal.machine import NotNow
from portal.policy import Actor
from portal.responses.models import Response

BY_PRICE = (
    "Worked out from your price as published: the lowest price gets the highest score, every other price the part of "
    "it that the lowest price is of its own."
)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decides of one response; `feedback` by criterion."""

    decision: Decision
    departure: str = ""
    message: str = ""
    feedback: Mapping[int, str] = field(default_factory=dict)
    checked: bool = False


def propose(session: Session, actor: Actor, inside: Inside) -> int:
    """Write down what the ranking decides for every response, with the assessors' comments as first feedback.

    What somebody has written stays; where the scores have changed since, the decision follows them and has to be
    checked again. Answers how many outcomes were written or changed. Raises `NotNow` while a response is not judged.
    """
    stands = _stands(session, actor, inside)
    if open_still := [each.firm for each in stands.judged if each.agreed is None]:
        raise NotNow(f"Agree all scores first. Still open: {', '.join(open_still)}.")
    proposed, known = proposal(session, inside.challenge, inside.round, stands), outcomes_of(session, inside.round)
    changed = 0
    for judged in stands.judged:
        outcome, place = known.get(judged.response.id), stands.places[judged.response.id]
        if outcome is not None and (outcome.rank, outcome.total) == (place.rank, ranking.hundredths(place.total)):
            continue
        if outcome is None:
            outcome = _new(session, inside, judged)
        outcome.decision, outcome.departure = proposed[judged.response.id], ""
        outcome.checked_at = outcome.checked_by_id = None
        _settle_figures(outcome, judged, stands)
        _sign(outcome, actor)
        changed += 1
    session.flush()
    _note(session, actor, inside, "assessment.outcomes_proposed", count=changed)
    return changed


def decide(
    session: Session, actor: Actor, inside: Inside, response: Response, decided: Decided, *, version: int | None
) -> Outcome:
    """Keep what a person decides of one response.

    Raises `Conflict` for a stale form and `NotNow`, in a sentence, for what `objection` objects to.
    """
    stands = _stands(session, actor, inside)
    outcome = outcomes_of(session, inside.round).get(response.id)
    judged = stands.of(response.id)
    if outcome is None or judged is None or response.id not in stands.places:
        raise NotNow("Fill in the outcomes from the ranking first.")
    expect_version(outcome, version)
    if problem := objection(session, inside, stands, response.id, decided):
        raise NotNow(problem)
    outcome.decision, outcome.departure, outcome.message = decided.decision, decided.departure, decided.message
    for each in outcome.feedback:
        each.text = decided.feedback.get(each.criterion_id, each.text)
    _settle_figures(outcome, judged, stands)
    _sign(outcome, actor)
    outcome.checked_at = outcome.decided_at if decided.checked else None
    outcome.checked_by_id = actor.person_id if decided.checked else None
    session.flush()
    _note(session, actor, inside, "assessment.outcome_decided", outcome_id=outcome.id)
    return outcome


def objection(session: Session, inside: Inside, stands: Standing, response_id: int, decided: Decided) -> str:
    """Why a decision cannot be kept, in a sentence; empty where it can."""
    place = stands.places[response_id]
    if decided.decision is Decision.CHOSEN and not place.meets_minimum:
        return f"A response below the published minimum of {inside.round.minimum_percent}% cannot be chosen."
    proposed = proposal(session, inside.challenge, inside.round, stands)[response_id]
    if decided.decision is not proposed and not decided.departure.strip():
        return "Say why the ranking is not followed."
    return ""


def _stands(session: Session, actor: Actor, inside: Inside) -> Standing:
    hold(session, inside.challenge)
    if not inside.being_assessed:
        raise NotNow("Outcomes can be decided only while the responses are being assessed.")
    return opened_standing(session, actor, inside)


def _new(session: Session, inside: Inside, judged: Judged) -> Outcome:
    outcome = Outcome(
        response_id=judged.response.id,
        challenge_id=inside.challenge.id,
        round_id=inside.round.id,
        message="",
        feedback=[
            OutcomeFeedback(
                criterion=point.criterion,
                criterion_id=point.criterion.id,
                position=point.criterion.position,
                score_hundredths=0,
                text=_first_words(judged, point.criterion),
            )
            for point in judged.points
        ],
    )
    session.add(outcome)
    return outcome


def _first_words(judged: Judged, criterion: Criterion) -> str:
    """How the price was scored where a formula did, else what the assessors wrote."""
    formula = criterion.by_price and not criterion.price_judged
    return BY_PRICE if formula else _comments_on(judged, criterion.id)


def _comments_on(judged: Judged, criterion_id: int) -> str:
    """What the assessors wrote on a criterion, without their names."""
    said = [sheet.scores[criterion_id][1].strip() for sheet in judged.sheets if criterion_id in sheet.scores]
    return "\n\n".join(dict.fromkeys(said))


def _settle_figures(outcome: Outcome, judged: Judged, stands: Standing) -> None:
    place, agreed = stands.places[judged.response.id], judged.agreed or {}
    outcome.rank, outcome.total = place.rank, ranking.hundredths(place.total)
    outcome.meets_minimum = place.meets_minimum
    for each in outcome.feedback:
        each.score_hundredths = ranking.hundredths(agreed[each.criterion_id])


def _sign(outcome: Outcome, actor: Actor) -> None:
    outcome.decided_at, outcome.decided_by_id = clock.now(), actor.person_id


def _note(session: Session, actor: Actor, inside: Inside, event: str, **identifiers: Any) -> None:
    journal.record(session, actor, event, ("round", inside.round.id), challenge_id=inside.challenge.id, **identifiers)
