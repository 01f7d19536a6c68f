"""The panel and its scores; scores are found for their author alone until the whole panel locked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person
from portal.challenges.models import Challenge, Criterion
from portal.challenges.queries import round_of
from portal.policy import Actor
from portal.showcases.models import Appearance, PanelChange, PanelScore, PanelSeat, ShowcaseEvent
from portal.showcases.queries.event import appearances_of
from portal.showcases.ranking import Total, ranked, share_of


def seats_of(session: Session, event: ShowcaseEvent) -> Sequence[PanelSeat]:
    """The panel, by name."""
    return session.scalars(
        select(PanelSeat)
        .join(Person, Person.id == PanelSeat.person_id)
        .where(PanelSeat.event_id == event.id)
        .options(joinedload(PanelSeat.person))
        .order_by(Person.name, PanelSeat.id)
    ).all()


def own_seat(session: Session, actor: Actor, reference: str) -> PanelSeat | None:
    """The seat this person has on the panel of an event, and nobody else's."""
    return session.scalars(
        select(PanelSeat)
        .join(ShowcaseEvent, ShowcaseEvent.id == PanelSeat.event_id)
        .where(ShowcaseEvent.reference == reference, PanelSeat.person_id == actor.person_id)
        .options(joinedload(PanelSeat.event).joinedload(ShowcaseEvent.challenge).joinedload(Challenge.lead))
    ).first()


def criteria_of(session: Session, challenge: Challenge) -> Sequence[Criterion]:
    """What prototypes are judged on: the criteria the challenge published."""
    asked = round_of(session, challenge)
    return asked.criteria if asked is not None else ()


def quorum_of(session: Session, challenge: Challenge) -> int:
    """How many locked sets of scores each firm needs."""
    asked = round_of(session, challenge)
    return asked.quorum if asked is not None else 1


def own_scores(session: Session, seat: PanelSeat) -> dict[int, dict[int, PanelScore]]:
    """What this panel member scored: by appearance, then by criterion."""
    found: dict[int, dict[int, PanelScore]] = defaultdict(dict)
    for score in session.scalars(select(PanelScore).where(PanelScore.seat_id == seat.id)):
        found[score.appearance_id][score.criterion_id] = score
    return dict(found)


def newest_changes(session: Session, seat: PanelSeat) -> dict[tuple[int, int], int]:
    """How often each of this panel member's marks was changed so far, by appearance and criterion."""
    rows = session.execute(
        select(PanelChange.appearance_id, PanelChange.criterion_id, func.max(PanelChange.sequence))
        .where(PanelChange.seat_id == seat.id)
        .group_by(PanelChange.appearance_id, PanelChange.criterion_id)
    )
    return {(appearance_id, criterion_id): newest for appearance_id, criterion_id, newest in rows}


def panel_is_locked(session: Session, event: ShowcaseEvent) -> bool:
    """Whether everybody on the panel who declared no conflict has locked, and they are enough."""
    return is_locked(seats_of(session, event), quorum_of(session, event.challenge))


def is_locked(seats: Sequence[PanelSeat], quorum: int) -> bool:
    """Whether these seats' people have all locked, and enough of them judge."""
    judging = [seat for seat in seats if seat.judges]
    return len(judging) >= quorum and all(seat.locked_at is not None for seat in judging)


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """How one prototype did on one criterion: the panel's scores, and what they said, without names."""

    criterion: Criterion
    scores: tuple[int, ...]
    comments: tuple[str, ...]

    @property
    def mean(self) -> float:
        """The mean of the scores, to one decimal."""
        return round(sum(self.scores) / len(self.scores), 1) if self.scores else 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """One prototype's result."""

    appearance: Appearance
    total: Total
    criteria: tuple[CriterionResult, ...]


def results_of(session: Session, event: ShowcaseEvent) -> list[Result] | None:
    """The panel's results, the best first; None until the whole panel has locked."""
    if not panel_is_locked(session, event):
        return None
    criteria = criteria_of(session, event.challenge)
    shown = {appearance.id: appearance for appearance in appearances_of(session, event)}
    given = _locked_scores(session, event)
    shares = {key: share_of(criteria, {c.id: [s.score for s in given[key, c.id]] for c in criteria}) for key in shown}
    return [
        Result(shown[total.key], total, tuple(_judged(c, given[total.key, c.id]) for c in criteria))
        for total in ranked(shares)
    ]


def _judged(criterion: Criterion, given: list[PanelScore]) -> CriterionResult:
    comments = tuple(score.comment for score in given if score.comment)
    return CriterionResult(criterion, tuple(score.score for score in given), comments)


def _locked_scores(session: Session, event: ShowcaseEvent) -> dict[tuple[int, int], list[PanelScore]]:
    found: dict[tuple[int, int], list[PanelScore]] = defaultdict(list)
    rows = session.scalars(
        select(PanelScore)
        .join(PanelSeat, PanelSeat.id == PanelScore.seat_id)
        .where(PanelSeat.event_id == event.id, PanelSeat.locked_at.is_not(None))
        .order_by(PanelScore.score, PanelScore.id)
    )
    for score in rows:
        found[score.appearance_id, score.criterion_id].append(score)
    return found
