"""Support plans, what has to be done by when before a firm can show, and what was written to and fro."""

from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.challenges.models import Challenge
from portal.db import Base, Choice, Stateful, Versioned
from portal.policy import Scope
from portal.responses.models import Response
from portal.support.pathway import PLAN

_STATES = ", ".join(f"'{name}'" for name in PLAN.names)


class SupportPlan(Stateful, Versioned, Base):
    """What one chosen firm needs before it can show, who helps it, and what is next.

    `asked_at` is set while the firm waits for help it asked for itself.
    """

    __tablename__ = "support_plan"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("state NOT IN ('under_way', 'ready') OR contacted_at IS NOT NULL", name="contacted"),
        Index("ix_support_plan_challenge_state", "challenge_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    adviser_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    needs: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(String(200), default="")
    next_step_on: Mapped[date | None]
    made_at: Mapped[datetime]
    contacted_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    asked_for: Mapped[str] = mapped_column(Text, default="")
    out_reason: Mapped[str] = mapped_column(Text, default="")

    challenge: Mapped[Challenge] = relationship(lazy="raise_on_sql")
    response: Mapped[Response] = relationship(lazy="raise_on_sql")
    adviser: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    milestones: Mapped[list["Milestone"]] = relationship(order_by="[Milestone.due_on, Milestone.id]", viewonly=True)

    def scopes(self) -> frozenset[Scope]:
        """The challenge's and the firm's own; `response` and its challenge must be loaded."""
        return self.response.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.challenge


class MilestoneBy(Enum):
    """Whose it is to reach a milestone."""

    FIRM = "firm"
    ADVISER = "adviser"
    TEAM = "team"

    @property
    def label(self) -> str:
        """Who, in words that hold on the firm's page and on the team's."""
        return {"firm": "The firm", "adviser": "The adviser", "team": "The challenge team"}[self.value]


class Milestone(Base):
    """One thing to be done by a day before the firm is ready to show, and who does it."""

    __tablename__ = "support_milestone"
    __table_args__ = (
        CheckConstraint("title <> ''", name="said"),
        Index("ix_support_milestone_plan", "plan_id", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("support_plan.id"))
    title: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    by: Mapped[MilestoneBy] = mapped_column(Choice(MilestoneBy))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class PlanNote(Base):
    """A short note on a plan, from the firm or to it. Firm, adviser and challenge team read the whole thread."""

    __tablename__ = "support_note"
    __table_args__ = (
        CheckConstraint("text <> ''", name="said"),
        Index("ix_support_note_plan", "plan_id", "written_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("support_plan.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    from_firm: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]

    by: Mapped[Person | None] = relationship(lazy="raise_on_sql")
