"""A call for responses as the texts tell it: the challenge's own round, or its tender's."""

from dataclasses import dataclass

from portal.challenges.models import RoundKind
from portal.demo import shapes
from portal.demo.walking.walk import Walk

DAYS_TO_DECIDE = 20
"""From the deadline of a tender to its decision; the texts name a day for the challenge's own round only."""


@dataclass(frozen=True, slots=True)
class Call:
    """One round: its days, what it asks, who judges, and what came of it."""

    kind: RoundKind
    released: int
    question_cutoff: int
    deadline: int
    decision: int
    criteria: tuple[shapes.Criterion, ...]
    assessors: tuple[str, ...]
    asked: tuple[shapes.Asked, ...]
    responses: tuple[shapes.Response, ...]
    amendments: tuple[shapes.Amendment, ...] = ()
    incidents: tuple[shapes.Incident, ...] = ()
    price_judges: tuple[str, ...] = ()


def own_call(walk: Walk) -> Call:
    """The challenge's own round."""
    text, days = walk.text, walk.text.timetable
    if days.released is None or days.question_cutoff is None or days.deadline is None or days.decision is None:
        raise LookupError(f"{text.key} is released without its days")
    decision = text.tender.released if text.tender and text.pathway == "direct" else days.decision
    return Call(
        RoundKind.CHALLENGE,
        days.released,
        days.question_cutoff,
        days.deadline,
        decision,
        text.criteria,
        text.assessors,
        text.asked,
        text.responses,
        text.amendments,
        text.incidents,
    )


def tender_call(walk: Walk) -> Call:
    """The tender that follows market engagement."""
    tender = walk.text.tender
    if tender is None:
        raise LookupError(f"{walk.text.key} has no tender")
    return Call(
        RoundKind.TENDER,
        tender.released,
        (tender.released + tender.deadline) // 2,
        tender.deadline,
        tender.deadline + DAYS_TO_DECIDE,
        tender.criteria,
        tender.assessors,
        tender.asked,
        tender.responses,
        price_judges=tender.price_judges,
    )
