"""The table of vouches."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Choice, random_reference
from portal.law.words import Worded
from portal.organisations.models import Organisation
from portal.policy import Scope


class WorkSize(Worded):
    """How large the work was, roughly; the sum itself is nobody else's business."""

    SMALL = ("small", "Under £5,000")
    MIDDLE = ("middle", "£5,000 to £30,000")
    LARGE = ("large", "£30,000 to £100,000")
    LARGEST = ("largest", "More than £100,000")


class OnTime(Worded):
    """Whether it came when it was promised."""

    YES = ("yes", "On time")
    NEARLY = ("nearly", "A little late, and said so")
    NO = ("no", "Late")


class Vouch(Base):
    """A body vouches for a firm. The network sees it while the firm consents and the body stands by it.

    `consents`: None until the firm answers; it may change its mind at any time. `ended_at`: the body took it back.
    """

    __tablename__ = "vouch"
    __table_args__ = (
        CheckConstraint("(consents IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint("body_id <> firm_id", name="another"),
        CheckConstraint("work <> ''", name="said"),
        Index(
            "uq_vouch_standing",
            "body_id",
            "firm_id",
            unique=True,
            sqlite_where=column("ended_at").is_(None),
            postgresql_where=column("ended_at").is_(None),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    work: Mapped[str] = mapped_column(String(200))
    size: Mapped[WorkSize] = mapped_column(Choice(WorkSize))
    on_time: Mapped[OnTime] = mapped_column(Choice(OnTime))
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    consents: Mapped[bool | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    body: Mapped[Organisation] = relationship(foreign_keys=[body_id], lazy="raise_on_sql")
    firm: Mapped[Organisation] = relationship(foreign_keys=[firm_id], lazy="raise_on_sql")

    def scopes(self) -> frozenset[Scope]:
        """The body's and the firm's; which of the two is asked is said by the permission."""
        return self.body.scopes() | self.firm.scopes()
