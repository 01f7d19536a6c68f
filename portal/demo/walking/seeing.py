"""The benefits of a partnership: what its firm reports, what the authority confirms, and what it records itself."""

from datetime import date

from portal.demo import shapes
from portal.demo.walking.walk import Acts, Walk, there
from portal.partnerships.models import SeenBenefit
from portal.partnerships.plans import Seen
from portal.partnerships.queries import benefit_inside, contracts_of, social_criteria, visible
from portal.partnerships.services import benefits

DAYS_TO_CONFIRM = 1


def run(walk: Walk) -> Acts:
    """One after the other, each on the day it was told of."""
    for said in sorted(there(walk.text.partnership).seen, key=lambda each: each.told):
        yield walk.at(said.told, 11)
        made = _record(walk, said) if said.told_by == "authority" else _report(walk, said)
        if said.confirmed:
            yield walk.at(said.told + DAYS_TO_CONFIRM, 15)
            with walk.as_owner() as act:
                benefits.confirm_benefit(
                    act.session, act.actor, there(benefit_inside(act.session, act.actor, made.reference))
                )


def _report(walk: Walk, said: shapes.SeenBenefit) -> SeenBenefit:
    reference, seen = _about(walk, said)
    with walk.acting(walk.world.answers_for(said.firm)) as act:
        contract = there(visible(act.session, act.actor, reference))
        return benefits.report_benefit(act.session, act.actor, contract, seen)


def _record(walk: Walk, said: shapes.SeenBenefit) -> SeenBenefit:
    reference, seen = _about(walk, said)
    with walk.as_owner() as act:
        contract = there(visible(act.session, act.actor, reference))
        return benefits.see_benefit(act.session, act.actor, contract, seen)


def _about(walk: Walk, said: shapes.SeenBenefit) -> tuple[str, Seen]:
    """The contract it was seen under, by its reference, and what is said of it."""
    names = [each.name for each in walk.text.criteria if each.key == said.criterion]
    with walk.as_owner() as act:
        firm = walk.world.organisations[said.firm]
        contract = next(each for each in contracts_of(act.session, act.challenge) if each.organisation_id == firm)
        asked = [each.id for each in social_criteria(act.session, act.challenge) if each.name in names]
        day: date = walk.world.day(said.seen)
        return contract.reference, Seen(day, said.what, said.evidence, criterion_id=asked[0] if asked else None)
