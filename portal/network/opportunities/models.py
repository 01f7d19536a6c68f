"""The tables of cards and answers."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Choice, random_reference
from portal.law.calendar import london_date
from portal.law.words import Worded
from portal.organisations.models import Organisation
from portal.policy import Scope


class CardKind(Worded):
    """What is new."""

    FIRM = ("firm", "A new firm")
    PRODUCT = ("product", "A new product or service")
    SOCIAL = ("social", "A new social enterprise, charity or co-operative")


class OpportunityCard(Base):
    """Somebody of a body speaks for something new, until `expires_at`; then the card is gone by the clock.

    `sponsor` is the name that bodies ask for; `made_by_id` hears of answers.
    """

    __tablename__ = "opportunity_card"
    __table_args__ = (
        CheckConstraint("expires_at > made_at", name="lasts"),
        CheckConstraint("title <> '' AND sponsor <> ''", name="named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[CardKind] = mapped_column(Choice(CardKind))
    title: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(Text)
    good: Mapped[str] = mapped_column(Text)
    sponsor: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime] = mapped_column(index=True)

    body: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    answers: Mapped[list["CardAnswer"]] = relationship(order_by="CardAnswer.id", lazy="raise_on_sql")

    @property
    def last_day(self) -> date:
        """The last day on which it is shown; it expires with its end, at midnight in London."""
        return london_date(self.expires_at - timedelta(seconds=1))


class CardAnswer(Base):
    """What a body answers; one that declines says why. It may think again while the card lasts."""

    __tablename__ = "card_answer"
    __table_args__ = (
        UniqueConstraint("card_id", "organisation_id"),
        CheckConstraint("nurtures OR reason <> ''", name="declined_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("opportunity_card.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    nurtures: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    def scopes(self) -> frozenset[Scope]:
        """The body's that answered."""
        return self.organisation.scopes()
