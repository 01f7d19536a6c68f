"""Reading benefits: the authority's people all of theirs, a firm what its own contract shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.challenges.models import Challenge, Criterion
from portal.challenges.queries import round_of, visible_inside
from portal.partnerships.models import Partnership, SeenBenefit
from portal.partnerships.queries.contracts import deciding_round, own_contract
from portal.policy import Actor

_SEEN = SeenBenefit.state == "seen"
_MOST_WAITING = 50


def _whole() -> Select[Any]:
    contract = joinedload(SeenBenefit.partnership, innerjoin=True)
    return (
        select(SeenBenefit)
        .join(Partnership, Partnership.id == SeenBenefit.partnership_id)
        .join(Challenge, Challenge.id == Partnership.challenge_id)
        .options(
            contract.joinedload(Partnership.organisation, innerjoin=True),
            contract.joinedload(Partnership.challenge, innerjoin=True).joinedload(Challenge.lead, innerjoin=True),
        )
    )


def benefit_visible(session: Session, actor: Actor, reference: str) -> SeenBenefit | None:
    """A benefit for the people of its authorities, and for the firms of its own contract where it is shown to them."""
    shown = and_(own_contract(actor), SeenBenefit.shown_to_firm)
    rows = _whole().where(SeenBenefit.reference == reference, or_(visible_inside(actor), shown))
    return session.scalars(rows).first()


def benefit_inside(session: Session, actor: Actor, reference: str) -> SeenBenefit | None:
    """A benefit for the people of its authorities only."""
    return session.scalars(_whole().where(SeenBenefit.reference == reference, visible_inside(actor))).first()


def own_benefit(session: Session, actor: Actor, reference: str) -> SeenBenefit | None:
    """A benefit that was reported by the firms of this contract, for them only."""
    rows = _whole().where(SeenBenefit.reference == reference, own_contract(actor), SeenBenefit.from_firm)
    return session.scalars(rows).first()


def _of(contract: Partnership, *, for_firm: bool) -> ColumnElement[bool]:
    """True of a contract's benefits; for its firm, of those it is shown."""
    mine = SeenBenefit.partnership_id == contract.id
    return and_(mine, SeenBenefit.shown_to_firm) if for_firm else mine


def benefits_seen(contract: Partnership, *, for_firm: bool = False) -> Select[Any]:
    """What was seen under one contract, the latest first."""
    rows = select(SeenBenefit).where(_of(contract, for_firm=for_firm), _SEEN)
    return rows.order_by(SeenBenefit.seen_on.desc(), SeenBenefit.id.desc())


def benefits_reported(session: Session, contract: Partnership) -> Sequence[SeenBenefit]:
    """What the firm reported and the authority has not confirmed: what waits first, then the latest."""
    rows = select(SeenBenefit).where(SeenBenefit.partnership_id == contract.id, SeenBenefit.from_firm, ~_SEEN)
    ordered = rows.order_by(SeenBenefit.state != "told", SeenBenefit.recorded_at.desc(), SeenBenefit.id.desc())
    return session.scalars(ordered.limit(_MOST_WAITING)).all()


@dataclass(frozen=True, slots=True)
class SeenSoFar:
    """How many benefits were seen, and their whole pence as far as they were put in money."""

    count: int
    money_pence: int


def seen_so_far(session: Session, contract: Partnership) -> SeenSoFar:
    """Counted and summed over everything that was seen."""
    money = func.coalesce(func.sum(SeenBenefit.money_pence), 0)
    count, pence = session.execute(
        select(func.count(SeenBenefit.id), money).where(_of(contract, for_firm=False), _SEEN)
    ).one()
    return SeenSoFar(count, pence or 0)


def is_public(benefit: SeenBenefit) -> bool:
    """Whether the public is told that it was seen: it is about an outcome the brief asked for, and the firm sees it."""
    return benefit.criterion_id is not None and benefit.shown_to_firm


def outcomes_seen(session: Session, challenge: Challenge) -> Sequence[SeenBenefit]:
    """What was seen of the outcomes a challenge asked for, under all its contracts, as far as it is public."""
    rows = (
        select(SeenBenefit)
        .join(Partnership, Partnership.id == SeenBenefit.partnership_id)
        .where(Partnership.challenge_id == challenge.id, _SEEN)
        .where(SeenBenefit.criterion_id.is_not(None), SeenBenefit.shown_to_firm)
        .order_by(SeenBenefit.seen_on, SeenBenefit.id)
    )
    return session.scalars(rows.limit(2_000)).all()


def every_benefit(session: Session, challenge: Challenge) -> Sequence[SeenBenefit]:
    """Everything reported or recorded under all contracts of a challenge, in the order in which it was written down."""
    rows = (
        select(SeenBenefit)
        .join(Partnership, Partnership.id == SeenBenefit.partnership_id)
        .where(Partnership.challenge_id == challenge.id)
        .order_by(SeenBenefit.recorded_at, SeenBenefit.id)
    )
    return session.scalars(rows.limit(2_000)).all()


def social_criteria(session: Session, challenge: Challenge) -> list[Criterion]:
    """The criteria of the deciding round that asked for an outcome of social value, in their order."""
    asked = round_of(session, challenge, deciding_round(challenge))
    return [each for each in asked.criteria if each.social_outcome] if asked else []


@dataclass(frozen=True, slots=True)
class SeenOf:
    """How often an outcome was seen under one contract, and when last; None: never."""

    count: int = 0
    last_on: date | None = None


def seen_by_outcome(session: Session, contract: Partnership, *, for_firm: bool = False) -> dict[int, SeenOf]:
    """What was seen of each outcome, by the id of its criterion, in one statement."""
    rows = session.execute(
        select(SeenBenefit.criterion_id, func.count(SeenBenefit.id), func.max(SeenBenefit.seen_on))
        .where(_of(contract, for_firm=for_firm), _SEEN, SeenBenefit.criterion_id.is_not(None))
        .group_by(SeenBenefit.criterion_id)
    )
    return {key: SeenOf(count, last) for key, count, last in rows if key is not None}
