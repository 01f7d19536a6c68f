"""The tables of changes of contract."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Choice, Pence, Stateful, Versioned, random_reference
from portal.law.modifications import ModificationGround
from portal.partnerships.models.contract import Partnership, Phase
from portal.partnerships.pathway import CHANGE
from portal.policy import Scope

_STATES = ", ".join(f"'{name}'" for name in CHANGE.names)


class ContractChange(Stateful, Versioned, Base):
    """A proposed change of one contract, with the figures of each phase it touches before and after.

    `number` counts the changes of a challenge, so that each has a notice of its own. `substantial`, `rules_apply` and
    `notice_due` are what the law made of it when it was proposed; `waits` says that the authority chose a voluntary
    standstill after the notice.
    """

    __tablename__ = "contract_change"
    __table_args__ = (
        UniqueConstraint("challenge_id", "number"),
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("state NOT IN ('agreed', 'in_force', 'refused') OR decided_at IS NOT NULL", name="decided"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("state <> 'in_force' OR in_force_at IS NOT NULL", name="in_force"),
        CheckConstraint(
            "state <> 'in_force' OR NOT notice_due OR notice_published_at IS NOT NULL", name="notice_first"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    why: Mapped[str] = mapped_column(Text)
    value_before: Mapped[Pence]
    value_after: Mapped[Pence]
    ends_before: Mapped[date]
    ends_after: Mapped[date]
    scope_changes: Mapped[bool]
    favours_firm: Mapped[bool]
    rules_apply: Mapped[bool]
    substantial: Mapped[bool]
    ground: Mapped[ModificationGround] = mapped_column(Choice(ModificationGround))
    ground_reason: Mapped[str] = mapped_column(Text, default="")
    notice_due: Mapped[bool]
    waits: Mapped[bool] = mapped_column(default=False)
    notice_published_at: Mapped[datetime | None]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    in_force_at: Mapped[datetime | None]

    partnership: Mapped[Partnership] = relationship(back_populates="changes")
    lines: Mapped[list["ChangeLine"]] = relationship(
        lazy="selectin", order_by="ChangeLine.id", cascade="all, delete-orphan"
    )

    def scopes(self) -> frozenset[Scope]:
        """The partnership's."""
        return self.partnership.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.partnership.challenge


class ChangeLine(Base):
    """One phase a change touches: its last day and its payment, before and after."""

    __tablename__ = "contract_change_line"
    __table_args__ = (
        UniqueConstraint("change_id", "phase_id"),
        CheckConstraint("payment_before >= 0 AND payment_after >= 0", name="payment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("contract_change.id"))
    phase_id: Mapped[int] = mapped_column(ForeignKey("phase.id"))
    ends_on_before: Mapped[date]
    ends_on_after: Mapped[date]
    payment_before: Mapped[Pence]
    payment_after: Mapped[Pence]

    phase: Mapped[Phase] = relationship(lazy="joined", innerjoin=True)
