"""A challenge with its people, and a small machine that makes the moves this room has effects for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal import wiring
from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges import parts, requirements
from portal.challenges.models import Challenge, RoundKind
from portal.challenges.services import release as effects
from portal.challenges.suggestions import CRITERIA
from portal.db import Database, clock
from portal.machine import Machine, Move, State
from portal.policy import Actor, Permission, Role
from portal.workflow import registry
from tests.support import make
from tests.support.people import signed_in

CALL, TENDER = RoundKind.CHALLENGE, RoundKind.TENDER
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

SMALL = Machine(
    "challenge",
    title="Challenge",
    initial="articulation",
    states=(
        State("articulation", "Writing the brief"),
        State("open", "Open for responses"),
        State("assessment", "Responses being assessed"),
        State("withdrawn", "Withdrawn", end=True),
    ),
    moves=(
        Move(
            name="release",
            title="Release the challenge",
            sources=frozenset({"articulation"}),
            target="open",
            who=(Permission.CHALLENGE_PROCURE,),
            bars=(requirements.not_an_author,),
            requirements=(requirements.weights_add_up(CALL),),
            stamps=("released_at",),
            effects=(effects.publish_brief,),
        ),
        Move(
            name="amend",
            title="Publish the amendment",
            sources=frozenset({"open"}),
            target=None,
            who=(Permission.CHALLENGE_PROCURE,),
            requirements=(
                requirements.amendment_proposed,
                requirements.amendment_sound,
                requirements.deadline_reconsidered,
            ),
            asks=("reason",),
            effects=(effects.publish_amendment,),
        ),
        Move(
            name="extend",
            title="Extend the deadline",
            sources=frozenset({"open"}),
            target=None,
            who=(Permission.CHALLENGE_PROCURE,),
            requirements=(requirements.deadline_ahead(CALL), requirements.new_deadline_later(CALL)),
            asks=("deadline", "reason"),
            effects=(effects.move_deadline(CALL),),
        ),
        Move(
            name="close",
            title="The deadline passes",
            sources=frozenset({"open"}),
            target="assessment",
            due=requirements.deadline_of(CALL),
        ),
        Move(
            name="withdraw",
            title="Withdraw the challenge",
            sources=frozenset({"articulation", "open", "assessment"}),
            target="withdrawn",
            who=(Permission.CHALLENGE_PROCURE,),
            asks=("reason",),
            effects=(effects.keep_end_reason,),
        ),
    ),
)


@pytest.fixture(autouse=True)
def _small_machine() -> Iterator[None]:
    wiring.connect()  # what runs after these tests finds the whole application
    before = dict(registry._machines)
    registry.register(Challenge, SMALL)
    yield
    registry._machines.clear()
    registry._machines.update(before)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    clock.set_to(NOON)
    yield
    clock.set_to(None)


@dataclass
class Scene:
    """A challenge with its owner, two officers of its authority, and somebody of another."""

    database: Database
    challenge_id: int
    reference: str
    owner: Person
    officer: Person
    stranger: Person

    def challenge(self, session: Session) -> Challenge:
        return session.get_one(Challenge, self.challenge_id)

    def actor(self, session: Session, person: Person) -> Actor:
        return actor_of(session, person)


SceneMaker = Callable[..., Scene]


@pytest.fixture
def scene(database: Database) -> SceneMaker:
    def made(state: str = "articulation", **fields: object) -> Scene:
        with database.writing() as session:
            lead = make.authority(session, code="EV")
            owner = make.person_as(session, Role.CHALLENGE_OWNER, lead)
            officer = make.person_as(session, Role.PROCUREMENT_OFFICER, lead)
            stranger = make.person_as(session, Role.PROCUREMENT_OFFICER, make.authority(session))
            challenge = make.challenge(session, lead=lead, state=state, owner_id=owner.id, **fields)
            return Scene(database, challenge.id, challenge.reference, owner, officer, stranger)

    return made


@pytest.fixture
def client_of(app: Flask) -> Callable[[Person], FlaskClient]:
    registry.register(Challenge, SMALL)  # making the app has registered the real pathways
    return lambda person: signed_in(app, person)


def criteria(*weights: int) -> dict[str, object]:
    """A value of the part `criteria` with these weights."""
    rows = [dict(CRITERIA[0]) | {"name": f"Criterion {n}", "weight": weight} for n, weight in enumerate(weights)]
    return {"scoring": "mean", "quorum": 2, "spread_limit": 2, "minimum_percent": 50, "criteria": rows}


def save(session: Session, scene: Scene, key: str, value: dict[str, object], kind: RoundKind = CALL) -> None:
    """Put a value into a part, whatever the state."""
    parts.write(session, scene.challenge(session), key, value, kind)


def in_days(days: int) -> datetime:
    return NOON + timedelta(days=days)
