"""A challenge with two chosen firms, and everybody who helps, shows, judges or looks on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges.models import Challenge, ChallengeParty, Part
from portal.db import Database, clock
from portal.law.releases import ReleaseKind
from portal.machine import Situation
from portal.policy import CLOCK, Actor, Role
from portal.responses.models import Response
from portal.showcases import services as showing
from portal.showcases.given import EventPlan
from portal.showcases.models import Appearance, ShowcaseEvent
from portal.support import effects as support
from portal.support.models import SupportPlan
from portal.workflow import fire
from tests.support import make
from tests.support.people import signed_in


@dataclass
class Scene:
    """Ids and people of one challenge, so that every test can open its own session."""

    challenge_id: int
    reference: str
    people: dict[str, Person] = field(default_factory=dict)
    responses: list[int] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    def actor(self, session: Session, who: str) -> Actor:
        return actor_of(session, self.people[who])

    def challenge(self, session: Session) -> Challenge:
        return session.get_one(Challenge, self.challenge_id)

    def situation(self, session: Session, actor: Any = CLOCK, **given: Any) -> Situation[Challenge]:
        return Situation(session, self.challenge(session), actor, clock.now(), given)


def build(session: Session, *, state: str = "support", kind: ReleaseKind = ReleaseKind.PROTOTYPE) -> Scene:
    """A challenge resting at `state` with two firms chosen, and no plan yet."""
    challenge = make.challenge(session, state=state, release_kind=kind)
    hub = make.partner(session)
    session.add(ChallengeParty(challenge_id=challenge.id, organisation_id=hub.id, part=Part.SUPPORT))
    session.flush()
    session.refresh(challenge)
    firms = [make.supplier(session, name=name) for name in ("Arbor Ltd", "Bramble & Co")]
    chosen: list[Response] = [make.response(session, challenge, state="chosen", organisation=firm) for firm in firms]
    lead = challenge.lead_id
    council = session.get_one(type(hub), lead)
    people = {
        "owner": make.person_as(session, Role.CHALLENGE_OWNER, council),
        "officer": make.person_as(session, Role.PROCUREMENT_OFFICER, council),
        "adviser": make.person_as(session, Role.SUPPORT_ADVISER, hub),
        "stranger": make.person_as(session, Role.SUPPORT_ADVISER, make.partner(session)),
        "other_owner": make.person_as(session, Role.CHALLENGE_OWNER, make.authority(session)),
        "arbor": make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, firms[0]),
        "bramble": make.person_as(session, Role.SUPPLIER_MEMBER, firms[1]),
        "guest": make.person_as(session, Role.SHOWCASE_GUEST, challenge),
        "judge1": make.person_as(session, Role.ASSESSOR, challenge),
        "judge2": make.person_as(session, Role.ASSESSOR, challenge),
    }
    return Scene(
        challenge.id, challenge.reference, people, [each.id for each in chosen], [each.reference for each in chosen]
    )


def with_plans(session: Session, scene: Scene) -> list[SupportPlan]:
    """Both firms get their plan, as selecting gives them."""
    support.make_plans(scene.situation(session))
    session.flush()
    return plans(session, scene)


def plans(session: Session, scene: Scene) -> list[SupportPlan]:
    from portal.support.queries import plans_of

    return list(plans_of(session, scene.challenge(session)))


def make_ready(session: Session, scene: Scene) -> None:
    """Both firms are helped until they are ready."""
    adviser = scene.actor(session, "adviser")
    for plan in plans(session, scene):
        plan.needs = "Somebody to try it with."
        fire(session, adviser, plan, "contact")
        fire(session, adviser, plan, "make_ready")


def event_in(session: Session, scene: Scene, *, days: float = 3) -> ShowcaseEvent:
    """The owner plans the event."""
    return showing.plan_event(
        session,
        scene.actor(session, "owner"),
        scene.challenge(session),
        None,
        EventPlan(at=clock.now() + timedelta(days=days), place="Town hall", link="", notes="", minutes_each=20),
    )


def appearances(session: Session, scene: Scene) -> list[Appearance]:
    from portal.showcases.queries import appearances_of, event_of

    event = event_of(session, scene.challenge(session))
    assert event is not None
    return list(appearances_of(session, event))


@pytest.fixture(autouse=True)
def _wired() -> None:
    """Machines are registered by the wiring; a test of services needs them without an app."""
    from portal import wiring

    wiring.connect()


@pytest.fixture
def scene(database: Database) -> Scene:
    """At support, with a plan for each firm."""
    with database.writing() as session:
        scene = build(session)
        with_plans(session, scene)
        return scene


@pytest.fixture
def client_of(app: Flask, scene: Scene) -> Callable[[str], Any]:
    """A signed-in client of one of the people."""
    return lambda who: signed_in(app, scene.people[who])
