"""What needs a network coordinator: challenges in the region that do not move."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from portal.db import clock
from portal.home import region
from portal.home.needs import Need
from portal.law.calendar import london_date
from portal.policy import Actor, Permission
from portal.web.addresses import address


def needs(session: Session, actor: Actor) -> Iterator[Need]:
    """Ask the authority how it is going, the longest waiting first."""
    if not actor.where(Permission.NETWORK_SEE):
        return
    now = clock.now()
    for row in region.longest_resting(session, now):
        said = f"Ask {row.lead}: {region.why(row.standing, row.decision_on, london_date(now)).lower()}"
        yield Need(said, row.title, address("challenges.page", row.reference), waiting_since=row.since)
