"""Design thinking: who was met, what users need, and the question it is boiled down to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Versioned


class EngagementSession(Versioned, Base):
    """A meeting with the directorate's people: who came and what was learnt."""

    __tablename__ = "engagement_session"
    __table_args__ = (CheckConstraint("people_count > 0", name="somebody_came"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(160))
    who_came: Mapped[str] = mapped_column(Text)
    people_count: Mapped[int]
    learnt: Mapped[str] = mapped_column(Text)


class UserNeed(Versioned, Base):
    """What somebody needs, and how we know."""

    __tablename__ = "user_need"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    who: Mapped[str] = mapped_column(String(160))
    need: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text, default="")


class HowMightWe(Versioned, Base):
    """A “How might we …?” question; one of them is chosen."""

    __tablename__ = "how_might_we"
    __table_args__ = (Index("ix_how_might_we_challenge", "challenge_id", "chosen_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    text: Mapped[str] = mapped_column(Text)
    chosen_at: Mapped[datetime | None]
