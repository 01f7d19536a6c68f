"""Which options an authority tries, keeps or stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "option_trial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "option",
            sa.Enum(
                "hyper-local",
                "sharing-intelligence",
                "shared-need",
                "import-replacement",
                "new-opportunities",
                "hands-on-support",
                "simpler-process",
                "innovative-procurement",
                name="networkoption",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("keep", "stop", name="verdict", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("verdict IS NULL OR verdict <> 'stop' OR NOT is_on", name=op.f("ck_option_trial_stopped")),
        sa.CheckConstraint("(verdict IS NULL) = (judged_at IS NULL)", name=op.f("ck_option_trial_judged")),
        sa.CheckConstraint("is_on OR verdict IS NOT NULL", name=op.f("ck_option_trial_off_by_verdict")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_option_trial_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option_trial")),
    )
    op.create_index(op.f("ix_option_trial_organisation_id"), "option_trial", ["organisation_id"])
    op.create_index(
        "uq_option_trial_on",
        "option_trial",
        ["organisation_id", "option"],
        unique=True,
        sqlite_where=sa.text("is_on"),
        postgresql_where=sa.text("is_on"),
    )


def downgrade() -> None:
    op.drop_table("option_trial")
