"""Legal dates kept by day, for the register and for reminders; notices while a contract runs and once it has ended."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_MOMENTS = ("release", "amendment", "tender", "activation", "signing", "ending")
_NEW = ("planning", "running", "contract_end")
_LATER = (*_MOMENTS, *_NEW)


def upgrade() -> None:
    _moments(_MOMENTS, _LATER)
    op.create_table(
        "legal_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("notice", sa.Boolean(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_legal_date_challenge_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_legal_date_done_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_date")),
        sa.UniqueConstraint("challenge_id", "key", "number", name=op.f("uq_legal_date_challenge_id_key_number")),
    )
    op.create_index("ix_legal_date_next", "legal_date", ["challenge_id", "met", "day"])
    op.create_index("ix_legal_date_remind", "legal_date", ["met", "reminded_at", "remind_on"])
    op.create_index("ix_legal_date_overdue", "legal_date", ["met", "asks", "overdue_told_at", "day"])


def downgrade() -> None:
    op.drop_table("legal_date")
    _moments(_LATER, _MOMENTS)


def _moments(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table("notice") as table:
        table.drop_constraint(op.f("ck_notice_moment"), type_="check")
        table.create_check_constraint(op.f("ck_notice_moment"), sa.column("moment").in_(after))
