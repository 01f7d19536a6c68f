"""Opening the prices and the scores together, and the panel's meeting where they lie far apart."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.assessment.models import Moderation, PricesOpened, ScoresOpened
from portal.assessment.queries import Inside, opened_standing, prices_opened, scores_opened
from portal.assessment.queries.standing import before_of
from portal.assessment.requirements import not_an_assessor, quality_locked, quorum_locked
from portal.assessment.services.giving import give_prices
from portal.challenges.models import Challenge, Criterion
from portal.db import Conflict, clock, hold
from portal.machine import MoveRefused, NotAllowed, NotNow, Refusal, Situation, unmet
from portal.policy import Actor
from portal.responses.models import Response


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a meeting agreed: the score that counts and why; `seen` is `what_was_seen` when it met."""

    after: int
    reason: str
    seen: str


def open_scores(session: Session, actor: Actor, inside: Inside) -> None:
    """Open every locked sheet of a round at once; from now on none of them can be reopened.

    Raises `NotAllowed` for an assessor, `NotNow` outside the assessment, and `MoveRefused` while the quorum is not
    locked or a sheet is open.
    """
    at = _hold_to_open(session, actor, inside)
    if missing := unmet((quorum_locked(inside.kind),), at):
        raise MoveRefused(Refusal("open_scores", "Open the scores", missing))
    if scores_opened(session, inside.round) is not None:
        return
    session.add(ScoresOpened(round_id=inside.round.id, at=at.now, person_id=actor.person_id))
    _note_opened(session, actor, inside, "assessment.scores_opened")


def open_prices(session: Session, actor: Actor, inside: Inside) -> int:
    """Open the price's envelope to those on the panel who judge it; from now on no other sheet can be reopened.

    Answers how many sheets were given. Raises `NotAllowed` for an assessor, `NotNow` outside the assessment or where
    nobody on the panel judges prices, and `MoveRefused` until everything else is judged and locked.
    """
    at = _hold_to_open(session, actor, inside)
    if missing := unmet((quality_locked(inside.kind),), at):
        raise MoveRefused(Refusal("open_prices", "Open the prices", missing))
    if prices_opened(session, inside.round) is None:
        session.add(PricesOpened(round_id=inside.round.id, at=at.now, person_id=actor.person_id))
        session.flush()
        _note_opened(session, actor, inside, "assessment.prices_opened")
    if not (given := give_prices(session, actor, inside)):
        raise NotNow("Nobody on the panel judges prices and has not got them. Say first who does.")
    return len(given)


def _hold_to_open(session: Session, actor: Actor, inside: Inside) -> Situation[Challenge]:
    hold(session, inside.challenge)
    if not inside.being_assessed:
        raise NotNow("Scores and prices can be opened only while the responses are being assessed.")
    at = Situation(session, inside.challenge, actor, clock.now())
    if not not_an_assessor.check(at):
        raise NotAllowed("You are an assessor here: somebody else must open them.")
    return at


def _note_opened(session: Session, actor: Actor, inside: Inside, event: str) -> None:
    journal.record(session, actor, event, ("round", inside.round.id), challenge_id=inside.challenge.id)


def moderate(
    session: Session,
    actor: Actor,
    inside: Inside,
    response: Response,
    criterion: Criterion,
    meeting: Meeting,
) -> Moderation:
    """Record what the panel agreed on one criterion of one response: the scores before, the score after, and why.

    Raises `Conflict` where what it saw has changed since, `NotNow`
    outside the assessment or before the scores are open, `NotAllowed` for an assessor and `ValueError` for a score
    outside the criterion's range.
    """
    hold(session, inside.challenge)
    if not inside.being_assessed:
        raise NotNow("The panel's agreement can be recorded only while the responses are being assessed.")
    judged = opened_standing(session, actor, inside).of(response.id)
    point = judged.point(criterion.id) if judged else None
    if point is None or not point.values:
        raise NotNow("Nobody has scored this yet.")
    if meeting.seen != what_was_seen(session, response.id, criterion.id, point.values):
        raise Conflict("the scores or the agreement have changed")
    if not 0 <= meeting.after <= criterion.max_score:
        raise ValueError(f"A score is a whole number from 0 to {criterion.max_score}.")
    agreed = Moderation(
        response_id=response.id,
        criterion_id=criterion.id,
        before=before_of(point.values),
        after=meeting.after,
        reason=meeting.reason,
        by_id=actor.person_id,
        at=clock.now(),
    )
    session.add(agreed)
    session.flush()
    journal.record(
        session,
        actor,
        "assessment.moderated",
        ("response", response.id),
        challenge_id=inside.challenge.id,
        criterion_id=criterion.id,
        moderation_id=agreed.id,
    )
    return agreed


def what_was_seen(session: Session, response_id: int, criterion_id: int, values: dict[int, int]) -> str:
    """What lay on the table, for a form to hand back: the sheets' scores and the latest agreement."""
    latest = session.scalars(
        select(Moderation.id)
        .where(Moderation.response_id == response_id, Moderation.criterion_id == criterion_id)
        .order_by(Moderation.id.desc())
        .limit(1)
    ).first()
    return f"{latest or 0}:{before_of(values)}"
