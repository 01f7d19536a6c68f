"""What happens to partners on the way: a change of contract, an event on which the firm is heard, an early end."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

from portal.challenges.models import Challenge
from portal.db import clock
from portal.demo import shapes
from portal.demo.walking.awarding import COUNTED
from portal.demo.walking.notices import publish_due
from portal.demo.walking.walk import Act, Acts, Walk, there
from portal.files.arrived import Arrived
from portal.law.modifications import ModificationGround
from portal.law.notices import NoticeKind
from portal.notices.models import Moment
from portal.partnerships import services as partnerships
from portal.partnerships.models import Matter, Partnership
from portal.partnerships.pathway import EventKind
from portal.partnerships.plans import ChangePlan, Happening, PhasePlan
from portal.partnerships.queries import change_inside, contracts_of, own_happening
from portal.partnerships.services import benefits, changes, events, evidence
from portal.web.uploads import file_store

DAYS_IN_A_MONTH = 30
DAYS_TO_ANSWER = 7


def run(walk: Walk) -> Acts:
    """Whatever of the three the text tells of."""
    said = there(walk.text.partnership)
    if said.event:
        yield from _happen(walk, said.event)
    if said.change:
        yield from _change(walk, said.change)
    if said.end:
        yield from _end(walk, said.end)


def contract_of(walk: Walk, act: Act, firm: str, challenge: Challenge | None = None) -> Partnership:
    """The contract with a firm, by its key in the texts; the challenge as it is found from inside, or as given."""
    wanted = walk.world.organisations[firm]
    contracts = contracts_of(act.session, challenge or act.challenge)
    return next(each for each in contracts if each.organisation_id == wanted)


def kept(name: str, words: str) -> Arrived:
    """A text file with these words, as it comes in."""
    stored = file_store().put(BytesIO(words.encode()))
    return Arrived(stored.digest, stored.size, "text/plain", name)


def _happen(walk: Walk, said: shapes.Happening) -> Acts:
    yield walk.at(said.day, 10)
    with walk.as_officer() as act:
        happening = Happening(
            EventKind(said.kind),
            walk.world.day(said.day - 1),
            said.what,
            said.evidence,
            clock.now() + timedelta(days=DAYS_TO_ANSWER),
        )
        event = events.record_event(act.session, act.actor, contract_of(walk, act, said.firm), happening)
        reference = event.reference
    yield walk.at(said.day + 2, 14)
    with walk.acting(walk.world.answers_for(said.firm)) as act:
        event = there(own_happening(act.session, act.actor, reference))
        evidence.attach_to_event(act.session, act.actor, event, kept(said.file, f"{said.view}\n"))
        events.answer_event(act.session, act.actor, event, said.view)
    yield walk.at(said.day + 4, 10)
    with walk.as_officer() as act:
        found = next(each for each in contract_of(walk, act, said.firm).events if each.reference == reference)
        events.decide_event(act.session, act.actor, found, suspend=said.suspends, reason=said.decision)


def _change(walk: Walk, said: shapes.ContractChange) -> Acts:
    yield walk.at(said.day, 10)
    with walk.as_owner() as act:
        contract = contract_of(walk, act, said.firm)
        reference = changes.propose(act.session, act.actor, contract, _planned(contract, said)).reference
    yield walk.at(said.day + 1, 10)
    with walk.as_officer() as act:
        change = there(change_inside(act.session, act.actor, reference))
        changes.decide(act.session, act.actor, change, agreed=True, reason=said.decision, version=change.version)
    yield walk.at(said.day + 2, 10)
    with walk.as_officer() as act:
        publish_due(act, Moment.CHANGE)
    yield walk.at(said.day + 3, 10)
    with walk.as_officer() as act:
        changes.take_effect(act.session, act.actor, there(change_inside(act.session, act.actor, reference)))


def _planned(contract: Partnership, said: shapes.ContractChange) -> ChangePlan:
    """The new phase follows the last one."""
    new = said.added
    starts = max(each.ends_on for each in contract.phases) + timedelta(days=1)
    until = starts + timedelta(days=new.months * DAYS_IN_A_MONTH)
    targets = tuple((each, COUNTED) for each in new.targets)
    return ChangePlan(
        title=said.title,
        why=said.why,
        phases={},
        scope_changes=False,
        favours_firm=False,
        ground=ModificationGround(said.ground),
        ground_reason=said.ground_reason,
        added=PhasePlan(new.name, starts, until, new.payment_pounds * 100, targets),
    )


def _end(walk: Walk, said: shapes.PartnersEnd) -> Acts:
    for hour, person in ((10, walk.text.owner), (15, walk.text.officer)):
        yield walk.at(said.day, hour)
        with walk.acting(person) as act:
            partnerships.end_work(act.session, act.actor, contract_of(walk, act, said.firm), said.reason)
    yield walk.at(said.day + 1, 10)
    with walk.as_officer() as act:
        publish_due(act, Moment.CONTRACT_END)
        contract = contract_of(walk, act, said.firm)
        publish_due(act, Moment.RUNNING, only=[NoticeKind.UK9], contract=contract.number)
        for matter, member, how in _settled(walk, said):
            events.settle_matter(act.session, act.actor, contract, matter, member, how)
    if said.lessons:
        yield from _close(walk, said.firm, said.day + 2, said.lessons)


def _settled(walk: Walk, said: shapes.PartnersEnd) -> Iterator[tuple[Matter, int | None, str]]:
    """What of the matters is settled, with the member whose share it is."""
    plain = ((Matter.PROPERTY, said.property), (Matter.SOURCE_CODE, said.source_code), (Matter.DATA, said.data))
    yield from ((matter, None, how) for matter, how in plain if how)
    yield from ((Matter.SHARE, walk.world.organisations[each.firm], each.how) for each in said.shares)


def _close(walk: Walk, firm: str, day: int, lessons: str) -> Acts:
    yield walk.at(day, 10)
    with walk.as_owner() as act:
        benefits.write_lessons(act.session, act.actor, contract_of(walk, act, firm), lessons)
    yield walk.at(day, 14)
    with walk.as_officer() as act:
        partnerships.close(act.session, act.actor, contract_of(walk, act, firm))
