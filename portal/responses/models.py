"""The tables of a response. All of them are sealed until opening: see `portal.responses.seal`."""

from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.challenges.models import Challenge, Lot, Round
from portal.db import Base, Choice, Pence, Stateful, Versioned, random_reference
from portal.files.models import StoredFile
from portal.organisations.models import Organisation
from portal.policy import Scope, ScopeKind
from portal.responses.pathway import CLARIFICATION, RESPONSE

_STATES = ", ".join(f"'{name}'" for name in RESPONSE.names)
_CLARIFICATION_STATES = ", ".join(f"'{name}'" for name in CLARIFICATION.names)


class Response(Stateful, Base):
    """A firm's answer to one lot of a round.

    A draft of sections that lives on; what was submitted are its snapshots, the last of which counts.
    `opened_at` is set when two people have opened the round, and only then can anybody else read it.
    `brief_number` is the version of the brief it was last submitted under (or begun under), and `price_pence` the
    draft's price including VAT. Keys are what is written; the rows they point to are there to be read, so that a
    change of the response alone does not go through all of them.
    """

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        CheckConstraint("state IN ('draft', 'withdrawn') OR submitted_at IS NOT NULL", name="submitted"),
        CheckConstraint("state IN ('draft', 'submitted', 'withdrawn') OR opened_at IS NOT NULL", name="opened"),
        CheckConstraint("price_pence >= 0", name="price_not_negative"),
        UniqueConstraint("lot_id", "organisation_id"),
        Index("ix_response_round_state", "round_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    brief_number: Mapped[int] = mapped_column(default=1)
    price_pence: Mapped[Pence | None]
    end_reason: Mapped[str] = mapped_column(Text, default="")

    challenge: Mapped[Challenge] = relationship(viewonly=True)
    round: Mapped[Round] = relationship(viewonly=True)
    lot: Mapped[Lot] = relationship(viewonly=True, lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(viewonly=True, lazy="raise_on_sql")
    members: Mapped[list["ResponseMember"]] = relationship(viewonly=True, lazy="selectin", order_by="ResponseMember.id")

    @property
    def sealed(self) -> bool:
        """Whether nobody but its members may know of it; the journal then files it under no challenge."""
        return self.opened_at is None

    def scopes(self) -> frozenset[Scope]:
        """The challenge's, and the supplier side of its members."""
        firms = {Scope(ScopeKind.SUPPLIER, member.organisation_id) for member in self.members if member.accepted_at}
        return frozenset(self.challenge.scopes() | firms)

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.challenge


class BelowResponse:
    """A row that belongs to a response and is sealed with it."""

    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"))


class MemberRole(Enum):
    """A consortium has one lead; the rest are partners."""

    LEAD = "lead"
    PARTNER = "partner"


class ResponseMember(BelowResponse, Base):
    """An organisation that stands behind a response, with its share in whole per cent and what it does (`part`)."""

    __tablename__ = "response_member"
    __table_args__ = (
        UniqueConstraint("response_id", "organisation_id"),
        CheckConstraint("share_percent BETWEEN 0 AND 100", name="share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[MemberRole] = mapped_column(Choice(MemberRole))
    share_percent: Mapped[int] = mapped_column(default=100)
    part: Mapped[str] = mapped_column(String(200), default="")
    accepted_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class PartnerInvitation(BelowResponse, Base):
    """A lead asks somebody, by e-mail, to stand behind the response with a share and a part; gone once answered.

    `key` is what the mail's link carries: whoever holds it may answer for one of their own firms.
    """

    __tablename__ = "partner_invitation"
    __table_args__ = (
        UniqueConstraint("response_id", "email"),
        CheckConstraint("share_percent BETWEEN 1 AND 99", name="share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    share_percent: Mapped[int]
    part: Mapped[str] = mapped_column(String(200))
    invited_at: Mapped[datetime]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Departure(BelowResponse, Base):
    """A partner left: its name as it was, the share that nobody has since, and the last copy that still names it.

    `copy_number` is None where nothing had been submitted yet.
    """

    __tablename__ = "departure"
    __table_args__ = (Index("ix_departure_response", "response_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(200))
    share_percent: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    left_at: Mapped[datetime]
    copy_number: Mapped[int | None]


class ResponseSection(BelowResponse, Versioned, Base):
    """One section of the draft. Its key is `summary`, `price` or the criterion it answers.

    `confidential_reason` says why the passages marked in its text are confidential.
    """

    __tablename__ = "response_section"
    __table_args__ = (UniqueConstraint("response_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    confidential_reason: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ResponseFile(BelowResponse, Base):
    """A file attached to the draft. Taking it out keeps the row, so that the file stays sealed with the response."""

    __tablename__ = "response_file"
    __table_args__ = (UniqueConstraint("response_id", "file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    attached_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)


class Snapshot(BelowResponse, Base):
    """What was submitted, word for word, with its digest; never changed and never deleted."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("response_id", "number"), UniqueConstraint("response_id", "once_key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    journal_sequence: Mapped[int]
    journal_digest: Mapped[str] = mapped_column(String(64))
    once_key: Mapped[str | None] = mapped_column(String(64))


class LateAttempt(BelowResponse, Base):
    """Somebody tried to submit after the deadline; what they sent is not taken, that they tried is."""

    __tablename__ = "late_attempt"
    __table_args__ = (Index("ix_late_attempt_response", "response_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    deadline: Mapped[datetime]


class Eligibility(BelowResponse, Base):
    """Whether an opened response may be assessed, decided with reasons after the firm has been heard.

    A supplier must have the chance to be heard before it is left out (Procurement Act 2023 ss.57–58): what it was
    asked and what it said are kept beside the reason.
    """

    __tablename__ = "eligibility"
    __table_args__ = (
        UniqueConstraint("response_id"),
        CheckConstraint("eligible OR (reason <> '' AND firm_asked <> '' AND firm_said <> '')", name="firm_heard"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    eligible: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    firm_asked: Mapped[str] = mapped_column(Text, default="")
    firm_said: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Clarification(Stateful, BelowResponse, Base):
    """What a firm is asked in writing after the opening, and what it says: kept beside the snapshot, never in it.

    Everybody asked in one `batch` has the same time. A `hearing` is about eligibility: the firm is heard before it
    is left out (Procurement Act 2023 ss.57–58). Any other explains the offer and may not improve it.
    """

    __tablename__ = "clarification"
    __table_args__ = (
        CheckConstraint(f"state IN ({_CLARIFICATION_STATES})", name="state"),
        CheckConstraint("state NOT IN ('accepted', 'set_aside') OR answer <> ''", name="judged"),
        CheckConstraint("state <> 'set_aside' OR verdict <> ''", name="set_aside"),
        CheckConstraint("due_at > asked_at", name="due"),
        Index("ix_clarification_response", "response_id"),
        Index("ix_clarification_due", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    batch: Mapped[str] = mapped_column(String(20), index=True)
    hearing: Mapped[bool]
    asked: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_at: Mapped[datetime]
    time_reason: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verdict: Mapped[str] = mapped_column(Text, default="")

    response: Mapped[Response] = relationship()

    def scopes(self) -> frozenset[Scope]:
        """The challenge's, and the firms behind the response."""
        return self.response.scopes()

    def root(self) -> Any:
        """The challenge that is locked first."""
        return self.response.challenge


class WithdrawalReason(Enum):
    """Why a firm takes its response back, in one tap; what keeps firms away from buyers."""

    NO_TIME = "no_time"
    TOO_MUCH = "too_much"
    NO_PARTNER = "no_partner"
    NOT_READY = "not_ready"
    NOT_A_FIT = "not_a_fit"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as a page shows it."""
        return _WITHDRAWN_FOR[self]


_WITHDRAWN_FOR = {
    WithdrawalReason.NO_TIME: "We do not have the time",
    WithdrawalReason.TOO_MUCH: "It asks for more than it is worth to us",
    WithdrawalReason.NO_PARTNER: "We lack a partner or a skill",
    WithdrawalReason.NOT_READY: "What we make is not ready yet",
    WithdrawalReason.NOT_A_FIT: "It turned out not to fit what we do",
    WithdrawalReason.OTHER: "Something else",
}


class HelpOrigin(Enum):
    """What made a firm ask for help."""

    WITHDRAWN = "withdrawn"
    IDLE = "idle"

    @property
    def label(self) -> str:
        """What happened, in words."""
        return "They withdrew" if self is HelpOrigin.WITHDRAWN else "They stopped writing, and the deadline is near"


class HelpRequest(Base):
    """A firm that withdrew, or whose draft lies idle, lets an adviser get in touch. No buyer ever reads it.

    The firm agreed to be named to advisers of bodies that do not buy in this challenge: `challenge_id` is kept to
    know which those are, and is neither shown nor journalled. `reminded_at`: somebody was reminded that the firm waits.
    """

    __tablename__ = "help_request"
    __table_args__ = (
        UniqueConstraint("challenge_id", "organisation_id"),
        CheckConstraint("(taken_at IS NULL) = (taken_by_id IS NULL)", name="taken_by_somebody"),
        CheckConstraint("contacted_at IS NULL OR taken_at IS NOT NULL", name="contacted_by_who_took"),
        Index("ix_help_request_waiting", "taken_at", "asked_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    reason: Mapped[WithdrawalReason | None] = mapped_column(Choice(WithdrawalReason))
    taken_at: Mapped[datetime | None]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    origin: Mapped[HelpOrigin] = mapped_column(Choice(HelpOrigin), default=HelpOrigin.WITHDRAWN)
    contacted_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id], lazy="raise_on_sql")
