"""The panel: named, free of conflicts, scoring alone, and locked."""

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal import outbox
from portal.accounts.models import Person, RoleGrant
from portal.db import clock, expect_version, hold
from portal.machine import MoveRefused, NotNow, Refusal, Unmet
from portal.policy import Actor, ScopeKind
from portal.responses.models import Response, ResponseMember
from portal.showcases import queries
from portal.showcases.given import Mark
from portal.showcases.models import Appearance, PanelChange, PanelScore, PanelSeat, ShowcaseEvent
from portal.showcases.services.event import begin_edit, record


def name_panel_member(session: Session, actor: Actor, event: ShowcaseEvent, email: str) -> str | None:
    """Give the person with this address a seat, and tell them; answer a sentence where they cannot have one.

    Nobody from a firm that responded to the challenge judges. Raises `NotNow` once the event is held.
    """
    begin_edit(session, event)
    person = session.scalars(
        select(Person).where(Person.email == email.casefold(), Person.removed_at.is_(None))
    ).first()
    if person is None:
        return "Nobody with this address has an account here yet."
    if _answers_for_a_firm(session, event, person):
        return f"{person.name} belongs to a firm that answered this challenge, and so cannot judge."
    if session.scalar(select(PanelSeat.id).where(PanelSeat.event_id == event.id, PanelSeat.person_id == person.id)):
        return f"{person.name} is on the panel already."
    seat = PanelSeat(event_id=event.id, person_id=person.id, named_by_id=actor.person_id, named_at=clock.now())
    session.add(seat)
    session.flush()
    outbox.queue(session, "showcases.panel", person.id, event_id=event.id)
    record(session, actor, "panel_named", event, seat_id=seat.id)
    return None


def _answers_for_a_firm(session: Session, event: ShowcaseEvent, person: Person) -> bool:
    firms = (
        select(ResponseMember.organisation_id)
        .join(Response, Response.id == ResponseMember.response_id)
        .where(Response.challenge_id == event.challenge_id)
    )
    theirs = select(RoleGrant.id).where(
        RoleGrant.person_id == person.id,
        RoleGrant.scope_kind == ScopeKind.SUPPLIER,
        RoleGrant.organisation_id.in_(firms),
        RoleGrant.ended_at.is_(None),
    )
    return session.scalar(theirs.limit(1)) is not None


def stand_down(session: Session, actor: Actor, event: ShowcaseEvent, seat_id: int) -> None:
    """Take somebody off the panel who has not scored yet; nobody's scores are ever thrown away.

    Raises `NotNow` once they have.
    """
    hold(session, event.challenge)
    seat = session.scalars(
        select(PanelSeat).where(PanelSeat.id == seat_id, PanelSeat.event_id == event.id).with_for_update()
    ).first()
    if seat is None:
        return
    if seat.scored_at is not None:
        raise NotNow("This panel member has begun to score and cannot be taken off the panel.")
    record(session, actor, "panel_stood_down", event, seat_id=seat.id)
    session.execute(delete(PanelSeat).where(PanelSeat.id == seat.id))


def _begin(session: Session, seat: PanelSeat) -> None:
    hold(session, seat.event.challenge)
    session.refresh(seat.event)
    session.refresh(seat)
    if seat.locked_at is not None:
        raise NotNow("You have locked your scores. They can no longer be changed.")


def declare(session: Session, actor: Actor, seat: PanelSeat, *, conflicted: bool, detail: str) -> None:
    """Say whether one has an interest in any of the firms; with one, one does not score.

    Raises `NotNow` once scoring began: a conflict found later is told to the challenge's owner.
    """
    _begin(session, seat)
    if seat.scored_at is not None:
        raise NotNow("You have begun to score. Tell the challenge's owner about a conflict you found since.")
    seat.conflicted, seat.conflict_detail, seat.declared_at = conflicted, detail, clock.now()
    record(session, actor, "panel_declared", seat.event, seat_id=seat.id, conflicted=conflicted)


