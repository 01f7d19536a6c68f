"""Firms that want to talk about their outcome: one was talked with, one has just asked, with one a time is arranged."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.assessment.models import Outcome
from portal.assessment.queries import outcome_for_firm
from portal.challenges.models import Challenge
from portal.debriefs import services
from portal.debriefs.models import Debrief
from portal.debriefs.queries import inside_debrief
from portal.demo.walking.walk import Acts, there
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
_LONG_AGO = _Wish(
    "ninefold-sensing",
    "blocked-gullies",
    "You wrote that a method that learns from one gully in 50 would interest you. What would it have to show you?",
    "Come and see us, or we come to you. Any weekday but Thursday.",
    officer="procurement",
)
_DEPOT = "Gullies depot, Lock Road, Evenholt. Ask for Shabnam Thackeray at the gate."
_SAID = (
    "We went through your scores. Proof was not in doubt: both reviewers gave 4. For how well it meets the need you "
    "were given 2, because every gully would need a sensor of its own.\n\n"
    "What would have to be shown: on one round of 300 gullies, with six sensors, that the next ten to block are found "
    "more often than by the round as it is driven today.\n\n"
    "You asked whether we will ask again. We mean to, with a smaller question, and everybody will be told of it in "
    "the same way and on the same day. Nothing was promised to you."
)
_PLACE = "Video call. The link is in the invitation that Marlshire Hospitals sends you today."


def talked_with(world: World) -> Acts:
    """A firm asks after its outcome, is offered a time, and reads afterwards what was said: each on its own day."""
    wish = _LONG_AGO
    yield world.moment(-68, 9)
    with world.database.writing() as session:
        reference = _ask(session, world, wish).reference
    yield world.moment(-66, 11)
    with world.database.writing() as session:
        officer = _actor(session, world, wish.officer)
        found = there(inside_debrief(session, officer, reference))
        services.arrange(session, officer, found, takes_place_at=world.moment(-59, 14), place=_DEPOT)
    yield world.moment(-59, 16)
    with world.database.writing() as session:
        officer = _actor(session, world, wish.officer)
        services.hold_it(session, officer, there(inside_debrief(session, officer, reference)), note=_SAID)


def ask_to_talk(world: World) -> None:
    """Let the firms ask, and one officer answer, at the moment of loading."""
    with world.database.writing() as session:
        for wish in _WISHES:
            asked = _ask(session, world, wish)
            if wish.officer:
                officer = _actor(session, world, wish.officer)
                found = there(inside_debrief(session, officer, asked.reference))
                services.arrange(session, officer, found, takes_place_at=world.moment(6, 14), place=_PLACE)


def _ask(session: Session, world: World, wish: _Wish) -> Debrief:
    firm = _actor(session, world, world.answers_for(wish.firm))
    return services.ask(session, firm, _outcome(session, world, wish), wants=wish.wants, prefers=wish.prefers)


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
