"""A phase can pass its gate with conditions."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    with op.batch_alter_table("phase") as table:
        table.add_column(sa.Column("gate_conditions", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("conditions_met_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("conditions_met_how", sa.Text(), nullable=False, server_default=""))
        table.create_check_constraint(
            op.f("ck_phase_conditions_met"), "conditions_met_at IS NULL OR conditions_met_how <> ''"
        )
    with op.batch_alter_table("phase") as table:
        table.alter_column("gate_conditions", server_default=None)
        table.alter_column("conditions_met_how", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("phase") as table:
        table.drop_constraint(op.f("ck_phase_conditions_met"), type_="check")
        for column in ("gate_conditions", "conditions_met_at", "conditions_met_how"):
            table.drop_column(column)
