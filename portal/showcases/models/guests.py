"""Who was asked to come and see, and what they said: never a score."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class ShowcaseGuest(Base):
    """A stakeholder, investor or other body's person who was invited by e-mail."""

    __tablename__ = "showcase_guest"
    __table_args__ = (UniqueConstraint("event_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("showcase_event.id"))
    email: Mapped[str] = mapped_column(String(254))
    invited_at: Mapped[datetime]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class GuestFeedback(Base):
    """What a guest said about one prototype; with `wants_to_talk` the firm gets the guest's name and address."""

    __tablename__ = "guest_feedback"
    __table_args__ = (
        UniqueConstraint("appearance_id", "person_id"),
        CheckConstraint("text <> '' OR wants_to_talk", name="says_something"),
        Index("ix_guest_feedback_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    appearance_id: Mapped[int] = mapped_column(ForeignKey("appearance.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text, default="")
    wants_to_talk: Mapped[bool] = mapped_column(default=False)
    given_at: Mapped[datetime]
