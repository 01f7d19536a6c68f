"""Partners invited by e-mail, partners who left, confidential passages, and reasons for further questions.

An invitation used to name a firm; it now goes to an address. Those that nobody accepted are taken back: the lead sees
that their share is free and invites again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("response_section", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confidential_reason", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("response_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part", sa.String(length=200), nullable=False, server_default=""))
    op.create_table(
        "partner_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("share_percent", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=200), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("share_percent BETWEEN 1 AND 99", name=op.f("ck_partner_invitation_share")),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["person.id"], name=op.f("fk_partner_invitation_invited_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_partner_invitation_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_invitation")),
        sa.UniqueConstraint("key", name=op.f("uq_partner_invitation_key")),
        sa.UniqueConstraint("response_id", "email", name=op.f("uq_partner_invitation_response_id_email")),
    )
    op.create_table(
        "departure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("share_percent", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("copy_number", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_departure_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_departure_response_id_response")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departure")),
    )
    with op.batch_alter_table("departure", schema=None) as batch_op:
        batch_op.create_index("ix_departure_response", ["response_id"], unique=False)
    op.execute("DELETE FROM response_member WHERE accepted_at IS NULL")


def downgrade() -> None:
    op.drop_table("departure")
    op.drop_table("partner_invitation")
    for table, column in (
        ("response_member", "part"),
        ("response_section", "confidential_reason"),
        ("criterion", "reason"),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
