"""The challenge with two chosen firms, with times on offer."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from portal.db import Database, clock
from portal.support import services
from portal.support.models import ResourceKind, Slot, SupportPlan
from tests.integration.showing.conftest import Scene, _wired, build, client_of, plans, with_plans
from tests.support.clock import TestClock

__all__ = ["_wired", "client_of"]

NOW = datetime(2026, 3, 27, 10, tzinfo=UTC)
"""A Friday; London's clocks change on the Sunday after it."""


@pytest.fixture
def scene(database: Database, clock: TestClock) -> Scene:
    """At support, with a plan for each firm."""
    clock.set(NOW)
    with database.writing() as session:
        scene = build(session)
        scene.challenge(session).owner_id = scene.people["owner"].id
        with_plans(session, scene)
        return scene


def offer(
    session: Session,
    scene: Scene,
    *,
    whose: str = "adviser",
    days: float = 4,
    minutes: int = 60,
    count: int = 1,
    to: SupportPlan | None = None,
) -> list[Slot]:
    """Times put on offer by the owner."""
    given = services.TimeOffer(
        person_id=scene.people[whose].id,
        resource_id=None,
        starts_at=clock.now() + timedelta(days=days),
        minutes=minutes,
        count=count,
        place="Growth hub",
        link="",
        plan_id=to.id if to else None,
    )
    return services.offer(session, scene.actor(session, "owner"), scene.challenge(session), given)


def offer_room(session: Session, scene: Scene, *, days: float = 4) -> list[Slot]:
    """A room of the council's, for an hour."""
    owner, challenge = scene.actor(session, "owner"), scene.challenge(session)
    room = services.add_resource(
        session, owner, challenge, body_id=challenge.lead_id, kind=ResourceKind.ROOM, name="Test room", place="Loft"
    )
    given = services.TimeOffer(None, room.id, clock.now() + timedelta(days=days), 60, 1, "Loft", "", None)
    return services.offer(session, owner, challenge, given)


def firm_plan(session: Session, scene: Scene, who: str) -> SupportPlan:
    """The plan of arbor or bramble."""
    return plans(session, scene)[("arbor", "bramble").index(who)]
