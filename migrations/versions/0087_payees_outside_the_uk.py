"""Somebody an authority pays may be outside the United Kingdom, which no circle of any authority holds."""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0082"

_NAME = "ck_spend_payee_place_one_answer"


def upgrade() -> None:
    with op.batch_alter_table("spend_payee_place") as table:
        table.add_column(sa.Column("abroad", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.drop_constraint(op.f(_NAME), type_="check")
        table.create_check_constraint(
            op.f(_NAME),
            "CASE WHEN postcode IS NULL THEN 0 ELSE 1 END + CASE WHEN outside_of IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN abroad THEN 1 ELSE 0 END = 1",
        )
    with op.batch_alter_table("spend_payee_place") as table:
        table.alter_column("abroad", server_default=None, existing_type=sa.Boolean(), existing_nullable=False)


def downgrade() -> None:
    op.execute("DELETE FROM spend_payee_place WHERE abroad")
    with op.batch_alter_table("spend_payee_place") as table:
        table.drop_constraint(op.f(_NAME), type_="check")
        table.drop_column("abroad")
        table.create_check_constraint(op.f(_NAME), "(postcode IS NULL) <> (outside_of IS NULL)")
