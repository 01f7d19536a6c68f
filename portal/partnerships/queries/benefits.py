"""Reading the benefits that were seen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, Criterion
from portal.challenges.queries import round_of
from portal.partnerships.models import Partnership, SeenBenefit
from portal.partnerships.queries.contracts import deciding_round


def benefits_seen(contract: Partnership) -> Select[Any]:
    """What was seen under one contract, the latest first."""
    rows = select(SeenBenefit).where(SeenBenefit.partnership_id == contract.id)
    return rows.order_by(SeenBenefit.seen_on.desc(), SeenBenefit.id.desc())


@dataclass(frozen=True, slots=True)
class SeenSoFar:
    """How many benefits were seen, and their whole pence as far as they were put in money."""

    count: int
    money_pence: int


def seen_so_far(session: Session, contract: Partnership) -> SeenSoFar:
    """Counted and summed over everything recorded."""
    money = func.coalesce(func.sum(SeenBenefit.money_pence), 0)
    count, pence = session.execute(
        select(func.count(SeenBenefit.id), money).where(SeenBenefit.partnership_id == contract.id)
    ).one()
    return SeenSoFar(count, pence or 0)


def social_criteria(session: Session, challenge: Challenge) -> list[Criterion]:
    """The criteria of the deciding round that asked for an outcome of social value, in their order."""
    asked = round_of(session, challenge, deciding_round(challenge))
    return [each for each in asked.criteria if each.social_outcome] if asked else []


@dataclass(frozen=True, slots=True)
class SeenOf:
    """How often an outcome was seen under one contract, and when last; None: never."""

    count: int = 0
    last_on: date | None = None


def seen_by_outcome(session: Session, contract: Partnership) -> dict[int, SeenOf]:
    """What was seen of each outcome, by the id of its criterion, in one statement."""
    rows = session.execute(
        select(SeenBenefit.criterion_id, func.count(SeenBenefit.id), func.max(SeenBenefit.seen_on))
        .where(SeenBenefit.partnership_id == contract.id, SeenBenefit.criterion_id.is_not(None))
        .group_by(SeenBenefit.criterion_id)
    )
    return {key: SeenOf(count, last) for key, count, last in rows if key is not None}
