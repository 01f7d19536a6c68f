"""Partnerships at work: their invoices."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"

_INVOICE = ("told", "received", "disputed", "paid", "sent_back", "taken_back")
_VAT = ("inclusive", "exclusive", "not_applicable")


def _one_of(states: tuple[str, ...]) -> str:
    named = ", ".join(f"'{each}'" for each in states)
    return f"state IN ({named})"


def _moment(name: str, *, nullable: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table: str, name: str, to: str, *, nullable: bool = False) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    column = sa.Column(name, sa.Integer(), nullable=nullable)
    return column, sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}"))


def upgrade() -> None:
    _invoices()


def _invoices() -> None:
    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        *_key("invoice", "partnership_id", "partnership"),
        *_key("invoice", "phase_id", "phase", nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column(
            "vat",
            sa.Enum(*_VAT, name="vat", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        _moment("told_at", nullable=False),
        *_key("invoice", "told_by_id", "person", nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("falls_due_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        _moment("disputed_at"),
        sa.Column("dispute_reason", sa.Text(), nullable=False),
        _moment("settled_at"),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_pence", sa.BigInteger(), nullable=True),
        sa.Column("paid_note", sa.Text(), nullable=False),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        _moment("state_since", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(_one_of(_INVOICE), name=op.f("ck_invoice_state")),
        sa.CheckConstraint(
            "amount_pence > 0 AND (paid_pence IS NULL OR paid_pence > 0)", name=op.f("ck_invoice_money")
        ),
        sa.CheckConstraint(
            "state NOT IN ('received', 'disputed', 'paid') OR (received_on IS NOT NULL AND due_on IS NOT NULL)",
            name=op.f("ck_invoice_clock"),
        ),
        sa.CheckConstraint("state <> 'disputed' OR disputed_at IS NOT NULL", name=op.f("ck_invoice_disputed")),
        sa.CheckConstraint(
            "state <> 'paid' OR (paid_on IS NOT NULL AND paid_pence IS NOT NULL)", name=op.f("ck_invoice_paid")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("partnership_id", "number", name=op.f("uq_invoice_partnership_id_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_invoice_reference")),
    )
    op.create_index("ix_invoice_due", "invoice", ["state", "due_on"])
    op.create_index(op.f("ix_invoice_state"), "invoice", ["state"])


def downgrade() -> None:
    op.drop_table("invoice")