def begin_scoring(session: Session, seat: PanelSeat) -> None:
    """Lock the challenge for scoring. Raises `NotNow` before the event, after locking, and where one may not score."""
    _begin(session, seat)
    if seat.conflicted is not False:
        raise NotNow("Declare first that you have no interest in any of these firms.")
    event = seat.event
    if event.challenge.state != "showcase" or event.state == "cancelled" or event.at > clock.now():
        raise NotNow("Scoring begins when the showcase does.")


def save_scores(
    session: Session, actor: Actor, seat: PanelSeat, version: int | None, appearance: Appearance, marks: Sequence[Mark]
) -> None:
    """Keep what this panel member thinks of one prototype; what is left open can be filled in later.

    Raises `NotNow` before the event or after locking, `Conflict` where another tab saved in between, `ValueError`
    for a score or criterion that does not exist.
    """
    begin_scoring(session, seat)
    expect_version(seat, version)
    highest = {criterion.id: criterion.max_score for criterion in queries.criteria_of(session, seat.event.challenge)}
    kept = queries.own_scores(session, seat).get(appearance.id, {})
    for mark in marks:
        if mark.score is not None and not 0 <= mark.score <= highest.get(mark.criterion_id, -1):
            raise ValueError(f"There is no score {mark.score} here.")
        if keep_mark(session, seat, appearance, kept.get(mark.criterion_id), mark):
            _count(session, seat, appearance, mark)
    seat.scored_at = clock.now()
    record(session, actor, "panel_scored", seat.event, seat_id=seat.id, appearance_id=appearance.id)


def _count(session: Session, seat: PanelSeat, appearance: Appearance, mark: Mark) -> None:
    """Count a change made on the plain page, so that what a device sends later is known to be older or newer."""
    newest = queries.newest_changes(session, seat).get((appearance.id, mark.criterion_id), 0)
    session.add(
        PanelChange(
            seat_id=seat.id,
            appearance_id=appearance.id,
            criterion_id=mark.criterion_id,
            key=str(uuid4()),
            sequence=newest + 1,
            taken=True,
            received_at=clock.now(),
        )
    )


def keep_mark(session: Session, seat: PanelSeat, appearance: Appearance, kept: PanelScore | None, mark: Mark) -> bool:
    """Write one mark over what was kept of it (a score of None takes it away); whether anything is new."""
    if (kept.score, kept.comment) == (mark.score, mark.comment) if kept else mark.score is None:
        return False
    if mark.score is None:
        session.delete(kept)
    elif kept is not None:
        kept.score, kept.comment = mark.score, mark.comment
    else:
        session.add(
            PanelScore(
                seat_id=seat.id,
                appearance_id=appearance.id,
                criterion_id=mark.criterion_id,
                score=mark.score,
                comment=mark.comment,
            )
        )
    return True


def still_open(session: Session, seat: PanelSeat) -> list[str]:
    """What this panel member has yet to do before locking: a score on each criterion, a reason for each firm."""
    scores, missing = queries.own_scores(session, seat), []
    criteria = queries.criteria_of(session, seat.event.challenge)
    for appearance in queries.appearances_of(session, seat.event):
        given, firm = scores.get(appearance.id, {}), appearance.response.organisation.name
        missing += [f"{firm}: {criterion.name} has no score." for criterion in criteria if criterion.id not in given]
        if not any(score.comment for score in given.values()):
            missing.append(f"{firm}: write at least one reason, which the firm will read.")
    return missing


def lock_scores(session: Session, actor: Actor, seat: PanelSeat, version: int | None) -> None:
    """Lock what was scored, for good. Raises `MoveRefused` naming what is missing."""
    begin_scoring(session, seat)
    expect_version(seat, version)
    if missing := still_open(session, seat):
        unmet = tuple(Unmet("scores", sentence, "") for sentence in missing)
        raise MoveRefused(Refusal("lock", "Lock your scores", unmet))
    seat.locked_at = clock.now()
    record(session, actor, "panel_locked", seat.event, seat_id=seat.id)
