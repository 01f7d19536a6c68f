"""Places from official files: areas, postcodes, outward codes, and which files were read."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ward",
                "district",
                "county",
                "combined_authority",
                "region",
                "country",
                "lsoa",
                name="areakind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("easting", sa.Integer(), nullable=True),
        sa.Column("northing", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_area")),
    )
    op.create_index(op.f("ix_area_kind"), "area", ["kind"])
    op.create_index(op.f("ix_area_name"), "area", ["name"])

    op.create_table(
        "outward_code",
        sa.Column("outward", sa.String(length=4), nullable=False),
        sa.Column("easting", sa.Integer(), nullable=False),
        sa.Column("northing", sa.Integer(), nullable=False),
        sa.Column("postcodes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("outward", name=op.f("pk_outward_code")),
    )
    op.create_table(
        "place_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "code_point",
                "postcode_lookup",
                "lsoa_centres",
                "outward_codes",
                "names",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("set_aside", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_file")),
    )
    op.create_table(
        "postcode",
        sa.Column("postcode", sa.String(length=8), nullable=False),
        sa.Column("outward", sa.String(length=4), nullable=False),
        sa.Column("easting", sa.Integer(), nullable=True),
        sa.Column("northing", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("ward_code", sa.String(length=9), nullable=True),
        sa.Column("district_code", sa.String(length=9), nullable=True),
        sa.Column("county_code", sa.String(length=9), nullable=True),
        sa.Column("region_code", sa.String(length=9), nullable=True),
        sa.Column("country_code", sa.String(length=9), nullable=True),
        sa.Column("lsoa_code", sa.String(length=9), nullable=True),
        sa.CheckConstraint("(easting IS NULL) = (northing IS NULL)", name=op.f("ck_postcode_point")),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_postcode_degrees")),
        sa.PrimaryKeyConstraint("postcode", name=op.f("pk_postcode")),
    )
    op.create_index(op.f("ix_postcode_district_code"), "postcode", ["district_code"])
    op.create_index(op.f("ix_postcode_outward"), "postcode", ["outward"])
    op.create_index("ix_postcode_point", "postcode", ["easting", "northing"])
    op.create_index(op.f("ix_postcode_ward_code"), "postcode", ["ward_code"])


def downgrade() -> None:
    op.drop_table("postcode")
    op.drop_table("place_file")
    op.drop_table("outward_code")
    op.drop_table("area")
