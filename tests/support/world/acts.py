"""What needs the people of each challenge of the world, and what they did about it, by the services."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.assessment import services as assessing
from portal.assessment.models import Assignment
from portal.assessment.queries import inside_round, outcome_for_firm
from portal.business_cases import services as funding
from portal.business_cases.pathway import Level, OptionKind, SectionKey
from portal.challenges.models import RoundKind
from portal.challenges.queries import round_of
from portal.challenges.services import conflicts
from portal.db import clock, guard_state
from portal.debriefs import services as talking
from portal.exclusions import services as excluding
from portal.exclusions.queries import checks_of
from portal.files.arrived import Arrived
from portal.law.calendar import london_date
from portal.law.modifications import ModificationGround
from portal.law.money import Vat
from portal.machine import Situation
from portal.notices import services as noticing
from portal.notices.duties import duties_of
from portal.open_data.publishing import publish
from portal.partnerships.pathway import EventKind
from portal.partnerships.plans import Billed, ChangePlan, Happening, Seen
from portal.partnerships.services import benefits as seeing
from portal.partnerships.services import changes as changing
from portal.partnerships.services import events as happenings
from portal.partnerships.services import evidence
from portal.partnerships.services import payments as paying
from portal.policy import CLOCK
from portal.responses import services as responding
from portal.responses.models import Response
from portal.showcases import services as showing
from portal.showcases.given import CostLine, EventPlan
from portal.showcases.queries import appearances_of, seats_of
from portal.support import effects as supporting
from portal.support import services as support
from portal.support.models import MilestoneBy, ResourceKind
from portal.support.queries import facts_of, plans_of
from tests.support.awarded import NOTHING, Award, scored
from tests.support.world import network
from tests.support.world.people import FIRM, HUB, RIVAL
from tests.support.world.stories import answered

BILLED = Billed("INV-1", 1_000_00, Vat.INCLUSIVE)
"""What the firm has invoiced under its contract."""

CHANGED = ChangePlan(
    title="A second depot",
    why="The first was flooded.",
    phases={2: (date(2027, 7, 1), 2_100_000)},
    scope_changes=False,
    favours_firm=False,
    ground=ModificationGround.NOT_SUBSTANTIAL,
    ground_reason="Ten weeks more, for the same work.",
)
"""A change of the firm's contract that waits for its decision, which the firm does not see yet."""


def happened() -> Happening:
    """Something on which the firm is heard for a week from now."""
    now = clock.now()
    return Happening(EventKind.CONTROL, now.date(), "It was sold.", "The register.", now + timedelta(days=7))


def tell_more(world: Any) -> None:
    """What needs the people of each challenge: sheets, help, the day itself, money, the contract."""
    acts: tuple[Callable[[Session, Any], None], ...] = (
        _declare,
        _clarify,
        _assess,
        _help,
        _show,
        _ask_for_money,
        _award,
        _activate,
        _talk,
        *network.ACTS,
        _publish,
    )
    for act in acts:
        with world.database.writing() as session:
            act(session, world)


def _declare(session: Session, world: Any) -> None:
    """The budget holder has an interest, of which something is to be done."""
    budget, challenge = world.actor(session, "budget"), world.challenge(session, "articulation")
    conflicts.declare(session, budget, challenge, conflicted=True, detail="A cousin works for a firm.")


def _clarify(session: Session, world: Any) -> None:
    """A firm is asked to explain its response."""
    officer, challenge = world.actor(session, "officer"), world.challenge(session, "assessment")
    asked = round_of(session, challenge)
    assert asked is not None
    response = session.get_one(Response, world.names["firm's response at assessment, key"])
    due = clock.now() + timedelta(days=7)
    (row,) = responding.ask_to_clarify(
        session, officer, challenge, asked, [response], text="What do you mean by a stop?", due_at=due
    )
    world.names["the clarification"] = row.reference


def _assess(session: Session, world: Any) -> None:
    """An assessor at work, with a sheet on each response, in both kinds of round."""
    for story, kind in (("assessment", RoundKind.CHALLENGE), ("tender_assessment", RoundKind.TENDER)):
        officer = world.actor(session, "officer")
        inside = inside_round(session, officer, world.names[f"{story} challenge"], kind)
        assert inside is not None
        member = assessing.add_assessor(session, officer, inside, world.person(session, "assessor"))
        assessing.add_assessor(session, officer, inside, world.person(session, "budget"))
        assessing.prepare(session, world.actor(session, "assessor"), member)
        assessing.allocate(session, officer, inside, None)
        key = world.names[f"firm's response at {story}, key"]
        sheet = session.scalars(
            select(Assignment).where(Assignment.person_id == world.people["assessor"], Assignment.response_id == key)
        ).one()
        assessing.declare(session, world.actor(session, "assessor"), sheet)
        world.names |= {f"panel member at {story}": member.id, f"sheet at {story}": sheet.reference}


