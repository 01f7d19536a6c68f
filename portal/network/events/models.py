"""The tables of events. docs/decisions/meet-the-buyer.md says why its times are not the support's."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, random_reference
from portal.organisations.models import Organisation
from portal.policy import Scope

MOST_TIMES = 40
"""Times one buyer can put on offer at an event."""


class BuyerEvent(Base):
    """A day on which firms meet buyers. `called_off_at`: it does not take place."""

    __tablename__ = "buyer_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    host_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    about: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(400))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    called_off_at: Mapped[datetime | None]

    host: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class BuyerTime(Base):
    """A time with one buyer, free until a firm books it. Firms book one time with each buyer of a body, none twice."""

    __tablename__ = "buyer_time"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 120", name="minutes"),
        CheckConstraint("(firm_id IS NULL) = (booked_at IS NULL)", name="booked"),
        UniqueConstraint("event_id", "firm_id", "starts_at"),
        UniqueConstraint("event_id", "body_id", "buyer", "starts_at"),
        Index("ix_buyer_time_event", "event_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("buyer_event.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    buyer: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    offered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    booked_at: Mapped[datetime | None]
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    event: Mapped[BuyerEvent] = relationship(lazy="raise_on_sql")
    body: Mapped[Organisation] = relationship(foreign_keys=[body_id], lazy="raise_on_sql")
    firm: Mapped[Organisation | None] = relationship(foreign_keys=[firm_id], lazy="raise_on_sql")

    @property
    def ends_at(self) -> datetime:
        """When the next may begin."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def scopes(self) -> frozenset[Scope]:
        """The body's whose buyer it is."""
        return self.body.scopes()
