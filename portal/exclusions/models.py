"""The tables of what chosen firms say before a public contract. The firms' responses were opened long before."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Stateful, Versioned, random_reference
from portal.exclusions.pathway import CHECK
from portal.organisations.models import Organisation
from portal.policy import Scope
from portal.responses.models import Response

_STATES = ", ".join(f"'{name}'" for name in CHECK.names)


class SupplierCheck(Stateful, Versioned, Base):
    """What one firm behind a chosen response says of itself, and what an officer found.

    `share_code` opens a snapshot of the firm's own entry on the Central Digital Platform. `grounds` says which ground
    for exclusion applies and what was done about it.
    """

    __tablename__ = "supplier_check"
    __table_args__ = (
        UniqueConstraint("response_id", "organisation_id"),
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("state NOT IN ('given', 'in_order') OR given_at IS NOT NULL", name="given"),
        CheckConstraint("state <> 'in_order' OR checked_at IS NOT NULL", name="checked"),
        Index("ix_supplier_check_waiting", "organisation_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    asked_at: Mapped[datetime]
    share_code: Mapped[str] = mapped_column(String(8), default="")
    ground_applies: Mapped[bool | None]
    grounds: Mapped[str] = mapped_column(Text, default="")
    debarred: Mapped[bool | None]
    given_at: Mapped[datetime | None]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")

    response: Mapped[Response] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    subcontractors: Mapped[list["Subcontractor"]] = relationship(
        lazy="selectin", order_by="Subcontractor.position", cascade="all, delete-orphan"
    )

    def scopes(self) -> frozenset[Scope]:
        """The challenge's, and the firms behind the response."""
        return self.response.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.response.challenge


class Subcontractor(Base):
    """Somebody who does a part of the work for the firm, and which part."""

    __tablename__ = "subcontractor"
    __table_args__ = (UniqueConstraint("check_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("supplier_check.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    part: Mapped[str] = mapped_column(String(200))
