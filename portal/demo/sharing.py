"""What the region's bodies share: plans, a joint proposal, vouches, a day to meet buyers, and cards of what is new."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from portal.accounts.identity import actor_of
from portal.accounts.models import Person
from portal.db import clock
from portal.demo.world import World
from portal.law.calendar import london_date
from portal.law.money import Vat
from portal.network.events import services as events
from portal.network.events.queries import times_of
from portal.network.joint import services as joint
from portal.network.joint.queries import Seen
from portal.network.needs import services as needs
from portal.network.needs.models import PlannedNeed, Risk, Theme
from portal.network.needs.quarters import quarters_from
from portal.network.opportunities import services as opportunities
from portal.network.opportunities.models import CardKind
from portal.network.vouches import services as vouches
from portal.network.vouches.models import OnTime, WorkSize
from portal.organisations.models import Organisation
from portal.policy import Actor

OFFICERS = {
    "evenholt": "procurement",
    "thornmere": "procurement-thornmere",
    "hospitals": "procurement-hospitals",
    "university": "procurement-university",
    "kestlewell": "procurement-kestlewell",
}
"""Who acts for each body."""


@dataclass(frozen=True)
class _Plan:
    """A planned purchase: `quarter` counts from this one."""

    body: str
    title: str
    category: str
    code: str | None
    quarter: int
    pounds: int | None
    risk: Risk
    theme: Theme = Theme.NONE
    free: bool = True
    shared: bool = True


_LOW, _MEDIUM, _HIGH = Risk.LOW, Risk.MEDIUM, Risk.HIGH
_PLANS = (
    _Plan("evenholt", "Repainting of nine libraries", "Painting", "45442100", 1, 64_000, _LOW),
    _Plan("kestlewell", "Stairwells of four tower blocks", "Painting", "45442100", 1, 48_000, _LOW, Theme.HOMES),
    _Plan("university", "Halls of residence in the summer", "painting", None, 2, 90_000, _LOW),
    _Plan("hospitals", "Corridors of the outpatient wing", "Painting", "45442110", 3, 35_000, _LOW),
    _Plan("evenholt", "Lunches for day centres", "Catering", "55500000", 1, 120_000, _MEDIUM, Theme.HEALTH),
    _Plan("university", "Events and meetings on campus", "Catering", "55520000", 2, 75_000, _LOW, Theme.JOBS),
    _Plan("thornmere", "Damp sensors for council homes", "Sensors", "38410000", 2, 40_000, _LOW, Theme.NET_ZERO),
    _Plan("kestlewell", "Heat and damp in 300 homes", "Sensors", "38410000", 3, None, _LOW, Theme.NET_ZERO),
    _Plan("hospitals", "Signs for the new entrance", "Signs", "34992000", 1, 28_000, _LOW),
    _Plan("evenholt", "Signs at tram stops", "Signs", "34992000", 2, 55_000, _MEDIUM, free=False),
    _Plan("thornmere", "Grounds of two cemeteries", "Gardening", "77310000", 1, 60_000, _LOW, Theme.JOBS),
    _Plan("hospitals", "Laundry of three sites", "Laundry", "98310000", 4, 640_000, _HIGH, Theme.NONE, free=False),
    _Plan("evenholt", "Review of the depot lease", "Advice on property", "70300000", 2, 30_000, _MEDIUM, shared=False),
)


def share(world: World) -> None:
    """Let every body do some of each, at the moment of loading."""
    with world.database.writing() as session:
        planned = [_plan(session, world, each) for each in _PLANS]
        _propose(session, world, [each for each in planned if each.category.lower() == "painting"])
        _vouch(session, world)
        _meet(session, world)
        _show_cards(session, world)


def _actor(session: Session, world: World, person: str) -> Actor:
    return actor_of(session, session.get_one(Person, world.people[person]))


def _body(session: Session, world: World, key: str) -> Organisation:
    return session.get_one(Organisation, world.organisations[key])


def _plan(session: Session, world: World, plan: _Plan) -> PlannedNeed:
    quarter = list(quarters_from(london_date(clock.now()), plan.quarter + 1))[-1]
    return needs.enter(
        session,
        _actor(session, world, OFFICERS[plan.body]),
        _body(session, world, plan.body),
        title=plan.title,
        category=plan.category,
        category_code=plan.code,
        quarter=quarter,
        value_pence=None if plan.pounds is None else plan.pounds * 100,
        vat=Vat.EXCLUSIVE,
        risk=plan.risk,
        influenceable=plan.free,
        theme=plan.theme,
        contract_ends_on=quarter - timedelta(days=1),
        framework_ends_on=None if plan.free else quarter + timedelta(days=365),
        shared=plan.shared,
    )


def _propose(session: Session, world: World, painted: list[PlannedNeed]) -> None:
    """Kestlewell would lead; the council has said yes, the university not yet."""
    lead = _body(session, world, "kestlewell")
    proposal = joint.propose(
        session,
        _actor(session, world, OFFICERS["kestlewell"]),
        lead,
        painted,
        title="Painting and small repairs by local firms",
        why="Four of us paint every year, each too little to be interesting. In lots by town, a firm of three can win "
        "one and know its year.",
        lots=["Evenholt, north of the canal", "Evenholt, south of the canal", "Thornmere and its villages"],
    )
    session.refresh(proposal)
    asked = next(each for each in proposal.bodies if each.organisation_id == world.organisations["evenholt"])
    seen = Seen(proposal, asked.organisation)
    joint.answer(session, _actor(session, world, OFFICERS["evenholt"]), seen, accepts=True, reason="")


def _vouch(session: Session, world: World) -> None:
    """Two that the firms agree to, and one that waits for its firm."""
    said = (
        ("evenholt", "tillerway", "Made the step-free map of the central library.", WorkSize.MIDDLE, OnTime.YES, True),
        ("hospitals", "plainspoken", "Rewrote nine letters for outpatients.", WorkSize.SMALL, OnTime.YES, True),
        ("evenholt", "ninefold-sensing", "Measured water in 40 gullies.", WorkSize.MIDDLE, OnTime.NEARLY, None),
    )
    for body, firm, work, size, on_time, consents in said:
        giver, about = _actor(session, world, OFFICERS[body]), _body(session, world, firm)
        given = vouches.vouch(session, giver, _body(session, world, body), about, work=work, size=size, on_time=on_time)
        if consents is not None:
            answering = _actor(session, world, world.answers_for(firm))
            vouches.answer(session, answering, given, consents=consents)


def _meet(session: Session, world: World) -> None:
    """A morning with two buyers; one firm has booked."""
    host = _body(session, world, "evenholt")
    officer = _actor(session, world, OFFICERS["evenholt"])
    event = events.invite(
        session,
        officer,
        host,
        title="Meet the buyers of small contracts",
        about="For firms of up to ten people. Bring what you do; nobody asks for papers.",
        place="Central library, Canal Street, Evenholt",
        starts_at=world.moment(12, 9, 30),
    )
    offered = (("evenholt", "Small works and painting"), ("hospitals", "Letters, signs and information"))
    for key, buyer in offered:
        there = _body(session, world, key)
        events.offer(session, _actor(session, world, OFFICERS[key]), event, there, buyer=buyer, minutes=15, count=8)
    firm = _body(session, world, "tillerway")
    first = next(each.id for each in times_of(session, event) if each.body_id == host.id)
    events.book(session, _actor(session, world, world.answers_for("tillerway")), event, firm, first)


def _show_cards(session: Session, world: World) -> None:
    """A product and a social enterprise; one has an answer."""
    today = london_date(clock.now())
    officer = _actor(session, world, OFFICERS["hospitals"])
    card = opportunities.make(
        session,
        officer,
        _body(session, world, "hospitals"),
        today + timedelta(days=45),
        kind=CardKind.SOCIAL,
        title="Second Stitch",
        what="A workshop of six people that mends uniforms and bed linen. It mends for two care homes.",
        good="It teaches sewing to people who have been out of work for a year, and less linen is thrown away.",
        sponsor="The head of estates of the hospitals",
    )
    opportunities.answer(
        session,
        _actor(session, world, OFFICERS["kestlewell"]),
        card,
        _body(session, world, "kestlewell"),
        nurtures=False,
        reason="Our caretakers’ uniforms are leased until the summer. Ask us again in May.",
    )
    opportunities.make(
        session,
        _actor(session, world, OFFICERS["evenholt"]),
        _body(session, world, "evenholt"),
        today + timedelta(days=60),
        kind=CardKind.PRODUCT,
        title="A bench that counts who rests",
        what="A park bench with a counter in its frame and no camera. One prototype stands in a churchyard.",
        good="We would know where older people need another bench, without asking anybody to fill in a form.",
        sponsor="The parks manager of Evenholt",
    )
