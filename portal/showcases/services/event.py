"""Planning the event, its running order, and what each firm shows at what cost."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal, outbox
from portal.challenges.models import Challenge
from portal.db import clock, expect_version, hold
from portal.machine import NotNow
from portal.policy import Actor
from portal.showcases import queries
from portal.showcases.given import CostLine, EventPlan, Showing
from portal.showcases.models import Appearance, DeploymentCost, PanelSeat, ShowcaseEvent
from portal.support.queries import firm_people, plans_of
from portal.workflow import fire


def record(session: Session, actor: Actor, what: str, event: ShowcaseEvent, **identifiers: Any) -> None:
    """Note in the journal what was done to an event."""
    journal.record(
        session,
        actor,
        f"showcase.{what}",
        ("showcase_event", event.id),
        challenge_id=event.challenge_id,
        **identifiers,
    )


def begin_edit(session: Session, event: ShowcaseEvent) -> None:
    """Lock the challenge for an edit, so that a button pressed twice acts once.

    Raises `NotNow` once the event is over.
    """
    hold(session, event.challenge)
    session.refresh(event, event.__mapper__.column_attrs.keys())
    if event.challenge.state not in {"support", "showcase"} or event.state == "held":
        raise NotNow("This showcase has been held, so its plan stays as it was.")


def plan_event(
    session: Session, actor: Actor, challenge: Challenge, version: int | None, plan: EventPlan
) -> ShowcaseEvent:
    """Plan the event or change its plan; firms, panel and guests hear of it when the day, time or place is new.

    Every firm that goes on gets its place in the running order. Raises `NotNow` outside support and showcase,
    `Conflict` where somebody else changed the plan.
    """
    hold(session, challenge)
    if challenge.state not in {"support", "showcase"}:
        raise NotNow("A showcase is planned while firms are being supported.")
    event = queries.event_of(session, challenge)
    if event is None:
        event = ShowcaseEvent(challenge_id=challenge.id, state="planned", state_since=clock.now())
        event.challenge = challenge
        session.add(event)
        news = "planned"
    else:
        begin_edit(session, event)
        expect_version(event, version)
        news = "changed" if (event.at, event.place, event.link) != (plan.at, plan.place, plan.link) else ""
    for name, told in asdict(plan).items():
        setattr(event, name, told)
    session.flush()
    _bring_in_firms(session, event)
    record(session, actor, "planned", event, held_at=plan.at.isoformat())
    if news:
        tell_everybody(session, event, news)
    return event


def _bring_in_firms(session: Session, event: ShowcaseEvent) -> None:
    """Give every firm that goes on and has none yet a place at the end of the running order."""
    placed = session.execute(
        select(Appearance.response_id, Appearance.position).where(Appearance.event_id == event.id)
    ).all()
    known, last = {row.response_id for row in placed}, max((row.position for row in placed), default=0)
    new = [plan for plan in plans_of(session, event.challenge) if plan.state != "out" and plan.response_id not in known]
    for position, plan in enumerate(new, start=last + 1):
        session.add(Appearance(event_id=event.id, response_id=plan.response_id, position=position))
    session.flush()


def tell_everybody(session: Session, event: ShowcaseEvent, news: str) -> None:
    """Mail firms, panel and guests that the event was planned, changed or cancelled, each with their own page."""
    kind, key = f"showcases.{news}", event.id
    shown = {each.response_id: each.response.reference for each in queries.appearances_of(session, event)}
    for response_id, people in firm_people(session, shown).items():
        for person_id in people:
            outbox.queue(session, kind, person_id, path=f"/responses/{shown[response_id]}/showcase", event_id=key)
    for person_id in session.scalars(select(PanelSeat.person_id).where(PanelSeat.event_id == event.id)):
        outbox.queue(session, kind, person_id, path=f"/showcase/{event.reference}/score", event_id=key)
    for guest in queries.guests_of(session, event):
        outbox.queue(session, kind, guest.email, path=f"/showcase/{event.reference}", event_id=key)


def move_event(session: Session, actor: Actor, event: ShowcaseEvent, move: str, reason: str = "") -> None:
    """Make one of the event's moves; a cancelled event, and one planned again, is told to everybody.

    Raises what `portal.workflow.fire` raises.
    """
    fire(session, actor, event, move, **({"reason": reason} if reason else {}))
    news = {"cancel": "cancelled", "plan_again": "planned"}.get(move)
    if news:
        tell_everybody(session, event, news)


def begin_showing(session: Session, appearance: Appearance) -> None:
    """Lock the challenge for an edit of what one firm shows. Raises `NotNow` once the panel scores."""
    begin_edit(session, appearance.event)
    session.refresh(appearance)
    scored = select(PanelSeat.id).where(PanelSeat.event_id == appearance.event_id, PanelSeat.scored_at.is_not(None))
    if session.scalar(scored.limit(1)) is not None:
        raise NotNow("The panel has begun to score, so what is shown and what it costs stay as they are.")


def write_appearance(
    session: Session, actor: Actor, appearance: Appearance, version: int | None, showing: Showing
) -> None:
    """Say what the firm will show and what it needs on the day.

    Raises `NotNow` once the panel scores, `Conflict` where somebody else changed it.
    """
    begin_showing(session, appearance)
    expect_version(appearance, version)
    for name, told in asdict(showing).items():
        setattr(appearance, name, told)
    record(session, actor, "appearance_written", appearance.event, appearance_id=appearance.id)


def add_cost(session: Session, actor: Actor, appearance: Appearance, line: CostLine) -> None:
    """Add a part of the deployment cost, given by the firm or by the challenge's owner.

    Raises `NotNow` once the panel scores.
    """
    begin_showing(session, appearance)
    session.add(DeploymentCost(appearance_id=appearance.id, **asdict(line)))
    record(session, actor, "cost_added", appearance.event, appearance_id=appearance.id)


def remove_cost(session: Session, actor: Actor, appearance: Appearance, cost_id: int) -> None:
    """Take a part of the deployment cost away; one that is gone already changes nothing.

    Raises `NotNow` once the panel scores.
    """
    begin_showing(session, appearance)
    appearance.costs = [cost for cost in appearance.costs if cost.id != cost_id]
    record(session, actor, "cost_removed", appearance.event, appearance_id=appearance.id)
