"""What needs those who look after a body: people who ask to join it."""

from collections.abc import Iterator

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.home.needs import Need
from portal.organisations.models import JoinRequest, Organisation
from portal.policy import Actor, Permission
from portal.web.addresses import address
from portal.web.paging import at_most

MOST = 60


_request, _person, _body = JoinRequest.__table__.c, Person.__table__.c, Organisation.__table__.c
_ASKED = (
    select(_person.name, _body.name, _body.reference, _request.asked_at)
    .join_from(JoinRequest.__table__, Person.__table__, _person.id == _request.person_id)
    .join(Organisation.__table__, _body.id == _request.organisation_id)
    .where(_request.organisation_id.in_(bindparam("bodies", expanding=True)), _request.decided_at.is_(None))
    .order_by(_request.asked_at, _request.id)
    .limit(at_most(MOST))
)


def needs(session: Session, actor: Actor) -> Iterator[Need]:
    """Requests to join that this person can decide."""
    bodies = actor.ids(Permission.SUPPLIER_MANAGE) | actor.ids(Permission.AUTHORITY_MANAGE)
    if not bodies:
        return
    for person, body, reference, since in session.execute(_ASKED, {"bodies": sorted(bodies)}):
        href = address("organisations.manage", reference)
        yield Need(f"Decide whether {person} may join", body, href, waiting_since=since)
