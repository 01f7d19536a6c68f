"""What bodies plan to buy."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "planned_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("category", sa.String(length=120), nullable=False),
        sa.Column("category_code", sa.String(length=8), nullable=True),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("value_pence", sa.BigInteger(), nullable=True),
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
        sa.Column(
            "risk",
            sa.Enum("low", "medium", "high", name="risk", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("influenceable", sa.Boolean(), nullable=False),
        sa.Column(
            "theme",
            sa.Enum(
                "none",
                "net_zero",
                "health",
                "jobs",
                "homes",
                "digital",
                name="theme",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("contract_ends_on", sa.Date(), nullable=True),
        sa.Column("framework_ends_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("title <> '' AND category <> ''", name=op.f("ck_planned_need_named")),
        sa.CheckConstraint(
            "category_code IS NULL OR length(category_code) = 8", name=op.f("ck_planned_need_category_code")
        ),
        sa.CheckConstraint("value_pence IS NULL OR value_pence >= 0", name=op.f("ck_planned_need_value")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_planned_need_entered_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_planned_need_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_need")),
        sa.UniqueConstraint("reference", name=op.f("uq_planned_need_reference")),
    )
    with op.batch_alter_table("planned_need", schema=None) as batch_op:
        batch_op.create_index("ix_planned_need_body", ["organisation_id", "quarter"], unique=False)
        batch_op.create_index(batch_op.f("ix_planned_need_category_code"), ["category_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_planned_need_quarter"), ["quarter"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("planned_need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_need_quarter"))
        batch_op.drop_index(batch_op.f("ix_planned_need_category_code"))
        batch_op.drop_index("ix_planned_need_body")

    op.drop_table("planned_need")
