"""An assessor's own sheets: what is theirs to do, what they may read, and what they have given so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy.orm import Session, joinedload

from portal.assessment.models import ELIGIBLE, Assignment, Score, SheetCriterion
from portal.assessment.queries.reading import coded
from portal.challenges.models import Challenge, Criterion, Round
from portal.organisations.models import Organisation
from portal.policy import Actor
from portal.responses.models import Response

WORDS_A_MINUTE = 200
MINUTES_A_CRITERION = 4


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A line of an assessor's list; `scored` counts criteria with both a score and a comment."""

    sheet: Assignment
    title: str
    firm: str
    criteria: int
    scored: int

    @property
    def name(self) -> str:
        """What the response is called: its firm, or its code where it is read blind."""
        return coded(self.sheet) if self.sheet.round.blind else self.firm

    @property
    def minutes(self) -> int:
        """About how long it still takes; 0 where nothing is left to do."""
        return 0 if self.sheet.state == "locked" else minutes_left(self.sheet.words, self.criteria, self.scored)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A criterion and what this assessor has given it."""

    criterion: Criterion
    score: Score | None

    @property
    def done(self) -> bool:
        """Whether it has both a score and a comment."""
        return self.score is not None and self.score.value is not None and bool(self.score.comment)


def minutes_left(words: int, criteria: int, scored: int) -> int:
    """Reading at 200 words a minute, and four minutes for each criterion still to score, in whole fives."""
    reading = words / WORDS_A_MINUTE / max(criteria, 1)
    minutes = (criteria - scored) * (reading + MINUTES_A_CRITERION)
    return max(5, round(minutes / 5) * 5)


def _scored() -> Any:
    done = select(func.count()).where(
        Score.assignment_id == Assignment.id, Score.value.is_not(None), Score.comment != ""
    )
    return done.correlate(Assignment).scalar_subquery()


def _criteria() -> Any:
    asked = select(func.count()).where(SheetCriterion.assignment_id == Assignment.id)
    return asked.correlate(Assignment).scalar_subquery()


def queue(actor: Actor, *, done: bool) -> Select[Any]:
    """This person's sheets, either still to do or locked; those they stood down from are gone."""
    states = ("locked",) if done else ("scoring", "assigned")
    return (
        select(Assignment, Challenge.title, Organisation.name, _criteria(), _scored())
        .join(Challenge, Challenge.id == Assignment.challenge_id)
        .join(Response, Response.id == Assignment.response_id)
        .join(Organisation, Organisation.id == Response.organisation_id)
        .join(Round, Round.id == Assignment.round_id)
        .where(Assignment.person_id == actor.person_id, Assignment.state.in_(states), Response.state.in_(ELIGIBLE))
        .options(joinedload(Assignment.challenge), joinedload(Assignment.round))
        .order_by(
            case((Assignment.state == "scoring", 0), else_=1),
            Assignment.assigned_at,
            case((Round.blind, Assignment.code), else_=Organisation.name),  # the order must not tell whose code it is
            Assignment.code,
            Assignment.id,
        )
    )


def read_queue(session: Session, rows: Select[Any]) -> list[QueueItem]:
    """A page of the list, as `page_of` reads it."""
    return [QueueItem(*row) for row in session.execute(rows)]


# Built once, because every page and save of somebody who scores begins with it.
_MINE = (
    select(Assignment)
    .join(Assignment.response)
    .where(
        Assignment.reference == bindparam("reference"),
        Assignment.person_id == bindparam("person"),
        Assignment.state != "recused",
    )
    .options(
        joinedload(Assignment.challenge).joinedload(Challenge.lead),
        joinedload(Assignment.round),
        joinedload(Assignment.response).joinedload(Response.organisation),
    )
)


def my_sheet(session: Session, actor: Actor, reference: str) -> Assignment | None:
    """One of this person's own sheets; a sheet stood down from is nobody's any more."""
    return session.scalars(_MINE, {"reference": reference, "person": actor.person_id}).first()


def sheet_rows(session: Session, sheet: Assignment) -> list[SheetRow]:
    """The criteria that this sheet asks for, in their order, each with its score."""
    scores = {s.criterion_id: s for s in session.scalars(select(Score).where(Score.assignment_id == sheet.id))}
    criteria: Sequence[Criterion] = session.scalars(
        select(Criterion)
        .join(SheetCriterion, SheetCriterion.criterion_id == Criterion.id)
        .where(SheetCriterion.assignment_id == sheet.id)
        .order_by(Criterion.position)
    ).all()
    return [SheetRow(each, scores.get(each.id)) for each in criteria]
