"""Reading the benefits that were seen."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.partnerships.models import Partnership, SeenBenefit


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