def _help(session: Session, world: Any) -> None:
    """The firms of two challenges have their plans; one was told something."""
    for story in ("support", "showcase"):
        challenge = world.challenge(session, story)
        supporting.make_plans(Situation(session, challenge, CLOCK, clock.now(), {}))
        session.flush()
        plan = next(
            each for each in plans_of(session, challenge) if each.response.organisation_id == world.bodies[FIRM]
        )
        world.names[f"plan at {story}"] = plan.id
    adviser, challenge = world.actor(session, "adviser"), world.challenge(session, "support")
    plan = plans_of(session, challenge)[0]
    support.note_told(session, adviser, plan, told_on=clock.now().date(), text="The buses have no power sockets.")
    world.names["fact"] = facts_of(session, challenge)[0].id
    _book(session, world)


def _book(session: Session, world: Any) -> None:
    """The firm has booked one of two times, a room is listed, and a milestone is agreed."""
    adviser, challenge = world.actor(session, "adviser"), world.challenge(session, "support")
    plan = next(each for each in plans_of(session, challenge) if each.id == world.names["plan at support"])
    given = support.TimeOffer(
        person_id=world.people["adviser"],
        resource_id=None,
        starts_at=clock.now() + timedelta(days=3),
        minutes=60,
        count=2,
        place="Growth hub",
        link="",
        plan_id=None,
    )
    world.names["room"] = support.add_resource(
        session, adviser, challenge, body_id=world.bodies[HUB], kind=ResourceKind.ROOM, name="Loft", place="Hub"
    ).id
    booked, free = support.offer(session, adviser, challenge, given)
    world.names["booked session"] = support.book(session, world.actor(session, "firm"), plan, booked.id).id
    world.names["time on offer"] = free.id
    support.add_milestone(session, adviser, plan, title="It rings", due_on=clock.now().date(), by=MilestoneBy.FIRM)
    session.flush()
    session.refresh(plan, ["milestones"])
    world.names["milestone"] = plan.milestones[0].id


def _show(session: Session, world: Any) -> None:
    """The day itself: an hour ago, with a panel and what deploying would cost."""
    owner, challenge = world.actor(session, "owner"), world.challenge(session, "showcase")
    day = EventPlan(at=clock.now() - timedelta(hours=1), place="Town hall", link="", notes="", minutes_each=20)
    event = showing.plan_event(session, owner, challenge, None, day)
    assert showing.name_panel_member(session, owner, event, "assessor@example.org") is None
    seat = next(each for each in seats_of(session, event) if each.person_id == world.people["assessor"])
    showing.declare(session, world.actor(session, "assessor"), seat, conflicted=False, detail="")
    firm = world.actor(session, "firm")
    shown = next(each for each in appearances_of(session, event) if each.response.organisation_id == world.bodies[FIRM])
    showing.add_cost(session, firm, shown, CostLine("Sensors", 1_000_00, 200_00, 3, Vat.INCLUSIVE, "As tried."))
    session.refresh(shown, ["costs"])
    world.names |= {
        "event": event.reference,
        "appearance": shown.id,
        "seat": seat.id,
        "cost": shown.costs[0].id,
    }


def _ask_for_money(session: Session, world: Any) -> None:
    """A case half written, and one that waits for its decision with a comment on it."""
    owner = world.actor(session, "owner")
    for story in ("business_case", "business_case_direct"):
        case = funding.begin(session, owner, world.challenge(session, story))
        for key in SectionKey:
            funding.save_section(session, owner, case, key, f"The {key.value} words.", 0)
        nothing = case.options[0]
        funding.change_option(session, owner, case, nothing, nothing.version, brings="Buses leave early.")
        funding.add_option(session, owner, case, name="Posters", kind=OptionKind.DO_MINIMUM, brings="A little.")
        pilot: dict[str, Any] = {"one_off_pence": 30_000_00, "yearly_pence": 0, "years": 1, "brings": "Buses wait."}
        option = funding.add_option(session, owner, case, name="Talking stops", kind=OptionKind.OTHER, **pilot)
        funding.prefer_option(session, owner, case, option)
        money = funding.Funding(60_000_00, Vat.INCLUSIVE, "Revenue budget", "AS-1", no_tender_statement=True)
        funding.save_money(session, owner, case, money, case.version)
        said: dict[str, Any] = {
            "what": "No signal.",
            "likelihood": Level.LOW,
            "impact": Level.HIGH,
            "answer": "Test first.",
        }
        risk = funding.add_risk(session, owner, case, **said)
        grant = funding.add_contribution(session, owner, case, source="A grant", amount_pence=1_000_00, agreed=False)
        world.names |= {f"risk at {story}": risk.id, f"contribution at {story}": grant.id}
        world.names[f"option at {story}"] = option.id
    funding.submit(session, owner, case)
    comment = funding.comment(session, world.actor(session, "budget"), case, SectionKey.FINANCIAL, "Which year?")
    world.names["comment"] = comment.id


