"""Entering, changing and taking out planned needs, one by one or by a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal import journal
from portal.db import clock, expect_version, hold
from portal.network.needs.models import PlannedNeed
from portal.network.needs.queries import known_already
from portal.network.needs.reading import Line
from portal.organisations.models import Organisation
from portal.policy import Actor


@dataclass(frozen=True)
class Taken:
    """What became of a file: how many needs were taken, how many were there already, and the lines set aside."""

    count: int
    known: int
    set_aside: tuple[Line, ...]


def enter(session: Session, actor: Actor, organisation: Organisation, *, shared: bool, **told: Any) -> PlannedNeed:
    """Enter a planned purchase; `told` are its columns."""
    need = _made(actor, organisation, shared=shared, **told)
    session.add(need)
    session.flush()
    _note(session, actor, "entered", need)
    return need


def change(
    session: Session, actor: Actor, need: PlannedNeed, version: int | None, *, shared: bool, **told: Any
) -> None:
    """Change it, or whether the network sees it. Raises `Conflict` if a colleague changed it meanwhile."""
    hold(session, need)
    expect_version(need, version)
    for name, value in told.items():
        setattr(need, name, value)
    need.shared_at = (need.shared_at or clock.now()) if shared else None
    session.flush()
    _note(session, actor, "changed", need)


def remove(session: Session, actor: Actor, need: PlannedNeed, version: int | None) -> None:
    """Take it out of the plan. Raises `Conflict` if a colleague changed it meanwhile."""
    hold(session, need)
    expect_version(need, version)
    _note(session, actor, "removed", need)
    session.delete(need)


def take_in(
    session: Session, actor: Actor, organisation: Organisation, lines: Iterable[Line], *, shared: bool
) -> Taken:
    """Take the good lines of a file in; one that is there already (same title, quarter and category) stays as it is."""
    hold(session, organisation)
    known, count, again, bad = known_already(session, organisation), 0, 0, []
    for line in lines:
        if line.problems:
            bad.append(line)
            continue
        key = (line.told["title"], line.told["quarter"], line.told["category"])
        if key in known:
            again += 1
            continue
        known.add(key)
        session.add(_made(actor, organisation, shared=shared, **line.told))
        count += 1
    session.flush()
    subject = ("organisation", organisation.id)
    journal.record(session, actor, "needs.file_taken_in", subject, taken=count, known=again, set_aside=len(bad))
    return Taken(count, again, tuple(bad))


def _made(actor: Actor, organisation: Organisation, *, shared: bool, **told: Any) -> PlannedNeed:
    now = clock.now()
    return PlannedNeed(
        organisation_id=organisation.id,
        entered_at=now,
        entered_by_id=actor.person_id,
        shared_at=now if shared else None,
        **told,
    )


def _note(session: Session, actor: Actor, event: str, need: PlannedNeed) -> None:
    shared = need.shared_at is not None
    journal.record(session, actor, f"needs.{event}", ("planned_need", need.id), shared=shared)
