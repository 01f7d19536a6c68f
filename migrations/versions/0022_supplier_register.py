"""The supplier register: profiles, categories, companies, and the words by which firms and challenges find each other."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "category",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_category")),
    )
    op.create_table(
        "registered_company",
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=60), nullable=False),
        sa.Column("category", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=8), nullable=True),
        sa.Column("incorporated_on", sa.Date(), nullable=True),
        sa.Column("activities", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_registered_company")),
    )
    op.create_index(op.f("ix_registered_company_name"), "registered_company", ["name"])
    op.create_index(op.f("ix_registered_company_postcode"), "registered_company", ["postcode"])

    op.create_table(
        "word_posting",
        sa.Column(
            "kind",
            sa.Enum("firm", "challenge", name="subjectkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "word", "subject_id", name=op.f("pk_word_posting")),
    )
    op.create_index("ix_word_posting_subject", "word_posting", ["kind", "subject_id"])

    op.create_table(
        "firm_category",
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["code"], ["category.code"], name=op.f("fk_firm_category_code")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_firm_category_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "code", name=op.f("pk_firm_category")),
    )
    op.create_index(op.f("ix_firm_category_code"), "firm_category", ["code"])

    op.create_table(
        "firm_profile",
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("developed", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("social_impact", sa.Text(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_firm_profile_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_firm_profile")),
    )
    op.create_index(op.f("ix_firm_profile_shown_at"), "firm_profile", ["shown_at"])


def downgrade() -> None:
    op.drop_table("firm_profile")
    op.drop_table("firm_category")
    op.drop_table("word_posting")
    op.drop_table("registered_company")
    op.drop_table("category")
