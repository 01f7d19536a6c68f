"""A showcase as far as a test needs it: begun, with a panel that has scored."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.db import guard_state
from portal.law.releases import ReleaseKind
from portal.showcases import queries, services
from portal.showcases.given import Mark
from portal.showcases.models import PanelSeat, ShowcaseEvent
from tests.integration.showing.conftest import Scene, appearances, build, event_in, make_ready, with_plans


def showing(session: Session, *, kind: ReleaseKind = ReleaseKind.PROTOTYPE, days: float = -0.1) -> Scene:
    """Both firms ready, the challenge at its showcase, the event begun."""
    scene = build(session, state="support", kind=kind)
    with_plans(session, scene)
    make_ready(session, scene)
    event_in(session, scene, days=days)
    with guard_state():
        scene.challenge(session).state = "showcase"
    session.flush()
    return scene


def event_of(session: Session, scene: Scene) -> ShowcaseEvent:
    event = queries.event_of(session, scene.challenge(session))
    assert event is not None
    return event


def seat(session: Session, scene: Scene, who: str) -> PanelSeat:
    """The person sits on the panel and has no conflict."""
    event = event_of(session, scene)
    services.name_panel_member(session, scene.actor(session, "owner"), event, scene.people[who].email)
    found = queries.own_seat(session, scene.actor(session, who), event.reference)
    assert found is not None
    services.declare(session, scene.actor(session, who), found, conflicted=False, detail="")
    session.flush()
    return found


def score(session: Session, scene: Scene, who: str, marks: Iterable[int], *, lock: bool = True) -> PanelSeat:
    """The person scores every firm on every criterion with the same mark per firm."""
    mine, actor = seat(session, scene, who), scene.actor(session, who)
    criteria = queries.criteria_of(session, scene.challenge(session))
    for appearance, mark in zip(appearances(session, scene), marks, strict=True):
        given = [Mark(criterion.id, mark, f"Worth {mark}.") for criterion in criteria]
        services.save_scores(session, actor, mine, mine.version, appearance, given)
        session.flush()
    if lock:
        services.lock_scores(session, actor, mine, mine.version)
        session.flush()
    return mine
