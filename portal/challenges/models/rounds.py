"""Rounds, each with its window, lots, criteria, opening and questions. The challenge has one, a tender another."""

from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.challenges.models.challenge import Challenge
from portal.challenges.pathway import QUESTION
from portal.db import Base, Choice, Stateful, Versioned
from portal.policy import Scope


class RoundKind(Enum):
    """The challenge's own call, or the tender that must follow market engagement."""

    CHALLENGE = "challenge"
    TENDER = "tender"


class ScoringMethod(Enum):
    """How several assessors' scores become one, as published in the brief."""

    MEAN = "mean"
    CONSENSUS = "consensus"


_UNOPENED = column("opened_at").is_(None)


class Round(Versioned, Base):
    """A call for responses: when it opens and closes, and how it will be judged.

    `spread_limit` is the difference between two assessors' scores above which they must meet;
    `minimum_percent` the total below which nobody goes on; `quorum` the locked scores each response needs.
    Where it is `blind`, assessors read responses under codes, without the names of firms.
    `outreach_note` says, where only one firm answered, why enough had been done to reach others.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("challenge_id", "kind"),
        CheckConstraint("questions_until IS NULL OR deadline IS NULL OR questions_until < deadline", name="cut_off"),
        CheckConstraint("quorum >= 1", name="quorum"),
        CheckConstraint("minimum_percent BETWEEN 0 AND 100", name="minimum"),
        Index("ix_round_deadline", "deadline"),
        Index("ix_round_unopened", "deadline", sqlite_where=_UNOPENED, postgresql_where=_UNOPENED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    kind: Mapped[RoundKind] = mapped_column(Choice(RoundKind))
    opens_at: Mapped[datetime | None]
    questions_until: Mapped[datetime | None]
    deadline: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    quorum: Mapped[int] = mapped_column(default=2)
    scoring: Mapped[ScoringMethod] = mapped_column(Choice(ScoringMethod), default=ScoringMethod.MEAN)
    spread_limit: Mapped[int] = mapped_column(default=2)
    minimum_percent: Mapped[int] = mapped_column(default=50)
    blind: Mapped[bool] = mapped_column(default=False)
    outreach_note: Mapped[str] = mapped_column(Text, default="")

    challenge: Mapped[Challenge] = relationship(lazy="raise_on_sql")
    lots: Mapped[list["Lot"]] = relationship(lazy="selectin", order_by="Lot.number", cascade="all, delete-orphan")
    criteria: Mapped[list["Criterion"]] = relationship(
        lazy="raise_on_sql", order_by="Criterion.position", cascade="all, delete-orphan"
    )


class Lot(Base):
    """A part of the need that can be answered by itself; a round with one hides it."""

    __tablename__ = "lot"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(160), default="")
    description: Mapped[str] = mapped_column(Text, default="")


class Criterion(Base):
    """What responses are judged on: a weight in whole points of a hundred, scored from 0 to `max_score`.

    `reason` says why it is asked although the form has its standard questions already; empty for those.
    `by_price`: nobody scores it. The price is a separate envelope, opened when all other scores are locked, and the
    lowest price of the lot gets `max_score`, every other that part of it which the lowest is of its own. Where it is
    `price_judged`, people who read nothing but the price score it instead, by what each score means.

    `social_outcome` is the key of the outcome it asks for (`portal.challenges.social`), empty for every other
    criterion: people score it on what is said, so it is never about the price. `example` is shown to firms beside
    their answer.
    """

    __tablename__ = "criterion"
    __table_args__ = (
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight"),
        CheckConstraint("max_score BETWEEN 1 AND 10", name="max_score"),
        CheckConstraint("by_price OR NOT price_judged", name="price_judged"),
        CheckConstraint("social_outcome = '' OR NOT by_price", name="social_value_has_no_price"),
        Index("ix_criterion_round", "round_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    question: Mapped[str] = mapped_column(Text, default="")
    word_limit: Mapped[int] = mapped_column(default=500)
    weight: Mapped[int]
    max_score: Mapped[int] = mapped_column(default=5)
    reason: Mapped[str] = mapped_column(Text, default="")
    by_price: Mapped[bool] = mapped_column(default=False)
    price_judged: Mapped[bool] = mapped_column(default=False)
    social_outcome: Mapped[str] = mapped_column(String(40), default="")
    example: Mapped[str] = mapped_column(Text, default="")

    descriptors: Mapped[list["ScoreDescriptor"]] = relationship(
        lazy="selectin", order_by="ScoreDescriptor.score", cascade="all, delete-orphan"
    )


class ScoreDescriptor(Base):
    """What a score means, in words an assessor can hold an answer against."""

    __tablename__ = "score_descriptor"
    __table_args__ = (UniqueConstraint("criterion_id", "score"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    score: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class Opening(Base):
    """One of the two people who open the responses, each from their own sign-in and in their own time."""

    __tablename__ = "opening"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class DeadlineChange(Base):
    """One audited act that moved a deadline for everyone, with its reason."""

    __tablename__ = "deadline_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    before: Mapped[datetime]
    after: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    incident: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Incident(Base):
    """A time in which the portal was away while firms could answer. `change_id` is the act that gave it back."""

    __tablename__ = "incident"
    __table_args__ = (CheckConstraint("ended_at > began_at", name="order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    change_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_change.id"))


_QUESTION_STATES = ", ".join(f"'{name}'" for name in QUESTION.names)


class Question(Stateful, Versioned, Base):
    """A question asked privately; its answer goes to everyone, and never says who asked.

    `drafted_by_id` wrote the answer as it stands, `approved_by_id` agreed to it. Questions that ask the same are
    merged into one (`merged_into_id`), and answered with it.
    """

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint(f"state IN ({_QUESTION_STATES})", name="state"),
        CheckConstraint("state <> 'merged' OR merged_into_id IS NOT NULL", name="merged"),
        CheckConstraint("state <> 'withdrawn' OR confidential", name="withdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    confidential: Mapped[bool] = mapped_column(default=False)
    published_text: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"), index=True)

    round: Mapped[Round] = relationship(lazy="raise_on_sql")

    @property
    def sealed(self) -> bool:
        """Where the asker has just acted: the journal then files it under no challenge, which would tell who asked."""
        return self.state in {"agreed", "withdrawn"}

    def scopes(self) -> frozenset[Scope]:
        """The challenge's; `root()` must be loaded."""
        return self.round.challenge.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.round.challenge
