"""Finding events and what belongs to them; scores are found for their author alone until the whole panel locked."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person
from portal.challenges.models import Challenge, Criterion
from portal.challenges.queries import round_of, visible_inside
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission
from portal.responses.models import Response, ResponseMember
from portal.showcases.models import (
    Appearance,
    GuestFeedback,
    PanelScore,
    PanelSeat,
    ShowcaseEvent,
    ShowcaseGuest,
    SolutionChoice,
)
from portal.showcases.ranking import Total, ranked, share_of
from portal.support.models import SupportPlan


def _events() -> Select[ShowcaseEvent]:
    return (
        select(ShowcaseEvent)
        .join(Challenge, Challenge.id == ShowcaseEvent.challenge_id)
        .options(joinedload(ShowcaseEvent.challenge).joinedload(Challenge.lead))
    )


def event_of(session: Session, challenge: Challenge) -> ShowcaseEvent | None:
    """The challenge's event, once one is planned."""
    return session.scalars(_events().where(ShowcaseEvent.challenge_id == challenge.id)).first()


def event_inside(session: Session, actor: Actor, reference: str) -> ShowcaseEvent | None:
    """The event of a challenge, for its team."""
    return session.scalars(_events().where(Challenge.reference == reference, visible_inside(actor))).first()


def event_for_guest(session: Session, actor: Actor, reference: str) -> ShowcaseEvent | None:
    """An event, for the guests who accepted their invitation to it."""
    mine = actor.ids(Permission.SHOWCASE_ATTEND)
    return session.scalars(
        _events().where(ShowcaseEvent.reference == reference, ShowcaseEvent.challenge_id.in_(mine))
    ).first()


def shown_plan(session: Session, actor: Actor, reference: str) -> SupportPlan | None:
    """The plan behind a response that is to be shown: for its own firm, and for the challenge's team."""
    mine = select(ResponseMember.response_id).where(
        ResponseMember.organisation_id.in_(actor.ids(Permission.RESPONSE_WRITE)),
        ResponseMember.accepted_at.is_not(None),
    )
    return session.scalars(
        select(SupportPlan)
        .join(Response, Response.id == SupportPlan.response_id)
        .join(Challenge, Challenge.id == SupportPlan.challenge_id)
        .where(Response.reference == reference, or_(Response.id.in_(mine), visible_inside(actor)))
        .options(
            joinedload(SupportPlan.challenge).joinedload(Challenge.lead),
            joinedload(SupportPlan.response).joinedload(Response.organisation),
            joinedload(SupportPlan.response).joinedload(Response.challenge),
        )
    ).first()


def appearance_of(session: Session, plan: SupportPlan) -> Appearance | None:
    """The firm's place in the running order, once the event is planned."""
    return session.scalars(
        select(Appearance)
        .where(Appearance.response_id == plan.response_id)
        .options(
            joinedload(Appearance.event).joinedload(ShowcaseEvent.challenge),
            joinedload(Appearance.response).joinedload(Response.challenge),
            joinedload(Appearance.response).joinedload(Response.organisation),
        )
    ).first()


def appearances_of(session: Session, event: ShowcaseEvent) -> Sequence[Appearance]:
    """The running order: every firm that still goes on."""
    return session.scalars(
        select(Appearance)
        .join(SupportPlan, SupportPlan.response_id == Appearance.response_id)
        .where(Appearance.event_id == event.id, SupportPlan.state != "out")
        .options(
            joinedload(Appearance.event).joinedload(ShowcaseEvent.challenge),
            joinedload(Appearance.response).joinedload(Response.organisation),
            joinedload(Appearance.response).joinedload(Response.challenge),
        )
        .order_by(Appearance.position, Appearance.id)
    ).all()


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


def panel_is_locked(session: Session, event: ShowcaseEvent) -> bool:
    """Whether everybody on the panel who declared no conflict has locked, and they are enough."""
    judging = [seat for seat in seats_of(session, event) if seat.judges]
    enough = len(judging) >= quorum_of(session, event.challenge)
    return enough and all(seat.locked_at is not None for seat in judging)


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


def guests_of(session: Session, event: ShowcaseEvent) -> Sequence[ShowcaseGuest]:
    """Who was invited, by address."""
    return session.scalars(
        select(ShowcaseGuest).where(ShowcaseGuest.event_id == event.id).order_by(ShowcaseGuest.email)
    ).all()


@dataclass(frozen=True, slots=True)
class Said:
    """What a guest said; the name and address only where the guest wants to talk."""

    text: str
    name: str | None
    email: str | None


def feedback_on(session: Session, appearances: Sequence[Appearance]) -> dict[int, list[Said]]:
    """What guests said of each prototype, oldest first."""
    found: dict[int, list[Said]] = {appearance.id: [] for appearance in appearances}
    rows = session.execute(
        select(GuestFeedback, Person.name, Person.email)
        .join(Person, Person.id == GuestFeedback.person_id)
        .where(GuestFeedback.appearance_id.in_(found))
        .order_by(GuestFeedback.given_at, GuestFeedback.id)
    )
    for feedback, name, email in rows:
        known = (name, email) if feedback.wants_to_talk else (None, None)
        found[feedback.appearance_id].append(Said(feedback.text, *known))
    return found


def own_feedback(session: Session, actor: Actor, event: ShowcaseEvent) -> dict[int, GuestFeedback]:
    """What this guest said already, by appearance."""
    rows = session.scalars(
        select(GuestFeedback)
        .join(Appearance, Appearance.id == GuestFeedback.appearance_id)
        .where(Appearance.event_id == event.id, GuestFeedback.person_id == actor.person_id)
    )
    return {row.appearance_id: row for row in rows}


def choices_of(session: Session, challenge: Challenge) -> Sequence[SolutionChoice]:
    """The solutions that go on, in the order of their responses."""
    return session.scalars(
        select(SolutionChoice).where(SolutionChoice.challenge_id == challenge.id).order_by(SolutionChoice.response_id)
    ).all()


def choice_digest(session: Session, challenge: Challenge) -> str:
    """The digest of exactly what was chosen and why: what two people agree on, and what shows a form to be stale."""
    said = "\n".join(f"{each.response_id}:{each.reason}" for each in choices_of(session, challenge))
    return hashlib.sha256(said.encode()).hexdigest()


def firm_names(session: Session, response_ids: Sequence[int]) -> dict[int, str]:
    """The lead firm of each response."""
    rows = session.execute(
        select(Response.id, Organisation.name)
        .join(Organisation, Organisation.id == Response.organisation_id)
        .where(Response.id.in_(response_ids))
    )
    return {row[0]: row[1] for row in rows}
