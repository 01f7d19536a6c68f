"""The brief in its sections, the deal in one box, and the numbered versions that were published."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Pence, Versioned


class BriefSection(Versioned, Base):
    """One section of the brief: what was typed, what is shown, and which cleaner made it."""

    __tablename__ = "brief_section"
    __table_args__ = (UniqueConstraint("challenge_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    key: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(Text)
    source_format: Mapped[str] = mapped_column(String(10), default="markdown")
    html: Mapped[str] = mapped_column(Text)
    cleaner_version: Mapped[int]


class MustHave(Base):
    """Something a solution must do, as one plain sentence."""

    __tablename__ = "must_have"
    __table_args__ = (UniqueConstraint("challenge_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class Deal(Versioned, Base):
    """The deal in one box: what a firm gives, what it gets, who keeps what."""

    __tablename__ = "deal"
    __table_args__ = (CheckConstraint("go_on_count > 0", name="somebody_goes_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), unique=True)
    go_on_count: Mapped[int | None]
    decision_on: Mapped[date | None]
    intellectual_property: Mapped[str] = mapped_column(Text, default="")
    if_unfunded: Mapped[str] = mapped_column(Text, default="")

    stages: Mapped[list["DealStage"]] = relationship(
        lazy="selectin", order_by="DealStage.stage", cascade="all, delete-orphan"
    )


class DealStage(Base):
    """What one stage asks of a firm in hours and pays in pence (0: unpaid, and it says so)."""

    __tablename__ = "deal_stage"
    __table_args__ = (
        UniqueConstraint("deal_id", "stage"),
        CheckConstraint("pays_pence >= 0 AND hours >= 0", name="not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    stage: Mapped[int]
    pays_pence: Mapped[Pence] = mapped_column(default=0)
    hours: Mapped[int] = mapped_column(default=0)


class BriefVersion(Base):
    """A published brief as it stood: canonical JSON of everything firms were told, and why it changed."""

    __tablename__ = "brief_version"
    __table_args__ = (UniqueConstraint("challenge_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    number: Mapped[int]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))


class Amendment(Versioned, Base):
    """What an officer proposes to change in a released brief; published as a whole, and gone once it is.

    `proposal` is canonical JSON: the parts of the brief that would change, each with its new value.
    `deadline_kept` says that the deadline was looked at again and left as it is.
    """

    __tablename__ = "amendment"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), unique=True)
    proposal: Mapped[str] = mapped_column(Text)
    deadline_kept: Mapped[bool] = mapped_column(default=False)
    began_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    began_at: Mapped[datetime]
