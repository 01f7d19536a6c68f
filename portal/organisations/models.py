"""Organisations and their directorates. One organisation can be authority, supplier and partner at once."""

from datetime import datetime
from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base, Choice, Pence, Versioned, random_reference
from portal.law.thresholds import AuthorityKind
from portal.policy import PORTAL, Scope, ScopeKind


class SupplierKind(Enum):
    """How a supplier is set up; sole traders have no company number and need none."""

    COMPANY = "company"
    SOLE_TRADER = "sole_trader"
    SOCIAL_ENTERPRISE = "social_enterprise"
    CHARITY = "charity"
    CO_OPERATIVE = "co_operative"

    @property
    def label(self) -> str:
        """The kind in words."""
        return self.value.replace("_", "-" if self is SupplierKind.CO_OPERATIVE else " ").capitalize()


class Organisation(Versioned, Base):
    """A body of the region. `headcount` is stored and size labels are derived from it.

    `second_decider_from_pence`: from this amount on, VAT included, two people of an authority decide on money.
    `ppon` is its number on the Central Digital Platform (PXXX-0000-XXXX).
    `provisional`: somebody began a response with no more than an address and has not said yet who they are.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("is_authority OR is_supplier OR is_partner", name="is_something"),
        CheckConstraint("NOT is_authority OR authority_kind IS NOT NULL", name="authority_has_kind"),
        CheckConstraint("NOT is_supplier OR supplier_kind IS NOT NULL", name="supplier_has_kind"),
        CheckConstraint("company_number IS NULL OR length(company_number) = 8", name="company_number"),
        CheckConstraint("headcount IS NULL OR headcount >= 0", name="headcount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    name: Mapped[str] = mapped_column(String(200), index=True)
    code: Mapped[str | None] = mapped_column(String(6), unique=True)
    is_authority: Mapped[bool] = mapped_column(default=False)
    is_supplier: Mapped[bool] = mapped_column(default=False)
    is_partner: Mapped[bool] = mapped_column(default=False)
    provisional: Mapped[bool] = mapped_column(default=False)
    authority_kind: Mapped[AuthorityKind | None] = mapped_column(Choice(AuthorityKind))
    supplier_kind: Mapped[SupplierKind | None] = mapped_column(Choice(SupplierKind))
    company_number: Mapped[str | None] = mapped_column(String(8), index=True)
    ppon: Mapped[str | None] = mapped_column(String(14))
    second_decider_from_pence: Mapped[Pence | None]
    postcode: Mapped[str | None] = mapped_column(String(8))
    headcount: Mapped[int | None]
    summary: Mapped[str] = mapped_column(Text, default="")
    colour: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime]

    directorates: Mapped[list["Directorate"]] = relationship(
        back_populates="organisation", order_by="Directorate.name", lazy="raise_on_sql"
    )

    def sides(self) -> tuple[Scope, ...]:
        """What this body is, each side a scope in which roles are held."""
        is_what = {
            ScopeKind.AUTHORITY: self.is_authority,
            ScopeKind.SUPPLIER: self.is_supplier,
            ScopeKind.PARTNER: self.is_partner,
        }
        return tuple(Scope(kind, self.id) for kind, holds in is_what.items() if holds)

    def scopes(self) -> frozenset[Scope]:
        """Where rights over this body are held: its own sides, and the portal."""
        return frozenset({*self.sides(), PORTAL})


class FirmProfile(Versioned, Base):
    """What a supplier says of itself beyond its `summary`, once, for every use.

    `shown_at`: since when it agrees to be shown in the public register and to buyers who look for firms; None: not.
    """

    __tablename__ = "firm_profile"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True, autoincrement=False)
    developed: Mapped[str] = mapped_column(Text, default="")
    proof: Mapped[str] = mapped_column(Text, default="")
    interests: Mapped[str] = mapped_column(Text, default="")
    social_impact: Mapped[str] = mapped_column(Text, default="")
    shown_at: Mapped[datetime | None] = mapped_column(index=True)


class Directorate(Base):
    """A part of an authority that owns problems."""

    __tablename__ = "directorate"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))

    organisation: Mapped[Organisation] = relationship(back_populates="directorates", lazy="raise_on_sql")


class JoinRequest(Base):
    """Somebody with an account asks to join a supplier; its administrator decides."""

    __tablename__ = "join_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    accepted: Mapped[bool | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise_on_sql")
