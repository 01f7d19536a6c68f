"""The tables of assessment. All of them hang below responses that have been opened."""

import json
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from portal.accounts.models import Person, RoleGrant
from portal.assessment.allocation import Skill
from portal.assessment.pathway import ASSESSED_IN, ASSIGNMENT
from portal.challenges.models import Challenge, ConflictDeclaration, Criterion, Round
from portal.db import Base, Choice, Stateful, Versioned, random_reference
from portal.policy import Scope, ScopeKind
from portal.responses.models import Response, ResponseMember

OPEN_SHEETS = ("assigned", "scoring")
"""The states in which a sheet is neither locked nor stood down from."""

ELIGIBLE = ("opened", "chosen", "not_chosen", "partner")
"""The states of responses that were opened and found eligible."""

_STATES = ", ".join(f"'{name}'" for name in ASSIGNMENT.names)


class Practice(Versioned, Base):
    """What a round's panel reads and does before its first real sheet: a briefing, and an answer to try scoring on.

    `answer` is invented, to the question of `criterion_id`; `score` and `why` are what it is worth and the reasons,
    shown to an assessor once they have tried. Without an answer there is only the briefing.
    """

    __tablename__ = "practice"
    __table_args__ = (
        CheckConstraint("score BETWEEN 0 AND 10", name="score"),
        CheckConstraint("answer = '' OR (criterion_id IS NOT NULL AND score IS NOT NULL)", name="whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), unique=True)
    briefing: Mapped[str] = mapped_column(Text, default="")
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"))
    answer: Mapped[str] = mapped_column(Text, default="")
    score: Mapped[int | None]
    why: Mapped[str] = mapped_column(Text, default="")

    criterion: Mapped[Criterion | None] = relationship(lazy="joined")


class PanelMember(Base):
    """Somebody who assesses in a round, until stood down.

    `confidential_at` is when they had read the briefing and promised confidentiality; `practised_at` when they gave
    the practice answer a score, which counts for nothing. Who `judges_price` reads the price's envelope and no other
    part of a response. `limits` is canonical JSON of what somebody can judge, where that is not everything:
    {"criteria": [<id>, …], "lots": [<id>, …]}, either left out where it is all of them. The keys are no foreign keys,
    because a brief may still change while a panel is there; one that leads nowhere can be judged by nobody.
    """

    __tablename__ = "panel_member"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    stood_down_at: Mapped[datetime | None]
    stood_down_reason: Mapped[str] = mapped_column(Text, default="")
    confidential_at: Mapped[datetime | None]
    practised_at: Mapped[datetime | None]
    practice_score: Mapped[int | None]
    practice_comment: Mapped[str] = mapped_column(Text, default="")
    judges_price: Mapped[bool] = mapped_column(default=False)
    limits: Mapped[str] = mapped_column(Text, default="")

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise_on_sql")
    round: Mapped[Round] = relationship(lazy="raise_on_sql")

    @property
    def skill(self) -> Skill:
        """What this member can judge; of a price's envelope, all of it."""
        said = json.loads(self.limits or "{}")
        criteria, lots = (None if said.get(key) is None else frozenset(said[key]) for key in ("criteria", "lots"))
        return Skill(None if self.judges_price else criteria, lots)

    def scopes(self) -> frozenset[Scope]:
        """The challenge's; the round must be loaded with it."""
        return self.round.challenge.scopes()


class Assignment(Stateful, Base):
    """One assessor's sheet on one response; `words` is how much there is to read, counted when it was given.

    `code` is what the response is called where it is read blind: the same for everybody, and found nowhere else.
    A sheet on the `price` holds the price's envelope and nothing else, and no other sheet holds that.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("state NOT IN ('scoring', 'locked') OR declared_at IS NOT NULL", name="declared"),
        CheckConstraint("state <> 'locked' OR locked_at IS NOT NULL", name="locked"),
        UniqueConstraint("response_id", "person_id"),
        Index("ix_assignment_round_state", "round_id", "state"),
        Index("ix_assignment_person_state", "person_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    code: Mapped[str] = mapped_column(String(8), default="")
    price: Mapped[bool] = mapped_column(default=False)
    assigned_at: Mapped[datetime]
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    words: Mapped[int] = mapped_column(default=0)
    declared_at: Mapped[datetime | None]
    conflict: Mapped[str] = mapped_column(Text, default="")
    locked_at: Mapped[datetime | None]
    reopen_reason: Mapped[str] = mapped_column(Text, default="")

    challenge: Mapped[Challenge] = relationship()
    round: Mapped[Round] = relationship()
    response: Mapped[Response] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise_on_sql")

    def scopes(self) -> frozenset[Scope]:
        """The challenge's."""
        return self.challenge.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.challenge

    @property
    def being_assessed(self) -> bool:
        """Whether the challenge stands where this round's responses are judged."""
        return self.challenge.state == ASSESSED_IN[self.round.kind.value]

    def unscored(self, session: Session) -> list[str]:
        """The names of the criteria that lack a score or a comment, in their order."""
        done = select(Score.criterion_id).where(
            Score.assignment_id == self.id, Score.value.is_not(None), Score.comment != ""
        )
        wanted = (
            select(Criterion.name)
            .join(SheetCriterion, SheetCriterion.criterion_id == Criterion.id)
            .where(SheetCriterion.assignment_id == self.id, Criterion.id.not_in(done))
        )
        return list(session.scalars(wanted.order_by(Criterion.position)))

    def unprepared(self, session: Session) -> list[str]:
        """What its assessor still has to do before the first response is opened to them."""
        member = session.scalars(
            select(PanelMember).where(PanelMember.round_id == self.round_id, PanelMember.person_id == self.person_id)
        ).first()
        practice = session.scalars(
            select(Practice.id).where(Practice.round_id == self.round_id, Practice.answer != "")
        ).first()
        promised = member is not None and member.confidential_at is not None
        practised = practice is None or (member is not None and member.practised_at is not None)
        missing = (("Promise confidentiality.", promised), ("Score the practice answer.", practised))
        return [sentence for sentence, done in missing if not done]

    def answered_by_a_firm_of_its_assessor(self, session: Session) -> bool:
        """Whether the assessor answers for a firm that stands behind any opened response of the round."""
        firms = select(ResponseMember.organisation_id).join(Response, Response.id == ResponseMember.response_id)
        theirs = select(RoleGrant.id).where(
            RoleGrant.person_id == self.person_id,
            RoleGrant.scope_kind == ScopeKind.SUPPLIER,
            RoleGrant.ended_at.is_(None),
            RoleGrant.organisation_id.in_(firms.where(Response.round_id == self.round_id)),
        )
        return session.scalars(theirs.limit(1)).first() is not None

    def assessor_is_conflicted(self, session: Session) -> bool:
        """Whether the assessor declared a conflict on the challenge as a whole."""
        declared = select(ConflictDeclaration.id).where(
            ConflictDeclaration.challenge_id == self.challenge_id,
            ConflictDeclaration.person_id == self.person_id,
            ConflictDeclaration.conflicted,
        )
        return session.scalars(declared).first() is not None

    def compared(self, session: Session) -> bool:
        """Whether the round's scores have been opened for comparison."""
        opened = select(ScoresOpened.id).where(ScoresOpened.round_id == self.round_id)
        return session.scalars(opened).first() is not None

    def followed_by_prices(self, session: Session) -> bool:
        """Whether prices have been opened since, which only a sheet on something else has to come before."""
        opened = select(PricesOpened.id).where(PricesOpened.round_id == self.round_id)
        return not self.price and session.scalars(opened).first() is not None

    def quality_unlocked(self, session: Session) -> bool:
        """Whether somebody still judges anything but the price in the round of a sheet on the price."""
        waiting = (
            select(Assignment.id)
            .join(Response, Response.id == Assignment.response_id)
            .where(
                Assignment.round_id == self.round_id,
                ~Assignment.price,
                Assignment.state.in_(OPEN_SHEETS),
                Response.state.in_(ELIGIBLE),
            )
        )
        return self.price and session.scalars(waiting.limit(1)).first() is not None


class SheetCriterion(Base):
    """A criterion that a sheet asks its assessor to score: fixed when it was given."""

    __tablename__ = "sheet_criterion"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True, index=True)


class Score(Versioned, Base):
    """What one assessor gives one criterion, and why; either may still be missing while the sheet is open."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("assignment_id", "criterion_id"),
        CheckConstraint("value BETWEEN 0 AND 10", name="value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    value: Mapped[int | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime]


class ScoresOpened(Base):
    """An officer opened all locked sheets of a round together; from then on none can be reopened."""

    __tablename__ = "scores_opened"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), unique=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class PricesOpened(Base):
    """An officer opened the price's envelope to those who judge it; from then on no other sheet can be reopened."""

    __tablename__ = "prices_opened"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), unique=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Moderation(Base):
    """What a panel's meeting agreed on one criterion of one response; the latest counts, none is overwritten.

    `before` is canonical JSON of the sheets' scores as they lay on the table: {"<assignment id>": value}. Where the
    sheets have changed since, the agreement is stale and counts no more.
    """

    __tablename__ = "moderation"
    __table_args__ = (
        CheckConstraint("after BETWEEN 0 AND 10", name="after"),
        Index("ix_moderation_response", "response_id", "criterion_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Decision(Enum):
    """What became of a response."""

    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    INELIGIBLE = "ineligible"

    @property
    def label(self) -> str:
        """The decision in words."""
        return self.value.replace("_", " ").capitalize()


class Outcome(Versioned, Base):
    """What is decided of a response, and what its firm is told.

    `total` is the weighted total in hundredths of a per cent (7250 is 72.5%), None where nothing was scored.
    `departure` says why the ranking was not followed; `message` is said to the firm beside the criteria's feedback.
    """

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint("total BETWEEN 0 AND 10000", name="total"),
        CheckConstraint("rank >= 1", name="rank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    decision: Mapped[Decision] = mapped_column(Choice(Decision))
    rank: Mapped[int | None]
    total: Mapped[int | None]
    meets_minimum: Mapped[bool] = mapped_column(default=False)
    departure: Mapped[str] = mapped_column(Text, default="")
    message: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime | None]
    fell_out_at: Mapped[datetime | None]

    response: Mapped[Response] = relationship(lazy="raise_on_sql")
    feedback: Mapped[list["OutcomeFeedback"]] = relationship(
        lazy="selectin", order_by="OutcomeFeedback.position", cascade="all, delete-orphan"
    )

    def scopes(self) -> frozenset[Scope]:
        """Those of the response, whose firms may read it once it is sent."""
        return self.response.scopes()


class OutcomeFeedback(Base):
    """The agreed score of one criterion, in hundredths of a point, and its explanation for the firm."""

    __tablename__ = "outcome_feedback"
    __table_args__ = (UniqueConstraint("outcome_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    position: Mapped[int]
    score_hundredths: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="")

    criterion: Mapped[Criterion] = relationship(lazy="joined", innerjoin=True)
