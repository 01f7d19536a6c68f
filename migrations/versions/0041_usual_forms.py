"""What authorities used to ask of firms."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    op.create_table(
        "usual_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("document_minutes", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "questions >= 0 AND words >= 0 AND documents >= 0 AND document_minutes >= 0",
            name=op.f("ck_usual_form_counted"),
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_usual_form_organisation_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_usual_form_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usual_form")),
    )
    op.create_index(op.f("ix_usual_form_organisation_id"), "usual_form", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("usual_form")
