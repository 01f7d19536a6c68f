"""Finding people, their sign-ins, and who holds what where."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import LinkPurpose, MailedLink, Person, RoleGrant, SignIn
from portal.db import clock
from portal.law.calendar import london_date
from portal.policy import Actor, Role, Scope, ScopeKind


class Credentials(NamedTuple):
    """What a sign-in is checked against."""

    person_id: int
    password_digest: str | None


def tidy(email: str) -> str:
    """An address as it is kept: without blanks, in small letters."""
    return email.strip().casefold()


def person_at(session: Session, email: str) -> Person | None:
    """The person with this address, unless they were removed."""
    return session.scalars(select(Person).where(Person.email == tidy(email), Person.removed_at.is_(None))).first()


def credentials(session: Session, email: str) -> Credentials | None:
    """What the password given for this address is checked against."""
    person = person_at(session, email)
    return Credentials(person.id, person.password_digest) if person else None


def myself(session: Session, actor: Actor) -> Person | None:
    """The signed-in person's own row, for `access(find=)`."""
    return session.get(Person, actor.person_id) if actor.person_id else None


def sign_ins_of(session: Session, person_id: int) -> Sequence[SignIn]:
    """Where somebody is signed in, the latest first."""
    return session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.expires_at > clock.now())
        .order_by(SignIn.began_at.desc(), SignIn.id.desc())
        .limit(50)
    ).all()


def held_at(scope: Scope) -> ColumnElement[bool]:
    """True of the grants within a scope."""
    within: list[ColumnElement[bool]] = [RoleGrant.scope_kind == scope.kind]
    if scope.kind is ScopeKind.CHALLENGE:
        within.append(RoleGrant.challenge_id == scope.id)
    elif scope.kind is not ScopeKind.PORTAL:
        within.append(RoleGrant.organisation_id == scope.id)
    return within[0] if len(within) == 1 else within[0] & within[1]


def not_over() -> ColumnElement[bool]:
    """True of the grants that hold today or will later."""
    today = london_date(clock.now())
    return RoleGrant.ended_at.is_(None) & or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today)


def grants_within(session: Session, scopes: Sequence[Scope]) -> Sequence[RoleGrant]:
    """Every grant within any of the scopes that is not over, with its person, in the order of names."""
    return session.scalars(
        select(RoleGrant)
        .join(RoleGrant.person)
        .where(or_(*(held_at(scope) for scope in scopes)), not_over(), Person.removed_at.is_(None))
        .options(joinedload(RoleGrant.person))
        .order_by(Person.name, Person.id, RoleGrant.id)
        .limit(500)
    ).all()


def holders(session: Session, role: Role, scope: Scope) -> Sequence[int]:
    """The people who hold a role within a scope, by id."""
    return session.scalars(
        select(RoleGrant.person_id)
        .where(RoleGrant.role == role, held_at(scope), not_over())
        .order_by(RoleGrant.person_id)
        .distinct()
    ).all()


def invitations_to(session: Session, scope: Scope) -> Sequence[MailedLink]:
    """Invitations within a scope that wait for an answer, the latest first."""
    column = MailedLink.challenge_id if scope.kind is ScopeKind.CHALLENGE else MailedLink.organisation_id
    within = column == scope.id if scope.id else MailedLink.role.in_([Role.ADMINISTRATOR, Role.COORDINATOR])
    return session.scalars(
        select(MailedLink)
        .where(
            within,
            MailedLink.purpose == LinkPurpose.INVITE,
            MailedLink.used_at.is_(None),
            MailedLink.withdrawn_at.is_(None),
            MailedLink.expires_at > clock.now(),
        )
        .order_by(MailedLink.made_at.desc(), MailedLink.id.desc())
        .limit(200)
    ).all()
