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
    with op.batch_alter_table("seen_benefit") as batch_op:
        batch_op.add_column(sa.Column("criterion_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_seen_benefit_criterion_id"), "criterion", ["criterion_id"], ["id"])
        batch_op.create_index(op.f("ix_seen_benefit_criterion_id"), ["criterion_id"])


def downgrade() -> None:
    with op.batch_alter_table("seen_benefit") as batch_op:
        batch_op.drop_index(op.f("ix_seen_benefit_criterion_id"))
        batch_op.drop_constraint(op.f("fk_seen_benefit_criterion_id"), type_="foreignkey")
        batch_op.drop_column("criterion_id")
    with op.batch_alter_table("criterion") as batch_op:
        batch_op.drop_constraint(op.f("ck_criterion_social_value_has_no_price"), type_="check")
        batch_op.drop_column("example")
        batch_op.drop_column("social_outcome")
