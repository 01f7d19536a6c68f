"""The tables of matching: who was told of what, what people look for, and which mails they want."""

from datetime import datetime
from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Choice


class Telling(Base):
    """A firm was told of a challenge, once. It excludes nobody: whoever was not told may answer as well."""

    __tablename__ = "telling"
    __table_args__ = (UniqueConstraint("challenge_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    told_at: Mapped[datetime]
    told_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Digest(Enum):
    """How often somebody wants a list of new challenges that fit."""

    NONE = "none"
    DAILY = "daily"
    WEEKLY = "weekly"

    @property
    def label(self) -> str:
        """The choice in words."""
        return {"none": "Never", "daily": "Every day there is something new", "weekly": "On Mondays"}[self.value]


class MailChoice(Base):
    """Which mails somebody wants of those they may do without. Without a row: told by officers, and no digest."""

    __tablename__ = "mail_choice"
    __table_args__ = (CheckConstraint("(digest = 'none') = (next_digest_at IS NULL)", name="due"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    told: Mapped[bool] = mapped_column(default=True)
    digest: Mapped[Digest] = mapped_column(Choice(Digest), default=Digest.NONE)
    digest_since: Mapped[datetime | None]
    next_digest_at: Mapped[datetime | None] = mapped_column(index=True)


class SavedSearch(Base):
    """Words somebody looks for among new challenges."""

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("person_id", "words"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(String(200))
    saved_at: Mapped[datetime]
