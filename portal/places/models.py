"""The tables of places. Nothing here is written by hand: `flask places import` fills them from official files."""

from datetime import datetime
from enum import Enum

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Choice


class AreaKind(Enum):
    """What an area of the Office for National Statistics is, told by the first three characters of its code."""

    WARD = "ward"
    DISTRICT = "district"
    COUNTY = "county"
    COMBINED_AUTHORITY = "combined_authority"
    REGION = "region"
    COUNTRY = "country"
    LSOA = "lsoa"

    @property
    def label(self) -> str:
        """The kind in words."""
        return "Neighbourhood (LSOA)" if self is AreaKind.LSOA else self.value.replace("_", " ").capitalize()


class SourceKind(Enum):
    """Which official file something was read from."""

    CODE_POINT = "code_point"
    POSTCODE_LOOKUP = "postcode_lookup"
    LSOA_CENTRES = "lsoa_centres"
    OUTWARD_CODES = "outward_codes"
    NAMES = "names"

    @property
    def title(self) -> str:
        """What its publisher calls the file."""
        return _TITLES[self]

    @property
    def publisher(self) -> str:
        """Whose licence has to be named beside figures made with it."""
        return "Ordnance Survey" if self is SourceKind.CODE_POINT else "Office for National Statistics"


_TITLES = {
    SourceKind.CODE_POINT: "Code-Point Open",
    SourceKind.POSTCODE_LOOKUP: "National Statistics Postcode Lookup",
    SourceKind.LSOA_CENTRES: "Centres of lower layer super output areas",
    SourceKind.OUTWARD_CODES: "Outward codes of the National Statistics Postcode Lookup",
    SourceKind.NAMES: "Names of statistical areas",
}


class Area(Base):
    """A ward, district, county, region or neighbourhood; of a neighbourhood its centre is known, in metres."""

    __tablename__ = "area"

    code: Mapped[str] = mapped_column(String(9), primary_key=True)
    kind: Mapped[AreaKind] = mapped_column(Choice(AreaKind), index=True)
    name: Mapped[str] = mapped_column(String(120), index=True)
    easting: Mapped[int | None]
    northing: Mapped[int | None]


class Postcode(Base):
    """A postcode and the areas it lies in. A code is None where no file that was read gives it.

    `easting` and `northing` are metres on the National Grid; `latitude` and `longitude` degrees, as a file gives them.
    A postcode that a newer file no longer has stays known: old payments and old addresses name it.
    """

    __tablename__ = "postcode"
    __table_args__ = (
        CheckConstraint("(easting IS NULL) = (northing IS NULL)", name="point"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="degrees"),
        Index("ix_postcode_point", "easting", "northing"),
    )

    postcode: Mapped[str] = mapped_column(String(8), primary_key=True)
    outward: Mapped[str] = mapped_column(String(4), index=True)
    easting: Mapped[int | None]
    northing: Mapped[int | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    ward_code: Mapped[str | None] = mapped_column(String(9), index=True)
    district_code: Mapped[str | None] = mapped_column(String(9), index=True)
    county_code: Mapped[str | None] = mapped_column(String(9))
    region_code: Mapped[str | None] = mapped_column(String(9))
    country_code: Mapped[str | None] = mapped_column(String(9))
    lsoa_code: Mapped[str | None] = mapped_column(String(9))


class OutwardCode(Base):
    """The first half of postcodes, with the middle of all that share it: what is known where the whole is not."""

    __tablename__ = "outward_code"

    outward: Mapped[str] = mapped_column(String(4), primary_key=True)
    easting: Mapped[int]
    northing: Mapped[int]
    postcodes: Mapped[int]


class PlaceFile(Base):
    """A file that was read: what it was, when, how many rows were taken and set aside.

    `invented`: its places are made up for a demonstration, and have no publisher.
    """

    __tablename__ = "place_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[SourceKind] = mapped_column(Choice(SourceKind))
    name: Mapped[str] = mapped_column(String(200))
    year: Mapped[int]
    taken: Mapped[int]
    set_aside: Mapped[int]
    read_at: Mapped[datetime]
    invented: Mapped[bool] = mapped_column(default=False)
