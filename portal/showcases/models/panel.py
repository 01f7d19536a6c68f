"""The panel's seats and scores, and the solutions that were chosen."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.challenges.models import Criterion
from portal.db import Base, Versioned
from portal.showcases.models.event import ShowcaseEvent


class PanelSeat(Versioned, Base):
    """Somebody who judges prototypes: first declares conflicts, then scores alone, then locks.

    `version` grows with every score saved, so that two tabs cannot overwrite one another.
    """

    __tablename__ = "panel_seat"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        CheckConstraint("(conflicted IS NULL) = (declared_at IS NULL)", name="declared"),
        CheckConstraint("locked_at IS NULL OR conflicted IS FALSE", name="unconflicted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("showcase_event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    named_at: Mapped[datetime]
    conflicted: Mapped[bool | None]
    conflict_detail: Mapped[str] = mapped_column(Text, default="")
    declared_at: Mapped[datetime | None]
    scored_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]

    event: Mapped[ShowcaseEvent] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise_on_sql")

    @property
    def judges(self) -> bool:
        """Whether this seat's scores are waited for: it does not once a conflict was declared."""
        return not self.conflicted


class PanelScore(Base):
    """One panel member's score of one prototype on one criterion, and why; nobody else reads it before all lock."""

    __tablename__ = "panel_score"
    __table_args__ = (
        UniqueConstraint("seat_id", "appearance_id", "criterion_id"),
        CheckConstraint("score BETWEEN 0 AND 10", name="score"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("panel_seat.id"))
    appearance_id: Mapped[int] = mapped_column(ForeignKey("appearance.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    score: Mapped[int]
    comment: Mapped[str] = mapped_column(Text, default="")

    criterion: Mapped[Criterion] = relationship(lazy="raise_on_sql")


class PanelChange(Base):
    """One change of one score as a device sent it, under the key the device gave it: what arrives twice is kept once.

    The greatest `sequence` of a mark is the newest; an older change that arrives late is noted and not `taken`. A
    locked sheet's late changes leave no row at all.
    """

    __tablename__ = "panel_change"
    __table_args__ = (
        UniqueConstraint("seat_id", "key"),
        CheckConstraint("sequence >= 1", name="counted"),
        Index("ix_panel_change_mark", "seat_id", "appearance_id", "criterion_id", "sequence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("panel_seat.id"))
    appearance_id: Mapped[int] = mapped_column(ForeignKey("appearance.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    key: Mapped[str] = mapped_column(String(36))
    sequence: Mapped[int]
    taken: Mapped[bool]
    received_at: Mapped[datetime]


class SolutionChoice(Base):
    """A solution that goes on to the business case, and why this one."""

    __tablename__ = "solution_choice"
    __table_args__ = (UniqueConstraint("challenge_id", "response_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"))
    reason: Mapped[str] = mapped_column(Text)
    chosen_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    chosen_at: Mapped[datetime]
