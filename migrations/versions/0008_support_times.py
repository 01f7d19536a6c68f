"""Support: milestones, notes, time on offer that firms book, and facts told to all at once."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _milestones_and_notes()
    _times()
    with op.batch_alter_table("support_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("slot_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("booked_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("let_go", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.alter_column("recorded_at", existing_type=sa.DateTime(timezone=True), nullable=True)
        batch_op.create_foreign_key(batch_op.f("fk_support_session_slot_id"), "support_slot", ["slot_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_support_session_booked_by_id"), "person", ["booked_by_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_support_session_booked_or_recorded"), "slot_id IS NOT NULL OR recorded_at IS NOT NULL"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_support_session_cancelled"), "cancelled_at IS NULL OR slot_id IS NOT NULL"
        )
    op.create_index(
        "uq_support_session_slot_id",
        "support_session",
        ["slot_id"],
        unique=True,
        sqlite_where=sa.text("cancelled_at IS NULL"),
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )
    with op.batch_alter_table("told_fact", schema=None) as batch_op:
        batch_op.alter_column("plan_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_check_constraint(
            batch_op.f("ck_told_fact_told_somebody"), "plan_id IS NOT NULL OR told_to_all_at IS NOT NULL"
        )


def _milestones_and_notes() -> None:
    op.create_table(
        "support_milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("by IN ('firm', 'adviser', 'team')", name=op.f("ck_support_milestone_milestoneby")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_support_milestone_said")),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_support_milestone_done_by_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["support_plan.id"], name=op.f("fk_support_milestone_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_milestone")),
    )
    op.create_index("ix_support_milestone_plan", "support_milestone", ["plan_id", "due_on"])
    op.create_table(
        "support_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("from_firm", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_support_note_said")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_support_note_by_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["support_plan.id"], name=op.f("fk_support_note_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_note")),
    )
    op.create_index("ix_support_note_plan", "support_note", ["plan_id", "written_at"])


def _times() -> None:
    op.create_table(
        "support_resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('room', 'equipment')", name=op.f("ck_support_resource_resourcekind")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_support_resource_named")),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_support_resource_added_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_support_resource_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_resource")),
    )
    op.create_index(op.f("ix_support_resource_organisation_id"), "support_resource", ["organisation_id"])
    op.create_table(
        "support_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(person_id IS NULL) <> (resource_id IS NULL)", name=op.f("ck_support_slot_whose")),
        sa.CheckConstraint("minutes BETWEEN 15 AND 480", name=op.f("ck_support_slot_minutes")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_support_slot_challenge_id")),
        sa.ForeignKeyConstraint(["offered_by_id"], ["person.id"], name=op.f("fk_support_slot_offered_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_slot_person_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["support_plan.id"], name=op.f("fk_support_slot_plan_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["support_resource.id"], name=op.f("fk_support_slot_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_slot")),
    )
    op.create_index("ix_support_slot_challenge", "support_slot", ["challenge_id", "starts_at"])
    op.create_index("ix_support_slot_person", "support_slot", ["person_id", "starts_at"])
    op.create_index("ix_support_slot_resource", "support_slot", ["resource_id", "starts_at"])
    op.create_index(op.f("ix_support_slot_plan_id"), "support_slot", ["plan_id"])
