"""The bodies, the people and the challenges of the world, as rows."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts import links
from portal.accounts.identity import actor_of
from portal.accounts.models import LinkPurpose, Person
from portal.challenges.models import Challenge
from portal.db import Database, clock
from portal.organisations.models import Directorate, JoinRequest, Organisation
from portal.policy import Actor, Permission, Role
from portal.responses import seal
from portal.web.uploads import file_store
from tests.support import make
from tests.support.world import acts, stories
from tests.support.world.people import (
    CAST,
    ELSEWHERE,
    EVERY_STORY,
    FIRM,
    HERE,
    HUB,
    OTHER_HUB,
    PARTNER_FIRM,
    PORTAL,
    RIVAL,
    SIDE_STORY,
)


@dataclass
class World:
    """Everything by key, so that each transaction reads it anew; `names` are parts of addresses, by what they name."""

    app: Flask
    database: Database
    people: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    challenges: dict[str, int] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)
    asked: list[Any] = field(default_factory=list)
    walks: dict[str, Any] = field(default_factory=dict)

    def person(self, session: Session, who: str) -> Person:
        return session.get_one(Person, self.people[who])

    def body(self, session: Session, which: str) -> Organisation:
        return session.get_one(Organisation, self.bodies[which])

    def challenge(self, session: Session, story: str) -> Challenge:
        return session.get_one(Challenge, self.challenges[story])

    def actor(self, session: Session, who: str) -> Actor:
        """Read as this person from now on, as the web does on every request."""
        actor = actor_of(session, self.person(session, who))
        seal.read_as(session, actor.ids(Permission.RESPONSE_WRITE))
        return actor

    def keep_file(self, content: bytes) -> Any:
        """Put content into the store, as an upload does."""
        with self.app.app_context():
            return file_store().put(BytesIO(content))


def build(app: Flask) -> World:
    """The whole world in the app's database."""
    world = World(app, app.extensions["database"])
    with world.database.writing() as session:
        _bodies(session, world)
        _people(session, world)
    stories.tell(world)
    with world.database.writing() as session:
        _challenge_people(session, world)
        _at_the_door(session, world)
    acts.tell_more(world)
    assert app.static_folder is not None
    files = (each for each in Path(app.static_folder).rglob("*") if each.is_file())
    world.names["static file"] = next(files).relative_to(app.static_folder).as_posix()
    return world


def _bodies(session: Session, world: World) -> None:
    made = {
        HERE: make.authority(session, name="Little Wyre Council", code="LW"),
        ELSEWHERE: make.authority(session, name="Great Marle Council", code="GM"),
        HUB: make.partner(session, name="Wyre Growth Hub"),
        OTHER_HUB: make.partner(session, name="Marle Growth Hub"),
        FIRM: make.supplier(session, name="Amberley Sensors Ltd"),
        RIVAL: make.supplier(session, name="Brockwell Systems Ltd"),
        PARTNER_FIRM: make.supplier(session, name="Cawdale Makers Ltd"),
    }
    session.flush()
    for name, body in made.items():
        world.bodies[name] = body.id
        world.names |= {name: body.reference, f"{name}, key": body.id}


def _people(session: Session, world: World) -> None:
    for who, roles in CAST.items():
        person = make.person(session, email=f"{who}@example.org", name=f"{who.replace('-', ' ').capitalize()} Person")
        world.people[who] = world.names[f"{who}, key"] = person.id
        for role, where in roles:
            if where in world.bodies:
                grant = make.grant(session, person, role, world.body(session, where))
                world.names[f"grant of {who}"] = grant.id
            elif where == PORTAL:
                make.grant(session, person, role)


def _challenge_people(session: Session, world: World) -> None:
    for who, roles in CAST.items():
        for role, where in roles:
            for story, key in world.challenges.items():
                if where == (SIDE_STORY if story == "beside" else EVERY_STORY) and story != "elsewhere":
                    grant = make.grant(session, world.person(session, who), role, session.get_one(Challenge, key))
                    world.names[f"grant of {who} at {story}"] = grant.id


def _at_the_door(session: Session, world: World) -> None:
    """Links in the mail, invitations and somebody who asks to join, each used in one address."""
    for purpose in (LinkPurpose.CONFIRM, LinkPurpose.START, LinkPurpose.RESET):
        person = world.people["newcomer"] if purpose is LinkPurpose.RESET else None
        fields: dict[str, Any] = {"person_id": person} if person else {}
        link = links.make(session, purpose, f"{purpose.value}@example.org", **fields)
        world.names[purpose.value] = links.token_of(link)
    asked = {
        "to join the firm": {"role": Role.SUPPLIER_MEMBER, "organisation_id": world.bodies[FIRM]},
        "to the council": {"role": Role.BUDGET_HOLDER, "organisation_id": world.bodies[HERE]},
        "to a challenge": {"role": Role.ASSESSOR, "challenge_id": world.challenges["open"]},
    }
    for what, fields in asked.items():
        link = links.make(session, LinkPurpose.INVITE, f"asked-{len(world.names)}@example.org", **fields)
        world.names[what] = link.id
        world.names[LinkPurpose.INVITE.value] = links.token_of(link)
    directorate = session.query(Directorate).filter_by(organisation_id=world.bodies[HERE]).one()
    world.names["directorate"] = directorate.id
    request = JoinRequest(organisation_id=world.bodies[FIRM], person_id=world.people["newcomer"], asked_at=clock.now())
    session.add(request)
    session.flush()
    world.names["join request"] = request.id
