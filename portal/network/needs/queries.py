"""Finding planned needs: a body all of its own, the network what bodies share while they have the option on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.network.needs.models import PlannedNeed, Risk, Theme
from portal.network.options import NetworkOption, bodies_with
from portal.network.queries import authority_seen
from portal.organisations.models import Organisation
from portal.policy import Actor
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
