"""Firms of the region that answer a challenge together: they find each other, one is in, another is asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.demo.walking.walk import there
from portal.demo.world import World
from portal.network.teaming import services
from portal.network.teaming.queries import Teaming, led_responses, other_at, teaming_at
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission
from portal.responses import seal
from portal.responses.queries import invitations_of, mine
from portal.responses.services import accept_invitation

_LEAD, _JOINS, _IS_ASKED = "plainspoken", "softlatch", "kerbside-kin"
_BRINGS = {
    _LEAD: "I write questions that people can answer, and test them with five readers.",
    _JOINS: "Our reminders by text message reach people who open no letters.",
    _IS_ASKED: "We sit down with people who have learning disabilities, where they already are.",
}
"""Who would answer with others, and what each brings."""


def team_up(world: World) -> None:
    """In the open challenge for which the leader has begun a response: all three say so, then the leader invites."""
    with _acting(world, _LEAD) as (session, actor):
        drafts = (each for each in mine(session, actor) if each.state == "draft" and each.challenge.state == "open")
        reference = there(next(drafts, None)).challenge.reference
    for firm, brings in _BRINGS.items():
        with _acting(world, firm) as (session, actor):
            own = session.get_one(Organisation, world.organisations[firm])
            services.say(session, actor, _at(session, actor, reference), own, brings)
    for firm, part, share in ((_JOINS, "Reaching people by text message", 20), (_IS_ASKED, "Listening in person", 15)):
        key = _invite(world, reference, firm, part, share)
        if firm == _JOINS:
            with _acting(world, firm) as (session, actor):
                own = session.get_one(Organisation, world.organisations[firm])
                accept_invitation(session, actor, key, own.reference)


def _invite(world: World, reference: str, firm: str, part: str, share: int) -> str:
    """Through the page where firms find each other; answers the key by which it is accepted."""
    with _acting(world, _LEAD) as (session, actor):
        known = session.get_one(Organisation, world.organisations[firm])
        other = there(other_at(session, actor, reference, known.reference))
        (response,) = led_responses(session, actor, other.teaming)
        services.invite(session, actor, other, response, share_percent=share, part=part)
        return invitations_of(session, response)[-1].key


def _at(session: Session, actor: Actor, reference: str) -> Teaming:
    return there(teaming_at(session, actor, reference))


@contextmanager
def _acting(world: World, firm: str) -> Iterator[tuple[Session, Actor]]:
    """Whoever answers for a firm, in a transaction of their own that reads as this firm."""
    with world.database.writing() as session:
        actor = actor_of(session, session.get_one(Person, world.people[world.answers_for(firm)]))
        seal.read_as(session, actor.ids(Permission.RESPONSE_WRITE))
        yield session, actor
