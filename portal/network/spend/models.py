"""The tables of payments: files and their columns, who was paid and where that is, payments, what is left out, sums."""

import json
from datetime import date, datetime
from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base, Choice, Pence, Versioned, random_reference
from portal.law.money import Vat
from portal.network.spend.columns import Role
from portal.network.spend.rows import Why
from portal.organisations.models import Organisation
from portal.policy import Scope


class Standing(Enum):
    """Where a file stands; follows from its times."""

    UNMAPPED = ("Say which column is which", "yellow")
    WAITING = ("Waiting to be read", "blue")
    READING = ("Being read", "blue")
    READ = ("Read", "green")
    FAILED = ("Could not be read", "red")

    @property
    def title(self) -> str:
        """The standing in words."""
        return self.value[0]

    @property
    def tone(self) -> str:
        """The colour of its tag."""
        return self.value[1]


class SpendFile(Versioned, Base):
    """A payments file of one authority, and how far it has been read.

    The content is kept in the store by `digest` only until it is read; names of people never leave it. `columns` says
    which column has which role (JSON). `rows` are all rows below the headings so far, `taken` those that became
    payments; both sums are of readable amounts.
    """

    __tablename__ = "spend_file"
    __table_args__ = (
        UniqueConstraint("organisation_id", "digest"),
        CheckConstraint("taken <= rows", name="taken_of_rows"),
        Index("ix_spend_file_waiting", "mapped_at", "finished_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True, default=random_reference)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(160))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    encoding: Mapped[str] = mapped_column(String(20))
    separator: Mapped[str] = mapped_column(String(1))
    above: Mapped[int]
    headings: Mapped[str] = mapped_column(Text)
    columns: Mapped[str] = mapped_column(Text, default="{}")
    vat: Mapped[Vat | None] = mapped_column(Choice(Vat))
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    mapped_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(String(300), default="")
    rows: Mapped[int] = mapped_column(default=0)
    taken: Mapped[int] = mapped_column(default=0)
    total_pence: Mapped[Pence] = mapped_column(default=0)
    taken_pence: Mapped[Pence] = mapped_column(default=0)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        if self.fault:
            return Standing.FAILED
        if self.finished_at is not None:
            return Standing.READ
        if self.mapped_at is None:
            return Standing.UNMAPPED
        return Standing.READING if self.rows else Standing.WAITING

    @property
    def heading_list(self) -> list[str]:
        """The headings in the order of the columns."""
        found: list[str] = json.loads(self.headings)
        return found

    @property
    def roles(self) -> dict[Role, int]:
        """The column of each role that has one."""
        return {Role(role): at for role, at in json.loads(self.columns).items()}

    def scopes(self) -> frozenset[Scope]:
        """The authority's."""
        return self.organisation.scopes()


class SpendColumns(Base):
    """What an authority's columns were the last time, by their headings (JSON), so that nobody says it twice."""

    __tablename__ = "spend_columns"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    by_heading: Mapped[str] = mapped_column(Text)
    vat: Mapped[Vat] = mapped_column(Choice(Vat))


class Match(Enum):
    """What is known of whether somebody who was paid is a firm registered here."""

    NONE = "none"
    SURE = "sure"
    DOUBTFUL = "doubtful"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


IS_FIRM = (Match.SURE, Match.CONFIRMED)
"""The matches that count."""


class Payee(Base):
    """Somebody an authority paid, by the name in its files. `firm_id` is the registered firm it is, or may be."""

    __tablename__ = "spend_payee"
    __table_args__ = (
        UniqueConstraint("organisation_id", "same_name"),
        CheckConstraint("(matched IN ('sure', 'doubtful', 'confirmed')) = (firm_id IS NOT NULL)", name="firm"),
        Index("ix_spend_payee_matched", "organisation_id", "matched"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(200))
    same_name: Mapped[str] = mapped_column(String(200))
    company_number: Mapped[str] = mapped_column(String(8), default="")
    matched: Mapped[Match] = mapped_column(Choice(Match), default=Match.NONE)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]

    firm: Mapped[Organisation | None] = relationship(foreign_keys=[firm_id], lazy="raise_on_sql")


class KnownBy(Enum):
    """By what a person of an authority knows where somebody it pays is."""

    INVOICE = "invoice"
    WORKPLACE = "workplace"
    OFFICE = "office"
    SOMEBODY = "somebody"

    @property
    def label(self) -> str:
        """The basis in words."""
        return _KNOWN_BY[self]


_KNOWN_BY = {
    KnownBy.INVOICE: "The address on its invoices or in our list of suppliers",
    KnownBy.WORKPLACE: "Where the people who do the work are based",
    KnownBy.OFFICE: "Its registered office",
    KnownBy.SOMEBODY: "Somebody here knows it",
}


class PayeePlace(Versioned, Base):
    """Where a person of an authority says that somebody it pays is; it holds for every file of the authority.

    Either a `postcode`, or `outside_of`: the mark of the circles (`Circles.mark`) all of which it lies outside of,
    elsewhere in the United Kingdom; circles drawn anew have another mark, and the question is open again. Or it is
    `abroad`, outside the United Kingdom, which holds however the circles are drawn.
    """

    __tablename__ = "spend_payee_place"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN postcode IS NULL THEN 0 ELSE 1 END + CASE WHEN outside_of IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN abroad THEN 1 ELSE 0 END = 1",
            name="one_answer",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payee_id: Mapped[int] = mapped_column(ForeignKey("spend_payee.id"), unique=True)
    postcode: Mapped[str | None] = mapped_column(String(8))
    outside_of: Mapped[str | None] = mapped_column(String(16))
    abroad: Mapped[bool] = mapped_column(default=False)
    known_by: Mapped[KnownBy] = mapped_column(Choice(KnownBy))
    note: Mapped[str] = mapped_column(String(300), default="")
    said_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    said_at: Mapped[datetime]

    payee: Mapped[Payee] = relationship(lazy="raise_on_sql")
    said_by: Mapped[Person | None] = relationship(lazy="raise_on_sql")


class Payment(Base):
    """One payment; `pence` below nought is a credit. `year` is the financial year by the year it began in."""

    __tablename__ = "spend_payment"
    __table_args__ = (
        UniqueConstraint("file_id", "row"),
        Index("ix_spend_payment_category", "organisation_id", "category", "year"),
        Index("ix_spend_payment_payee", "payee_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("spend_file.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    row: Mapped[int]
    paid_on: Mapped[date]
    year: Mapped[int]
    payee_id: Mapped[int] = mapped_column(ForeignKey("spend_payee.id"))
    pence: Mapped[Pence]
    category: Mapped[str] = mapped_column(String(160))
    directorate: Mapped[str] = mapped_column(String(160))
    reference: Mapped[str] = mapped_column(String(60))


class LeftOutRow(Base):
    """A row that was left out, by its number in the file and nothing else of it but its amount."""

    __tablename__ = "spend_left_out"
    __table_args__ = (UniqueConstraint("file_id", "row"), Index("ix_spend_left_out_why", "file_id", "why"))

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("spend_file.id"))
    row: Mapped[int]
    why: Mapped[Why] = mapped_column(Choice(Why))
    pence: Mapped[Pence | None]


class SpendSum(Base):
    """What one file's payments come to for a year, a category and a payee: what pages add up instead of payments."""

    __tablename__ = "spend_sum"
    __table_args__ = (
        UniqueConstraint("file_id", "year", "category", "payee_id"),
        Index("ix_spend_sum_organisation", "organisation_id", "year", "category"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("spend_file.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    category: Mapped[str] = mapped_column(String(160))
    payee_id: Mapped[int] = mapped_column(ForeignKey("spend_payee.id"))
    payments: Mapped[int]
    pence: Mapped[Pence]
