"""What is published as open data, bodies' numbers on the Central Digital Platform, and options' money by year."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_PROJECT_KIND = sa.Enum(
    "outsourcing",
    "development",
    "standard_building",
    "unusual_building",
    name="projectkind",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    op.create_table(
        "published_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.String(length=80), nullable=False),
        sa.Column("tags", sa.String(length=120), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_published_release_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_release")),
        sa.UniqueConstraint("challenge_id", "number", name=op.f("uq_published_release_challenge_id_number")),
        sa.UniqueConstraint("release_id", name=op.f("uq_published_release_release_id")),
    )
    op.add_column("organisation", sa.Column("ppon", sa.String(length=14), nullable=True))
    _money_by_year()


def _money_by_year() -> None:
    """Every option's money becomes a row a year: once in the first, and the same to run it in each."""
    op.create_table(
        "case_option_year",
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("one_off_pence", sa.BigInteger(), nullable=False),
        sa.Column("yearly_pence", sa.BigInteger(), nullable=False),
        sa.Column("benefit_pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("year BETWEEN 0 AND 59", name=op.f("ck_case_option_year_year")),
        sa.CheckConstraint(
            "one_off_pence >= 0 AND yearly_pence >= 0 AND benefit_pence >= 0",
            name=op.f("ck_case_option_year_not_negative"),
        ),
        sa.ForeignKeyConstraint(["option_id"], ["case_option.id"], name=op.f("fk_case_option_year_option_id")),
        sa.PrimaryKeyConstraint("option_id", "year", name=op.f("pk_case_option_year")),
    )
    options, years = (sa.table(name) for name in ("case_option", "case_option_year"))
    for column in ("id", "one_off_pence", "yearly_pence", "years"):
        options.append_column(sa.column(column))
    for column in ("option_id", "year", "one_off_pence", "yearly_pence", "benefit_pence"):
        years.append_column(sa.column(column))
    rows = [
        {
            "option_id": option.id,
            "year": year,
            "one_off_pence": 0 if year else option.one_off_pence,
            "yearly_pence": option.yearly_pence,
            "benefit_pence": 0,
        }
        for option in op.get_bind().execute(sa.select(options))
        for year in range(option.years)
    ]
    if rows:
        op.bulk_insert(years, rows)
    with op.batch_alter_table("case_option", schema=None) as batch_op:
        batch_op.drop_constraint("costs_not_negative", type_="check")
        batch_op.drop_constraint("years", type_="check")
        for column in ("one_off_pence", "yearly_pence", "years"):
            batch_op.drop_column(column)
        batch_op.add_column(sa.Column("project_kind", _PROJECT_KIND, nullable=True))
        batch_op.add_column(sa.Column("one_off_bias", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("yearly_bias", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("bias_reason", sa.Text(), nullable=False, server_default=""))
        batch_op.create_check_constraint("bias", "one_off_bias BETWEEN 0 AND 500 AND yearly_bias BETWEEN 0 AND 500")


def downgrade() -> None:
    raise NotImplementedError("An option's money by year does not fit into one figure a year.")
