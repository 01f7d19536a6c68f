"""From a cookie's token to the person who is signed in and the grants they hold today."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask_login import UserMixin
from sqlalchemy import Date, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person, RoleGrant, SignIn
from portal.db import clock
from portal.law.calendar import london_date
from portal.policy import PORTAL, Actor, Grant, Scope, ScopeKind

SIGN_IN_LASTS = timedelta(hours=12)


_sign_in, _person, _grant = SignIn.__table__.c, Person.__table__.c, RoleGrant.__table__.c
_SCOPE_KEY = func.coalesce(_grant.organisation_id, _grant.challenge_id)
_TODAY = bindparam("today", type_=Date)
_GRANT_HOLDS = and_(
    _grant.ended_at.is_(None),
    or_(_grant.starts_on.is_(None), _grant.starts_on <= _TODAY),
    or_(_grant.ends_on.is_(None), _grant.ends_on >= _TODAY),
)

# Built once, on the tables: every page of a signed-in person begins with it.
_SIGNED_IN = (
    select(_sign_in.id, _person.id, _person.name, _grant.role, _grant.scope_kind, _SCOPE_KEY)
    .join_from(SignIn.__table__, Person.__table__, _person.id == _sign_in.person_id)
    .outerjoin(RoleGrant.__table__, and_(_grant.person_id == _person.id, _GRANT_HOLDS))
    .where(
        _sign_in.token_digest == bindparam("digest"),
        _sign_in.ended_at.is_(None),
        _sign_in.expires_at > bindparam("now"),
        _person.removed_at.is_(None),
    )
    .order_by(_grant.id)
)
_GRANTS = (
    select(_grant.role, _grant.scope_kind, _SCOPE_KEY)
    .where(_grant.person_id == bindparam("person"), _GRANT_HOLDS)
    .order_by(_grant.id)
)


class SignedIn(UserMixin):
    """What Flask-Login keeps of a signed-in person: the token of the sign-in, never the person's id."""

    def __init__(self, token: str, sign_in_id: int, actor: Actor) -> None:
        self.token = token
        self.sign_in_id = sign_in_id
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
    given = {"digest": token_digest(token), "now": clock.now(), "today": london_date(clock.now())}
    rows = session.execute(_SIGNED_IN, given).all()
    if not rows:
        return None
    sign_in_id, person_id, name, *_first_grant = rows[0]
    return SignedIn(token, sign_in_id, Actor(person_id, name, _grants(row[3:] for row in rows if row.role)))


def actor_of(session: Session, person: Person) -> Actor:
    """A person with the grants that hold today."""
    rows = session.execute(_GRANTS, {"person": person.id, "today": london_date(clock.now())})
    return Actor(person.id, person.name, _grants(rows))


def _grants(rows: Iterable[Any]) -> tuple[Grant, ...]:
    return tuple(Grant(role, PORTAL if kind is ScopeKind.PORTAL else Scope(kind, key)) for role, kind, key in rows)
