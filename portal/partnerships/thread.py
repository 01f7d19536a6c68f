"""The golden thread's last stretch: where a partnership's measures came from, and what was promised.

Nothing is copied: needs, criteria, the business case and the firm's answers are read where they stand, with the page
they stand on.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.business_cases.models import CaseOption
from portal.business_cases.queries import case_of
from portal.challenges.models import Challenge, UserNeed
from portal.challenges.queries import round_of
from portal.partnerships.models import Partnership
from portal.partnerships.queries import SeenOf, deciding_round, seen_by_outcome, social_criteria
from portal.policy import Actor
from portal.responses.content import content_of
from portal.responses.models import Response
from portal.responses.queries import for_reader, latest_snapshot
from portal.responses.sections import criterion_key

_MOST = 100


@dataclass(frozen=True, slots=True)
class Origin:
    """Something a measure can have come from: its kind in a word, its text, and the page (an endpoint) it stands on."""

    key: str
    kind: str
    text: str
    endpoint: str

    @property
    def title(self) -> str:
        """What it is and what it says, in short."""
        words = self.text if len(self.text) <= 90 else f"{self.text[:89]}…"
        return f"{self.kind}: {words}"


@dataclass(frozen=True, slots=True)
class Promise:
    """What the business case said its preferred option brings: in words, and in pence over all its years."""

    option: str
    brings: str
    money_pence: int
    years: int


@dataclass(frozen=True, slots=True)
class PromisedOutcome:
    """An outcome of social value that was asked for, what the firm promised in its answer, and what was seen of it.

    `promise` is empty for readers who may not read responses; `response` is the reference of the answer it stands in.
    """

    criterion_id: int
    name: str
    promise: str
    response: str
    seen: SeenOf


def origins_of(session: Session, challenge: Challenge) -> dict[str, Origin]:
    """Everything a measure of this challenge's partnerships can have come from, by its key, in the thread's order."""
    return {each.key: each for each in _origins(session, challenge)}


def _origins(session: Session, challenge: Challenge) -> Iterator[Origin]:
    needs = select(UserNeed).where(UserNeed.challenge_id == challenge.id).order_by(UserNeed.id).limit(_MOST)
    for need in session.scalars(needs):
        yield Origin(f"need-{need.id}", "User need", f"{need.who}: {need.need}", "design.page")
    asked = round_of(session, challenge, deciding_round(challenge))
    for each in asked.criteria if asked else ():
        kind = "Social value" if each.social_outcome else "Criterion"
        yield Origin(f"criterion-{each.id}", kind, each.name, "assessment.panel")
    option = _preferred(session, challenge)
    if option is not None and option.brings:
        yield Origin(f"benefit-{option.id}", "Benefit", option.brings, "business_cases.case")


def promised(session: Session, challenge: Challenge) -> Promise | None:
    """The benefits of the option the business case prefers; None where there is no case or no such option."""
    option = _preferred(session, challenge)
    return None if option is None else Promise(option.name, option.brings, option.benefit_pence, option.years)


def outcomes_promised(
    session: Session, actor: Actor, contract: Partnership, *, for_firm: bool = False
) -> list[PromisedOutcome]:
    """Each outcome of social value the firm was asked for, in the words it submitted, beside what was seen of it.

    The words are for the firm itself and for those who may open its answer; everybody else gets the outcomes without
    them. `for_firm`: only what the firm is shown counts as seen.
    """
    asked = social_criteria(session, contract.challenge)
    if not asked:
        return []
    reference = session.scalar(select(Response.reference).where(Response.id == contract.response_id))
    response = for_reader(session, actor, reference) if reference else None
    latest = latest_snapshot(session, response) if response else None
    content = content_of(latest) if latest else None
    seen = seen_by_outcome(session, contract, for_firm=for_firm)
    return [
        PromisedOutcome(
            each.id,
            each.name,
            said.text if content and (said := content.section(criterion_key(each.id))) else "",
            response.reference if response else "",
            seen.get(each.id, SeenOf()),
        )
        for each in asked
    ]


def _preferred(session: Session, challenge: Challenge) -> CaseOption | None:
    case = case_of(session, challenge)
    return next((each for each in case.options if each.preferred), None) if case else None
