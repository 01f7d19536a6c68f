"""What is published as open data, and the number bodies have on the Central Digital Platform."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "published_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.String(length=80), nullable=False),
        sa.Column("tags", sa.String(length=120), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_published_release_challenge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_release")),
        sa.UniqueConstraint("challenge_id", "number", name=op.f("uq_published_release_challenge_id_number")),
        sa.UniqueConstraint("release_id", name=op.f("uq_published_release_release_id")),
    )
    op.add_column("organisation", sa.Column("ppon", sa.String(length=14), nullable=True))


def downgrade() -> None:
    op.drop_column("organisation", "ppon")
    op.drop_table("published_release")
