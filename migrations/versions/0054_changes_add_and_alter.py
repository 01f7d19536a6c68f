"""A change of contract can add a phase, and alter the terms of the purchase option."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    op.create_table(
        "contract_change_phase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("payment_pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("payment_pence >= 0", name=op.f("ck_contract_change_phase_payment")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_contract_change_phase_dates")),
        sa.ForeignKeyConstraint(["change_id"], ["contract_change.id"], name=op.f("fk_contract_change_phase_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_change_phase")),
        sa.UniqueConstraint("change_id", name=op.f("uq_contract_change_phase_change_id")),
    )
    op.create_table(
        "contract_change_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("added_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("measure", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_id"], ["contract_change_phase.id"], name=op.f("fk_contract_change_target_added_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_change_target")),
        sa.UniqueConstraint("added_id", "number", name=op.f("uq_contract_change_target_added_id_number")),
    )
    op.create_table(
        "contract_change_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("level_before", sa.Text(), nullable=False),
        sa.Column("level_after", sa.Text(), nullable=False),
        sa.Column("maximum_before", sa.BigInteger(), nullable=False),
        sa.Column("maximum_after", sa.BigInteger(), nullable=False),
        sa.Column("expires_before", sa.Date(), nullable=False),
        sa.Column("expires_after", sa.Date(), nullable=False),
        sa.CheckConstraint("maximum_before >= 0 AND maximum_after > 0", name=op.f("ck_contract_change_option_money")),
        sa.ForeignKeyConstraint(
            ["change_id"], ["contract_change.id"], name=op.f("fk_contract_change_option_change_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_change_option")),
        sa.UniqueConstraint("change_id", name=op.f("uq_contract_change_option_change_id")),
    )


def downgrade() -> None:
    op.drop_table("contract_change_option")
    op.drop_table("contract_change_target")
    op.drop_table("contract_change_phase")
