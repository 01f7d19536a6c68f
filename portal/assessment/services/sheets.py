"""An assessor at work on their own sheet."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.assessment.models import Assignment, Score, SheetCriterion
from portal.assessment.services.giving import hand_on
from portal.challenges.models import Criterion
from portal.db import Conflict, clock, expect_version, hold, share
from portal.machine import NotAllowed, NotNow
from portal.policy import Actor
from portal.workflow import fire


@dataclass(frozen=True, slots=True)
class Marking:
    """A score and its comment, and the version of the score they were begun from (None: there was none yet)."""

    value: int | None
    comment: str
    version: int | None


def declare(session: Session, actor: Actor, sheet: Assignment) -> None:
    """Declare no conflict of interest with the firms behind this response; only then can it be read."""
    fire(session, actor, sheet, "declare")


def recuse(session: Session, actor: Actor, sheet: Assignment, reason: str) -> None:
    """Stand down from one response; whatever was scored on it counts no more, and somebody else gets it at once."""
    fire(session, actor, sheet, "recuse", reason=reason)
    hand_on(session, actor, sheet)


def lock(session: Session, actor: Actor, sheet: Assignment) -> None:
    """Finish a sheet. Raises `MoveRefused` with the criteria that still lack a score or a comment."""
    fire(session, actor, sheet, "lock")


def reopen(session: Session, actor: Actor, sheet: Assignment, reason: str) -> None:
    """Take up a locked sheet again, as long as nobody has compared it with others."""
    fire(session, actor, sheet, "reopen", reason=reason)


def save_score(
    session: Session,
    actor: Actor,
    sheet: Assignment,
    criterion: Criterion,
    marking: Marking,
) -> Score:
    """Keep a score, a comment, or as yet only one of them.

    Raises `Conflict`
    where another window of theirs was quicker, `NotNow` once the sheet is locked, and `ValueError` for a score
    outside the criterion's range.
    """
    share(session, sheet.challenge)
    hold(session, sheet)
    if sheet.person_id != actor.person_id:
        raise NotAllowed("This sheet is another assessor's.")
    if sheet.state != "scoring" or not sheet.being_assessed:
        raise NotNow("This sheet cannot be changed: it is not open for scoring.")
    if sheet.quality_unlocked(session):
        raise NotNow("Prices are closed again until everybody who judges the rest has locked their scores.")
    if session.get(SheetCriterion, (sheet.id, criterion.id)) is None:
        raise NotNow("This sheet does not ask for a score on that.")
    if marking.value is not None and not 0 <= marking.value <= criterion.max_score:
        raise ValueError(f"A score is a whole number from 0 to {criterion.max_score}.")
    score = session.scalars(
        select(Score).where(Score.assignment_id == sheet.id, Score.criterion_id == criterion.id)
    ).first()
    if score is None:
        if marking.version is not None:
            raise Conflict("the score is gone")
        score = Score(assignment_id=sheet.id, criterion_id=criterion.id)
        session.add(score)
    else:
        expect_version(score, marking.version)
    score.value, score.comment, score.saved_at = marking.value, marking.comment, clock.now()
    journal.record(
        session,
        actor,
        "assessment.score_saved",
        ("assignment", sheet.id),
        challenge_id=sheet.challenge_id,
        criterion_id=criterion.id,
    )
    session.flush()
    return score
