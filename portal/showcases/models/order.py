"""How the running order came about: drawn by lot, adjusted for a reason, swapped between two firms."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Choice
from portal.law.words import Worded
from portal.showcases.models.event import Appearance


class OrderMaker(Worded):
    """What made an order."""

    LOT = ("lot", "Drawn by lot")
    ORGANISER = ("organiser", "Adjusted by the organiser")
    SWAP = ("swap", "Two firms swapped")


class OrderRecord(Base):
    """An order as it was made, the latest being the one that stands; rows are only ever added.

    Of a draw, `seed`, `round` and `drawn_from` (each firm with its constraints, as JSON) are all that is needed to
    draw it again and get the same.
    """

    __tablename__ = "order_record"
    __table_args__ = (
        CheckConstraint("(made_by = 'lot') = (seed <> '')", name="seeded"),
        CheckConstraint("made_by <> 'organiser' OR reason <> ''", name="reasoned"),
        Index("ix_order_record_event", "event_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("showcase_event.id"))
    made_by: Mapped[OrderMaker] = mapped_column(Choice(OrderMaker))
    made_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    names: Mapped[str] = mapped_column(Text)
    seed: Mapped[str] = mapped_column(String(32), default="")
    round: Mapped[int] = mapped_column(default=0)
    drawn_from: Mapped[str] = mapped_column(Text, default="")


class SwapAnswer(Worded):
    """What became of a request to swap turns."""

    WAITING = ("waiting", "Waiting for an answer")
    ACCEPTED = ("accepted", "Accepted")
    DECLINED = ("declined", "Declined")
    WITHDRAWN = ("withdrawn", "Taken back")
    OVERTAKEN = ("overtaken", "The order changed first")


class SlotSwap(Base):
    """One firm asks another for its turn. Neither learns the other's name: they know one another by their times."""

    __tablename__ = "slot_swap"
    __table_args__ = (
        CheckConstraint("asker_id <> asked_id", name="two_firms"),
        CheckConstraint("(answer = 'waiting') = (answered_at IS NULL)", name="answered"),
        Index("ix_slot_swap_event", "event_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("showcase_event.id"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("appearance.id"), index=True)
    asked_id: Mapped[int] = mapped_column(ForeignKey("appearance.id"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    answer: Mapped[SwapAnswer] = mapped_column(Choice(SwapAnswer), default=SwapAnswer.WAITING)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]

    asker: Mapped[Appearance] = relationship(foreign_keys=[asker_id], lazy="raise_on_sql")
    asked: Mapped[Appearance] = relationship(foreign_keys=[asked_id], lazy="raise_on_sql")
