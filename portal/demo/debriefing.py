"""Firms that want to talk about their outcome: one has just asked, with the other a time is arranged."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.assessment.models import Outcome
from portal.assessment.queries import outcome_for_firm
from portal.challenges.models import Challenge
from portal.debriefs import services
from portal.debriefs.queries import inside_debrief
from portal.demo.walking.walk import there
from portal.demo.world import World
from portal.policy import Actor
from portal.responses.models import Response


@dataclass(frozen=True)
class _Wish:
    """What a firm asks about the challenge of this title, and, where an officer has answered, who that is."""

    firm: str
    challenge: str
    wants: str
    prefers: str
    officer: str = ""


_WISHES = (
    _Wish(
        "corvane",
        "mobility-hubs",
        "Two reviewers marked our plan for bad weather very differently. What would have convinced both?",
        "By telephone, any afternoon this week or next.",
    ),
    _Wish(
        "tillerway",
        "wheelchairs-come-back",
        "We scored lowest on cost over five years. Was it the price, or did we not explain it well enough?",
        "A call of half an hour. We would like to bring our engineer.",
        officer="procurement-hospitals",
    ),
)
_PLACE = "Video call. The link is in the invitation that Marlshire Hospitals sends you today."


def ask_to_talk(world: World) -> None:
    """Let the firms ask, and one officer answer, at the moment of loading."""
    with world.database.writing() as session:
        for wish in _WISHES:
            firm = _actor(session, world, world.answers_for(wish.firm))
            asked = services.ask(session, firm, _outcome(session, world, wish), wants=wish.wants, prefers=wish.prefers)
            if wish.officer:
                officer = _actor(session, world, wish.officer)
                found = there(inside_debrief(session, officer, asked.reference))
                services.arrange(session, officer, found, takes_place_at=world.moment(6, 14), place=_PLACE)


def _outcome(session: Session, world: World, wish: _Wish) -> Outcome:
    """The outcome as the firm finds it."""
    title = next(each.title for each in world.library.challenges if each.key == wish.challenge)
    reference = session.scalars(
        select(Response.reference)
        .join(Challenge, Challenge.id == Response.challenge_id)
        .where(Challenge.title == title, Response.organisation_id == world.organisations[wish.firm])
    ).one()
    return there(outcome_for_firm(session, _actor(session, world, world.answers_for(wish.firm)), reference))


def _actor(session: Session, world: World, key: str) -> Actor:
    return actor_of(session, session.get_one(Person, world.people[key]))
