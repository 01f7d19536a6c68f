"""Finding the bodies of the network."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.organisations.models import Organisation
from portal.organisations.queries import inside as body_inside
from portal.policy import Actor, Permission


def authority_seen(session: Session, actor: Actor, reference: str) -> Organisation | None:
    """An authority for its own people, the network's coordinators and the portal's administrators."""
    if actor.where(Permission.NETWORK_SEE):
        found = session.scalars(select(Organisation).where(Organisation.reference == reference)).first()
    else:
        found = body_inside(session, actor, reference)
    return found if found is not None and found.is_authority else None
