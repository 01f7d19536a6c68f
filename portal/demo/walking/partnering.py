"""The partnership at work: signed, and each phase up to where the texts leave it."""

from datetime import date
from heapq import merge

from portal.demo import shapes
from portal.demo.walking import changing, invoicing, seeing
from portal.demo.walking.awarding import DAYS_IN_A_MONTH
from portal.demo.walking.notices import publish_due
from portal.demo.walking.walk import Act, Acts, Walk, there
from portal.law.dates import COPY
from portal.law.notices import NoticeKind
from portal.notices.models import Moment
from portal.partnerships import services as partnerships
from portal.partnerships.models import Phase
from portal.partnerships.queries import contracts_of, phase_visible
from portal.partnerships.services import evidence
from portal.procurement.services import record_done, recordable

DECISIONS = {"passed": "pass", "failed": "fail", "stopped": "stop"}
_BEGUN = ("active", "delivered", *DECISIONS)
LAST_GATE_DAY = -6
"""A gate that the months would put into the time to come was held early, so many days before the loading."""


def run(walk: Walk) -> Acts:
    """Sign, publish what was signed, and take each partner's phases to where they stand."""
    said = there(walk.text.partnership)
    yield walk.at(said.signed, 15)
    with walk.as_officer() as act:
        for contract in contracts_of(act.session, act.challenge):
            partnerships.sign(act.session, act.actor, contract, walk.world.day(said.signed))
    yield walk.at(said.signed + 8, 10)
    with walk.as_officer() as act:
        publish_due(act, Moment.SIGNING)
    if said.copied is not None:
        yield walk.at(said.copied, 10)
        with walk.as_officer() as act:
            _record_copies(act, walk.world.day(said.copied))
    yield from merge(_work(walk, said), invoicing.bill(walk))
    yield from invoicing.bill_the_rest(walk)


def _record_copies(act: Act, on: date) -> None:
    for contract in contracts_of(act.session, act.challenge):
        copy = there(recordable(act.session, act.challenge, COPY.key, contract.number))
        record_done(act.session, act.actor, act.challenge, copy, on)


def _work(walk: Walk, said: shapes.Partnership) -> Acts:
    for firm in dict.fromkeys(phase.firm for phase in said.phases):
        yield from _phases(walk, said, firm)
    yield from changing.run(walk)
    yield from seeing.run(walk)


def _phases(walk: Walk, said: shapes.Partnership, firm: str) -> Acts:
    starts = said.signed + 1
    for number, phase in enumerate((each for each in said.phases if each.firm == firm), start=1):
        if phase.state not in _BEGUN:
            return
        yield walk.at(starts, 10)
        with walk.as_owner() as act:
            partnerships.start_phase(act.session, act.actor, _phase(walk, act, firm, number))
        if phase.state == "active":
            return
        gate = min(starts + phase.months * DAYS_IN_A_MONTH, LAST_GATE_DAY)
        yield from _gate(walk, phase, number, gate)
        starts = gate + 1


def _gate(walk: Walk, phase: shapes.Phase, number: int, day: int) -> Acts:
    yield walk.at(day - 4, 10)
    with walk.acting(walk.world.answers_for(phase.firm)) as act:
        _show(walk, act, phase, number)
    yield walk.at(day - 3, 10)
    with walk.as_owner() as act:
        told = f"{phase.target}: counted every week, with the figures kept by both sides."
        partnerships.deliver(act.session, act.actor, _phase(walk, act, phase.firm, number), told)
    if phase.state not in DECISIONS:
        return
    met = phase.state == "passed"
    judged = {each: met or each > 1 for each in range(1, len(phase.targets) + 1)}
    reason = (
        "The target was met and the figures were checked." if met else "The target was missed, as both sides agree."
    )
    for hour, person in ((10, walk.text.owner), (15, walk.text.officer)):
        yield walk.at(day, hour)
        with walk.acting(person) as act:
            found = _phase(walk, act, phase.firm, number)
            partnerships.review(act.session, act.actor, found, DECISIONS[phase.state], reason, judged)
    if met:
        yield walk.at(day + 1, 10)
        _assess(walk, phase.firm)


def _assess(walk: Walk, firm: str) -> None:
    """A gate that was passed is the moment to publish how the contract goes, where the law wants that."""
    with walk.as_officer() as act:
        contract = changing.contract_of(walk, act, firm)
        publish_due(act, Moment.RUNNING, only=[NoticeKind.UK9], contract=contract.number)


def _show(walk: Walk, act: Act, phase: shapes.Phase, number: int) -> None:
    """The firm attaches its weekly figures to the phase's target."""
    contract = changing.contract_of(walk, act, phase.firm, act.published)
    found = there(phase_visible(act.session, act.actor, contract.reference, number))
    figures = changing.kept("weekly-figures.txt", f"{phase.target}\nCounted every week and shown to both sides.\n")
    evidence.attach_to_target(act.session, act.actor, found, 1, figures)


def _phase(walk: Walk, act: Act, firm: str, number: int) -> Phase:
    return next(each for each in changing.contract_of(walk, act, firm).phases if each.number == number)
