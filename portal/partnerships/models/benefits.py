"""The table of benefits that were seen."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Pence, Stateful, random_reference
from portal.partnerships.models.contract import Partnership
from portal.partnerships.pathway.benefit import BENEFIT
from portal.policy import Scope

_STATES = ", ".join(f"'{name}'" for name in BENEFIT.names)


class SeenBenefit(Stateful, Base):
    """A benefit somebody saw: on which day, how one can tell, and in whole pence where it can be put in money.

    What was promised is not copied: it stands in the business case and, for social value, in the firm's own answer;
    pages show it from there. `criterion_id`: the criterion that asked for it as social value; None for other benefits.
    `from_firm`: the firm reported it, and it counts once the authority confirms. `shown_to_firm`: the firm reads it;
    always so of what it reported itself.
    """

    __tablename__ = "seen_benefit"
    __table_args__ = (
        CheckConstraint("money_pence IS NULL OR money_pence >= 0", name="money"),
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("shown_to_firm OR NOT from_firm", name="firm_sees_its_own"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"), index=True)
    seen_on: Mapped[date]
    what: Mapped[str] = mapped_column(String(400))
    money_pence: Mapped[Pence | None]
    evidence: Mapped[str] = mapped_column(Text)
    from_firm: Mapped[bool] = mapped_column(default=False)
    shown_to_firm: Mapped[bool] = mapped_column(default=False)
    end_reason: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    partnership: Mapped[Partnership] = relationship()

    def scopes(self) -> frozenset[Scope]:
        """The partnership's: no other partner's firm has a part in it."""
        return self.partnership.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.partnership.challenge
