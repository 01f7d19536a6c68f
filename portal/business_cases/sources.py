"""The golden thread: what the challenge already knows, gathered for whoever writes or reads its business case.

Nothing is typed twice, and every figure says where it came from and links to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.assessment.models import Decision, Outcome
from portal.business_cases.models import OptionYear
from portal.business_cases.pathway import OptionKind, SectionKey, vat_words
from portal.challenges.models import Challenge, Deal, HowMightWe, UserNeed
from portal.challenges.queries import round_of
from portal.law.money import pounds, with_vat
from portal.responses.content import content_of
from portal.responses.models import Response
from portal.responses.queries import latest_snapshots
from portal.showcases.models import Appearance, DeploymentCost
from portal.showcases.queries import appearances_of, choices_of, event_of

_MOST = 50
_LONGEST_BRINGS = 2_000
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
        *_scores(session, challenge),
        *_firms(session, challenge),
        *_shown(session, challenge),
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
        said = need.need.rstrip()
        if need.evidence:
            said = f"{said}{'' if said.endswith(('.', '?', '!')) else '.'} How we know: {need.evidence}"
        yield Source(SectionKey.STRATEGIC, need.who, said, "Design thinking", "design.page#needs")


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
    """Each chosen firm's price as it submitted it; a response that is still sealed is not found."""
    chosen = session.scalars(
        select(Response)
        .where(Response.challenge_id == challenge.id, Response.state.in_(_GONE_ON))
        .options(joinedload(Response.organisation))
        .order_by(Response.id)
        .limit(_MOST)
    ).all()
    submitted = latest_snapshots(session, chosen)
    for response in chosen:
        snapshot = submitted.get(response.id)
        price = content_of(snapshot).price_pence if snapshot else None
        said = (
            "Chosen, with no price named." if price is None else f"Chosen, at a price of {pounds(price)} including VAT."
        )
        yield Source(SectionKey.COMMERCIAL, response.organisation.name, said, "Responses", "responses.opening")


def _scores(session: Session, challenge: Challenge) -> Iterator[Source]:
    """How the chosen firms were judged, once every firm has been told."""
    outcomes = session.scalars(
        select(Outcome)
        .where(
            Outcome.challenge_id == challenge.id,
            Outcome.decision == Decision.CHOSEN,
            Outcome.sent_at.is_not(None),
            Outcome.total.is_not(None),
        )
        .options(joinedload(Outcome.response).joinedload(Response.organisation))
        .order_by(Outcome.rank, Outcome.id)
        .limit(_MOST)
    )
    for outcome in outcomes:
        said = f"{(outcome.total or 0) / 100:g}% of the marks" + (f", rank {outcome.rank}" if outcome.rank else "")
        yield Source(SectionKey.ECONOMIC, outcome.response.organisation.name, said, "Assessment", "assessment.panel")


def _shown(session: Session, challenge: Challenge) -> Iterator[Source]:
    """What was shown: why it was chosen, and what deploying it costs."""
    reasons = {choice.response_id: choice.reason for choice in choices_of(session, challenge)}
    for appearance in deployments(session, challenge):
        name = appearance.response.organisation.name
        if appearance.response_id in reasons:
            yield Source(
                SectionKey.ECONOMIC,
                f"Why {name} was chosen",
                reasons[appearance.response_id],
                "Showcase",
                "showcases.event",
            )
        if appearance.costs:
            parts = "; ".join(_cost(cost) for cost in appearance.costs)
            said = f"{pounds(appearance.total_pence)} in all, including VAT ({parts})"
            yield Source(SectionKey.FINANCIAL, f"Deploying {name}", said, "Showcase", "showcases.event")


def _cost(cost: DeploymentCost) -> str:
    years = f"{cost.years} year" if cost.years == 1 else f"{cost.years} years"
    yearly = f" and {pounds(with_vat(cost.yearly_pence, cost.vat))} each year for {years}" if cost.yearly_pence else ""
    return f"{cost.what}: {pounds(with_vat(cost.one_off_pence, cost.vat))} once{yearly}"


def deployments(session: Session, challenge: Challenge) -> list[Appearance]:
    """The prototypes a case is about: those that were chosen, and before the choice every one that is shown."""
    event = event_of(session, challenge)
    if event is None:
        return []
    chosen = {choice.response_id for choice in choices_of(session, challenge)}
    shown = appearances_of(session, event)
    return [appearance for appearance in shown if not chosen or appearance.response_id in chosen]


def deployment_option(appearance: Appearance) -> dict[str, Any]:
    """A prototype's deployment costs as an option of the case, including VAT.

    Every part stands in the years it runs, its VAT rounded as each year's bill will be, so that the option comes to
    the same total as the showcase's table. Setting up falls into the first of its years.
    """
    return {
        "name": appearance.response.organisation.name[:120],
        "kind": OptionKind.OTHER,
        "brings": appearance.shows[:_LONGEST_BRINGS],
        "money": _by_year(appearance.costs),
    }


def _by_year(costs: Sequence[DeploymentCost]) -> list[OptionYear]:
    last = max((cost.years for cost in costs if cost.yearly_pence), default=1)
    return [
        OptionYear(
            year=year,
            one_off_pence=sum(with_vat(cost.one_off_pence, cost.vat) for cost in costs) if year == 0 else 0,
            yearly_pence=sum(with_vat(cost.yearly_pence, cost.vat) for cost in costs if year < cost.years),
            benefit_pence=0,
        )
        for year in range(last)
    ]


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
