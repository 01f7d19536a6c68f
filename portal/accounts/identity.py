"""From a cookie's token to the person who is signed in and the grants they hold today."""

import hashlib
import secrets
from datetime import timedelta

from flask_login import UserMixin
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person, RoleGrant, SignIn
from portal.db import clock
from portal.law.calendar import london_date
from portal.policy import PORTAL, Actor, Grant, Scope, ScopeKind

SIGN_IN_LASTS = timedelta(hours=12)


class SignedIn(UserMixin):
    """What Flask-Login keeps of a signed-in person: the token of the sign-in, never the person's id."""

    def __init__(self, token: str, sign_in: SignIn, actor: Actor) -> None:
        self.token = token
        self.sign_in_id = sign_in.id
        self.person_id = sign_in.person_id
        self.name = sign_in.person.name
        self.actor = actor

    def get_id(self) -> str:
        """The token that goes into the signed cookie."""
        return self.token


def token_digest(token: str) -> str:
    """How a token is kept: only its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin_sign_in(session: Session, person: Person, agent: str = "") -> str:
    """Open a sign-in for a person who has proved who they are, and answer its token."""
    token, now = secrets.token_urlsafe(32), clock.now()
    session.add(
        SignIn(
            person_id=person.id,
            token_digest=token_digest(token),
            began_at=now,
            expires_at=now + SIGN_IN_LASTS,
            agent=agent[:200],
        )
    )
    return token


def signed_in_by(session: Session, token: str) -> SignedIn | None:
    """The person whose living sign-in this token opens; None once it has ended, expired, or they were removed."""
    sign_in = session.scalars(
        select(SignIn)
        .join(SignIn.person)
        .where(
            SignIn.token_digest == token_digest(token),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > clock.now(),
            Person.removed_at.is_(None),
        )
    ).first()
    if sign_in is None:
        return None
    return SignedIn(token, sign_in, actor_of(session, sign_in.person))


def actor_of(session: Session, person: Person) -> Actor:
    """A person with the grants that hold today."""
    today = london_date(clock.now())
    rows = session.execute(
        select(RoleGrant.role, RoleGrant.scope_kind, RoleGrant.organisation_id, RoleGrant.challenge_id)
        .where(
            RoleGrant.person_id == person.id,
            RoleGrant.ended_at.is_(None),
            or_(RoleGrant.starts_on.is_(None), RoleGrant.starts_on <= today),
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today),
        )
        .order_by(RoleGrant.id)
    )
    grants = tuple(Grant(role, _scope(kind, body or challenge)) for role, kind, body, challenge in rows)
    return Actor(person.id, person.name, grants)


def _scope(kind: ScopeKind, key: int | None) -> Scope:
    return PORTAL if kind is ScopeKind.PORTAL else Scope(kind, key)
