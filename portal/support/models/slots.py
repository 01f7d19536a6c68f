"""Time: whose it is, when it is on offer, and the sessions firms book in it or had without booking.

docs/decisions/support.md says why a booking and a session that was held are one row.
"""

from datetime import date, datetime, timedelta
from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base, Choice, Versioned
from portal.organisations.models import Organisation
from portal.support.models.plans import SupportPlan


class ResourceKind(Enum):
    """What can be booked beside people."""

    ROOM = "room"
    EQUIPMENT = "equipment"


class Resource(Base):
    """A room or a piece of equipment of one body, which firms can book as they book people.

    One that was taken off the list stays for the sessions that were held in it.
    """

    __tablename__ = "support_resource"
    __table_args__ = (CheckConstraint("name <> ''", name="named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[ResourceKind] = mapped_column(Choice(ResourceKind))
    name: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(200), default="")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class Slot(Versioned, Base):
    """A time on offer: a person's or a resource's, for every firm of a challenge or (`plan_id`) for one alone.

    A slot that was withdrawn was never on offer; one that passes without being booked was, and was declined.
    """

    __tablename__ = "support_slot"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (resource_id IS NULL)", name="whose"),
        CheckConstraint("minutes BETWEEN 15 AND 480", name="minutes"),
        Index("ix_support_slot_challenge", "challenge_id", "starts_at"),
        Index("ix_support_slot_person", "person_id", "starts_at"),
        Index("ix_support_slot_resource", "resource_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("support_plan.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("support_resource.id"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(200), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    offered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    offered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id], lazy="joined")
    resource: Mapped[Resource | None] = relationship(lazy="joined")

    @property
    def ends_at(self) -> datetime:
        """When the next may begin."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def whose(self) -> str:
        """The person's or the resource's name."""
        return self.person.name if self.person else self.resource.name if self.resource else ""

    @property
    def looked_after_by(self) -> int | None:
        """Who hears of bookings: the person whose time it is, or whoever offered the room."""
        return self.person_id or self.offered_by_id


class SupportSession(Base):
    """Time a firm booked or had, and what it took away. Firm, adviser and challenge team read it.

    Booked: it has a slot, and is written up (`recorded_at`) once it was held. Otherwise it was held without booking,
    and written up at once. `let_go`: the firm itself cancelled, so that the time still counts as offered to it.
    """

    __tablename__ = "support_session"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 1440", name="minutes"),
        CheckConstraint("slot_id IS NOT NULL OR recorded_at IS NOT NULL", name="booked_or_recorded"),
        CheckConstraint("cancelled_at IS NULL OR slot_id IS NOT NULL", name="cancelled"),
        Index("ix_support_session_plan", "plan_id", "held_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("support_plan.id"))
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("support_slot.id"))
    held_on: Mapped[date]
    minutes: Mapped[int]
    with_whom: Mapped[str] = mapped_column(String(200))
    notes: Mapped[str] = mapped_column(Text, default="")
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    booked_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    let_go: Mapped[bool] = mapped_column(default=False)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime | None]

    plan: Mapped[SupportPlan] = relationship(lazy="raise_on_sql")
    slot: Mapped[Slot | None] = relationship(lazy="raise_on_sql")


# One booking a slot that was not cancelled: what holds even where two firms press at the same moment.
Index(
    "uq_support_session_slot_id",
    SupportSession.slot_id,
    unique=True,
    sqlite_where=SupportSession.cancelled_at.is_(None),
    postgresql_where=SupportSession.cancelled_at.is_(None),
)
