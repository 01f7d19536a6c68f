"""What people of an authority say of where somebody it pays is. Each act locks the name, so that two cannot cross."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal import journal
from portal.db import Conflict, clock, expect_version, hold
from portal.machine import NotNow
from portal.network.local import Circles
from portal.network.spend.models import IS_FIRM, KnownBy, Payee, PayeePlace
from portal.network.spend.unplaced import place_said
from portal.policy import Actor


@dataclass(frozen=True, slots=True)
class Said:
    """What is said: a postcode, or None for outside of all circles and, if `abroad`, of the United Kingdom as well; by
    what it is known; and a note, perhaps empty.
    """

    postcode: str | None
    known_by: KnownBy
    note: str
    abroad: bool = False


def say_place(
    session: Session, actor: Actor, payee: Payee, circles: Circles, said: Said, *, version: int | None
) -> PayeePlace:
    """Say where somebody is; it holds for every file, those to come included, until somebody says otherwise.

    Raises `Conflict` where somebody else said something meanwhile, `NotNow` where no circle is drawn or the name is a
    firm's that is registered here, which says itself where it is.
    """
    hold(session, payee)
    if payee.matched in IS_FIRM:
        raise NotNow("This is a firm registered here. It says itself where it is.")
    if not circles.drawn:
        raise NotNow("No circles are drawn yet. Somebody first says what is local.")
    place = place_said(session, payee)
    if place is None:
        place = PayeePlace(payee_id=payee.id)
        session.add(place)
    else:
        expect_version(place, version)
    place.postcode = said.postcode
    place.outside_of = None if said.postcode or said.abroad else circles.mark
    place.abroad = said.abroad
    place.known_by, place.note = said.known_by, said.note
    place.said_by_id, place.said_at = actor.person_id, clock.now()
    session.flush()
    told = {"known_by": said.known_by.value, "outside": said.postcode is None, "abroad": said.abroad}
    _note(session, actor, payee, "placed", **told)
    return place


def take_place_back(session: Session, actor: Actor, payee: Payee, *, version: int | None) -> None:
    """Say nothing of where somebody is any more. Raises `Conflict` where that was changed meanwhile."""
    hold(session, payee)
    place = place_said(session, payee)
    if place is None:
        raise Conflict("taken back already")
    expect_version(place, version)
    session.delete(place)
    _note(session, actor, payee, "place_taken_back")


def _note(session: Session, actor: Actor, payee: Payee, event: str, **identifiers: Any) -> None:
    about = ("spend_payee", payee.id)
    journal.record(session, actor, f"spend.{event}", about, organisation=payee.organisation_id, **identifiers)
