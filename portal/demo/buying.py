"""How the region buys otherwise: what forms used to ask, a competition that is reserved, and firms that get help.

Done once every challenge stands where it rests; nothing here is of a real body.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.challenges.models import Challenge
from portal.demo.world import ADMINISTRATOR, World
from portal.law.dates import Basis
from portal.law.reservations import ReservedArea, ReservedFor
from portal.network.hands_on import prompting
from portal.network.hands_on import services as hands_on
from portal.network.reserving.models import Decision
from portal.network.reserving.queries import choice_for
from portal.network.reserving.services import decide
from portal.network.simpler.services import record_usual_form
from portal.organisations.models import Organisation
from portal.policy import Actor
from portal.responses.helping import open_help_requests
from portal.responses.services import take_help_request

_OFFERS = (
    {
        "name": "Tender surgery",
        "what": "Two hours with somebody who has written and judged tenders, about your own draft.",
        "who_for": "Firms and social enterprises of up to 50 people",
        "cost": "Free",
        "contact": "surgery@demo.example",
    },
    {
        "name": "Workshop and test bench",
        "what": "A bench, tools and a technician for three days, to get a prototype ready to show.",
        "who_for": "Firms with something that works on the kitchen table",
        "cost": "Free for the first three days",
        "contact": "bench@demo.example",
    },
)
_AUTHORITIES = ("evenholt", "thornmere", "university", "kestlewell")


def buy_otherwise(world: World) -> None:
    """Usual forms counted, one competition reserved, the directory filled, and a firm helped."""
    with world.database.writing() as session:
        admin = actor_of(session, session.get_one(Person, world.people[ADMINISTRATOR]))
        for key in _AUTHORITIES:
            _count_usual_form(session, admin, session.get_one(Organisation, world.organisations[key]), world.day(-400))
        adviser = world.adviser()
        body = next(person.organisation for person in world.library.people if person.key == adviser)
        for said in _OFFERS:
            given_by = session.get_one(Organisation, world.organisations[body])
            hands_on.put_on_offer(session, _actor(session, world, adviser), given_by, **said)
        _reserve_one(session, world)
    prompting.prompt(world.database)
    _help_one(world)


def _actor(session: Session, world: World, key: str) -> Actor:
    return actor_of(session, session.get_one(Person, world.people[key]))


def _count_usual_form(session: Session, admin: Actor, body: Organisation, since: date) -> None:
    record_usual_form(
        session,
        admin,
        body,
        name="Request for quotation",
        since=since,
        source="Invented for this demonstration: counted from an invented form.",
        questions=16,
        words=6_500,
        documents=8,
        document_minutes=210,
    )


def _reserve_one(session: Session, world: World) -> None:
    """The first brief that is being written, and for which the law leaves a reservation open."""
    rows = select(Challenge).where(Challenge.state == "articulation").order_by(Challenge.reference)
    for challenge in session.scalars(rows).all():
        choice = choice_for(session, challenge)
        if choice.rule is None:
            continue
        checked = "Our legal adviser, before the brief was written" if choice.rule.basis is Basis.CHECK else ""
        reason = "Several small firms of the country offer it, so that there is competition enough."
        decision = Decision(ReservedArea.UK, ReservedFor.SME, "", reason, checked)
        decide(session, _actor(session, world, "procurement"), challenge, decision, None)
        return


def _help_one(world: World) -> None:
    """An adviser takes on the first firm that asked for help when it withdrew, and offers something."""
    with world.database.writing() as session:
        adviser = _actor(session, world, world.adviser())
        for case in open_help_requests(session, adviser, most=1):
            take_help_request(session, adviser, case)
            hands_on.record_contact(session, adviser, case)
            hands_on.record_offer(session, adviser, case, None, "A call on Tuesday about finding a partner.")
