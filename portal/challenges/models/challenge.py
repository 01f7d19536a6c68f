"""The challenge itself: its standing, its bodies and people, and what its release is in law."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, and_, column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.challenges.pathway import NOBODY_MOVES, ChallengeState, Pathway
from portal.db import Base, Choice, Pence, Stateful, Versioned
from portal.law.money import Vat
from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind
from portal.organisations.models import Directorate, Organisation
from portal.policy import Scope, ScopeKind

_STATES = ", ".join(f"'{state}'" for state in ChallengeState)
_MOVING = and_(column("released_at").is_not(None), column("state", String).not_in(NOBODY_MOVES))
"""A statement must say the same with the states written into it, for SQLite to read from the index."""


class Part(Enum):
    """What a body is to a challenge. The lead's kind sets the thresholds."""

    LEAD = "lead"
    JOINT = "joint"
    SUPPORT = "support"


_SCOPE_OF_PART = {
    Part.LEAD: ScopeKind.AUTHORITY,
    Part.JOINT: ScopeKind.AUTHORITY,
    Part.SUPPORT: ScopeKind.PARTNER,
}


def scopes_of(challenge_id: int, lead_id: int, parties: Iterable[tuple[Part, int]]) -> frozenset[Scope]:
    """Where rights over a challenge are held: its authorities, its supporting partners, and itself."""
    held = {Scope(_SCOPE_OF_PART[part], organisation_id) for part, organisation_id in parties}
    return frozenset(held | {Scope(ScopeKind.AUTHORITY, lead_id), Scope(ScopeKind.CHALLENGE, challenge_id)})


class Challenge(Stateful, Versioned, Base):
    """A problem on its way to a partnership.

    `reference` is readable and public (EV-2026-014). Values are whole pence on the basis that `vat` names;
    thresholds compare the sum of estimate, options and payments to participants including VAT
    (Procurement Act 2023 s.4 and Schedule 3). `reserved`: what the brief says of a reservation; empty where anybody may
    answer.
    """

    __tablename__ = "challenge"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint(
            "state NOT IN ('open', 'assessment', 'support', 'showcase', 'tender', 'tender_assessment', 'award', "
            "'activated') OR released_at IS NOT NULL",
            name="released",
        ),
        CheckConstraint("state <> 'activated' OR activated_at IS NOT NULL", name="activated"),
        CheckConstraint("pathway = 'showcase' OR state NOT IN ('support', 'showcase')", name="direct_states"),
        CheckConstraint(
            "estimated_pence >= 0 AND option_pence >= 0 AND participant_pence >= 0",
            name="values_not_negative",
        ),
        Index("ix_challenge_released", "released_at", "id"),
        Index("ix_challenge_state_released", "state", "released_at", "id", "theme", "lead_id"),
        Index("ix_challenge_lead_released", "lead_id", "released_at", "id", "theme"),
        Index("ix_challenge_lead_waiting", "lead_id", "state_since", "id", "state"),
        Index("ix_challenge_theme_released", "theme", "released_at", "id", "lead_id"),
        Index("ix_challenge_moving", "state_since", "id", sqlite_where=_MOVING, postgresql_where=_MOVING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    pathway: Mapped[Pathway] = mapped_column(Choice(Pathway))
    title: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(String(400), default="")
    theme: Mapped[str] = mapped_column(String(60), default="")
    lead_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    directorate_id: Mapped[int | None] = mapped_column(ForeignKey("directorate.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    sponsor_name: Mapped[str] = mapped_column(String(120), default="")
    sponsor_title: Mapped[str] = mapped_column(String(120), default="")
    sponsor_email: Mapped[str] = mapped_column(String(254), default="")

    release_kind: Mapped[ReleaseKind | None] = mapped_column(Choice(ReleaseKind))
    contract_kind: Mapped[ContractKind | None] = mapped_column(Choice(ContractKind))
    vat: Mapped[Vat] = mapped_column(Choice(Vat), default=Vat.INCLUSIVE)
    estimated_pence: Mapped[Pence | None]
    option_pence: Mapped[Pence] = mapped_column(default=0)
    participant_pence: Mapped[Pence] = mapped_column(default=0)
    advertised: Mapped[bool] = mapped_column(default=True)
    purchase_announced: Mapped[bool] = mapped_column(default=False)
    market_gap: Mapped[str] = mapped_column(Text, default="")
    route_reason: Mapped[str] = mapped_column(Text, default="")
    lots_reason: Mapped[str] = mapped_column(Text, default="")
    reserved: Mapped[str] = mapped_column(Text, default="")
    conflicts_assessed_at: Mapped[datetime | None]
    conflicts_assessed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    conflicts_note: Mapped[str] = mapped_column(Text, default="")
    sponsor_interests: Mapped[str] = mapped_column(Text, default="")

    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    activated_at: Mapped[datetime | None]
    brief_number: Mapped[int] = mapped_column(default=0)
    end_reason: Mapped[str] = mapped_column(Text, default="")
    imported_from: Mapped[str | None] = mapped_column(String(120), unique=True)
    imported_digest: Mapped[str | None] = mapped_column(String(64))
    import_note: Mapped[str] = mapped_column(Text, default="")

    lead: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    directorate: Mapped[Directorate | None] = relationship(lazy="raise_on_sql")
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id], lazy="raise_on_sql")
    parties: Mapped[list["ChallengeParty"]] = relationship(lazy="selectin", order_by="ChallengeParty.id")

    def scopes(self) -> frozenset[Scope]:
        """Where rights over this challenge are held."""
        return scopes_of(self.id, self.lead_id, ((each.part, each.organisation_id) for each in self.parties))

    def root(self) -> Any:
        """The challenge locks itself first."""
        return self


class ChallengeParty(Base):
    """A body's part in a challenge: lead, joint authority, or partner that gives support."""

    __tablename__ = "challenge_party"
    __table_args__ = (
        UniqueConstraint("challenge_id", "organisation_id", "part"),
        Index("ix_challenge_party_organisation", "organisation_id", "part", "challenge_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    part: Mapped[Part] = mapped_column(Choice(Part))

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class ChallengeAuthor(Base):
    """Somebody who wrote on the brief, and so may never release it."""

    __tablename__ = "challenge_author"

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class LinkKind(Enum):
    """How one challenge came from another."""

    COPY = "copy"
    MERGE = "merge"
    SPLIT = "split"
    RUN_AGAIN = "run_again"


class ChallengeLink(Base):
    """`later` came from `earlier`; shown on both."""

    __tablename__ = "challenge_link"
    __table_args__ = (UniqueConstraint("earlier_id", "later_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    earlier_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    later_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    kind: Mapped[LinkKind] = mapped_column(Choice(LinkKind))


class ConflictDeclaration(Base):
    """What somebody who influences the challenge said of their interests (Procurement Act 2023 ss.81–83)."""

    __tablename__ = "conflict_declaration"
    __table_args__ = (UniqueConstraint("challenge_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    capacity: Mapped[str] = mapped_column(String(60))
    conflicted: Mapped[bool]
    detail: Mapped[str] = mapped_column(Text, default="")
    declared_at: Mapped[datetime]
    review_on: Mapped[date | None]
    mitigation: Mapped[str] = mapped_column(Text, default="")
    mitigated_at: Mapped[datetime | None]


class ConflictReview(Base):
    """An officer's confirmation, before one notice, that conflicts were looked at anew (Procurement Act 2023 s.83).

    `notice` is the notice's code (UK4, UK5, UK7, UK10). A later declaration makes it out of date.
    """

    __tablename__ = "conflict_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    notice: Mapped[str] = mapped_column(String(8))
    confirmed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
