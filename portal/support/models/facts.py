"""The equal-access ledger's facts: what firms were told of the challenge, and the pack the public gets of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Versioned


class ToldFact(Versioned, Base):
    """Something the challenge team told one firm, which all must be told before any is shown; or told all at once.

    Giving one supplier more than others is the unfair advantage that preliminary market engagement must avoid
    (Procurement Act 2023 s.16(3)). `text` stays with that firm and its team; `public_text` is what all were told.
    Without a `plan_id` no firm heard it before the others.
    """

    __tablename__ = "told_fact"
    __table_args__ = (
        CheckConstraint("told_to_all_at IS NULL OR public_text <> ''", name="told_in_words"),
        CheckConstraint("plan_id IS NOT NULL OR told_to_all_at IS NOT NULL", name="told_somebody"),
        Index("ix_told_fact_challenge", "challenge_id", "told_to_all_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("support_plan.id"), index=True)
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
