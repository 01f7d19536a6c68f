"""Files as evidence for targets and for what happens on the way."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"


def upgrade() -> None:
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.Integer(), nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("by_firm", sa.Boolean(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(target_id IS NULL) <> (event_id IS NULL)", name=op.f("ck_evidence_file_of_one")),
        sa.CheckConstraint("(target_id IS NULL) = (phase_id IS NULL)", name=op.f("ck_evidence_file_target_in_phase")),
        sa.ForeignKeyConstraint(["event_id"], ["partnership_event.id"], name=op.f("fk_evidence_file_event_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_evidence_file_file_id")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_evidence_file_partnership_id")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_evidence_file_phase_id")),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_evidence_file_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
        sa.UniqueConstraint("file_id", name=op.f("uq_evidence_file_file_id")),
    )
    for column in ("partnership_id", "phase_id", "event_id"):
        op.create_index(op.f(f"ix_evidence_file_{column}"), "evidence_file", [column])


def downgrade() -> None:
    op.drop_table("evidence_file")
