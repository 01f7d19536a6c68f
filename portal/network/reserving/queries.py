"""Finding reservations, and what may be reserved for a challenge."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.challenges import standing
from portal.challenges.beside import Beside
from portal.challenges.models import Challenge
from portal.challenges.queries import inside
from portal.law import reservations
from portal.network.options import NetworkOption, is_on
from portal.network.reserving.models import Reservation
from portal.policy import Actor, Permission


def reservation_of(session: Session, challenge: Challenge) -> Reservation | None:
    """What is reserved of a challenge."""
    return session.scalars(select(Reservation).where(Reservation.challenge_id == challenge.id)).first()


def reservable(session: Session, actor: Actor, reference: str) -> Challenge | None:
    """A challenge whose lead has the option on; and one that is reserved, so that this can always be taken back."""
    found = inside(session, actor, reference)
    if found is None or not (found.reserved or is_on(session, found.lead_id, NetworkOption.INNOVATIVE_PROCUREMENT)):
        return None
    return found


def choice_for(session: Session, challenge: Challenge) -> reservations.Choice:
    """What the law leaves open for this challenge at its value, on the day its procurement begins."""
    return reservations.choice(
        standing.lead_kind(session, challenge),
        challenge.contract_kind,
        standing.value_of(challenge),
        standing.begins_on(challenge),
    )


def helps(session: Session, challenge: Challenge) -> Iterable[Beside]:
    """The wizard, beside the brief."""
    if challenge.reserved or is_on(session, challenge.lead_id, NetworkOption.INNOVATIVE_PROCUREMENT):
        yield Beside(
            "reserving.page",
            "Reserve it for some firms",
            "What the law lets you keep to local firms, small firms or social enterprises, with the words for it.",
            Permission.CHALLENGE_PROCURE,
        )
