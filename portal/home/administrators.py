"""What needs those who look after a body: people who ask to join it."""

from collections.abc import Iterator

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.home.needs import Need
from portal.organisations.models import JoinRequest, Organisation
from portal.policy import Actor, Permission

MOST = 60


def needs(session: Session, actor: Actor) -> Iterator[Need]:
    """Requests to join that this person can decide."""
    bodies = actor.ids(Permission.SUPPLIER_MANAGE) | actor.ids(Permission.AUTHORITY_MANAGE)
    if not bodies:
        return
    asked = session.execute(
        select(Person.name, Organisation.name, Organisation.reference, JoinRequest.asked_at)
        .join(JoinRequest, JoinRequest.person_id == Person.id)
        .join(Organisation, Organisation.id == JoinRequest.organisation_id)
        .where(JoinRequest.organisation_id.in_(bodies), JoinRequest.decided_at.is_(None))
        .order_by(JoinRequest.asked_at, JoinRequest.id)
        .limit(MOST)
    )
    for person, body, reference, since in asked:
        href = url_for("organisations.manage", reference=reference)
        yield Need(f"Decide whether {person} may join", body, href, waiting_since=since)
