"""Firms that would answer together."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0050"


def upgrade() -> None:
    op.create_table(
        "teaming_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("brings", sa.String(length=200), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("brings <> ''", name=op.f("ck_teaming_word_said")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_teaming_word_organisation_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_teaming_word_round_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_teaming_word_said_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teaming_word")),
        sa.UniqueConstraint("round_id", "organisation_id", name=op.f("uq_teaming_word_round_id_organisation_id")),
    )
    op.create_index(op.f("ix_teaming_word_organisation_id"), "teaming_word", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("teaming_word")
