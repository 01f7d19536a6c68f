"""The table of benefits that were seen."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Pence


class SeenBenefit(Base):
    """A benefit somebody saw: on which day, how one can tell, and in whole pence where it can be put in money.

    What was promised is not copied: it stands in the business case and, for social value, in the firm's own answer;
    pages show it from there. `criterion_id`: the criterion that asked for it as social value; None for other benefits.
    """

    __tablename__ = "seen_benefit"
    __table_args__ = (CheckConstraint("money_pence IS NULL OR money_pence >= 0", name="money"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"), index=True)
    seen_on: Mapped[date]
    what: Mapped[str] = mapped_column(String(400))
    money_pence: Mapped[Pence | None]
    evidence: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