def _award(session: Session, world: Any) -> None:
    """Two firms were scored, the first was chosen, all were told, and somebody went to court."""
    for story in ("award", "activated"):
        challenge = world.challenge(session, story)
        asked = round_of(session, challenge)
        assert asked is not None
        for number, (who, firm) in enumerate((("firm", FIRM), ("rival", RIVAL))):
            state = "not_chosen" if number else "chosen"
            response = answered(session, world, story, who, world.body(session, firm), state)
            outcome = scored(session, response, asked, number, number == 0)
            outcome.sent_at = clock.now()
    officer, challenge = world.actor(session, "officer"), world.challenge(session, "award")
    noticing.send_summaries(session, officer, challenge)
    claim = noticing.record_claim(session, officer, challenge, clock.now(), "Brockwell Systems Ltd")
    world.names["claim"] = claim.id
    excluding.ask_chosen(session, officer, challenge)
    (check,) = checks_of(session, challenge)
    excluding.give(session, world.actor(session, "firm"), check, NOTHING, version=check.version)
    world.names["the supplier check"] = check.reference
    moment, number, kind = duties_of(session, challenge)[0].key
    world.names |= {"notice moment": moment.value, "notice number": number, "notice kind": kind.value}


def _activate(session: Session, world: Any) -> None:
    """The firm's contract in two phases, at work."""
    challenge = world.challenge(session, "activated")
    with guard_state():
        challenge.state = "award"
    session.flush()
    awarded = Award(
        challenge.id,
        world.people["officer"],
        world.people["owner"],
        [world.names[f"{who}'s response at activated, key"] for who in ("firm", "rival")],
        [world.people["firm"], world.people["rival"]],
    )
    contract = awarded.contract(session, option=True)
    awarded.activate(session)
    contract.signed_on = london_date(clock.now())
    change = changing.propose(session, world.actor(session, "officer"), contract, CHANGED)
    invoice = paying.tell_of_invoice(session, world.actor(session, "firm"), contract, BILLED)
    world.names |= {"partnership": contract.reference, "the invoice": invoice.reference}
    event = happenings.record_event(session, world.actor(session, "officer"), contract, happened())
    kept = world.keep_file(b"A letter of the bank.")
    letter = Arrived(kept.digest, kept.size, "text/plain", "letter.txt")
    shown = evidence.attach_to_event(session, world.actor(session, "officer"), event, letter)
    world.names["evidence"] = shown.file.reference
    seen = Seen(london_date(clock.now()), "Two learnt to repair the unit.", "Their tutor watched.")
    benefit = seeing.report_benefit(session, world.actor(session, "firm"), contract, seen)
    world.names |= {"the change": change.reference, "the event": event.reference, "the benefit": benefit.reference}


def _talk(session: Session, world: Any) -> None:
    """The firm asks to talk about its outcome; a time was named and has come."""
    firm, officer = world.actor(session, "firm"), world.actor(session, "officer")
    outcome = outcome_for_firm(session, firm, world.names["firm's response at activated"])
    assert outcome is not None
    debrief = talking.ask(session, firm, outcome, wants="What can we do better?", prefers="In the mornings.")
    moment = clock.now()
    with clock.stopped_at(moment - timedelta(hours=2)):
        talking.arrange(session, officer, debrief, takes_place_at=moment - timedelta(hours=1), place="We call you.")
    world.names["the debrief"] = debrief.reference


def _publish(session: Session, world: Any) -> None:
    """What anybody can read as open data of the open challenge."""
    release = publish(session, world.challenge(session, "open"), ["tender"])
    world.names |= {"first release": release.release_id, "ocid of open": release.release_id.removesuffix("-001")}
