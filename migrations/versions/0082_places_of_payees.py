"""An authority says where somebody it pays is: a postcode, or outside of all its circles."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0070"


def upgrade() -> None:
    op.create_table(
        "spend_payee_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payee_id", sa.Integer(), nullable=False),
        sa.Column("postcode", sa.String(length=8), nullable=True),
        sa.Column("outside_of", sa.String(length=16), nullable=True),
        sa.Column(
            "known_by",
            sa.Enum(
                "invoice",
                "workplace",
                "office",
                "somebody",
                name="knownby",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(postcode IS NULL) <> (outside_of IS NULL)", name=op.f("ck_spend_payee_place_one_answer")),
        sa.ForeignKeyConstraint(["payee_id"], ["spend_payee.id"], name=op.f("fk_spend_payee_place_payee_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_spend_payee_place_said_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend_payee_place")),
        sa.UniqueConstraint("payee_id", name=op.f("uq_spend_payee_place_payee_id")),
    )


def downgrade() -> None:
    op.drop_table("spend_payee_place")
