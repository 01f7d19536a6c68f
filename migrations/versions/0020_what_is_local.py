"""What is local, as each authority means it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "local_circle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "ring",
            sa.Enum("own", "county", "region", "uk", name="ring", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ring <> 'uk'", name=op.f("ck_local_circle_drawn")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_local_circle_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_circle")),
        sa.UniqueConstraint("organisation_id", "ring", name=op.f("uq_local_circle_organisation_id_ring")),
    )
    op.create_index(op.f("ix_local_circle_organisation_id"), "local_circle", ["organisation_id"])

    op.create_table(
        "circle_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("circle_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ward",
                "district",
                "county",
                "region",
                "postcode_area",
                "radius",
                name="partkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("metres", sa.Integer(), nullable=True),
        sa.CheckConstraint("(kind = 'radius') = (metres IS NOT NULL)", name=op.f("ck_circle_part_radius")),
        sa.CheckConstraint("metres IS NULL OR metres BETWEEN 100 AND 300000", name=op.f("ck_circle_part_metres")),
        sa.ForeignKeyConstraint(["circle_id"], ["local_circle.id"], name=op.f("fk_circle_part_circle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_part")),
        sa.UniqueConstraint("circle_id", "kind", "code", name=op.f("uq_circle_part_circle_id_kind_code")),
    )
    op.create_index(op.f("ix_circle_part_circle_id"), "circle_part", ["circle_id"])


def downgrade() -> None:
    op.drop_table("circle_part")
    op.drop_table("local_circle")
