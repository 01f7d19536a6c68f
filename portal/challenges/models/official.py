"""The table of official notices about a challenge and the official process they belong to."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class OfficialNotice(Base):
    """A notice on an official platform about a challenge: `ocid` names the process there, `number` the notice.

    `code` is the notice's own (UK4), empty where the platform gives none; `address` is its web page, empty where we
    know none. The challenge's identifier in our own open data is another and begins otherwise.
    """

    __tablename__ = "official_notice"
    __table_args__ = (UniqueConstraint("challenge_id", "ocid", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    ocid: Mapped[str] = mapped_column(String(100), index=True)
    number: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(10), default="")
    title: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(500), default="")
    published_at: Mapped[datetime]
    linked_at: Mapped[datetime]
