"""Outcomes of social value: what a brief asked for, what a contract holds, and what became of it.

The metrics of the standard's European profile, which our packages declare: `tender.targets`, `contracts.agreedMetrics`
and `contracts.implementation.metrics`. The words of the firm's promise and of what was seen stay between the two sides;
told are the outcome, and each day on which something was seen of it and both sides have it before them.
"""

from collections.abc import Iterator

from portal.challenges.models import Criterion, Round
from portal.open_data.facts import Facts
from portal.open_data.values import Body, day, filled, last_moment
from portal.partnerships.models import Partnership, SeenBenefit


def targets(asked: Round | None) -> Iterator[Body]:
    """The outcomes a round asks for."""
    for each in asked.criteria if asked else ():
        if each.social_outcome:
            yield _metric(each)


def delivered(facts: Facts, contract: Partnership) -> Iterator[Body]:
    """The outcomes of which something was seen under one contract."""
    for each in facts.current.criteria if facts.current else ():
        seen = [it for it in facts.benefits if it.partnership_id == contract.id and it.criterion_id == each.id]
        if seen:
            yield _metric(each) | {"observations": [_observation(it) for it in seen]}


def _metric(criterion: Criterion) -> Body:
    return filled(
        id=f"social-{criterion.social_outcome}-{criterion.id}",
        title=criterion.name,
        description=criterion.question or criterion.description,
    )


def _observation(seen: SeenBenefit) -> Body:
    return filled(
        id=f"seen-{seen.reference}",
        period=filled(startDate=day(seen.seen_on), endDate=last_moment(seen.seen_on)),
        measure=1,
        unit={"name": "time seen"},
        notes="Reported by the supplier and confirmed by the buyer." if seen.from_firm else "Recorded by the buyer.",
    )
