"""Proposals to buy together."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "joint_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'proposed') = (closed_at IS NULL)", name=op.f("ck_joint_proposal_closed")),
        sa.CheckConstraint("state <> 'begun' OR challenge_id IS NOT NULL", name=op.f("ck_joint_proposal_begun")),
        sa.CheckConstraint("state IN ('proposed', 'begun', 'withdrawn')", name=op.f("ck_joint_proposal_state")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_joint_proposal_challenge_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["organisation.id"], name=op.f("fk_joint_proposal_lead_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_joint_proposal_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_proposal")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_joint_proposal_challenge_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_joint_proposal_reference")),
    )
    with op.batch_alter_table("joint_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_joint_proposal_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_joint_proposal_state"), ["state"], unique=False)

    op.create_table(
        "joint_body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("accepts", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "accepts IS NULL OR accepts OR reason <> ''", name=op.f("ck_joint_body_declined_with_reason")
        ),
        sa.CheckConstraint("(accepts IS NULL) = (answered_at IS NULL)", name=op.f("ck_joint_body_answered")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_joint_body_answered_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_joint_body_organisation_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["joint_proposal.id"], name=op.f("fk_joint_body_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_body")),
        sa.UniqueConstraint("proposal_id", "organisation_id", name=op.f("uq_joint_body_proposal_id_organisation_id")),
    )
    with op.batch_alter_table("joint_body", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_joint_body_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "joint_lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["joint_proposal.id"], name=op.f("fk_joint_lot_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_lot")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f("uq_joint_lot_proposal_id_number")),
    )
    op.create_table(
        "joint_need",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["need_id"], ["planned_need.id"], name=op.f("fk_joint_need_need_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["joint_proposal.id"], name=op.f("fk_joint_need_proposal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("proposal_id", "need_id", name=op.f("pk_joint_need")),
    )
    with op.batch_alter_table("joint_need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_joint_need_need_id"), ["need_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("joint_need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_joint_need_need_id"))

    op.drop_table("joint_need")
    op.drop_table("joint_lot")
    with op.batch_alter_table("joint_body", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_joint_body_organisation_id"))

    op.drop_table("joint_body")
    with op.batch_alter_table("joint_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_joint_proposal_state"))
        batch_op.drop_index(batch_op.f("ix_joint_proposal_lead_id"))

    op.drop_table("joint_proposal")
