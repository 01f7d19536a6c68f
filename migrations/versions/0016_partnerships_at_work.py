"""Partnerships at work: invoices, changes of contract, what happens on the way, what is settled, and its notices."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_INVOICE = ("told", "received", "disputed", "paid", "sent_back", "taken_back")
_CHANGE = ("proposed", "agreed", "in_force", "refused", "withdrawn")
_EVENT = ("hearing", "heard", "continued", "suspended", "ended")
_EVENT_KIND = ("insolvency", "control", "member_lost", "exclusion", "breach", "other")
_MATTER = ("property", "source_code", "data", "share")
_PARTNERSHIP = (
    "prepared",
    "set_aside",
    "mobilising",
    "active",
    "ended",
    "option_taken",
    "option_not_taken",
    "closed",
)
_MOMENTS = ("release", "amendment", "tender", "activation", "signing", "ending")
_GROUND = (
    "not_substantial",
    "below_threshold",
    "provided_for",
    "urgent",
    "unforeseeable",
    "known_risk",
    "additional",
    "restructuring",
    "outside",
)
_VAT = ("inclusive", "exclusive", "not_applicable")


def _one_of(states: tuple[str, ...]) -> str:
    named = ", ".join(f"'{each}'" for each in states)
    return f"state IN ({named})"


def _moment(name: str, *, nullable: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table: str, name: str, to: str, *, nullable: bool = False) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    column = sa.Column(name, sa.Integer(), nullable=nullable)
    return column, sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}"))


def upgrade() -> None:
    _moments(*_MOMENTS, "change", "contract_end")
    _partnership(*_PARTNERSHIP, "suspended")
    with op.batch_alter_table("partnership") as table:
        table.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("deployed_on", sa.Date(), nullable=True))
        for column in ("deployed_where", "lessons"):
            table.add_column(sa.Column(column, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("target") as table:
        table.add_column(sa.Column("origin", sa.String(length=40), nullable=False, server_default=""))
    op.execute("UPDATE partnership SET ended_at = state_since WHERE state IN ('ended', 'closed')")
    _invoices()
    _changes()
    _events()
    _settled_matters()
    _seen_benefits()


def _seen_benefits() -> None:
    op.create_table(
        "seen_benefit",
        sa.Column("id", sa.Integer(), nullable=False),
        *_key("seen_benefit", "partnership_id", "partnership"),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=400), nullable=False),
        sa.Column("money_pence", sa.BigInteger(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        _moment("recorded_at", nullable=False),
        *_key("seen_benefit", "recorded_by_id", "person", nullable=True),
        sa.CheckConstraint("money_pence IS NULL OR money_pence >= 0", name=op.f("ck_seen_benefit_money")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seen_benefit")),
    )
    op.create_index(op.f("ix_seen_benefit_partnership_id"), "seen_benefit", ["partnership_id"])


def _partnership(*states: str) -> None:
    with op.batch_alter_table("partnership") as table:
        table.drop_constraint(op.f("ck_partnership_state"), type_="check")
        table.create_check_constraint(op.f("ck_partnership_state"), _one_of(states))


def _events() -> None:
    op.create_table(
        "partnership_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        *_key("partnership_event", "partnership_id", "partnership"),
        sa.Column(
            "kind",
            sa.Enum(*_EVENT_KIND, name="eventkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        _moment("recorded_at", nullable=False),
        *_key("partnership_event", "recorded_by_id", "person", nullable=True),
        _moment("hear_by", nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        _moment("answered_at"),
        _moment("decided_at"),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        _moment("state_since", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(_one_of(_EVENT), name=op.f("ck_partnership_event_state")),
        sa.CheckConstraint(
            "state NOT IN ('continued', 'suspended', 'ended') OR decided_at IS NOT NULL",
            name=op.f("ck_partnership_event_decided"),
        ),
        sa.CheckConstraint("answered_at IS NULL OR view <> ''", name=op.f("ck_partnership_event_answered")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_event")),
        sa.UniqueConstraint("reference", name=op.f("uq_partnership_event_reference")),
    )
    for column in ("partnership_id", "state"):
        op.create_index(op.f(f"ix_partnership_event_{column}"), "partnership_event", [column])


def _settled_matters() -> None:
    op.create_table(
        "settled_matter",
        sa.Column("id", sa.Integer(), nullable=False),
        *_key("settled_matter", "partnership_id", "partnership"),
        sa.Column(
            "matter",
            sa.Enum(*_MATTER, name="matter", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        *_key("settled_matter", "organisation_id", "organisation", nullable=True),
        sa.Column("how", sa.Text(), nullable=False),
        _moment("settled_at", nullable=False),
        *_key("settled_matter", "settled_by_id", "person", nullable=True),
        sa.CheckConstraint("(matter = 'share') = (organisation_id IS NOT NULL)", name=op.f("ck_settled_matter_whose")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled_matter")),
    )
    op.create_index("uq_settled_matter", "settled_matter", ["partnership_id", "matter", "organisation_id"], unique=True)


def _moments(*moments: str) -> None:
    named = ", ".join(f"'{each}'" for each in moments)
    with op.batch_alter_table("notice") as table:
        table.drop_constraint(op.f("ck_notice_moment"), type_="check")
        table.create_check_constraint(op.f("ck_notice_moment"), f"moment IN ({named})")


def _changes() -> None:
    op.create_table(
        "contract_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        *_key("contract_change", "challenge_id", "challenge"),
        *_key("contract_change", "partnership_id", "partnership"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("value_before", sa.BigInteger(), nullable=False),
        sa.Column("value_after", sa.BigInteger(), nullable=False),
        sa.Column("ends_before", sa.Date(), nullable=False),
        sa.Column("ends_after", sa.Date(), nullable=False),
        sa.Column("scope_changes", sa.Boolean(), nullable=False),
        sa.Column("favours_firm", sa.Boolean(), nullable=False),
        sa.Column("rules_apply", sa.Boolean(), nullable=False),
        sa.Column("substantial", sa.Boolean(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(*_GROUND, name="modificationground", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("ground_reason", sa.Text(), nullable=False),
        sa.Column("notice_due", sa.Boolean(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        _moment("notice_published_at"),
        _moment("proposed_at", nullable=False),
        *_key("contract_change", "proposed_by_id", "person", nullable=True),
        _moment("decided_at"),
        *_key("contract_change", "decided_by_id", "person", nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        _moment("in_force_at"),
        sa.Column("state", sa.String(length=40), nullable=False),
        _moment("state_since", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(_one_of(_CHANGE), name=op.f("ck_contract_change_state")),
        sa.CheckConstraint(
            "state NOT IN ('agreed', 'in_force', 'refused') OR decided_at IS NOT NULL",
            name=op.f("ck_contract_change_decided"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name=op.f("ck_contract_change_two_people")
        ),
        sa.CheckConstraint("state <> 'in_force' OR in_force_at IS NOT NULL", name=op.f("ck_contract_change_in_force")),
        sa.CheckConstraint(
            "state <> 'in_force' OR NOT notice_due OR notice_published_at IS NOT NULL",
            name=op.f("ck_contract_change_notice_first"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_change")),
        sa.UniqueConstraint("challenge_id", "number", name=op.f("uq_contract_change_challenge_id_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_contract_change_reference")),
    )
    for column in ("partnership_id", "state"):
        op.create_index(op.f(f"ix_contract_change_{column}"), "contract_change", [column])
    op.create_table(
        "contract_change_line",
        sa.Column("id", sa.Integer(), nullable=False),
        *_key("contract_change_line", "change_id", "contract_change"),
        *_key("contract_change_line", "phase_id", "phase"),
        sa.Column("ends_on_before", sa.Date(), nullable=False),
        sa.Column("ends_on_after", sa.Date(), nullable=False),
        sa.Column("payment_before", sa.BigInteger(), nullable=False),
        sa.Column("payment_after", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("payment_before >= 0 AND payment_after >= 0", name=op.f("ck_contract_change_line_payment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_change_line")),
        sa.UniqueConstraint("change_id", "phase_id", name=op.f("uq_contract_change_line_change_id_phase_id")),
    )


def _invoices() -> None:
    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        *_key("invoice", "partnership_id", "partnership"),
        *_key("invoice", "phase_id", "phase", nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column(
            "vat",
            sa.Enum(*_VAT, name="vat", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        _moment("told_at", nullable=False),
        *_key("invoice", "told_by_id", "person", nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("falls_due_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        _moment("disputed_at"),
        sa.Column("dispute_reason", sa.Text(), nullable=False),
        _moment("settled_at"),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_pence", sa.BigInteger(), nullable=True),
        sa.Column("paid_note", sa.Text(), nullable=False),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        _moment("state_since", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(_one_of(_INVOICE), name=op.f("ck_invoice_state")),
        sa.CheckConstraint(
            "amount_pence > 0 AND (paid_pence IS NULL OR paid_pence > 0)", name=op.f("ck_invoice_money")
        ),
        sa.CheckConstraint(
            "state NOT IN ('received', 'disputed', 'paid') OR (received_on IS NOT NULL AND due_on IS NOT NULL)",
            name=op.f("ck_invoice_clock"),
        ),
        sa.CheckConstraint("state <> 'disputed' OR disputed_at IS NOT NULL", name=op.f("ck_invoice_disputed")),
        sa.CheckConstraint(
            "state <> 'paid' OR (paid_on IS NOT NULL AND paid_pence IS NOT NULL)", name=op.f("ck_invoice_paid")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("partnership_id", "number", name=op.f("uq_invoice_partnership_id_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_invoice_reference")),
    )
    op.create_index("ix_invoice_due", "invoice", ["state", "due_on"])
    op.create_index(op.f("ix_invoice_state"), "invoice", ["state"])


def downgrade() -> None:
    op.execute("UPDATE partnership SET state = 'active' WHERE state = 'suspended'")
    _partnership(*_PARTNERSHIP)
    with op.batch_alter_table("partnership") as table:
        for column in ("ended_at", "deployed_on", "deployed_where", "lessons"):
            table.drop_column(column)
    op.drop_column("target", "origin")
    op.drop_table("seen_benefit")
    op.drop_table("settled_matter")
    op.drop_table("partnership_event")
    op.drop_table("contract_change_line")
    op.drop_table("contract_change")
    op.execute("DELETE FROM notice WHERE moment IN ('change', 'contract_end')")
    _moments(*_MOMENTS)
    op.drop_table("invoice")
