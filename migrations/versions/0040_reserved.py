"""Competitions that are kept to some firms."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column(
            "area",
            sa.Enum(
                "anywhere",
                "uk",
                "own",
                "bordering",
                "county",
                name="reservedarea",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reserved_for",
            sa.Enum(
                "anybody",
                "sme",
                "social",
                "both",
                name="reservedfor",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("checked", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "area <> 'anywhere' OR reserved_for <> 'anybody'", name=op.f("ck_reservation_reserves_something")
        ),
        sa.CheckConstraint(
            "area NOT IN ('own', 'bordering', 'county') OR place <> ''", name=op.f("ck_reservation_place_named")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_reservation_reason_given")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_reservation_challenge_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_reservation_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_reservation_challenge_id")),
    )
    op.add_column("challenge", sa.Column("reserved", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("challenge", "reserved")
    op.drop_table("reservation")
