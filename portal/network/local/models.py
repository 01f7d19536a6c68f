"""The tables of what is local. The widest circle, the United Kingdom, needs no row: it is what lies in no other."""

from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Choice, Versioned


class Ring(Enum):
    """A circle around an authority, the innermost first. Each holds all that lies in those before it."""

    OWN = "own"
    COUNTY = "county"
    REGION = "region"
    UK = "uk"

    @property
    def title(self) -> str:
        """What the circle is in words, before an authority gives it a name of its own."""
        return _TITLES[self]


_TITLES = {
    Ring.OWN: "Own area",
    Ring.COUNTY: "County or combined authority",
    Ring.REGION: "Region",
    Ring.UK: "United Kingdom",
}
DRAWN = (Ring.OWN, Ring.COUNTY, Ring.REGION)
"""The circles an authority draws itself."""


class PartKind(Enum):
    """What a circle can be made of."""

    WARD = "ward"
    DISTRICT = "district"
    COUNTY = "county"
    REGION = "region"
    POSTCODE_AREA = "postcode_area"
    RADIUS = "radius"

    @property
    def is_area(self) -> bool:
        """Whether it is an official area, named by its code."""
        return self not in {PartKind.POSTCODE_AREA, PartKind.RADIUS}


class LocalCircle(Versioned, Base):
    """One circle of an authority, with its own name for it and the reason why it is drawn so."""

    __tablename__ = "local_circle"
    __table_args__ = (
        UniqueConstraint("organisation_id", "ring"),
        CheckConstraint("ring <> 'uk'", name="drawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    ring: Mapped[Ring] = mapped_column(Choice(Ring))
    name: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(Text, default="")

    parts: Mapped[list["CirclePart"]] = relationship(
        order_by="CirclePart.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )

    @property
    def title(self) -> str:
        """The authority's name for it, or else what it is."""
        return self.name or self.ring.title


class CirclePart(Base):
    """Something a circle is made of.

    `code` is an area's code, the beginning of postcodes (B, B9 or B9 4), or the postcode in the middle of a radius,
    of which `metres` is the length.
    """

    __tablename__ = "circle_part"
    __table_args__ = (
        UniqueConstraint("circle_id", "kind", "code"),
        CheckConstraint("(kind = 'radius') = (metres IS NOT NULL)", name="radius"),
        CheckConstraint("metres IS NULL OR metres BETWEEN 100 AND 300000", name="metres"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    circle_id: Mapped[int] = mapped_column(ForeignKey("local_circle.id"), index=True)
    kind: Mapped[PartKind] = mapped_column(Choice(PartKind))
    code: Mapped[str] = mapped_column(String(9))
    metres: Mapped[int | None]
