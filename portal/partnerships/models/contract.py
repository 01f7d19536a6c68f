"""The tables of a partnership: the contract with one firm, its phases, and their targets."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.challenges.models import Challenge
from portal.db import Base, Pence, Stateful, Versioned, random_reference
from portal.law.dates import LEAST_MEASURES
from portal.law.modifications import OptionTerms
from portal.organisations.models import Organisation
from portal.partnerships.pathway import PARTNERSHIP, PHASE
from portal.policy import Scope, ScopeKind
from portal.responses.models import Response, ResponseMember

if TYPE_CHECKING:
    from portal.partnerships.models.changes import ContractChange
    from portal.partnerships.models.events import PartnershipEvent, SettledMatter
    from portal.partnerships.models.evidence import EvidenceFile
    from portal.partnerships.models.invoices import Invoice

_STATES = ", ".join(f"'{name}'" for name in PARTNERSHIP.names)
_PHASE_STATES = ", ".join(f"'{name}'" for name in PHASE.names)


class Partnership(Stateful, Versioned, Base):
    """The contract with one chosen firm, from its draft to its close.

    `number` counts the contracts of one challenge. Money is whole pence on the challenge's VAT basis. The purchase
    option says up to which `option_maximum_pence`, and at which level of performance, the finished thing may be
    bought until `option_expires_on`. `ended_at` is when the contract came to its end, whichever it was.
    """

    __tablename__ = "partnership"
    __table_args__ = (
        UniqueConstraint("challenge_id", "number"),
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("value_pence >= 0 AND option_maximum_pence >= 0 AND option_final_pence >= 0", name="money"),
        CheckConstraint(
            "state IN ('prepared', 'set_aside', 'mobilising', 'ended') OR signed_on IS NOT NULL", name="signed"
        ),
        CheckConstraint("state NOT IN ('option_taken', 'option_not_taken') OR option_offered", name="option"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    number: Mapped[int]
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    contract_reference: Mapped[str] = mapped_column(String(60), default="")
    value_pence: Mapped[Pence | None]
    ip_terms: Mapped[str] = mapped_column(Text, default="")
    gate_break_terms: Mapped[str] = mapped_column(Text, default="")
    option_offered: Mapped[bool] = mapped_column(default=False)
    option_level: Mapped[str] = mapped_column(Text, default="")
    option_maximum_pence: Mapped[Pence | None]
    option_expires_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    option_measured: Mapped[str] = mapped_column(Text, default="")
    option_level_met: Mapped[bool | None]
    option_final_pence: Mapped[Pence | None]
    end_reason: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None]
    deployed_on: Mapped[date | None]
    deployed_where: Mapped[str] = mapped_column(Text, default="")
    lessons: Mapped[str] = mapped_column(Text, default="")
    prepared_at: Mapped[datetime]
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    challenge: Mapped[Challenge] = relationship()
    response: Mapped[Response] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    phases: Mapped[list["Phase"]] = relationship(
        lazy="selectin", order_by="Phase.number", cascade="all, delete-orphan", back_populates="partnership"
    )
    invoices: Mapped[list["Invoice"]] = relationship(order_by="Invoice.id", back_populates="partnership")
    changes: Mapped[list["ContractChange"]] = relationship(
        order_by="ContractChange.number", back_populates="partnership"
    )
    events: Mapped[list["PartnershipEvent"]] = relationship(
        order_by="PartnershipEvent.id", back_populates="partnership"
    )
    matters: Mapped[list["SettledMatter"]] = relationship(order_by="SettledMatter.id")
    members: Mapped[list[ResponseMember]] = relationship(
        lazy="selectin",
        primaryjoin="Partnership.response_id == foreign(ResponseMember.response_id)",
        order_by="ResponseMember.id",
        viewonly=True,
    )

    @property
    def option(self) -> OptionTerms | None:
        """The terms on which the finished thing may be bought; None where that is not offered."""
        if not self.option_offered or self.option_maximum_pence is None or self.option_expires_on is None:
            return None
        return OptionTerms(self.option_level, self.option_maximum_pence, self.option_expires_on)

    @property
    def is_measured(self) -> bool:
        """Whether its targets are as many as the measures that a large public contract needs (s.52)."""
        return sum(len(each.targets) for each in self.phases) >= LEAST_MEASURES

    def scopes(self) -> frozenset[Scope]:
        """The challenge's, and the supplier side of the firms behind this contract; no other partner's."""
        firms = {Scope(ScopeKind.SUPPLIER, each.organisation_id) for each in self.members if each.accepted_at}
        return frozenset(self.challenge.scopes() | firms)

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.challenge


class Phase(Stateful, Versioned, Base):
    """A stretch of the work with its own targets, payment and gate.

    `gate_conditions` are those with which it passed; `conditions_met_how` says how one can tell that they were met.
    """

    __tablename__ = "phase"
    __table_args__ = (
        UniqueConstraint("partnership_id", "number"),
        CheckConstraint(f"state IN ({_PHASE_STATES})", name="state"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("payment_pence >= 0", name="payment"),
        CheckConstraint("state <> 'delivered' OR (delivered_at IS NOT NULL AND evidence <> '')", name="delivered"),
        CheckConstraint("conditions_met_at IS NULL OR conditions_met_how <> ''", name="conditions_met"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    payment_pence: Mapped[Pence]
    started_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    evidence: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    gate_reason: Mapped[str] = mapped_column(Text, default="")
    gate_conditions: Mapped[str] = mapped_column(Text, default="")
    conditions_met_at: Mapped[datetime | None]
    conditions_met_how: Mapped[str] = mapped_column(Text, default="")

    partnership: Mapped[Partnership] = relationship(back_populates="phases")
    targets: Mapped[list["Target"]] = relationship(
        lazy="selectin", order_by="Target.number", cascade="all, delete-orphan"
    )
    files: Mapped[list["EvidenceFile"]] = relationship(
        primaryjoin="and_(Phase.id == EvidenceFile.phase_id, EvidenceFile.removed_at.is_(None))",
        order_by="EvidenceFile.id",
        viewonly=True,
    )

    @property
    def conditions_open(self) -> bool:
        """Whether it passed with conditions that nobody has recorded as met."""
        return self.state == "passed" and bool(self.gate_conditions) and self.conditions_met_at is None

    def scopes(self) -> frozenset[Scope]:
        """The partnership's."""
        return self.partnership.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.partnership.challenge


class Target(Base):
    """What a phase must reach and how that is measured; the gate says whether it was met.

    `origin` names what the measure came from, by a key of `thread.origins_of`; empty where nobody has said.
    """

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("phase_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    phase_id: Mapped[int] = mapped_column(ForeignKey("phase.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(200))
    measure: Mapped[str] = mapped_column(String(200))
    met: Mapped[bool | None]
    origin: Mapped[str] = mapped_column(String(40), default="")
