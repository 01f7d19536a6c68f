"""The tables of hands-on support: who was prompted, what is on offer, and what was offered to whom."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.challenges.models import Challenge
from portal.db import Base, Versioned
from portal.organisations.models import Organisation
from portal.policy import Scope, ScopeKind
from portal.responses.models import HelpRequest


class IdlePrompt(Base):
    """A firm was asked, once, whether it wants help with a draft that lay idle. It names no response."""

    __tablename__ = "idle_prompt"
    __table_args__ = (UniqueConstraint("challenge_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    prompted_at: Mapped[datetime]

    challenge: Mapped[Challenge] = relationship(lazy="raise_on_sql")

    def scopes(self) -> frozenset[Scope]:
        """The firm's own side, and nobody's beside it."""
        return frozenset({Scope(ScopeKind.SUPPLIER, self.organisation_id)})


class SupportOffer(Versioned, Base):
    """A kind of help that a body gives to firms: what, for whom, at what cost, and how to ask for it."""

    __tablename__ = "support_offer"
    __table_args__ = (CheckConstraint("name <> '' AND what <> ''", name="said"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    what: Mapped[str] = mapped_column(Text)
    who_for: Mapped[str] = mapped_column(String(300))
    cost: Mapped[str] = mapped_column(String(160))
    contact: Mapped[str] = mapped_column(String(254))
    written_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class HelpGiven(Base):
    """An adviser offered something to a firm that asked: from the directory, or in their own words."""

    __tablename__ = "help_given"
    __table_args__ = (
        CheckConstraint("offer_id IS NOT NULL OR words <> ''", name="said"),
        Index("ix_help_given_request", "request_id", "offered_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("help_request.id"))
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("support_offer.id"))
    words: Mapped[str] = mapped_column(Text, default="")
    offered_at: Mapped[datetime]
    offered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    request: Mapped[HelpRequest] = relationship(lazy="raise_on_sql")
    offer: Mapped[SupportOffer | None] = relationship(lazy="raise_on_sql")
