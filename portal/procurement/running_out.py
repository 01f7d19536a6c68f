"""Frameworks and contracts that a body holds already and that run out, with what it plans to buy after them.

Rooms above this one know of them; the wiring says which.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.db import clock
from portal.law.calendar import london_date
from portal.policy import Actor
from portal.procurement.queries import ENDS_SOON, SOON, Show, Wanted

SHOWN = 20
"""How many stand on the register's page; the files to take away have them all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which are wanted: of one authority (its reference) or all, ending from `since` on, and by `until` if given."""

    authority: str
    since: date
    until: date | None
    limit: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class RunningOut:
    """What is planned by a body for when an agreement of today ends; `value_pence` includes VAT.

    `contract_ends_on` is the end of today's contract, `framework_ends_on` of the framework it is bought from.
    """

    title: str
    body: str
    body_reference: str
    value_pence: int | None
    contract_ends_on: date | None
    framework_ends_on: date | None


SOURCES: list[Callable[[Session, Actor, Asked], list[RunningOut]]] = []
"""Who knows of agreements that run out, soonest first, of what this person may see. Filled by the wiring."""


def running_out(
    session: Session, actor: Actor, wanted: Wanted, *, limit: int = SHOWN, offset: int = 0
) -> list[RunningOut]:
    """Agreements that fit what the register is narrowed to: none where it asks for what only a challenge has."""
    today = london_date(clock.now())
    if wanted.kind or wanted.show is Show.OVERDUE:
        return []
    near = {Show.SOON: today + SOON, Show.ENDING: today + ENDS_SOON}
    asked = Asked(wanted.authority, today, near.get(wanted.show) if wanted.show else None, limit, offset)
    return [each for source in SOURCES for each in source(session, actor, asked)]
