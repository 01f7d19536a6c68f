"""What the network's options have people do in the world: firms described, plans, payments, vouches, help."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import links
from portal.db import clock
from portal.network.categories import Category
from portal.network.events import services as meeting
from portal.network.events.models import BuyerTime
from portal.network.hands_on import services as hands_on
from portal.network.hands_on.models import IdlePrompt
from portal.network.joint import services as joining
from portal.network.matching.messages import UNSUBSCRIBE
from portal.network.needs.models import PlannedNeed
from portal.network.options import NetworkOption, Verdict
from portal.network.options import services as options
from portal.network.register import services as registering
from portal.network.teaming import services as teaming
from portal.network.teaming.queries import teaming_at
from portal.responses.models import HelpRequest
from tests.support import networked, paid
from tests.support.world.people import ELSEWHERE, FIRM, HERE, HUB, RIVAL

WOULD_BRING = {"firm": "Wombats on every roof, and somebody to feed them.", "rival": "Pangolins that count buses."}
"""What the firm and its rival say to each other, and nobody else may read."""


def _try_options(session: Session, world: Any) -> None:
    """The council tries one option and has stopped another."""
    administrator, council = world.actor(session, "authority-admin"), world.body(session, HERE)
    said = {"aim": "That firms here hear of it first.", "measure": "Firms new to us, after a year."}
    stopped = options.switch_on(session, administrator, council, NetworkOption.HYPER_LOCAL, **said)
    found = {"result": "Nobody used it.", "verdict": Verdict.STOP}
    options.judge(session, administrator, council, stopped.option, stopped.version, **found)
    options.switch_on(session, administrator, council, NetworkOption.SHARED_NEED, **said)
    for option in (
        NetworkOption.HANDS_ON_SUPPORT,
        NetworkOption.SIMPLER_PROCESS,
        NetworkOption.INNOVATIVE_PROCUREMENT,
    ):
        options.switch_on(session, administrator, council, option, **said)


def _help_half_way(session: Session, world: Any) -> None:
    """A firm is asked whether it wants help; an adviser has taken on another, and the hub offers something."""
    challenge, adviser = world.challenge(session, "open"), world.actor(session, "adviser")
    session.add(IdlePrompt(challenge_id=challenge.id, organisation_id=world.bodies[FIRM], prompted_at=clock.now()))
    said = {"what": "Two hours.", "who_for": "Small firms", "cost": "Free", "contact": "surgery@example.org"}
    offer = hands_on.put_on_offer(session, adviser, world.body(session, HUB), name="Tender surgery", **said)
    case = HelpRequest(
        challenge_id=challenge.id,
        organisation_id=world.bodies[RIVAL],
        asked_by_id=world.people["rival"],
        asked_at=clock.now(),
        taken_at=clock.now(),
        taken_by_id=world.people["adviser"],
        contacted_at=clock.now(),
    )
    session.add(case)
    session.flush()
    hands_on.record_offer(session, adviser, case, offer, "On Tuesday.")
    world.names |= {"support offer": offer.id, "help case": case.id}


def _describe_the_firm(session: Session, world: Any) -> None:
    """The firm is in the register, with what it supplies, and its people have a link to end mails by."""
    actor, firm = world.actor(session, "firm"), world.body(session, FIRM)
    said = {"developed": "A stop that talks to buses.", "proof": "", "interests": "", "social_impact": ""}
    registering.save_profile(session, actor, firm, None, shown=True, summary="Sensors for buses and travel.", **said)
    session.add(Category(code="30000000", name="Bus sensors", words="bus sensors", weight=2))
    session.flush()
    registering.add_category(session, actor, firm, session.get_one(Category, "30000000"))
    world.names["unsubscribe token"] = links.stamp(UNSUBSCRIBE, world.people["firm-member"])


def _plan(session: Session, world: Any) -> None:
    """The council and the other one plan something of one kind; both share it."""
    theirs = world.body(session, ELSEWHERE)
    said = {"aim": "To buy together.", "measure": "One contract, by spring."}
    options.switch_on(session, world.actor(session, "other-authority-admin"), theirs, NetworkOption.SHARED_NEED, **said)
    for who, body in (("officer", world.body(session, HERE)), ("other-officer", theirs)):
        need = networked.need(session, body, world.actor(session, who))
        world.names.setdefault("planned need", need.reference)
        told: dict[str, Any] = {"title": "Paint together", "why": "Half the price.", "lots": ["Stairwells", "Wards"]}
        needs = session.scalars(select(PlannedNeed).order_by(PlannedNeed.id)).all()
        if len(needs) > 1:
            theirs_first = joining.propose(session, world.actor(session, who), body, needs, **told)
            world.names["proposal of others"] = theirs_first.reference
    officer, council = world.actor(session, "officer"), world.body(session, HERE)
    world.names["joint proposal"] = joining.propose(session, officer, council, needs, **told).reference


def _pay(session: Session, world: Any) -> None:
    """The council has sent two files of payments: one was read and leaves a name in doubt, one waits for columns.

    What is local to it is drawn, so that somebody can say where those are whom it paid.
    """
    owner, council = world.actor(session, "owner"), world.body(session, HERE)
    networked.region(session, council)
    networked.tries(session, council, NetworkOption.IMPORT_REPLACEMENT)
    read, doubtful = paid.read_file(session, owner, council)
    content = paid.table(("03/05/2022", "Elm Stores Ltd", "40", "Stationery"))
    sent = paid.received(session, owner, council, content, world.keep_file(content).digest)
    world.names |= {"payments read": read.reference, "payments sent": sent.reference, "name in doubt": doubtful.id}


def _share_intelligence(session: Session, world: Any) -> None:
    """The council vouches for the firm, invites firms to meet its buyers, and shows something new."""
    council, officer = world.body(session, HERE), world.actor(session, "officer")
    for option in (
        NetworkOption.HYPER_LOCAL,
        NetworkOption.SHARING_INTELLIGENCE,
        NetworkOption.NEW_OPPORTUNITIES,
    ):
        networked.tries(session, council, option)
    world.names["vouch"] = networked.vouch(session, council, world.body(session, FIRM), officer).reference
    event = networked.event(session, council, officer, buyers=("Ann Bell, small works",))
    booked = session.scalars(select(BuyerTime).order_by(BuyerTime.id)).first()
    assert booked is not None
    meeting.book(session, world.actor(session, "firm"), event, world.body(session, FIRM), booked.id)
    world.names |= {"buyer event": event.reference, "buyer time": booked.id}
    world.names["card"] = networked.card(session, council, officer).reference


def _would_join(session: Session, world: Any) -> None:
    """The firm and its rival would answer together with others; the partner firm has not said so."""
    for who, firm in (("firm", FIRM), ("rival", RIVAL)):
        actor = world.actor(session, who)
        found = teaming_at(session, actor, world.names["open challenge"])
        assert found is not None
        teaming.say(session, actor, found, world.body(session, firm), WOULD_BRING[who])


ACTS = (_try_options, _would_join, _help_half_way, _describe_the_firm, _plan, _pay, _share_intelligence)
"""In this order: the options are on before anything is done under them."""
