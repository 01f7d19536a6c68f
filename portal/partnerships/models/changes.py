"""The tables of changes of contract."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Choice, Pence, Stateful, Versioned, random_reference
from portal.law.modifications import ModificationGround, OptionTerms
from portal.partnerships.models.contract import Partnership, Phase, Target
from portal.partnerships.pathway import CHANGE
from portal.policy import Scope

_STATES = ", ".join(f"'{name}'" for name in CHANGE.names)


class ContractChange(Stateful, Versioned, Base):
    """A proposed change of one contract, with the figures of each phase it touches before and after.

    Value and last day are of the phases together; the purchase option's own terms stand beside them in `option`.

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
    added: Mapped["AddedPhase | None"] = relationship(lazy="selectin", cascade="all, delete-orphan")
    option: Mapped["OptionChange | None"] = relationship(lazy="selectin", cascade="all, delete-orphan")

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


class AddedPhase(Base):
    """A phase that a change adds after the last one; it becomes one of the contract's when the change takes effect."""

    __tablename__ = "contract_change_phase"
    __table_args__ = (
        CheckConstraint("payment_pence >= 0", name="payment"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("contract_change.id"), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    payment_pence: Mapped[Pence]

    targets: Mapped[list["AddedTarget"]] = relationship(
        lazy="selectin", order_by="AddedTarget.number", cascade="all, delete-orphan"
    )

    def as_phase(self, number: int, at: datetime) -> Phase:
        """The phase of the contract it becomes."""
        targets = [Target(number=each.number, text=each.text, measure=each.measure) for each in self.targets]
        figures = {"starts_on": self.starts_on, "ends_on": self.ends_on, "payment_pence": self.payment_pence}
        return Phase(number=number, title=self.title, state="planned", state_since=at, targets=targets, **figures)


class AddedTarget(Base):
    """What an added phase must reach, and how that is measured."""

    __tablename__ = "contract_change_target"
    __table_args__ = (UniqueConstraint("added_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    added_id: Mapped[int] = mapped_column(ForeignKey("contract_change_phase.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(200))
    measure: Mapped[str] = mapped_column(String(200))


class OptionChange(Base):
    """The terms of the purchase option before a change and after it."""

    __tablename__ = "contract_change_option"
    __table_args__ = (CheckConstraint("maximum_before >= 0 AND maximum_after > 0", name="money"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("contract_change.id"), unique=True)
    level_before: Mapped[str] = mapped_column(Text)
    level_after: Mapped[str] = mapped_column(Text)
    maximum_before: Mapped[Pence]
    maximum_after: Mapped[Pence]
    expires_before: Mapped[date]
    expires_after: Mapped[date]

    @property
    def before(self) -> OptionTerms:
        """The terms it found."""
        return OptionTerms(self.level_before, self.maximum_before, self.expires_before)

    @property
    def after(self) -> OptionTerms:
        """The terms it sets."""
        return OptionTerms(self.level_after, self.maximum_after, self.expires_after)
