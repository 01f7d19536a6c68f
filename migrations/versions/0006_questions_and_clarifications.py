"""Questions answered by two people in batches, clarifications, hearings, incidents, and conflicts under review."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_MOMENT = sa.DateTime(timezone=True)
_QUESTION_STATES = "'asked', 'proposed', 'agreed', 'approved', 'answered', 'merged', 'declined', 'withdrawn'"
_CLARIFICATION_STATES = "'asked', 'answered', 'unanswered', 'accepted', 'set_aside', 'heard'"


def upgrade() -> None:
    _questions()
    _clarifications()
    _incidents()
    _conflicts()


def _questions() -> None:
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confidential", sa.Boolean(), nullable=False, server_default=sa.false()))
        for name in ("drafted_by_id", "approved_by_id"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_question_{name}"), "person", [name], ["id"])
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_question_merged_into_id"), "question", ["merged_into_id"], ["id"])
        batch_op.create_index(op.f("ix_question_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.drop_constraint(op.f("ck_question_state"), type_="check")
        batch_op.create_check_constraint(op.f("ck_question_state"), f"state IN ({_QUESTION_STATES})")
        batch_op.create_check_constraint(op.f("ck_question_merged"), "state <> 'merged' OR merged_into_id IS NOT NULL")
        batch_op.create_check_constraint(op.f("ck_question_withdrawn"), "state <> 'withdrawn' OR confidential")


def _clarifications() -> None:
    op.create_table(
        "clarification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("batch", sa.String(length=20), nullable=False),
        sa.Column("hearing", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("time_reason", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", _MOMENT, nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"state IN ({_CLARIFICATION_STATES})", name=op.f("ck_clarification_state")),
        sa.CheckConstraint("state NOT IN ('accepted', 'set_aside') OR answer <> ''", name="ck_clarification_judged"),
        sa.CheckConstraint("state <> 'set_aside' OR verdict <> ''", name=op.f("ck_clarification_set_aside")),
        sa.CheckConstraint("due_at > asked_at", name=op.f("ck_clarification_due")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_clarification_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_clarification_asked_by_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_clarification_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clarification")),
        sa.UniqueConstraint("reference", name=op.f("uq_clarification_reference")),
    )
    with op.batch_alter_table("clarification", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_clarification_batch"), ["batch"], unique=False)
        batch_op.create_index("ix_clarification_due", ["due_at"], unique=False)
        batch_op.create_index("ix_clarification_response", ["response_id"], unique=False)
        batch_op.create_index(op.f("ix_clarification_state"), ["state"], unique=False)


def _incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("ended_at > began_at", name=op.f("ck_incident_order")),
        sa.ForeignKeyConstraint(["change_id"], ["deadline_change.id"], name=op.f("fk_incident_change_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_incident_recorded_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_incident_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_incident_round_id"), ["round_id"], unique=False)


def _conflicts() -> None:
    with op.batch_alter_table("conflict_declaration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mitigation", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("mitigated_at", _MOMENT, nullable=True))
    op.create_table(
        "conflict_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("notice", sa.String(length=8), nullable=False),
        sa.Column("confirmed_at", _MOMENT, nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_conflict_review_challenge_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_conflict_review_confirmed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_review")),
    )
    with op.batch_alter_table("conflict_review", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_conflict_review_challenge_id"), ["challenge_id"], unique=False)
