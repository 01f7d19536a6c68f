"""The case itself: what it asks for, its sections, who wrote it, and what budget holders said of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.business_cases.models.options import CaseOption
from portal.business_cases.models.surroundings import CaseContribution, CaseRisk
from portal.business_cases.pathway import BEING_WRITTEN, CaseState, SectionKey, exceeds, sections_for, vat_words
from portal.challenges.models import Challenge
from portal.db import Base, Choice, Pence, Stateful, Versioned, random_reference
from portal.law.money import Vat, with_vat
from portal.policy import Scope

_STATES = ", ".join(f"'{state}'" for state in CaseState)


class BusinessCase(Stateful, Versioned, Base):
    """What a challenge asks to be paid for. All its figures are whole pence on the one basis that `vat` names.

    `submitted_at` and `decided_at` are of the last time; the journal knows every one.
    """

    __tablename__ = "business_case"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("state = 'draft' OR submitted_at IS NOT NULL", name="submitted"),
        CheckConstraint("state NOT IN ('returned', 'approved', 'rejected') OR decided_at IS NOT NULL", name="decided"),
        CheckConstraint("state NOT IN ('submitted', 'approved') OR amount_pence > 0", name="amount_named"),
        CheckConstraint("amount_pence >= 0", name="amount_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), unique=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    amount_pence: Mapped[Pence | None]
    vat: Mapped[Vat] = mapped_column(Choice(Vat), default=Vat.INCLUSIVE)
    money_source: Mapped[str] = mapped_column(String(200), default="")
    budget_code: Mapped[str] = mapped_column(String(40), default="")
    no_tender_statement: Mapped[bool] = mapped_column(default=False)
    gap_note: Mapped[str] = mapped_column(Text, default="")
    begun_at: Mapped[datetime]
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decision_note: Mapped[str] = mapped_column(Text, default="")

    challenge: Mapped[Challenge] = relationship()  # loaded when asked for: locking the case forgets what it belongs to
    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id], lazy="raise_on_sql")
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id], lazy="raise_on_sql")
    sections: Mapped[list["CaseSection"]] = relationship(lazy="selectin", order_by="CaseSection.id")
    options: Mapped[list[CaseOption]] = relationship(
        lazy="selectin", order_by="CaseOption.id", cascade="all, delete-orphan"
    )
    contributions: Mapped[list[CaseContribution]] = relationship(
        lazy="selectin", order_by="CaseContribution.id", cascade="all, delete-orphan"
    )
    risks: Mapped[list[CaseRisk]] = relationship(lazy="selectin", order_by="CaseRisk.id", cascade="all, delete-orphan")
    authors: Mapped[list["CaseAuthor"]] = relationship(lazy="selectin", order_by="CaseAuthor.person_id")

    def scopes(self) -> frozenset[Scope]:
        """The challenge's, which must be loaded."""
        return self.challenge.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.challenge

    @property
    def amount_with_vat(self) -> int | None:
        """The amount asked for including VAT, which limits and thresholds are held against."""
        return None if self.amount_pence is None else with_vat(self.amount_pence, self.vat)

    def exceeds(self, limit: int | None) -> bool:
        """Whether it asks for more than somebody may decide on, in pence including VAT; None means no limit."""
        return exceeds(self.amount_with_vat, limit)

    @property
    def vat_words(self) -> str:
        """The basis of every figure, inside a sentence."""
        return vat_words(self.vat)

    @property
    def needed(self) -> tuple[SectionKey, ...]:
        """The sections this case needs for its amount."""
        return sections_for(self.amount_with_vat)

    @property
    def editable(self) -> bool:
        """Whether it is still being written, as far as the case itself goes."""
        return self.state in BEING_WRITTEN

    @property
    def preferred(self) -> CaseOption | None:
        """The option that is asked for."""
        return next((option for option in self.options if option.preferred), None)

    @property
    def gap_pence(self) -> int:
        """How much of the preferred option neither this money nor what others have agreed to pays for; 0 for none."""
        if self.preferred is None or self.amount_pence is None:
            return 0
        agreed = sum(each.amount_pence for each in self.contributions if each.agreed)
        return max(self.preferred.total_pence - self.amount_pence - agreed, 0)

    @property
    def worst_first(self) -> list[CaseRisk]:
        """Its risks, those that matter most first."""
        return sorted(self.risks, key=lambda risk: (-risk.level.weight, risk.id))

    def option(self, key: int) -> CaseOption | None:
        """One of its options by its key."""
        return next((option for option in self.options if option.id == key), None)

    def section(self, key: SectionKey) -> "CaseSection | None":
        """What has been written under `key`."""
        return next((section for section in self.sections if section.key is key), None)

    def without_text(self) -> list[SectionKey]:
        """The sections it needs that nobody has written yet."""
        written = {section.key for section in self.sections if section.text}
        return [key for key in self.needed if key not in written]

    def written_by(self, person_id: int | None) -> bool:
        """Whether this person wrote in it, and so may never decide on it."""
        return person_id in {author.person_id for author in self.authors}


class CaseSection(Versioned, Base):
    """One of the five cases, in plain text."""

    __tablename__ = "case_section"
    __table_args__ = (UniqueConstraint("case_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("business_case.id"))
    key: Mapped[SectionKey] = mapped_column(Choice(SectionKey))
    text: Mapped[str] = mapped_column(Text)


class CaseAuthor(Base):
    """Somebody who wrote in the case, and so may never decide on it."""

    __tablename__ = "case_author"

    case_id: Mapped[int] = mapped_column(ForeignKey("business_case.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class CaseComment(Base):
    """What a budget holder wants changed in one section before deciding."""

    __tablename__ = "case_comment"
    __table_args__ = (Index("ix_case_comment_case", "case_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("business_case.id"))
    section: Mapped[SectionKey] = mapped_column(Choice(SectionKey))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    by: Mapped[Person] = relationship(lazy="raise_on_sql")
