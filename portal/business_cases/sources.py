"""The golden thread: what the challenge already knows, gathered for whoever writes or reads its business case.

Nothing is typed twice, and every figure says where it came from and links to it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.business_cases.pathway import SectionKey, vat_words
from portal.challenges.models import Challenge, Deal, HowMightWe, UserNeed
from portal.challenges.queries import round_of
from portal.law.money import pounds
from portal.responses.models import Response

_MOST = 50
_GONE_ON = ("chosen", "partner")


@dataclass(frozen=True, slots=True)
class Source:
    """One thing the challenge knows: for which section, in what words, and the page it came from (an endpoint)."""

    section: SectionKey
    title: str
    text: str
    came_from: str
    endpoint: str


def sources(session: Session, challenge: Challenge) -> list[Source]:
    """Everything the lower floors know that bears on the challenge's business case, in the order of the sections."""
    found = [
        *_question(session, challenge),
        *_needs(session, challenge),
        *_criteria(session, challenge),
        *_deal(session, challenge),
        *_firms(session, challenge),
        *_value(challenge),
    ]
    order = list(SectionKey)
    return sorted(found, key=lambda source: order.index(source.section))


def opening_words(found: Iterable[Source]) -> str:
    """A beginning for a section that nobody has written yet, made of its sources; empty where there are none."""
    return "\n\n".join(f"{source.title}: {source.text}" for source in found)


def _question(session: Session, challenge: Challenge) -> Iterator[Source]:
    chosen = session.scalars(
        select(HowMightWe).where(HowMightWe.challenge_id == challenge.id, HowMightWe.chosen_at.is_not(None)).limit(1)
    ).first()
    if chosen:
        yield Source(
            SectionKey.STRATEGIC, "The question we chose", chosen.text, "Design thinking", "design.page#questions"
        )


def _needs(session: Session, challenge: Challenge) -> Iterator[Source]:
    needs = session.scalars(
        select(UserNeed).where(UserNeed.challenge_id == challenge.id).order_by(UserNeed.id).limit(_MOST)
    )
    for need in needs:
        evidence = f" How we know: {need.evidence}" if need.evidence else ""
        yield Source(SectionKey.STRATEGIC, need.who, f"{need.need}{evidence}", "Design thinking", "design.page#needs")


def _criteria(session: Session, challenge: Challenge) -> Iterator[Source]:
    asked = round_of(session, challenge)
    if asked and asked.criteria:
        said = "; ".join(f"{each.name} {each.weight}%" for each in asked.criteria)
        yield Source(SectionKey.ECONOMIC, "What answers are judged on", said, "Brief", "brief.tasks")


def _deal(session: Session, challenge: Challenge) -> Iterator[Source]:
    deal = session.scalars(select(Deal).where(Deal.challenge_id == challenge.id)).first()
    if deal is None:
        return
    if deal.intellectual_property:
        yield Source(
            SectionKey.COMMERCIAL, "Who keeps the ideas", deal.intellectual_property, "The deal", "brief.tasks"
        )
    paid = sum(stage.pays_pence for stage in deal.stages)
    if paid:
        yield Source(SectionKey.FINANCIAL, "Paid to each firm on the way", pounds(paid), "The deal", "brief.tasks")


def _firms(session: Session, challenge: Challenge) -> Iterator[Source]:
    """The firms that were chosen; a response that is still sealed is not found."""
    chosen = session.scalars(
        select(Response)
        .where(Response.challenge_id == challenge.id, Response.state.in_(_GONE_ON))
        .options(joinedload(Response.organisation))
        .order_by(Response.id)
        .limit(_MOST)
    ).all()
    if chosen:
        said = "; ".join(response.organisation.name for response in chosen)
        yield Source(SectionKey.COMMERCIAL, "Firms that were chosen", said, "Responses", "responses.opening")


def _value(challenge: Challenge) -> Iterator[Source]:
    parts = (
        ("Estimated value", challenge.estimated_pence),
        ("Options to extend or buy more", challenge.option_pence),
        ("Payments to those who take part", challenge.participant_pence),
    )
    for title, pence in parts:
        if pence:
            said = f"{pounds(pence)}, {vat_words(challenge.vat)}"
            yield Source(SectionKey.FINANCIAL, title, said, "Legal route", "brief.tasks")
