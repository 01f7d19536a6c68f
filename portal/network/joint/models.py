"""The tables of joint proposals."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.challenges.models import Challenge
from portal.db import Base, Stateful, random_reference
from portal.network.joint.pathway import PROPOSAL
from portal.network.needs.models import PlannedNeed
from portal.organisations.models import Organisation
from portal.policy import Scope, ScopeKind

_STATES = ", ".join(f"'{name}'" for name in PROPOSAL.names)

joint_need = Table(
    "joint_need",
    Base.metadata,
    Column("proposal_id", ForeignKey("joint_proposal.id", ondelete="CASCADE"), primary_key=True),
    Column("need_id", ForeignKey("planned_need.id", ondelete="CASCADE"), primary_key=True, index=True),
)
"""Which planned needs a proposal would meet; one that is taken out of its plan falls out here too."""


class JointProposal(Stateful, Base):
    """A body asks others to buy something together, and would lead the challenge."""

    __tablename__ = "joint_proposal"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("state <> 'begun' OR challenge_id IS NOT NULL", name="begun"),
        CheckConstraint("(state = 'proposed') = (closed_at IS NULL)", name="closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    lead_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    why: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenge.id"), unique=True)
    closed_at: Mapped[datetime | None]

    lead: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    challenge: Mapped[Challenge | None] = relationship(lazy="raise_on_sql")
    lots: Mapped[list["JointLot"]] = relationship(order_by="JointLot.number")
    bodies: Mapped[list["JointBody"]] = relationship(order_by="JointBody.id")
    needs: Mapped[list[PlannedNeed]] = relationship(secondary=joint_need, order_by=PlannedNeed.quarter)

    def scopes(self) -> frozenset[Scope]:
        """The lead's."""
        return frozenset({Scope(ScopeKind.AUTHORITY, self.lead_id)})

    def root(self) -> None:
        """It belongs to no challenge yet."""
        return


class JointLot(Base):
    """A part that firms could win by itself."""

    __tablename__ = "joint_lot"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("joint_proposal.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(160))


class JointBody(Base):
    """A body that was asked; `accepts` is None until it answers. A body that declines says why."""

    __tablename__ = "joint_body"
    __table_args__ = (
        UniqueConstraint("proposal_id", "organisation_id"),
        CheckConstraint("(accepts IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint("accepts IS NULL OR accepts OR reason <> ''", name="declined_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("joint_proposal.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    accepts: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
