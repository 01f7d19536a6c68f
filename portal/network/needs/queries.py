"""Finding planned needs: a body all of its own, the network what bodies share while they have the option on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select, true
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.network.needs.models import PlannedNeed, Risk, Theme
from portal.network.options import NetworkOption, bodies_with
from portal.network.queries import authority_seen
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission, ScopeKind
from portal.procurement.running_out import Asked as EndsAsked
from portal.procurement.running_out import RunningOut
from portal.web.paging import Page, page_of

MOST_TOGETHER = 2_000
"""Needs that are laid over each other; a page says so where there are more."""


@dataclass(frozen=True)
class Asked:
    """What the overlay is narrowed to; whatever is None or empty does not narrow it."""

    since: date
    words: str = ""
    risk: Risk | None = None
    theme: Theme | None = None
    free_only: bool = False


def needs_of(session: Session, organisation: Organisation, *, number: int) -> Page[PlannedNeed]:
    """What a body plans, the earliest quarter first."""
    rows = select(PlannedNeed).where(PlannedNeed.organisation_id == organisation.id)
    return page_of(session, rows.order_by(PlannedNeed.quarter, PlannedNeed.title, PlannedNeed.id), number=number)


def own_need(session: Session, actor: Actor, reference: str, need: str) -> PlannedNeed | None:
    """A need of a body, for that body's own people."""
    body = authority_seen(session, actor, reference)
    if body is None:
        return None
    own = (PlannedNeed.organisation_id == body.id, PlannedNeed.reference == need)
    return session.scalars(select(PlannedNeed).where(*own).options(joinedload(PlannedNeed.organisation))).first()


def shared_needs(asked: Asked) -> Select[Any]:
    """What bodies share with the network from a quarter on, with the bodies, the earliest first."""
    rows = (
        select(PlannedNeed)
        .join(PlannedNeed.organisation)
        .options(contains_eager(PlannedNeed.organisation))
        .where(
            PlannedNeed.shared_at.is_not(None),
            PlannedNeed.organisation_id.in_(bodies_with(NetworkOption.SHARED_NEED)),
            PlannedNeed.quarter >= asked.since,
        )
        .order_by(PlannedNeed.quarter, Organisation.name, PlannedNeed.title, PlannedNeed.id)
    )
    if asked.words:
        holds = (column.icontains(asked.words, autoescape=True) for column in (PlannedNeed.title, PlannedNeed.category))
        rows = rows.where(next(holds) | next(holds))
    if asked.risk:
        rows = rows.where(PlannedNeed.risk == asked.risk)
    if asked.theme:
        rows = rows.where(PlannedNeed.theme == asked.theme)
    return rows.where(PlannedNeed.influenceable) if asked.free_only else rows


def together(session: Session, asked: Asked) -> Sequence[PlannedNeed]:
    """The needs to lay over each other, one more than are laid where there are more."""
    return session.scalars(shared_needs(asked).limit(MOST_TOGETHER + 1)).all()


def shared_by_reference(session: Session, references: Sequence[str]) -> Sequence[PlannedNeed]:
    """Shared needs by their references; what is not shared, not there, or no reference, is left out."""
    known = [each for each in references if each.isalnum()]  # no database stores, or looks for, every sign there is
    asked = shared_needs(Asked(since=date.min)).where(PlannedNeed.reference.in_(known))
    return session.scalars(asked.limit(100)).all()


def known_already(session: Session, organisation: Organisation) -> set[tuple[str, date, str]]:
    """What a body's needs are told apart by: title, quarter and category."""
    rows = select(PlannedNeed.title, PlannedNeed.quarter, PlannedNeed.category).where(
        PlannedNeed.organisation_id == organisation.id
    )
    return {(row[0], row[1], row[2]) for row in session.execute(rows.limit(20_000))}


def running_out(session: Session, actor: Actor, asked: EndsAsked) -> list[RunningOut]:
    """Plans that follow a framework or a contract of today, by the end that comes first, for the register.

    A body's people see its own, a coordinator all, while the body has the option on: as on the pages of the plans.
    """
    first = _comes_first(asked.since)
    rows = (
        select(PlannedNeed)
        .join(PlannedNeed.organisation)
        .options(contains_eager(PlannedNeed.organisation))
        .where(PlannedNeed.organisation_id.in_(bodies_with(NetworkOption.SHARED_NEED)), _seen_by(actor))
        .where(first >= asked.since)
        .order_by(first, Organisation.name, PlannedNeed.id)
    )
    if asked.authority:
        rows = rows.where(Organisation.reference == asked.authority)
    if asked.until:
        rows = rows.where(first <= asked.until)
    return [_as_running_out(each) for each in session.scalars(rows.limit(asked.limit).offset(asked.offset))]


def _comes_first(since: date) -> ColumnElement[date]:
    """The day on which the framework or the contract ends, whichever comes first from a day on; NULL where none."""
    contract, framework = PlannedNeed.contract_ends_on, PlannedNeed.framework_ends_on
    framework_first = and_(framework >= since, or_(contract.is_(None), contract < since, framework < contract))
    return case((framework_first, framework), (contract >= since, contract))


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    if actor.where(Permission.NETWORK_SEE):
        return true()
    held = actor.where(Permission.CHALLENGE_SEE)
    bodies = sorted(each.id for each in held if each.kind is ScopeKind.AUTHORITY and each.id is not None)
    return PlannedNeed.organisation_id.in_(bodies)


def _as_running_out(need: PlannedNeed) -> RunningOut:
    body = need.organisation
    ends = need.contract_ends_on, need.framework_ends_on
    return RunningOut(need.title, body.name, body.reference, need.with_vat, *ends)
