"""The table of what was published as open data."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class PublishedRelease(Base):
    """One release of the Open Contracting Data Standard, as it was published with its event; never changed.

    `number` counts the releases of one challenge, `tags` names what happened (comma-separated codes of the standard),
    `content` is the whole release as JSON, and its keys are in the order in which people read them.
    """

    __tablename__ = "published_release"
    __table_args__ = (UniqueConstraint("challenge_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    number: Mapped[int]
    release_id: Mapped[str] = mapped_column(String(80), unique=True)
    tags: Mapped[str] = mapped_column(String(120))
    published_at: Mapped[datetime]
    content: Mapped[str] = mapped_column(Text)
