"""Vouches, Meet the Buyer, and cards of what is new."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "buyer_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["host_id"], ["organisation.id"], name=op.f("fk_buyer_event_host_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_buyer_event_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyer_event")),
        sa.UniqueConstraint("reference", name=op.f("uq_buyer_event_reference")),
    )
    with op.batch_alter_table("buyer_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_buyer_event_host_id"), ["host_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_buyer_event_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "opportunity_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("firm", "product", "social", name="cardkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("good", sa.Text(), nullable=False),
        sa.Column("sponsor", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("title <> '' AND sponsor <> ''", name=op.f("ck_opportunity_card_named")),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_opportunity_card_lasts")),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_opportunity_card_body_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_opportunity_card_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_card")),
        sa.UniqueConstraint("reference", name=op.f("uq_opportunity_card_reference")),
    )
    with op.batch_alter_table("opportunity_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_card_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_card_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "vouch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("work", sa.String(length=200), nullable=False),
        sa.Column(
            "size",
            sa.Enum(
                "small",
                "middle",
                "large",
                "largest",
                name="worksize",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "on_time",
            sa.Enum("yes", "nearly", "no", name="ontime", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("consents", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("work <> ''", name=op.f("ck_vouch_said")),
        sa.CheckConstraint("(consents IS NULL) = (answered_at IS NULL)", name=op.f("ck_vouch_answered")),
        sa.CheckConstraint("body_id <> firm_id", name=op.f("ck_vouch_another")),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_vouch_body_id")),
        sa.ForeignKeyConstraint(["firm_id"], ["organisation.id"], name=op.f("fk_vouch_firm_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_vouch_given_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouch")),
        sa.UniqueConstraint("reference", name=op.f("uq_vouch_reference")),
    )
    with op.batch_alter_table("vouch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vouch_firm_id"), ["firm_id"], unique=False)
        batch_op.create_index(
            "uq_vouch_standing",
            ["body_id", "firm_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "buyer_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("buyer", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=True),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booked_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(firm_id IS NULL) = (booked_at IS NULL)", name=op.f("ck_buyer_time_booked")),
        sa.CheckConstraint("minutes BETWEEN 5 AND 120", name=op.f("ck_buyer_time_minutes")),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_buyer_time_body_id")),
        sa.ForeignKeyConstraint(["booked_by_id"], ["person.id"], name=op.f("fk_buyer_time_booked_by_id")),
        sa.ForeignKeyConstraint(["event_id"], ["buyer_event.id"], name=op.f("fk_buyer_time_event_id")),
        sa.ForeignKeyConstraint(["firm_id"], ["organisation.id"], name=op.f("fk_buyer_time_firm_id")),
        sa.ForeignKeyConstraint(["offered_by_id"], ["person.id"], name=op.f("fk_buyer_time_offered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyer_time")),
        sa.UniqueConstraint(
            "event_id", "body_id", "buyer", "starts_at", name=op.f("uq_buyer_time_event_id_body_id_buyer_starts_at")
        ),
        sa.UniqueConstraint("event_id", "firm_id", "starts_at", name=op.f("uq_buyer_time_event_id_firm_id_starts_at")),
    )
    with op.batch_alter_table("buyer_time", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_buyer_time_body_id"), ["body_id"], unique=False)
        batch_op.create_index("ix_buyer_time_event", ["event_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_buyer_time_firm_id"), ["firm_id"], unique=False)

    op.create_table(
        "card_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("nurtures", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("nurtures OR reason <> ''", name=op.f("ck_card_answer_declined_with_reason")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_card_answer_answered_by_id")),
        sa.ForeignKeyConstraint(["card_id"], ["opportunity_card.id"], name=op.f("fk_card_answer_card_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_card_answer_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_answer")),
        sa.UniqueConstraint("card_id", "organisation_id", name=op.f("uq_card_answer_card_id_organisation_id")),
    )
    with op.batch_alter_table("card_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_answer_organisation_id"), ["organisation_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("card_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_answer_organisation_id"))

    op.drop_table("card_answer")
    with op.batch_alter_table("buyer_time", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_buyer_time_firm_id"))
        batch_op.drop_index("ix_buyer_time_event")
        batch_op.drop_index(batch_op.f("ix_buyer_time_body_id"))

    op.drop_table("buyer_time")
    with op.batch_alter_table("vouch", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_vouch_standing", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_vouch_firm_id"))

    op.drop_table("vouch")
    with op.batch_alter_table("opportunity_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opportunity_card_expires_at"))
        batch_op.drop_index(batch_op.f("ix_opportunity_card_body_id"))

    op.drop_table("opportunity_card")
    with op.batch_alter_table("buyer_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_buyer_event_starts_at"))
        batch_op.drop_index(batch_op.f("ix_buyer_event_host_id"))

    op.drop_table("buyer_event")
