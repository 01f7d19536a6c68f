"""The table of invoices."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Choice, Pence, Stateful, Versioned, random_reference
from portal.law.money import Vat
from portal.partnerships.models.contract import Partnership, Phase
from portal.partnerships.pathway import INVOICE
from portal.policy import Scope

_STATES = ", ".join(f"'{name}'" for name in INVOICE.names)


class Invoice(Stateful, Versioned, Base):
    """One invoice under a contract, by the firm's own number, in whole pence on the basis that `vat` names.

    `falls_due_on` is the day the invoice itself names, if it does; `due_on` is the last day on which paying it is in
    time (Procurement Act 2023 s.68), known from the moment it is received.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("partnership_id", "number"),
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("amount_pence > 0 AND (paid_pence IS NULL OR paid_pence > 0)", name="money"),
        CheckConstraint(
            "state NOT IN ('received', 'disputed', 'paid') OR (received_on IS NOT NULL AND due_on IS NOT NULL)",
            name="clock",
        ),
        CheckConstraint("state <> 'disputed' OR disputed_at IS NOT NULL", name="disputed"),
        CheckConstraint("state <> 'paid' OR (paid_on IS NOT NULL AND paid_pence IS NOT NULL)", name="paid"),
        Index("ix_invoice_due", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    phase_id: Mapped[int | None] = mapped_column(ForeignKey("phase.id"))
    number: Mapped[str] = mapped_column(String(60))
    amount_pence: Mapped[Pence]
    vat: Mapped[Vat] = mapped_column(Choice(Vat))
    told_at: Mapped[datetime]
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    received_on: Mapped[date | None]
    falls_due_on: Mapped[date | None]
    due_on: Mapped[date | None]
    disputed_at: Mapped[datetime | None]
    dispute_reason: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None]
    settlement: Mapped[str] = mapped_column(Text, default="")
    paid_on: Mapped[date | None]
    paid_pence: Mapped[Pence | None]
    paid_note: Mapped[str] = mapped_column(Text, default="")
    end_reason: Mapped[str] = mapped_column(Text, default="")

    partnership: Mapped[Partnership] = relationship(back_populates="invoices")
    phase: Mapped[Phase | None] = relationship(lazy="joined")

    def scopes(self) -> frozenset[Scope]:
        """The partnership's: no other partner's firm has a part in it."""
        return self.partnership.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.partnership.challenge
