"""Outcomes of social value that a criterion asks for, and the benefits seen of each."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0042"


def upgrade() -> None:
    with op.batch_alter_table("criterion") as batch_op:
        batch_op.add_column(sa.Column("social_outcome", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("example", sa.Text(), nullable=False, server_default=""))
        batch_op.create_check_constraint(
            op.f("ck_criterion_social_value_has_no_price"), "social_outcome = '' OR NOT by_price"
        )


def downgrade() -> None:
    with op.batch_alter_table("criterion") as batch_op:
        batch_op.drop_constraint(op.f("ck_criterion_social_value_has_no_price"), type_="check")
        batch_op.drop_column("example")
        batch_op.drop_column("social_outcome")
