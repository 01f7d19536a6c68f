"""What stands around the sections of a case: money from elsewhere, and what could go wrong."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.business_cases.pathway import Level
from portal.db import Base, Choice, Pence


class CaseContribution(Base):
    """Money that somebody else puts in, on the case's VAT basis; `agreed` once they have said yes in writing."""

    __tablename__ = "case_contribution"
    __table_args__ = (CheckConstraint("amount_pence > 0", name="something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("business_case.id"), index=True)
    source: Mapped[str] = mapped_column(String(200))
    amount_pence: Mapped[Pence]
    agreed: Mapped[bool]


class CaseRisk(Base):
    """Something that could go wrong, and what is done about it and by whom."""

    __tablename__ = "case_risk"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("business_case.id"), index=True)
    what: Mapped[str] = mapped_column(Text)
    likelihood: Mapped[Level] = mapped_column(Choice(Level, name="likelihood"))
    impact: Mapped[Level] = mapped_column(Choice(Level, name="impact"))
    answer: Mapped[str] = mapped_column(Text)

    @property
    def level(self) -> Level:
        """How much it matters: likely and bad is high, unlikely or slight is low."""
        return Level.of(self.likelihood, self.impact)
