"""The first shape of the database."""

import sqlalchemy as sa
from alembic import op

from portal.challenges.models.searched import SEARCH_DDL
from portal.journal.models import APPEND_ONLY

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("permissions", sa.String(length=120), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index("ix_agreement_subject", ["subject_kind", "subject_id", "move"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("window_began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempt")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_journal_entry")),
    )
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_entry_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index("ix_journal_entry_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_journal_head_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_head")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=True),
        sa.Column("is_authority", sa.Boolean(), nullable=False),
        sa.Column("is_supplier", sa.Boolean(), nullable=False),
        sa.Column("is_partner", sa.Boolean(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column(
            "authority_kind",
            sa.Enum(
                "local_authority",
                "nhs",
                "central_government",
                "university",
                "housing_association",
                "other_public",
                name="authoritykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "supplier_kind",
            sa.Enum(
                "company",
                "sole_trader",
                "social_enterprise",
                "charity",
                "co_operative",
                name="supplierkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("company_number", sa.String(length=8), nullable=True),
        sa.Column("postcode", sa.String(length=8), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("colour", sa.String(length=20), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "NOT is_authority OR authority_kind IS NOT NULL", name=op.f("ck_organisation_authority_has_kind")
        ),
        sa.CheckConstraint(
            "NOT is_supplier OR supplier_kind IS NOT NULL", name=op.f("ck_organisation_supplier_has_kind")
        ),
        sa.CheckConstraint(
            "company_number IS NULL OR length(company_number) = 8", name=op.f("ck_organisation_company_number")
        ),
        sa.CheckConstraint("headcount IS NULL OR headcount >= 0", name=op.f("ck_organisation_headcount")),
        sa.CheckConstraint("is_authority OR is_supplier OR is_partner", name=op.f("ck_organisation_is_something")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
        sa.UniqueConstraint("reference", name=op.f("uq_organisation_reference")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_company_number"), ["company_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_name"), ["name"], unique=False)

    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("to_person_id", sa.Integer(), nullable=True),
        sa.Column("to_address", sa.String(length=254), nullable=True),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("once_key", sa.String(length=120), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_fault", sa.String(length=200), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(to_person_id IS NULL) <> (to_address IS NULL)", name=op.f("ck_outbox_message_one_recipient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("once_key", name=op.f("uq_outbox_message_once_key")),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_message_to_person_id"), ["to_person_id"], unique=False)
        batch_op.create_index("ix_outbox_message_waiting", ["sent_at", "given_up_at", "due_at"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("job_title", sa.String(length=120), nullable=False),
        sa.Column("password_digest", sa.String(length=200), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "directorate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_directorate_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directorate")),
    )
    with op.batch_alter_table("directorate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directorate_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "join_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_join_request_decided_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_join_request_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_join_request_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_request")),
    )
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_join_request_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_join_request_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_sign_in_token_digest")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mime", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_file_not_empty")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["person.id"], name=op.f("fk_stored_file_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("reference", name=op.f("uq_stored_file_reference")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_file_digest"), ["digest"], unique=False)

    op.create_table(
        "challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column(
            "pathway",
            sa.Enum("showcase", "direct", name="pathway", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("summary", sa.String(length=400), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("directorate_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("sponsor_name", sa.String(length=120), nullable=False),
        sa.Column("sponsor_title", sa.String(length=120), nullable=False),
        sa.Column(
            "release_kind",
            sa.Enum(
                "engagement",
                "first_round",
                "prototype",
                "exempt",
                "below_threshold",
                name="releasekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "contract_kind",
            sa.Enum(
                "goods",
                "services",
                "works",
                "light_touch",
                name="contractkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "vat",
            sa.Enum(
                "inclusive",
                "exclusive",
                "not_applicable",
                name="vat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("estimated_pence", sa.BigInteger(), nullable=True),
        sa.Column("option_pence", sa.BigInteger(), nullable=False),
        sa.Column("participant_pence", sa.BigInteger(), nullable=False),
        sa.Column("advertised", sa.Boolean(), nullable=False),
        sa.Column("purchase_announced", sa.Boolean(), nullable=False),
        sa.Column("market_gap", sa.Text(), nullable=False),
        sa.Column("route_reason", sa.Text(), nullable=False),
        sa.Column("lots_reason", sa.Text(), nullable=False),
        sa.Column("conflicts_assessed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("conflicts_assessed_by_id", sa.Integer(), nullable=True),
        sa.Column("conflicts_note", sa.Text(), nullable=False),
        sa.Column("sponsor_interests", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("brief_number", sa.Integer(), nullable=False),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("imported_from", sa.String(length=120), nullable=True),
        sa.Column("imported_digest", sa.String(length=64), nullable=True),
        sa.Column("import_note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "pathway = 'showcase' OR state NOT IN ('support', 'showcase')", name=op.f("ck_challenge_direct_states")
        ),
        sa.CheckConstraint("state <> 'activated' OR activated_at IS NOT NULL", name=op.f("ck_challenge_activated")),
        sa.CheckConstraint(
            "state IN ('design_thinking', 'articulation', 'open', 'assessment', 'support', 'showcase', 'business_case', 'tender', 'tender_assessment', 'award', 'activated', 'no_solution', 'not_funded', 'withdrawn')",
            name=op.f("ck_challenge_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('open', 'assessment', 'support', 'showcase', 'tender', 'tender_assessment', 'award', 'activated') OR released_at IS NOT NULL",
            name=op.f("ck_challenge_released"),
        ),
        sa.CheckConstraint(
            "estimated_pence >= 0 AND option_pence >= 0 AND participant_pence >= 0",
            name=op.f("ck_challenge_values_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["conflicts_assessed_by_id"], ["person.id"], name=op.f("fk_challenge_conflicts_assessed_by_id")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_challenge_created_by_id")),
        sa.ForeignKeyConstraint(["directorate_id"], ["directorate.id"], name=op.f("fk_challenge_directorate_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["organisation.id"], name=op.f("fk_challenge_lead_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_challenge_owner_id")),
        sa.ForeignKeyConstraint(["released_by_id"], ["person.id"], name=op.f("fk_challenge_released_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
        sa.UniqueConstraint("imported_from", name=op.f("uq_challenge_imported_from")),
        sa.UniqueConstraint("reference", name=op.f("uq_challenge_reference")),
    )
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.create_index("ix_challenge_lead_released", ["lead_id", "released_at", "id", "theme"], unique=False)
        batch_op.create_index("ix_challenge_lead_waiting", ["lead_id", "state_since", "id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenge_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index("ix_challenge_released", ["released_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenge_state"), ["state"], unique=False)
        batch_op.create_index(
            "ix_challenge_state_released", ["state", "released_at", "id", "theme", "lead_id"], unique=False
        )
        batch_op.create_index("ix_challenge_theme_released", ["theme", "released_at", "id", "lead_id"], unique=False)

    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("deadline_kept", sa.Boolean(), nullable=False),
        sa.Column("began_by_id", sa.Integer(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["began_by_id"], ["person.id"], name=op.f("fk_amendment_began_by_id")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_amendment_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_amendment_challenge_id")),
    )
    op.create_table(
        "brief_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_format", sa.String(length=10), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("cleaner_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_brief_section_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_section")),
        sa.UniqueConstraint("challenge_id", "key", name=op.f("uq_brief_section_challenge_id_key")),
    )
    op.create_table(
        "brief_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_brief_version_challenge_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["person.id"], name=op.f("fk_brief_version_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_version")),
        sa.UniqueConstraint("challenge_id", "number", name=op.f("uq_brief_version_challenge_id_number")),
    )
    op.create_table(
        "business_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=True),
        sa.Column(
            "vat",
            sa.Enum(
                "inclusive",
                "exclusive",
                "not_applicable",
                name="vat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("money_source", sa.String(length=200), nullable=False),
        sa.Column("budget_code", sa.String(length=40), nullable=False),
        sa.Column("no_tender_statement", sa.Boolean(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state = 'draft' OR submitted_at IS NOT NULL", name=op.f("ck_business_case_submitted")),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'approved', 'rejected')", name=op.f("ck_business_case_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('returned', 'approved', 'rejected') OR decided_at IS NOT NULL",
            name=op.f("ck_business_case_decided"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('submitted', 'approved') OR amount_pence > 0", name=op.f("ck_business_case_amount_named")
        ),
        sa.CheckConstraint("amount_pence >= 0", name=op.f("ck_business_case_amount_not_negative")),
        sa.ForeignKeyConstraint(["begun_by_id"], ["person.id"], name=op.f("fk_business_case_begun_by_id")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_business_case_challenge_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_business_case_decided_by_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["person.id"], name=op.f("fk_business_case_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_case")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_business_case_challenge_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_business_case_reference")),
    )
    with op.batch_alter_table("business_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_business_case_state"), ["state"], unique=False)

    op.create_table(
        "challenge_author",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_challenge_author_challenge_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_challenge_author_person_id")),
        sa.PrimaryKeyConstraint("challenge_id", "person_id", name=op.f("pk_challenge_author")),
    )
    op.create_table(
        "challenge_follow",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_challenge_follow_challenge_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_challenge_follow_person_id")),
        sa.PrimaryKeyConstraint("person_id", "challenge_id", name=op.f("pk_challenge_follow")),
    )
    with op.batch_alter_table("challenge_follow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_follow_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "challenge_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("later_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "copy",
                "merge",
                "split",
                "run_again",
                name="linkkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["earlier_id"], ["challenge.id"], name=op.f("fk_challenge_link_earlier_id")),
        sa.ForeignKeyConstraint(["later_id"], ["challenge.id"], name=op.f("fk_challenge_link_later_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_link")),
        sa.UniqueConstraint("earlier_id", "later_id", name=op.f("uq_challenge_link_earlier_id_later_id")),
    )
    with op.batch_alter_table("challenge_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_link_earlier_id"), ["earlier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenge_link_later_id"), ["later_id"], unique=False)

    op.create_table(
        "challenge_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum("lead", "joint", "support", name="part", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_challenge_party_challenge_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_challenge_party_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_party")),
        sa.UniqueConstraint(
            "challenge_id", "organisation_id", "part", name=op.f("uq_challenge_party_challenge_id_organisation_id_part")
        ),
    )
    with op.batch_alter_table("challenge_party", schema=None) as batch_op:
        batch_op.create_index(
            "ix_challenge_party_organisation", ["organisation_id", "part", "challenge_id"], unique=False
        )

    op.create_table(
        "challenge_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_challenge_search_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_search")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_challenge_search_challenge_id")),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("award_number", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_whom", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "dismissed",
                "withdrawn",
                "settled",
                "succeeded",
                name="claimoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name=op.f("ck_claim_closed_with_outcome")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_claim_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "conflict_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.String(length=60), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_conflict_declaration_challenge_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_conflict_declaration_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_declaration")),
        sa.UniqueConstraint("challenge_id", "person_id", name=op.f("uq_conflict_declaration_challenge_id_person_id")),
    )
    with op.batch_alter_table("conflict_declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_declaration_person_id"), ["person_id"], unique=False)

    op.create_table(
        "deal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("go_on_count", sa.Integer(), nullable=True),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.Column("intellectual_property", sa.Text(), nullable=False),
        sa.Column("if_unfunded", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("go_on_count > 0", name=op.f("ck_deal_somebody_goes_on")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_deal_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_deal_challenge_id")),
    )
    op.create_table(
        "engagement_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("who_came", sa.Text(), nullable=False),
        sa.Column("people_count", sa.Integer(), nullable=False),
        sa.Column("learnt", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("people_count > 0", name=op.f("ck_engagement_session_somebody_came")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_engagement_session_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement_session")),
    )
    with op.batch_alter_table("engagement_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_engagement_session_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "how_might_we",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_how_might_we_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_how_might_we")),
    )
    with op.batch_alter_table("how_might_we", schema=None) as batch_op:
        batch_op.create_index("ix_how_might_we_challenge", ["challenge_id", "chosen_at"], unique=False)

    op.create_table(
        "mailed_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "confirm",
                "start",
                "reset",
                "invite",
                name="linkpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "coordinator",
                "authority_administrator",
                "procurement_officer",
                "budget_holder",
                "challenge_owner",
                "support_adviser",
                "supplier_administrator",
                "supplier_member",
                "assessor",
                "opener",
                "showcase_guest",
                "deputy",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("next_path", sa.String(length=300), nullable=True),
        sa.Column("limit_pence", sa.BigInteger(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_mailed_link_challenge_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_mailed_link_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mailed_link_person_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_mailed_link_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailed_link")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_mailed_link_token_digest")),
    )
    with op.batch_alter_table("mailed_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mailed_link_email"), ["email"], unique=False)

    op.create_table(
        "must_have",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_must_have_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_must_have")),
        sa.UniqueConstraint("challenge_id", "position", name=op.f("uq_must_have_challenge_id_position")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "UK1",
                "UK2",
                "UK3",
                "UK4",
                "UK5",
                "UK6",
                "UK7",
                "UK8",
                "UK9",
                "UK10",
                "UK11",
                "UK12",
                "UK13",
                "UK14",
                "UK15",
                "UK16",
                "UK17",
                "BELOW_THRESHOLD_TENDER",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "moment",
            sa.Enum(
                "release",
                "amendment",
                "tender",
                "activation",
                "signing",
                "ending",
                name="moment",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=30), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'published' OR (reference IS NOT NULL AND published_at IS NOT NULL)",
            name=op.f("ck_notice_published"),
        ),
        sa.CheckConstraint("state <> 'replaced' OR kind = 'UK2'", name=op.f("ck_notice_only_engagement_replaced")),
        sa.CheckConstraint("state IN ('draft', 'ready', 'published', 'replaced')", name=op.f("ck_notice_state")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_notice_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "challenge_id", "moment", "number", "kind", name=op.f("uq_notice_challenge_id_moment_number_kind")
        ),
        sa.UniqueConstraint("challenge_id", "reference", name=op.f("uq_notice_challenge_id_reference")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_state"), ["state"], unique=False)

    op.create_table(
        "reconsideration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 2", name=op.f("ck_reconsideration_not_the_first")),
        sa.ForeignKeyConstraint(["begun_by_id"], ["person.id"], name=op.f("fk_reconsideration_begun_by_id")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_reconsideration_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconsideration")),
        sa.UniqueConstraint("challenge_id", "number", name=op.f("uq_reconsideration_challenge_id_number")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "coordinator",
                "authority_administrator",
                "procurement_officer",
                "budget_holder",
                "challenge_owner",
                "support_adviser",
                "supplier_administrator",
                "supplier_member",
                "assessor",
                "opener",
                "showcase_guest",
                "deputy",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "scope_kind",
            sa.Enum(
                "portal",
                "authority",
                "supplier",
                "partner",
                "challenge",
                name="scopekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("limit_pence", sa.BigInteger(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(scope_kind = 'portal' AND organisation_id IS NULL AND challenge_id IS NULL) OR (scope_kind IN ('authority', 'supplier', 'partner')     AND organisation_id IS NOT NULL AND challenge_id IS NULL) OR (scope_kind = 'challenge' AND organisation_id IS NULL AND challenge_id IS NOT NULL)",
            name=op.f("ck_role_grant_scope_has_its_object"),
        ),
        sa.CheckConstraint(
            "role <> 'deputy' OR (starts_on IS NOT NULL AND ends_on IS NOT NULL)",
            name=op.f("ck_role_grant_deputy_dates"),
        ),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_role_grant_challenge_id")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["person.id"], name=op.f("fk_role_grant_granted_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_role_grant_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_grant_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_role_grant_person", ["person_id", "ended_at"], unique=False)

    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("challenge", "tender", name="roundkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("questions_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column(
            "scoring",
            sa.Enum("mean", "consensus", name="scoringmethod", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("spread_limit", sa.Integer(), nullable=False),
        sa.Column("minimum_percent", sa.Integer(), nullable=False),
        sa.Column("outreach_note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minimum_percent BETWEEN 0 AND 100", name=op.f("ck_round_minimum")),
        sa.CheckConstraint(
            "questions_until IS NULL OR deadline IS NULL OR questions_until < deadline", name=op.f("ck_round_cut_off")
        ),
        sa.CheckConstraint("quorum >= 1", name=op.f("ck_round_quorum")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_round_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("challenge_id", "kind", name=op.f("uq_round_challenge_id_kind")),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index("ix_round_deadline", ["deadline"], unique=False)

    op.create_table(
        "showcase_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=400), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("minutes_each", sa.Integer(), nullable=False),
        sa.Column("guests_note", sa.Text(), nullable=False),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("place <> '' OR link <> ''", name=op.f("ck_showcase_event_somewhere")),
        sa.CheckConstraint("state IN ('planned', 'cancelled', 'held')", name=op.f("ck_showcase_event_state")),
        sa.CheckConstraint("minutes_each BETWEEN 5 AND 240", name=op.f("ck_showcase_event_minutes")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_showcase_event_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_event")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_showcase_event_challenge_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_showcase_event_reference")),
    )
    with op.batch_alter_table("showcase_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_showcase_event_state"), ["state"], unique=False)

    op.create_table(
        "summary_dispatch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_summary_dispatch_challenge_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_summary_dispatch_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_dispatch")),
        sa.UniqueConstraint("challenge_id", "number", name=op.f("uq_summary_dispatch_challenge_id_number")),
    )
    op.create_table(
        "support_pack",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_support_pack_challenge_id")),
        sa.PrimaryKeyConstraint("challenge_id", name=op.f("pk_support_pack")),
    )
    op.create_table(
        "user_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=160), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_user_need_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_need")),
    )
    with op.batch_alter_table("user_need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_need_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "case_author",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["business_case.id"], name=op.f("fk_case_author_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_author_person_id")),
        sa.PrimaryKeyConstraint("case_id", "person_id", name=op.f("pk_case_author")),
    )
    op.create_table(
        "case_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "section",
            sa.Enum(
                "strategic",
                "economic",
                "commercial",
                "financial",
                "management",
                name="sectionkey",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_comment_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["business_case.id"], name=op.f("fk_case_comment_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_comment")),
    )
    with op.batch_alter_table("case_comment", schema=None) as batch_op:
        batch_op.create_index("ix_case_comment_case", ["case_id", "at"], unique=False)

    op.create_table(
        "case_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "do_nothing",
                "do_minimum",
                "other",
                name="optionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("one_off_pence", sa.BigInteger(), nullable=False),
        sa.Column("yearly_pence", sa.BigInteger(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("brings", sa.Text(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "NOT preferred OR kind <> 'do_nothing'", name=op.f("ck_case_option_nothing_is_not_preferred")
        ),
        sa.CheckConstraint("one_off_pence >= 0 AND yearly_pence >= 0", name=op.f("ck_case_option_costs_not_negative")),
        sa.CheckConstraint("years BETWEEN 1 AND 60", name=op.f("ck_case_option_years")),
        sa.ForeignKeyConstraint(["case_id"], ["business_case.id"], name=op.f("fk_case_option_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_option")),
    )
    with op.batch_alter_table("case_option", schema=None) as batch_op:
        batch_op.create_index("ix_case_option_case", ["case_id"], unique=False)
        batch_op.create_index(
            "uq_case_option_preferred",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("preferred"),
            postgresql_where=sa.text("preferred"),
        )

    op.create_table(
        "case_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "key",
            sa.Enum(
                "strategic",
                "economic",
                "commercial",
                "financial",
                "management",
                name="sectionkey",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["business_case.id"], name=op.f("fk_case_section_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_section")),
        sa.UniqueConstraint("case_id", "key", name=op.f("uq_case_section_case_id_key")),
    )
    op.create_table(
        "criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("word_limit", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("max_score", sa.Integer(), nullable=False),
        sa.CheckConstraint("max_score BETWEEN 1 AND 10", name=op.f("ck_criterion_max_score")),
        sa.CheckConstraint("weight BETWEEN 1 AND 100", name=op.f("ck_criterion_weight")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_criterion_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
    )
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.create_index("ix_criterion_round", ["round_id", "position"], unique=False)

    op.create_table(
        "deadline_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("incident", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_deadline_change_changed_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_deadline_change_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_change")),
    )
    with op.batch_alter_table("deadline_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_change_round_id"), ["round_id"], unique=False)

    op.create_table(
        "deal_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("pays_pence", sa.BigInteger(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.CheckConstraint("pays_pence >= 0 AND hours >= 0", name=op.f("ck_deal_stage_not_negative")),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_deal_stage_deal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_stage")),
        sa.UniqueConstraint("deal_id", "stage", name=op.f("uq_deal_stage_deal_id_stage")),
    )
    op.create_table(
        "lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_lot_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_lot_round_id_number")),
    )
    op.create_table(
        "opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_opening_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_opening_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint("round_id", "person_id", name=op.f("uq_opening_round_id_person_id")),
    )
    op.create_table(
        "panel_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("stood_down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stood_down_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_panel_member_added_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_panel_member_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_panel_member_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_member")),
        sa.UniqueConstraint("round_id", "person_id", name=op.f("uq_panel_member_round_id_person_id")),
    )
    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "panel_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=True),
        sa.Column("conflict_detail", sa.Text(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(conflicted IS NULL) = (declared_at IS NULL)", name=op.f("ck_panel_seat_declared")),
        sa.CheckConstraint("locked_at IS NULL OR conflicted IS FALSE", name=op.f("ck_panel_seat_unconflicted")),
        sa.ForeignKeyConstraint(["event_id"], ["showcase_event.id"], name=op.f("fk_panel_seat_event_id")),
        sa.ForeignKeyConstraint(["named_by_id"], ["person.id"], name=op.f("fk_panel_seat_named_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_panel_seat_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_seat")),
        sa.UniqueConstraint("event_id", "person_id", name=op.f("uq_panel_seat_event_id_person_id")),
    )
    with op.batch_alter_table("panel_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_seat_person_id"), ["person_id"], unique=False)

    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'answered', 'declined')", name=op.f("ck_question_state")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_question_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_question_asked_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_question_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("reference", name=op.f("uq_question_reference")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_state"), ["state"], unique=False)

    op.create_table(
        "scores_opened",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_scores_opened_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_scores_opened_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scores_opened")),
        sa.UniqueConstraint("round_id", name=op.f("uq_scores_opened_round_id")),
    )
    op.create_table(
        "showcase_guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["showcase_event.id"], name=op.f("fk_showcase_guest_event_id")),
        sa.ForeignKeyConstraint(["invited_by_id"], ["person.id"], name=op.f("fk_showcase_guest_invited_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_guest")),
        sa.UniqueConstraint("event_id", "email", name=op.f("uq_showcase_guest_event_id_email")),
    )
    op.create_table(
        "response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("brief_number", sa.Integer(), nullable=False),
        sa.Column("price_pence", sa.BigInteger(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'withdrawn') OR opened_at IS NOT NULL", name=op.f("ck_response_opened")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'withdrawn', 'opened', 'ineligible', 'not_chosen', 'chosen', 'partner')",
            name=op.f("ck_response_state"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'withdrawn') OR submitted_at IS NOT NULL", name=op.f("ck_response_submitted")
        ),
        sa.CheckConstraint("price_pence >= 0", name=op.f("ck_response_price_not_negative")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_response_challenge_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_response_lot_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_response_organisation_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_response_round_id")),
        sa.ForeignKeyConstraint(["started_by_id"], ["person.id"], name=op.f("fk_response_started_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint("lot_id", "organisation_id", name=op.f("uq_response_lot_id_organisation_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_response_reference")),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_response_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_response_round_state", ["round_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_response_state"), ["state"], unique=False)

    op.create_table(
        "score_descriptor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_score_descriptor_criterion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_descriptor")),
        sa.UniqueConstraint("criterion_id", "score", name=op.f("uq_score_descriptor_criterion_id_score")),
    )
    op.create_table(
        "appearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shows", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["showcase_event.id"], name=op.f("fk_appearance_event_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_appearance_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appearance")),
        sa.UniqueConstraint("response_id", name=op.f("uq_appearance_response_id")),
    )
    with op.batch_alter_table("appearance", schema=None) as batch_op:
        batch_op.create_index("ix_appearance_event", ["event_id", "position"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("conflict", sa.Text(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopen_reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state <> 'locked' OR locked_at IS NOT NULL", name=op.f("ck_assignment_locked")),
        sa.CheckConstraint("state IN ('assigned', 'recused', 'scoring', 'locked')", name=op.f("ck_assignment_state")),
        sa.CheckConstraint(
            "state NOT IN ('scoring', 'locked') OR declared_at IS NOT NULL", name=op.f("ck_assignment_declared")
        ),
        sa.ForeignKeyConstraint(["assigned_by_id"], ["person.id"], name=op.f("fk_assignment_assigned_by_id")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_assignment_challenge_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_assignment_response_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_assignment_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("reference", name=op.f("uq_assignment_reference")),
        sa.UniqueConstraint("response_id", "person_id", name=op.f("uq_assignment_response_id_person_id")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index("ix_assignment_person_state", ["person_id", "state"], unique=False)
        batch_op.create_index("ix_assignment_round_state", ["round_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_state"), ["state"], unique=False)

    op.create_table(
        "eligibility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("firm_asked", sa.Text(), nullable=False),
        sa.Column("firm_said", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "eligible OR (reason <> '' AND firm_asked <> '' AND firm_said <> '')",
            name=op.f("ck_eligibility_firm_heard"),
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_eligibility_decided_by_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_eligibility_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility")),
        sa.UniqueConstraint("response_id", name=op.f("uq_eligibility_response_id")),
    )
    op.create_table(
        "late_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_late_attempt_person_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_late_attempt_response_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_late_attempt_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_attempt")),
    )
    with op.batch_alter_table("late_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_late_attempt_response", ["response_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_late_attempt_round_id"), ["round_id"], unique=False)

    op.create_table(
        "moderation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("after BETWEEN 0 AND 10", name=op.f("ck_moderation_after")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_moderation_by_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_moderation_criterion_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_moderation_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation")),
    )
    with op.batch_alter_table("moderation", schema=None) as batch_op:
        batch_op.create_index("ix_moderation_response", ["response_id", "criterion_id"], unique=False)

    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "chosen",
                "not_chosen",
                "ineligible",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("meets_minimum", sa.Boolean(), nullable=False),
        sa.Column("departure", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fell_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("rank >= 1", name=op.f("ck_outcome_rank")),
        sa.CheckConstraint("total BETWEEN 0 AND 10000", name=op.f("ck_outcome_total")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_outcome_challenge_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["person.id"], name=op.f("fk_outcome_checked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_outcome_decided_by_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_outcome_response_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_outcome_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("response_id", name=op.f("uq_outcome_response_id")),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outcome_round_id"), ["round_id"], unique=False)

    op.create_table(
        "partnership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("contract_reference", sa.String(length=60), nullable=False),
        sa.Column("value_pence", sa.BigInteger(), nullable=True),
        sa.Column("ip_terms", sa.Text(), nullable=False),
        sa.Column("gate_break_terms", sa.Text(), nullable=False),
        sa.Column("option_offered", sa.Boolean(), nullable=False),
        sa.Column("option_level", sa.Text(), nullable=False),
        sa.Column("option_maximum_pence", sa.BigInteger(), nullable=True),
        sa.Column("option_expires_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("option_measured", sa.Text(), nullable=False),
        sa.Column("option_level_met", sa.Boolean(), nullable=True),
        sa.Column("option_final_pence", sa.BigInteger(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('prepared', 'set_aside', 'mobilising', 'active', 'ended', 'option_taken', 'option_not_taken', 'closed')",
            name=op.f("ck_partnership_state"),
        ),
        sa.CheckConstraint(
            "state IN ('prepared', 'set_aside', 'mobilising', 'ended') OR signed_on IS NOT NULL",
            name=op.f("ck_partnership_signed"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('option_taken', 'option_not_taken') OR option_offered", name=op.f("ck_partnership_option")
        ),
        sa.CheckConstraint(
            "value_pence >= 0 AND option_maximum_pence >= 0 AND option_final_pence >= 0",
            name=op.f("ck_partnership_money"),
        ),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_partnership_challenge_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_partnership_organisation_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["person.id"], name=op.f("fk_partnership_prepared_by_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_partnership_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership")),
        sa.UniqueConstraint("challenge_id", "number", name=op.f("uq_partnership_challenge_id_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_partnership_reference")),
        sa.UniqueConstraint("response_id", name=op.f("uq_partnership_response_id")),
    )
    with op.batch_alter_table("partnership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_partnership_state"), ["state"], unique=False)

    op.create_table(
        "response_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_response_file_file_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_response_file_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_file")),
        sa.UniqueConstraint("response_id", "file_id", name=op.f("uq_response_file_response_id_file_id")),
    )
    op.create_table(
        "response_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("lead", "partner", name="memberrole", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("share_percent", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("share_percent BETWEEN 0 AND 100", name=op.f("ck_response_member_share")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_response_member_organisation_id")
        ),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_response_member_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_member")),
        sa.UniqueConstraint(
            "response_id", "organisation_id", name=op.f("uq_response_member_response_id_organisation_id")
        ),
    )
    with op.batch_alter_table("response_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_member_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "response_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_response_section_response_id")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["person.id"], name=op.f("fk_response_section_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_section")),
        sa.UniqueConstraint("response_id", "key", name=op.f("uq_response_section_response_id_key")),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("journal_sequence", sa.Integer(), nullable=False),
        sa.Column("journal_digest", sa.String(length=64), nullable=False),
        sa.Column("once_key", sa.String(length=64), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_snapshot_response_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["person.id"], name=op.f("fk_snapshot_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("response_id", "number", name=op.f("uq_snapshot_response_id_number")),
        sa.UniqueConstraint("response_id", "once_key", name=op.f("uq_snapshot_response_id_once_key")),
    )
    op.create_table(
        "solution_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_solution_choice_challenge_id")),
        sa.ForeignKeyConstraint(["chosen_by_id"], ["person.id"], name=op.f("fk_solution_choice_chosen_by_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_solution_choice_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution_choice")),
        sa.UniqueConstraint("challenge_id", "response_id", name=op.f("uq_solution_choice_challenge_id_response_id")),
    )
    op.create_table(
        "summary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["dispatch_id"], ["summary_dispatch.id"], name=op.f("fk_summary_dispatch_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_summary_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary")),
        sa.UniqueConstraint("dispatch_id", "response_id", name=op.f("uq_summary_dispatch_id_response_id")),
    )
    with op.batch_alter_table("summary", schema=None) as batch_op:
        batch_op.create_index("ix_summary_response", ["response_id"], unique=False)

    op.create_table(
        "support_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("adviser_id", sa.Integer(), nullable=True),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("next_step", sa.String(length=200), nullable=False),
        sa.Column("next_step_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_for", sa.Text(), nullable=False),
        sa.Column("out_reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('to_contact', 'under_way', 'ready', 'out')", name=op.f("ck_support_plan_state")),
        sa.CheckConstraint(
            "state NOT IN ('under_way', 'ready') OR contacted_at IS NOT NULL", name=op.f("ck_support_plan_contacted")
        ),
        sa.ForeignKeyConstraint(["adviser_id"], ["person.id"], name=op.f("fk_support_plan_adviser_id")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_support_plan_challenge_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_support_plan_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_plan")),
        sa.UniqueConstraint("response_id", name=op.f("uq_support_plan_response_id")),
    )
    with op.batch_alter_table("support_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_plan_adviser_id"), ["adviser_id"], unique=False)
        batch_op.create_index("ix_support_plan_challenge_state", ["challenge_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_plan_state"), ["state"], unique=False)

    op.create_table(
        "deployment_cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appearance_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=160), nullable=False),
        sa.Column("one_off_pence", sa.BigInteger(), nullable=False),
        sa.Column("yearly_pence", sa.BigInteger(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column(
            "vat",
            sa.Enum(
                "inclusive",
                "exclusive",
                "not_applicable",
                name="vat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("assumptions", sa.Text(), nullable=False),
        sa.CheckConstraint("one_off_pence >= 0 AND yearly_pence >= 0", name=op.f("ck_deployment_cost_not_negative")),
        sa.CheckConstraint("years BETWEEN 1 AND 20", name=op.f("ck_deployment_cost_years")),
        sa.ForeignKeyConstraint(["appearance_id"], ["appearance.id"], name=op.f("fk_deployment_cost_appearance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployment_cost")),
    )
    with op.batch_alter_table("deployment_cost", schema=None) as batch_op:
        batch_op.create_index("ix_deployment_cost_appearance", ["appearance_id"], unique=False)

    op.create_table(
        "guest_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appearance_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wants_to_talk", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> '' OR wants_to_talk", name=op.f("ck_guest_feedback_says_something")),
        sa.ForeignKeyConstraint(["appearance_id"], ["appearance.id"], name=op.f("fk_guest_feedback_appearance_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_guest_feedback_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_feedback")),
        sa.UniqueConstraint("appearance_id", "person_id", name=op.f("uq_guest_feedback_appearance_id_person_id")),
    )
    with op.batch_alter_table("guest_feedback", schema=None) as batch_op:
        batch_op.create_index("ix_guest_feedback_person", ["person_id"], unique=False)

    op.create_table(
        "outcome_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("score_hundredths", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_outcome_feedback_criterion_id")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_feedback_outcome_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_feedback")),
        sa.UniqueConstraint("outcome_id", "criterion_id", name=op.f("uq_outcome_feedback_outcome_id_criterion_id")),
    )
    op.create_table(
        "panel_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("appearance_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 10", name=op.f("ck_panel_score_score")),
        sa.ForeignKeyConstraint(["appearance_id"], ["appearance.id"], name=op.f("fk_panel_score_appearance_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_panel_score_criterion_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["panel_seat.id"], name=op.f("fk_panel_score_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_score")),
        sa.UniqueConstraint(
            "seat_id", "appearance_id", "criterion_id", name=op.f("uq_panel_score_seat_id_appearance_id_criterion_id")
        ),
    )
    with op.batch_alter_table("panel_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_score_appearance_id"), ["appearance_id"], unique=False)

    op.create_table(
        "phase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("payment_pence", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gate_reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'delivered' OR (delivered_at IS NOT NULL AND evidence <> '')", name=op.f("ck_phase_delivered")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'active', 'delivered', 'passed', 'failed', 'stopped')", name=op.f("ck_phase_state")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_phase_dates")),
        sa.CheckConstraint("payment_pence >= 0", name=op.f("ck_phase_payment")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_phase_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
        sa.UniqueConstraint("partnership_id", "number", name=op.f("uq_phase_partnership_id_number")),
    )
    with op.batch_alter_table("phase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phase_state"), ["state"], unique=False)

    op.create_table(
        "score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("value BETWEEN 0 AND 10", name=op.f("ck_score_value")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_score_assignment_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_score_criterion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint("assignment_id", "criterion_id", name=op.f("uq_score_assignment_id_criterion_id")),
    )
    op.create_table(
        "support_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("with_whom", sa.String(length=200), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 1440", name=op.f("ck_support_session_minutes")),
        sa.ForeignKeyConstraint(["plan_id"], ["support_plan.id"], name=op.f("fk_support_session_plan_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_support_session_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_session")),
    )
    with op.batch_alter_table("support_session", schema=None) as batch_op:
        batch_op.create_index("ix_support_session_plan", ["plan_id", "held_on"], unique=False)

    op.create_table(
        "told_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("public_text", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_to_all_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_to_all_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("told_to_all_at IS NULL OR public_text <> ''", name=op.f("ck_told_fact_told_in_words")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_told_fact_challenge_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["support_plan.id"], name=op.f("fk_told_fact_plan_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_told_fact_recorded_by_id")),
        sa.ForeignKeyConstraint(["told_to_all_by_id"], ["person.id"], name=op.f("fk_told_fact_told_to_all_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_fact")),
    )
    with op.batch_alter_table("told_fact", schema=None) as batch_op:
        batch_op.create_index("ix_told_fact_challenge", ["challenge_id", "told_to_all_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_told_fact_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("measure", sa.String(length=200), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_target_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("phase_id", "number", name=op.f("uq_target_phase_id_number")),
    )

    for statements in (APPEND_ONLY, SEARCH_DDL):
        for statement in statements[op.get_bind().dialect.name]:
            op.get_bind().exec_driver_sql(statement)
    op.execute(f"INSERT INTO journal_head (id, sequence, digest) VALUES (1, 0, '{'0' * 64}')")


def downgrade() -> None:
    raise NotImplementedError("There is nothing before the first shape.")
