"""The bodies and people that a challenge can name."""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.models import Person, RoleGrant
from portal.challenges.models import Challenge, ChallengeParty
from portal.db import clock
from portal.law.calendar import london_date
from portal.organisations.models import Organisation
from portal.policy import Actor, Permission, Role


def bodies_of(session: Session, challenge: Challenge) -> list[ChallengeParty]:
    """The bodies that take part, the lead first."""
    return list(
        session.scalars(
            select(ChallengeParty)
            .where(ChallengeParty.challenge_id == challenge.id)
            .options(joinedload(ChallengeParty.organisation, innerjoin=True))
            .order_by(ChallengeParty.id)
        )
    )


def bodies_that_could_join(session: Session, challenge: Challenge) -> list[Organisation]:
    """Every authority and support body but the lead."""
    rows = select(Organisation).where(
        or_(Organisation.is_authority, Organisation.is_partner), Organisation.id != challenge.lead_id
    )
    return list(session.scalars(rows.order_by(Organisation.name, Organisation.id)))


def authorities_to_start_in(session: Session, actor: Actor) -> list[Organisation]:
    """The authorities in which somebody may begin a challenge, with their directorates."""
    rows = select(Organisation).where(
        Organisation.is_authority, Organisation.id.in_(sorted(actor.ids(Permission.CHALLENGE_START)))
    )
    loaded = rows.options(selectinload(Organisation.directorates)).order_by(Organisation.name, Organisation.id)
    return list(session.scalars(loaded))


def owners_within(session: Session, authorities: Iterable[Organisation]) -> list[tuple[Person, int]]:
    """Who may own a challenge in these authorities, each with the authority, by name."""
    today = london_date(clock.now())
    rows = session.execute(
        select(Person, RoleGrant.organisation_id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            RoleGrant.role == Role.CHALLENGE_OWNER,
            RoleGrant.organisation_id.in_([body.id for body in authorities]),
            RoleGrant.ended_at.is_(None),
            or_(RoleGrant.starts_on.is_(None), RoleGrant.starts_on <= today),
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today),
            Person.removed_at.is_(None),
        )
        .order_by(Person.name, Person.id)
    )
    return [(person, body) for person, body in rows if body is not None]
