"""Official notices about a challenge, and the official process they belong to."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "official_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("ocid", sa.String(length=100), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_official_notice_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_notice")),
        sa.UniqueConstraint("challenge_id", "ocid", "number", name=op.f("uq_official_notice_challenge_id_ocid_number")),
    )
    op.create_index(op.f("ix_official_notice_ocid"), "official_notice", ["ocid"])


def downgrade() -> None:
    op.drop_table("official_notice")
