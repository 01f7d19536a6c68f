"""Support plans, their sessions, what firms were told, and the pack the public gets of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.challenges.models import Challenge
from portal.db import Base, Stateful, Versioned
from portal.policy import Scope
from portal.responses.models import Response
from portal.support.pathway import PLAN

_STATES = ", ".join(f"'{name}'" for name in PLAN.names)


class SupportPlan(Stateful, Versioned, Base):
    """What one chosen firm needs before it can show, who helps it, and what is next.

    `asked_at` is set while the firm waits for help it asked for itself.
    """

    __tablename__ = "support_plan"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("state NOT IN ('under_way', 'ready') OR contacted_at IS NOT NULL", name="contacted"),
        Index("ix_support_plan_challenge_state", "challenge_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    adviser_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    needs: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(String(200), default="")
    next_step_on: Mapped[date | None]
    made_at: Mapped[datetime]
    contacted_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    asked_for: Mapped[str] = mapped_column(Text, default="")
    out_reason: Mapped[str] = mapped_column(Text, default="")

    challenge: Mapped[Challenge] = relationship(lazy="raise_on_sql")
    response: Mapped[Response] = relationship(lazy="raise_on_sql")
    adviser: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    def scopes(self) -> frozenset[Scope]:
        """The challenge's and the firm's own; `response` and its challenge must be loaded."""
        return self.response.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.challenge


class SupportSession(Base):
    """An hour or a day of help: with whom, and what the firm takes away. Firm, adviser and challenge team read it."""

    __tablename__ = "support_session"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 1440", name="minutes"),
        Index("ix_support_session_plan", "plan_id", "held_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("support_plan.id"))
    held_on: Mapped[date]
    minutes: Mapped[int]
    with_whom: Mapped[str] = mapped_column(String(200))
    notes: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


class ToldFact(Versioned, Base):
    """Something the challenge team told one firm, which all must be told before any is shown.

    Giving one supplier more than others is the unfair advantage that preliminary market engagement must avoid
    (Procurement Act 2023 s.16(3)). `text` stays with that firm and its team; `public_text` is what all were told.
    """

    __tablename__ = "told_fact"
    __table_args__ = (
        CheckConstraint("told_to_all_at IS NULL OR public_text <> ''", name="told_in_words"),
        Index("ix_told_fact_challenge", "challenge_id", "told_to_all_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("support_plan.id"), index=True)
    told_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    public_text: Mapped[str] = mapped_column(Text, default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    told_to_all_at: Mapped[datetime | None]
    told_to_all_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SupportPack(Base):
    """The moment from which the facts told to supported firms are public, so that anyone can tender as they can."""

    __tablename__ = "support_pack"

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), primary_key=True)
    published_at: Mapped[datetime]
