"""People, their sign-ins, their grants and the links mailed to them."""

from datetime import date, datetime
from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Choice, Pence
from portal.policy import Role, ScopeKind


class Person(Base):
    """Somebody with an account. The address is kept casefolded and is theirs alone."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    job_title: Mapped[str] = mapped_column(String(120), default="")
    password_digest: Mapped[str | None] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class SignIn(Base):
    """One signed-in browser. The cookie holds the token, the row only its SHA-256; ending the row ends the sign-in."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    began_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    agent: Mapped[str] = mapped_column(String(200), default="")

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class RoleGrant(Base):
    """A role given to a person within a scope, with dates where it is for a time (a deputy's always is)."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint(
            "(scope_kind = 'portal' AND organisation_id IS NULL AND challenge_id IS NULL)"
            " OR (scope_kind IN ('authority', 'supplier', 'partner')"
            "     AND organisation_id IS NOT NULL AND challenge_id IS NULL)"
            " OR (scope_kind = 'challenge' AND organisation_id IS NULL AND challenge_id IS NOT NULL)",
            name="scope_has_its_object",
        ),
        CheckConstraint("role <> 'deputy' OR (starts_on IS NOT NULL AND ends_on IS NOT NULL)", name="deputy_dates"),
        Index("ix_role_grant_person", "person_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(Choice(Role))
    scope_kind: Mapped[ScopeKind] = mapped_column(Choice(ScopeKind))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenge.id"), index=True)
    limit_pence: Mapped[Pence | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise_on_sql")


class LinkPurpose(Enum):
    """What a mailed link is good for."""

    CONFIRM = "confirm"
    START = "start"
    RESET = "reset"
    INVITE = "invite"


class MailedLink(Base):
    """A link that works once and for a time; neither this row nor the portal's key alone gives its token away."""

    __tablename__ = "mailed_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[LinkPurpose] = mapped_column(Choice(LinkPurpose))
    salt: Mapped[str] = mapped_column(String(64))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role | None] = mapped_column(Choice(Role))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenge.id"))
    place: Mapped[str] = mapped_column(String(200), default="")
    next_path: Mapped[str | None] = mapped_column(String(300))
    limit_pence: Mapped[Pence | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    sent_by: Mapped[Person | None] = relationship(foreign_keys=[sent_by_id], lazy="raise_on_sql")


class Attempt(Base):
    """A throttled act (a sign-in, a reset) within a window, counted by the digest of who tried."""

    __tablename__ = "attempt"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_began_at: Mapped[datetime]
    count: Mapped[int]
