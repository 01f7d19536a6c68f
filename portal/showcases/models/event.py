"""The event, what each firm shows there, and what that would cost to deploy."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.challenges.models import Challenge
from portal.db import Base, Choice, Pence, Stateful, Versioned, random_reference
from portal.law.money import Vat, with_vat
from portal.policy import Scope
from portal.responses.models import Response
from portal.showcases.pathway import EVENT

_STATES = ", ".join(f"'{name}'" for name in EVENT.names)


class ShowcaseEvent(Stateful, Versioned, Base):
    """The day a challenge's firms show their prototypes; `minutes_each` gives the running order its times.

    `guests_note` says why nobody from outside is asked, where nobody is.
    """

    __tablename__ = "showcase_event"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("place <> '' OR link <> ''", name="somewhere"),
        CheckConstraint("minutes_each BETWEEN 5 AND 240", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), unique=True)
    at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200), default="")
    link: Mapped[str] = mapped_column(String(400), default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    minutes_each: Mapped[int] = mapped_column(default=20)
    guests_note: Mapped[str] = mapped_column(Text, default="")
    cancel_reason: Mapped[str] = mapped_column(Text, default="")

    challenge: Mapped[Challenge] = relationship(lazy="raise_on_sql")

    def scopes(self) -> frozenset[Scope]:
        """The challenge's, which must be loaded."""
        return self.challenge.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.challenge


class Appearance(Versioned, Base):
    """One firm's place in the running order: what it will show, and what it needs for that on the day.

    `setup_minutes` come before its turn; the first firm sets up before the event begins. `needs` is what else.
    """

    __tablename__ = "appearance"
    __table_args__ = (
        CheckConstraint("setup_minutes BETWEEN 0 AND 120", name="setup"),
        CheckConstraint("sockets BETWEEN 0 AND 50 AND screens BETWEEN 0 AND 20", name="demands"),
        Index("ix_appearance_event", "event_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("showcase_event.id"))
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), unique=True)
    position: Mapped[int]
    shows: Mapped[str] = mapped_column(Text, default="")
    needs: Mapped[str] = mapped_column(Text, default="")
    setup_minutes: Mapped[int] = mapped_column(default=0)
    sockets: Mapped[int] = mapped_column(default=0)
    screens: Mapped[int] = mapped_column(default=0)
    network: Mapped[bool] = mapped_column(default=False)

    event: Mapped[ShowcaseEvent] = relationship(lazy="raise_on_sql")
    response: Mapped[Response] = relationship(lazy="raise_on_sql")
    costs: Mapped[list["DeploymentCost"]] = relationship(
        lazy="selectin", order_by="DeploymentCost.id", cascade="all, delete-orphan"
    )
    away: Mapped[list["AwayTime"]] = relationship(
        lazy="selectin", order_by="AwayTime.starts", cascade="all, delete-orphan"
    )

    def scopes(self) -> frozenset[Scope]:
        """The challenge's and the firm's own; `response` and its challenge must be loaded."""
        return self.response.scopes()

    @property
    def total_pence(self) -> int:
        """What deploying it costs over the years named, including VAT."""
        return sum(cost.total_pence for cost in self.costs)


class AwayTime(Base):
    """When a firm cannot show on the day, as London's clocks say; it stays when the event moves to another day."""

    __tablename__ = "away_time"
    __table_args__ = (
        CheckConstraint("starts < ends", name="forward"),
        Index("ix_away_time_appearance", "appearance_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    appearance_id: Mapped[int] = mapped_column(ForeignKey("appearance.id"))
    starts: Mapped[time]
    ends: Mapped[time]


class DeploymentCost(Base):
    """A part of what deploying the prototype would cost: once, and each year for so many years."""

    __tablename__ = "deployment_cost"
    __table_args__ = (
        CheckConstraint("one_off_pence >= 0 AND yearly_pence >= 0", name="not_negative"),
        CheckConstraint("years BETWEEN 1 AND 20", name="years"),
        Index("ix_deployment_cost_appearance", "appearance_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    appearance_id: Mapped[int] = mapped_column(ForeignKey("appearance.id"))
    what: Mapped[str] = mapped_column(String(160))
    one_off_pence: Mapped[Pence]
    yearly_pence: Mapped[Pence]
    years: Mapped[int]
    vat: Mapped[Vat] = mapped_column(Choice(Vat))
    assumptions: Mapped[str] = mapped_column(Text)

    @property
    def total_pence(self) -> int:
        """Once and over all its years, including VAT; each year's VAT is rounded as that year's bill will be."""
        return with_vat(self.one_off_pence, self.vat) + self.years * with_vat(self.yearly_pence, self.vat)
