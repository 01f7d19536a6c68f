"""The tables of what happens on the way, and of what is settled after an end."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Choice, Stateful, Versioned, random_reference
from portal.law.words import Worded
from portal.organisations.models import Organisation
from portal.partnerships.models.contract import Partnership
from portal.partnerships.pathway.event import HAPPENING, EventKind
from portal.policy import Scope

_STATES = ", ".join(f"'{name}'" for name in HAPPENING.names)


class PartnershipEvent(Stateful, Versioned, Base):
    """Something that happened to a partner, with its evidence, what the firm says of it, and what was decided.

    `hear_by` is the moment until which the firm can say what it thinks.
    """

    __tablename__ = "partnership_event"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("state NOT IN ('continued', 'suspended', 'ended') OR decided_at IS NOT NULL", name="decided"),
        CheckConstraint("answered_at IS NULL OR view <> ''", name="answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(Choice(EventKind))
    happened_on: Mapped[date]
    what: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    hear_by: Mapped[datetime]
    view: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str] = mapped_column(Text, default="")

    partnership: Mapped[Partnership] = relationship(back_populates="events")

    def scopes(self) -> frozenset[Scope]:
        """The partnership's."""
        return self.partnership.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.partnership.challenge


class Matter(Worded):
    """What is settled between the two sides after an end, beside the open invoices."""

    PROPERTY = (
        "property",
        "Intellectual property",
        "Who owns and may use what was made so far, as the contract says, and where that is written down.",
    )
    SOURCE_CODE = (
        "source_code",
        "Source code, designs and documents",
        "What was handed over or deposited, where it lies, and who may open it.",
    )
    DATA = ("data", "The authority’s data and equipment", "What was given back or deleted, and how that was proved.")
    SHARE = ("share", "A member’s share", "What each member of the consortium still gets, and who pays it.")


class SettledMatter(Base):
    """One matter that is settled: how, when and who recorded it. A share is the share of one organisation."""

    __tablename__ = "settled_matter"
    __table_args__ = (
        CheckConstraint("(matter = 'share') = (organisation_id IS NOT NULL)", name="whose"),
        Index("uq_settled_matter", "partnership_id", "matter", "organisation_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    matter: Mapped[Matter] = mapped_column(Choice(Matter))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    how: Mapped[str] = mapped_column(Text)
    settled_at: Mapped[datetime]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
