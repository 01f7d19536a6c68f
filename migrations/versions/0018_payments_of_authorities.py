"""Payments of authorities: files, who was paid, every payment, what was left out, and sums."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "spend_columns",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("by_heading", sa.Text(), nullable=False),
        sa.Column(
            "vat",
            sa.Enum(
                "inclusive",
                "exclusive",
                "not_applicable",
                name="vat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_spend_columns_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_spend_columns")),
    )
    op.create_table(
        "spend_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("encoding", sa.String(length=20), nullable=False),
        sa.Column("separator", sa.String(length=1), nullable=False),
        sa.Column("above", sa.Integer(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column(
            "vat",
            sa.Enum(
                "inclusive",
                "exclusive",
                "not_applicable",
                name="vat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("mapped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(length=300), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("total_pence", sa.BigInteger(), nullable=False),
        sa.Column("taken_pence", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken <= rows", name=op.f("ck_spend_file_taken_of_rows")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_spend_file_organisation_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_spend_file_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend_file")),
        sa.UniqueConstraint("organisation_id", "digest", name=op.f("uq_spend_file_organisation_id_digest")),
        sa.UniqueConstraint("reference", name=op.f("uq_spend_file_reference")),
    )
    op.create_index("ix_spend_file_waiting", "spend_file", ["mapped_at", "finished_at"])
    op.create_table(
        "spend_payee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("same_name", sa.String(length=200), nullable=False),
        sa.Column("company_number", sa.String(length=8), nullable=False),
        sa.Column(
            "matched",
            sa.Enum(
                "none",
                "sure",
                "doubtful",
                "confirmed",
                "refused",
                name="match",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(matched IN ('sure', 'doubtful', 'confirmed')) = (firm_id IS NOT NULL)", name=op.f("ck_spend_payee_firm")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_spend_payee_decided_by_id")),
        sa.ForeignKeyConstraint(["firm_id"], ["organisation.id"], name=op.f("fk_spend_payee_firm_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_spend_payee_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend_payee")),
        sa.UniqueConstraint("organisation_id", "same_name", name=op.f("uq_spend_payee_organisation_id_same_name")),
    )
    op.create_index("ix_spend_payee_firm_id", "spend_payee", ["firm_id"])
    op.create_index("ix_spend_payee_matched", "spend_payee", ["organisation_id", "matched"])
    op.create_table(
        "spend_left_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column(
            "why",
            sa.Enum(
                "empty",
                "amount",
                "date",
                "payee",
                "withheld",
                "individual",
                name="why",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pence", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["spend_file.id"], name=op.f("fk_spend_left_out_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend_left_out")),
        sa.UniqueConstraint("file_id", "row", name=op.f("uq_spend_left_out_file_id_row")),
    )
    op.create_index("ix_spend_left_out_why", "spend_left_out", ["file_id", "why"])
    op.create_table(
        "spend_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("payee_id", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("category", sa.String(length=160), nullable=False),
        sa.Column("directorate", sa.String(length=160), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["spend_file.id"], name=op.f("fk_spend_payment_file_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_spend_payment_organisation_id")
        ),
        sa.ForeignKeyConstraint(["payee_id"], ["spend_payee.id"], name=op.f("fk_spend_payment_payee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend_payment")),
        sa.UniqueConstraint("file_id", "row", name=op.f("uq_spend_payment_file_id_row")),
    )
    op.create_index("ix_spend_payment_category", "spend_payment", ["organisation_id", "category", "year"])
    op.create_index("ix_spend_payment_payee", "spend_payment", ["payee_id"])
    op.create_table(
        "spend_sum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=160), nullable=False),
        sa.Column("payee_id", sa.Integer(), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["spend_file.id"], name=op.f("fk_spend_sum_file_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_spend_sum_organisation_id")),
        sa.ForeignKeyConstraint(["payee_id"], ["spend_payee.id"], name=op.f("fk_spend_sum_payee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend_sum")),
        sa.UniqueConstraint(
            "file_id", "year", "category", "payee_id", name=op.f("uq_spend_sum_file_id_year_category_payee_id")
        ),
    )
    op.create_index("ix_spend_sum_organisation", "spend_sum", ["organisation_id", "year", "category"])


def downgrade() -> None:
    for table in ("spend_sum", "spend_payment", "spend_left_out", "spend_payee", "spend_file", "spend_columns"):
        op.drop_table(table)
