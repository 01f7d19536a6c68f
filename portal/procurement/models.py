"""The legal dates of every challenge, kept so that the register and the reminders can ask for them by day."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.challenges.models import Challenge
from portal.db import Base


class LegalDate(Base):
    """One date whose day is known, as the calendar of its challenge reckoned it last.

    `key` is that of its rule (`portal.law.dates`), `number` tells apart dates of one rule. `asks` says that somebody
    must do something by then, `notice` that it is to publish a notice, `met` that it is done. `done_on` is what an
    officer recorded of a duty that leaves no trace in the portal. Reminders are noted where they were queued.
    """

    __tablename__ = "legal_date"
    __table_args__ = (
        UniqueConstraint("challenge_id", "key", "number"),
        Index("ix_legal_date_next", "challenge_id", "met", "day"),
        Index("ix_legal_date_remind", "met", "reminded_at", "remind_on"),
        Index("ix_legal_date_overdue", "met", "asks", "overdue_told_at", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    key: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    day: Mapped[date]
    asks: Mapped[bool]
    notice: Mapped[bool]
    met: Mapped[bool]
    remind_on: Mapped[date]
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reminded_at: Mapped[datetime | None]
    overdue_told_at: Mapped[datetime | None]

    challenge: Mapped[Challenge] = relationship(lazy="raise_on_sql")
