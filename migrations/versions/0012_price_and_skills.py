"""Prices that people judge in an envelope of their own, what each of a panel can judge, who else works on an offer."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "prices_opened",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_prices_opened_round_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_prices_opened_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prices_opened")),
        sa.UniqueConstraint("round_id", name=op.f("uq_prices_opened_round_id")),
    )
    op.create_table(
        "sheet_criterion",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_sheet_criterion_assignment_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_sheet_criterion_criterion_id")),
        sa.PrimaryKeyConstraint("assignment_id", "criterion_id", name=op.f("pk_sheet_criterion")),
    )
    op.create_index(op.f("ix_sheet_criterion_criterion_id"), "sheet_criterion", ["criterion_id"])
    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("judges_price", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("limits", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("price", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("price_judged", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint("price_judged", "by_price OR NOT price_judged")
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sponsor_email", sa.String(length=254), nullable=False, server_default=""))
    _sheets_given_before_ask_for_everything()


def _sheets_given_before_ask_for_everything() -> None:
    """Until now every sheet asked for every criterion of its round that is not about the price."""
    op.execute(
        "INSERT INTO sheet_criterion (assignment_id, criterion_id) "
        "SELECT assignment.id, criterion.id FROM assignment "
        "JOIN criterion ON criterion.round_id = assignment.round_id WHERE NOT criterion.by_price"
    )


def downgrade() -> None:
    raise NotImplementedError("Sheets that ask for some criteria cannot be told from those that ask for all.")
