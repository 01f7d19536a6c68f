"""Showcase day: what firms need and when they cannot come, how the order came about, swaps, and a phone's changes."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_MAKERS = ("lot", "organiser", "swap")
_ANSWERS = ("waiting", "accepted", "declined", "withdrawn", "overtaken")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    with op.batch_alter_table("appearance", schema=None) as batch_op:
        for name in ("setup_minutes", "sockets", "screens"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("network", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint(op.f("ck_appearance_setup"), "setup_minutes BETWEEN 0 AND 120")
        batch_op.create_check_constraint(
            op.f("ck_appearance_demands"), "sockets BETWEEN 0 AND 50 AND screens BETWEEN 0 AND 20"
        )
    _times_and_orders()
    _swaps()
    _changes()


def _times_and_orders() -> None:
    op.create_table(
        "away_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appearance_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.CheckConstraint("starts < ends", name=op.f("ck_away_time_forward")),
        sa.ForeignKeyConstraint(["appearance_id"], ["appearance.id"], name=op.f("fk_away_time_appearance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away_time")),
    )
    op.create_index("ix_away_time_appearance", "away_time", ["appearance_id"])
    op.create_table(
        "order_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("made_by", _one_of("ordermaker", *_MAKERS), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("drawn_from", sa.Text(), nullable=False),
        sa.CheckConstraint("(made_by = 'lot') = (seed <> '')", name=op.f("ck_order_record_seeded")),
        sa.CheckConstraint("made_by <> 'organiser' OR reason <> ''", name=op.f("ck_order_record_reasoned")),
        sa.ForeignKeyConstraint(["event_id"], ["showcase_event.id"], name=op.f("fk_order_record_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_order_record_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_record")),
    )
    op.create_index("ix_order_record_event", "order_record", ["event_id", "id"])


def _swaps() -> None:
    op.create_table(
        "slot_swap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", _one_of("swapanswer", *_ANSWERS), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("asker_id <> asked_id", name=op.f("ck_slot_swap_two_firms")),
        sa.CheckConstraint("(answer = 'waiting') = (answered_at IS NULL)", name=op.f("ck_slot_swap_answered")),
        sa.ForeignKeyConstraint(["event_id"], ["showcase_event.id"], name=op.f("fk_slot_swap_event_id")),
        sa.ForeignKeyConstraint(["asker_id"], ["appearance.id"], name=op.f("fk_slot_swap_asker_id")),
        sa.ForeignKeyConstraint(["asked_id"], ["appearance.id"], name=op.f("fk_slot_swap_asked_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_slot_swap_asked_by_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_slot_swap_answered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_swap")),
    )
    op.create_index("ix_slot_swap_event", "slot_swap", ["event_id", "id"])
    for column in ("asker_id", "asked_id"):
        op.create_index(op.f(f"ix_slot_swap_{column}"), "slot_swap", [column])


def _changes() -> None:
    op.create_table(
        "panel_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("appearance_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_panel_change_counted")),
        sa.ForeignKeyConstraint(["seat_id"], ["panel_seat.id"], name=op.f("fk_panel_change_seat_id")),
        sa.ForeignKeyConstraint(["appearance_id"], ["appearance.id"], name=op.f("fk_panel_change_appearance_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_panel_change_criterion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_change")),
        sa.UniqueConstraint("seat_id", "key", name=op.f("uq_panel_change_seat_id_key")),
    )
    op.create_index("ix_panel_change_mark", "panel_change", ["seat_id", "appearance_id", "criterion_id", "sequence"])


def downgrade() -> None:
    raise NotImplementedError("What was drawn, swapped and sent is kept.")
