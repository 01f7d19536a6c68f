"""The tables of notices, assessment summaries, claims, and awards begun anew."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.challenges.models import Challenge
from portal.db import Base, Choice, Stateful
from portal.law.notices import NoticeKind
from portal.law.words import Worded
from portal.notices.pathway import NOTICE
from portal.policy import Scope
from portal.responses.models import Response

_STATES = ", ".join(f"'{name}'" for name in NOTICE.names)


class Moment(Worded):
    """The point in a challenge's life at which a notice is due."""

    PLANNING = ("planning", "Early, to tell firms of it (optional)")
    RELEASE = ("release", "Before the challenge is released")
    AMENDMENT = ("amendment", "When what was published changes")
    TENDER = ("tender", "Before tenders are invited")
    ACTIVATION = ("activation", "Before the contract is signed")
    SIGNING = ("signing", "Once the contract is signed")
    CHANGE = ("change", "Before a contract changes")
    RUNNING = ("running", "While a contract runs")
    CONTRACT_END = ("contract_end", "Once a contract has ended")
    ENDING = ("ending", "If this ends without a contract")


class Notice(Stateful, Base):
    """One notice and where it was published.

    `number` tells apart notices of one moment: the version of the brief for an amendment, the number of the award
    before the contract, the contract's number once it is signed or has ended, the change's number, the key of the
    invoice that was paid, a hundred times the contract's number and the year that is assessed; otherwise it is 1.
    `reference` is the official platform's (012345-2026).
    """

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint(
            "state <> 'published' OR (reference IS NOT NULL AND published_at IS NOT NULL)", name="published"
        ),
        CheckConstraint("state <> 'replaced' OR kind = 'UK2'", name="only_engagement_replaced"),
        UniqueConstraint("challenge_id", "moment", "number", "kind"),
        UniqueConstraint("challenge_id", "reference"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    kind: Mapped[NoticeKind] = mapped_column(Choice(NoticeKind))
    moment: Mapped[Moment] = mapped_column(Choice(Moment))
    number: Mapped[int] = mapped_column(default=1)
    reference: Mapped[str | None] = mapped_column(String(30))
    published_at: Mapped[datetime | None]
    reasons: Mapped[str] = mapped_column(Text, default="")
    replaced_at: Mapped[datetime | None]

    challenge: Mapped[Challenge] = relationship()

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be done: published, or lawfully replaced by reasons."""
        return NOTICE[self.state].end

    def scopes(self) -> frozenset[Scope]:
        """The challenge's."""
        return self.challenge.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.challenge


class Reconsideration(Base):
    """An award begun anew: `number` is that of the new award (2, 3 …); the first needs no row."""

    __tablename__ = "reconsideration"
    __table_args__ = (UniqueConstraint("challenge_id", "number"), CheckConstraint("number >= 2", name="not_the_first"))

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime]
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SummaryDispatch(Base):
    """The assessment summaries of one award, sent to every assessed firm at the same moment."""

    __tablename__ = "summary_dispatch"
    __table_args__ = (UniqueConstraint("challenge_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    number: Mapped[int]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Summary(Base):
    """What one firm was sent, word for word (canonical JSON), and its digest; never changed."""

    __tablename__ = "summary"
    __table_args__ = (
        UniqueConstraint("dispatch_id", "response_id"),
        Index("ix_summary_response", "response_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(ForeignKey("summary_dispatch.id"))
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"))
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))

    dispatch: Mapped[SummaryDispatch] = relationship(lazy="joined", innerjoin=True)
    response: Mapped[Response] = relationship(lazy="raise_on_sql")

    def scopes(self) -> frozenset[Scope]:
        """Those of the response it is about."""
        return self.response.scopes()


class ClaimOutcome(Worded):
    """How a claim ended."""

    DISMISSED = ("dismissed", "The court dismissed it, or lifted the suspension")
    WITHDRAWN = ("withdrawn", "It was withdrawn")
    SETTLED = ("settled", "It was settled")
    SUCCEEDED = ("succeeded", "It succeeded: the award must be reconsidered")


class Claim(Base):
    """Notice that legal proceedings have begun about an award; while it is open, nothing may be signed.

    Procurement Act 2023 s.101. One that succeeded keeps blocking the award it was about.
    """

    __tablename__ = "claim"
    __table_args__ = (CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="closed_with_outcome"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    award_number: Mapped[int]
    received_at: Mapped[datetime]
    by_whom: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[ClaimOutcome | None] = mapped_column(Choice(ClaimOutcome))
