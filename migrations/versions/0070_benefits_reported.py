"""Benefits have a life of their own: a firm reports one, the authority confirms it or says why not."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0060"

_STATES = "state IN ('told', 'seen', 'sent_back', 'taken_back')"


def upgrade() -> None:
    with op.batch_alter_table("seen_benefit") as table:
        table.add_column(sa.Column("reference", sa.String(length=20), nullable=True))
        table.add_column(sa.Column("state", sa.String(length=40), nullable=False, server_default="seen"))
        table.add_column(sa.Column("state_since", sa.DateTime(timezone=True), nullable=True))
        for column in ("from_firm", "shown_to_firm"):
            table.add_column(sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("end_reason", sa.Text(), nullable=False, server_default=""))
    _fill()
    with op.batch_alter_table("seen_benefit") as table:
        table.alter_column("reference", existing_type=sa.String(length=20), nullable=False)
        table.alter_column("state_since", existing_type=sa.DateTime(timezone=True), nullable=False)
        table.create_unique_constraint(op.f("uq_seen_benefit_reference"), ["reference"])
        table.create_check_constraint(op.f("ck_seen_benefit_state"), _STATES)
        table.create_check_constraint(op.f("ck_seen_benefit_firm_sees_its_own"), "shown_to_firm OR NOT from_firm")
        table.create_index(op.f("ix_seen_benefit_state"), ["state"])


def _fill() -> None:
    """What was recorded before was told to be the authority's own, and stays so."""
    rows = op.get_bind()
    for (key,) in rows.execute(sa.text("SELECT id FROM seen_benefit")).all():
        rows.execute(
            sa.text("UPDATE seen_benefit SET reference = :reference, state_since = recorded_at WHERE id = :id"),
            {"reference": secrets.token_hex(6), "id": key},
        )


def downgrade() -> None:
    with op.batch_alter_table("seen_benefit") as table:
        table.drop_index(op.f("ix_seen_benefit_state"))
        table.drop_constraint(op.f("ck_seen_benefit_firm_sees_its_own"), type_="check")
        table.drop_constraint(op.f("ck_seen_benefit_state"), type_="check")
        table.drop_constraint(op.f("uq_seen_benefit_reference"), type_="unique")
        for column in ("end_reason", "shown_to_firm", "from_firm", "state_since", "state", "reference"):
            table.drop_column(column)
