"""Money from elsewhere, risks, the gap and the second person who decides on a business case."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_LEVEL = ("low", "medium", "high")


def _level(column: str) -> sa.Column[str]:
    kind = sa.Enum(*_LEVEL, name=column, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=False)


def upgrade() -> None:
    op.add_column("organisation", sa.Column("second_decider_from_pence", sa.BigInteger(), nullable=True))
    op.add_column("business_case", sa.Column("gap_note", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("business_case") as table:
        table.alter_column("gap_note", server_default=None)
    op.create_table(
        "case_contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_case_contribution_something")),
        sa.ForeignKeyConstraint(["case_id"], ["business_case.id"], name=op.f("fk_case_contribution_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_contribution")),
    )
    op.create_index(op.f("ix_case_contribution_case_id"), "case_contribution", ["case_id"])
    op.create_table(
        "case_risk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        _level("likelihood"),
        _level("impact"),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["business_case.id"], name=op.f("fk_case_risk_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_risk")),
    )
    op.create_index(op.f("ix_case_risk_case_id"), "case_risk", ["case_id"])


def downgrade() -> None:
    op.drop_table("case_risk")
    op.drop_table("case_contribution")
    op.drop_column("business_case", "gap_note")
    op.drop_column("organisation", "second_decider_from_pence")
