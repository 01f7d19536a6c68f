"""Panels that prepare, responses read blind, and the price as an envelope of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "practice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("briefing", sa.Text(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 10", name=op.f("ck_practice_score")),
        sa.CheckConstraint(
            "answer = '' OR (criterion_id IS NOT NULL AND score IS NOT NULL)", name=op.f("ck_practice_whole")
        ),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_practice_criterion_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_practice_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
        sa.UniqueConstraint("round_id", name=op.f("uq_practice_round_id")),
    )
    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confidential_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("practised_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("practice_score", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("practice_comment", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("code", sa.String(length=8), nullable=False, server_default=""))
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("blind", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_price", sa.Boolean(), nullable=False, server_default=sa.false()))
