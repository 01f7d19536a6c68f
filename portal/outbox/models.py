"""The outbox's table: parameters only, rendered when sent, so that no sealed text ever waits in it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class OutboxMessage(Base):
    """One message to one address, at least once. A worker leases it, so that two never send it side by side."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint("(to_person_id IS NULL) <> (to_address IS NULL)", name="one_recipient"),
        Index("ix_outbox_message_waiting", "sent_at", "given_up_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    to_person_id: Mapped[int | None] = mapped_column(index=True)
    to_address: Mapped[str | None] = mapped_column(String(254))
    parameters: Mapped[str] = mapped_column(Text)
    once_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_fault: Mapped[str | None] = mapped_column(String(200))
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
