"""The table of debriefs. Each belongs to an outcome that was sent, so that its response was opened long before."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.assessment.models import Outcome
from portal.db import Base, Stateful, random_reference
from portal.debriefs.pathway import DEBRIEF
from portal.policy import Scope
from portal.responses.models import Response

_STATES = ", ".join(f"'{name}'" for name in DEBRIEF.names)


class Debrief(Stateful, Base):
    """What the firms behind a response want to know of their outcome, and how they are told; one for each outcome."""

    __tablename__ = "debrief"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("state NOT IN ('arranged', 'held') OR takes_place_at IS NOT NULL", name="arranged"),
        CheckConstraint("state <> 'answered' OR answer <> ''", name="answered"),
        CheckConstraint("(state IN ('answered', 'held', 'withdrawn')) = (closed_at IS NOT NULL)", name="closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"), unique=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), index=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    wants: Mapped[str] = mapped_column(Text)
    prefers: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    takes_place_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(400), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    outcome: Mapped[Outcome] = relationship(lazy="raise_on_sql")
    response: Mapped[Response] = relationship(lazy="raise_on_sql")

    def scopes(self) -> frozenset[Scope]:
        """The challenge's, and the firms behind the response."""
        return self.response.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.response.challenge
