"""Drawing an authority's circles. Each act locks the authority, so that two administrators cannot cross."""

from typing import Any

from sqlalchemy.orm import Session

from portal import journal
from portal.db import expect_version, hold
from portal.machine import NotNow
from portal.network.local import queries
from portal.network.local.models import CirclePart, LocalCircle, PartKind, Ring
from portal.organisations.models import Organisation
from portal.policy import Actor

MOST_PARTS = 200


def describe(
    session: Session, actor: Actor, organisation: Organisation, ring: Ring, version: int | None, **said: Any
) -> LocalCircle:
    """Name a circle and say why it is drawn so. Raises `Conflict` if somebody else changed it meanwhile."""
    hold(session, organisation)
    circle = queries.circle(session, organisation, ring)
    if circle is None:
        circle = LocalCircle(organisation_id=organisation.id, ring=ring, parts=[])
        session.add(circle)
    else:
        expect_version(circle, version)
    circle.name, circle.reason = said["name"], said["reason"]
    _note(session, actor, circle, "described")
    return circle


def add_part(session: Session, actor: Actor, organisation: Organisation, ring: Ring, part: CirclePart) -> None:
    """Let a circle hold something more. Raises `NotNow` where it does already, or holds too much."""
    hold(session, organisation)
    circle = _drawn(session, organisation, ring)
    if any(each.kind is part.kind and each.code == part.code for each in circle.parts):
        raise NotNow("The circle holds this already.")
    if len(circle.parts) >= MOST_PARTS:
        raise NotNow(f"A circle is made of at most {MOST_PARTS} parts. Take wider areas.")
    circle.parts.append(part)
    _note(session, actor, circle, "part_added", kind=part.kind.value, code=part.code)


def remove_part(session: Session, actor: Actor, organisation: Organisation, ring: Ring, key: int) -> None:
    """Take something out of a circle; doing it twice changes nothing."""
    hold(session, organisation)
    circle = queries.circle(session, organisation, ring)
    found = next((each for each in circle.parts if each.id == key), None) if circle else None
    if circle is None or found is None:
        return
    circle.parts.remove(found)
    _note(session, actor, circle, "part_removed", kind=found.kind.value, code=found.code)


def area(kind: PartKind, code: str) -> CirclePart:
    """An official area as part of a circle."""
    return CirclePart(kind=kind, code=code)


def radius(postcode: str, metres: int) -> CirclePart:
    """Everything within so many metres of a postcode."""
    return CirclePart(kind=PartKind.RADIUS, code=postcode, metres=metres)


def _drawn(session: Session, organisation: Organisation, ring: Ring) -> LocalCircle:
    found = queries.circle(session, organisation, ring)
    if found is None:
        found = LocalCircle(organisation_id=organisation.id, ring=ring, parts=[])
        session.add(found)
        session.flush()
    return found


def _note(session: Session, actor: Actor, circle: LocalCircle, event: str, **identifiers: Any) -> None:
    session.flush()
    journal.record(session, actor, f"local.{event}", ("local_circle", circle.id), **identifiers)
