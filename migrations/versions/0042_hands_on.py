"""Help for firms that stop half-way."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"

_ORIGIN = sa.Enum("withdrawn", "idle", name="helporigin", native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "support_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("who_for", sa.String(length=300), nullable=False),
        sa.Column("cost", sa.String(length=160), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> '' AND what <> ''", name=op.f("ck_support_offer_said")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_support_offer_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_offer")),
    )
    op.create_index(op.f("ix_support_offer_organisation_id"), "support_offer", ["organisation_id"])
    op.create_table(
        "idle_prompt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("prompted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_idle_prompt_challenge_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_idle_prompt_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idle_prompt")),
        sa.UniqueConstraint(
            "challenge_id", "organisation_id", name=op.f("uq_idle_prompt_challenge_id_organisation_id")
        ),
    )
    op.create_index(op.f("ix_idle_prompt_organisation_id"), "idle_prompt", ["organisation_id"])
    op.create_table(
        "help_given",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("offer_id IS NOT NULL OR words <> ''", name=op.f("ck_help_given_said")),
        sa.ForeignKeyConstraint(["offer_id"], ["support_offer.id"], name=op.f("fk_help_given_offer_id")),
        sa.ForeignKeyConstraint(["offered_by_id"], ["person.id"], name=op.f("fk_help_given_offered_by_id")),
        sa.ForeignKeyConstraint(["request_id"], ["help_request.id"], name=op.f("fk_help_given_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_given")),
    )
    op.create_index(op.f("ix_help_given_request"), "help_given", ["request_id", "offered_at", "id"])
    with op.batch_alter_table("help_request") as batch_op:
        batch_op.add_column(sa.Column("origin", _ORIGIN, nullable=False, server_default="withdrawn"))
        batch_op.add_column(sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_help_request_contacted_by_who_took"), "contacted_at IS NULL OR taken_at IS NOT NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("help_request") as batch_op:
        batch_op.drop_constraint(op.f("ck_help_request_contacted_by_who_took"), type_="check")
        batch_op.drop_constraint(op.f("ck_help_request_helporigin"), type_="check")
        for column in ("reminded_at", "contacted_at", "origin"):
            batch_op.drop_column(column)
    op.drop_table("help_given")
    op.drop_table("idle_prompt")
    op.drop_table("support_offer")
