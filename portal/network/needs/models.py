"""The table of planned needs."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Choice, Pence, Versioned, random_reference
from portal.law.money import Vat, with_vat
from portal.law.words import Worded
from portal.network.needs.quarters import words_of
from portal.organisations.models import Organisation
from portal.policy import PORTAL, Scope, ScopeKind


class Risk(Worded):
    """What is lost if a supplier fails; the least risky is where new firms begin."""

    LOW = ("low", "Low", "Easily put right or bought elsewhere, such as small works or catering.")
    MEDIUM = ("medium", "Medium", "Would disturb a service for some days.")
    HIGH = ("high", "High", "Would stop a service or put people in danger.")


class Theme(Worded):
    """What a purchase is also meant to change."""

    NONE = ("none", "No theme")
    NET_ZERO = ("net_zero", "Net zero")
    HEALTH = ("health", "Health and care")
    JOBS = ("jobs", "Jobs and skills")
    HOMES = ("homes", "Homes and neighbourhoods")
    DIGITAL = ("digital", "Digital services")


class PlannedNeed(Versioned, Base):
    """Something a body plans to buy in a quarter (`quarter` is its first day).

    `category` is what is bought in plain words, `category_code` its CPV code (eight digits) where it is known.
    `value_pence` on the basis `vat` names; None where nobody has estimated it. `influenceable`: whether the body is
    free to buy it another way, and not bound to a framework. `shared_at`: since when the network's other bodies see it.
    """

    __tablename__ = "planned_need"
    __table_args__ = (
        CheckConstraint("value_pence IS NULL OR value_pence >= 0", name="value"),
        CheckConstraint("category_code IS NULL OR length(category_code) = 8", name="category_code"),
        CheckConstraint("title <> '' AND category <> ''", name="named"),
        Index("ix_planned_need_body", "organisation_id", "quarter"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    title: Mapped[str] = mapped_column(String(160))
    category: Mapped[str] = mapped_column(String(120))
    category_code: Mapped[str | None] = mapped_column(String(8), index=True)
    quarter: Mapped[date] = mapped_column(Date, index=True)
    value_pence: Mapped[Pence | None]
    vat: Mapped[Vat] = mapped_column(Choice(Vat), default=Vat.INCLUSIVE)
    risk: Mapped[Risk] = mapped_column(Choice(Risk))
    influenceable: Mapped[bool] = mapped_column(default=True)
    theme: Mapped[Theme] = mapped_column(Choice(Theme), default=Theme.NONE)
    contract_ends_on: Mapped[date | None] = mapped_column(Date)
    framework_ends_on: Mapped[date | None] = mapped_column(Date)
    notes: Mapped[str] = mapped_column(Text, default="")
    shared_at: Mapped[datetime | None]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    @property
    def with_vat(self) -> int | None:
        """The estimate including VAT, in pence, so that needs of different bases can be added up."""
        return None if self.value_pence is None else with_vat(self.value_pence, self.vat)

    @property
    def quarter_words(self) -> str:
        """The quarter in words."""
        return words_of(self.quarter)

    def scopes(self) -> frozenset[Scope]:
        """Its body's, and the portal's."""
        return frozenset({Scope(ScopeKind.AUTHORITY, self.organisation_id), PORTAL})
