"""Who was told of a challenge, saved searches, and which mails people want."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "mail_choice",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column(
            "digest",
            sa.Enum("none", "daily", "weekly", name="digest", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("digest_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_digest_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(digest = 'none') = (next_digest_at IS NULL)", name=op.f("ck_mail_choice_due")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_choice_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_choice")),
    )
    op.create_index(op.f("ix_mail_choice_next_digest_at"), "mail_choice", ["next_digest_at"])

    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_search_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("person_id", "words", name=op.f("uq_saved_search_person_id_words")),
    )
    op.create_table(
        "telling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_telling_challenge_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_telling_organisation_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["person.id"], name=op.f("fk_telling_told_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling")),
        sa.UniqueConstraint("challenge_id", "organisation_id", name=op.f("uq_telling_challenge_id_organisation_id")),
    )
    op.create_index(op.f("ix_telling_organisation_id"), "telling", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("telling")
    op.drop_table("saved_search")
    op.drop_table("mail_choice")
