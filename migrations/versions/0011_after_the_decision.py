"""What happens after the decision: debriefs that firms ask for, and what chosen ones say before a public contract."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    _debriefs()
    _supplier_checks()


def _debriefs() -> None:
    op.create_table(
        "debrief",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("wants", sa.Text(), nullable=False),
        sa.Column("prefers", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("takes_place_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'arranged', 'answered', 'held', 'withdrawn')", name=op.f("ck_debrief_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('arranged', 'held') OR takes_place_at IS NOT NULL", name=op.f("ck_debrief_arranged")
        ),
        sa.CheckConstraint("state <> 'answered' OR answer <> ''", name=op.f("ck_debrief_answered")),
        sa.CheckConstraint(
            "(state IN ('answered', 'held', 'withdrawn')) = (closed_at IS NOT NULL)", name=op.f("ck_debrief_closed")
        ),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_debrief_outcome_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_debrief_response_id")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_debrief_challenge_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_debrief_asked_by_id")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_debrief_closed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief")),
        sa.UniqueConstraint("reference", name=op.f("uq_debrief_reference")),
        sa.UniqueConstraint("outcome_id", name=op.f("uq_debrief_outcome_id")),
    )
    for column in ("response_id", "challenge_id", "state"):
        op.create_index(op.f(f"ix_debrief_{column}"), "debrief", [column], unique=False)


def _supplier_checks() -> None:
    op.create_table(
        "supplier_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("share_code", sa.String(length=8), nullable=False),
        sa.Column("ground_applies", sa.Boolean(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("debarred", sa.Boolean(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'given', 'in_order', 'fell_away')", name=op.f("ck_supplier_check_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('given', 'in_order') OR given_at IS NOT NULL", name=op.f("ck_supplier_check_given")
        ),
        sa.CheckConstraint("state <> 'in_order' OR checked_at IS NOT NULL", name=op.f("ck_supplier_check_checked")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_supplier_check_challenge_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_supplier_check_response_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_supplier_check_organisation_id")
        ),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_supplier_check_given_by_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["person.id"], name=op.f("fk_supplier_check_checked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier_check")),
        sa.UniqueConstraint("reference", name=op.f("uq_supplier_check_reference")),
        sa.UniqueConstraint(
            "response_id", "organisation_id", name=op.f("uq_supplier_check_response_id_organisation_id")
        ),
    )
    for column in ("challenge_id", "state"):
        op.create_index(op.f(f"ix_supplier_check_{column}"), "supplier_check", [column], unique=False)
    op.create_index("ix_supplier_check_waiting", "supplier_check", ["organisation_id", "state"], unique=False)
    op.create_table(
        "subcontractor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["supplier_check.id"], name=op.f("fk_subcontractor_check_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subcontractor")),
        sa.UniqueConstraint("check_id", "position", name=op.f("uq_subcontractor_check_id_position")),
    )


def downgrade() -> None:
    op.drop_table("subcontractor")
    op.drop_table("supplier_check")
    for column in ("response_id", "challenge_id", "state"):
        op.drop_index(op.f(f"ix_debrief_{column}"), table_name="debrief")
    op.drop_table("debrief")
