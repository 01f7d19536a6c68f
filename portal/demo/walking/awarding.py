"""The award: summaries together, notices in their order, contracts with their phases, and the activation."""

from typing import Any

from portal.demo import shapes
from portal.demo.walking.notices import publish_due
from portal.demo.walking.telling import tell_before_the_contract
from portal.demo.walking.walk import Act, Acts, Walk, there
from portal.law.notices import NoticeKind
from portal.notices import services as notices
from portal.notices.models import Moment
from portal.partnerships import services as partnerships
from portal.partnerships.plans import PhasePlan, Terms
from portal.partnerships.queries import chosen
from portal.workflow import fire

DAYS_IN_A_MONTH = 30
COUNTED = "Counted every week and shown to both sides"
DAYS_OF_AN_OPTION = 3 * 365


def award(walk: Walk) -> Acts:
    """From the chosen firm to a contract that may be signed."""
    said = there(walk.text.award)
    yield walk.at(said.summaries, 10)
    with walk.as_officer() as act:
        notices.send_summaries(act.session, act.actor, act.challenge)
        publish_due(act, Moment.ACTIVATION, only=[NoticeKind.UK5])
    yield walk.at(said.notice, 10)
    with walk.as_officer() as act:
        publish_due(act, Moment.ACTIVATION, only=[NoticeKind.UK6])
    if walk.text.partnership is not None:
        yield walk.at(said.notice + 1, 14)
        with walk.as_officer() as act:
            _write_contracts(walk, act, walk.text.partnership)
    yield from tell_before_the_contract(walk)
    if walk.leaves("award"):
        yield walk.at(there(walk.text.partnership).signed, 10)
        with walk.as_officer() as act:
            fire(act.session, act.actor, act.challenge, "activate")


def _write_contracts(walk: Walk, act: Act, said: shapes.Partnership) -> None:
    """One contract for each partner; the purchase option is the first partner's."""
    challenge = act.challenge
    for number, firm in enumerate(dict.fromkeys(phase.firm for phase in said.phases), start=1):
        phases = [phase for phase in said.phases if phase.firm == firm]
        response = next(
            each for each in chosen(act.session, challenge) if each.organisation_id == walk.world.organisations[firm]
        )
        terms = Terms(
            f"{walk.reference}/C{number}",
            sum(phase.payment_pounds for phase in phases) * 100,
            said.intellectual_property,
            said.gate_break,
            **(_option(walk, said) if number == 1 and said.purchase_option else {}),
        )
        contract = partnerships.prepare(act.session, act.actor, challenge, response, terms)
        starts = said.signed + 1
        for phase in phases:
            ends = starts + phase.months * DAYS_IN_A_MONTH
            plan = PhasePlan(
                phase.name,
                walk.world.day(starts),
                walk.world.day(ends),
                phase.payment_pounds * 100,
                tuple((each, COUNTED) for each in phase.targets),
            )
            partnerships.add_phase(act.session, act.actor, contract, plan)
            starts = ends + 1


def _option(walk: Walk, said: shapes.Partnership) -> dict[str, Any]:
    return {
        "option_offered": True,
        "option_level": said.purchase_option,
        "option_maximum_pence": (said.purchase_option_pounds or 0) * 100,
        "option_expires_on": walk.world.day(said.signed + DAYS_OF_AN_OPTION),
    }
