"""Finding where a postcode is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, func, select
from sqlalchemy.orm import Session

from portal.law import companies
from portal.places.models import Area, AreaKind, PlaceFile, Postcode, SourceKind

NEAREST_WITHIN = 2_000
"""Metres: a neighbourhood whose centre is further away is not said to be the one a postcode lies in."""

INVENTED = (
    "Places of this demonstration are invented: no real postcode begins with ZZ, and its wards and districts are no "
    "real ones."
)
"""What is said beside figures made with places that are made up."""


class UnknownPostcode(ValueError):
    """A postcode in the right form that no file which was read has; the message is a sentence for whoever typed it."""

    def __init__(self, postcode: str) -> None:
        super().__init__(f"{postcode} is not among the postcodes the portal knows. Check it for a mistake in typing.")


@dataclass(frozen=True)
class Place:
    """Where a postcode is. `lsoa_by_centre`: no file says the neighbourhood; it is the one with the nearest centre."""

    postcode: str
    row: Postcode
    ward: Area | None
    district: Area | None
    lsoa: Area | None
    lsoa_by_centre: bool

    @property
    def words(self) -> str:
        """The ward and district in words, as far as they are known."""
        known = [area.name for area in (self.ward, self.district) if area]
        return ", ".join(known) or "In no ward or district that is known"


def place_of(session: Session, typed: str) -> Place:
    """Where a postcode is, however it is typed.

    Raises `ValueError` with a sentence for what is no postcode, `UnknownPostcode` for one that no file has.
    """
    postcode = companies.postcode(typed)
    row = session.get(Postcode, postcode)
    if row is None:
        raise UnknownPostcode(postcode)
    areas = names_of(session, [row.ward_code, row.district_code, row.lsoa_code])
    given = areas.get(row.lsoa_code or "")
    lsoa = given or _nearest_lsoa(session, row)
    return Place(
        postcode,
        row,
        areas.get(row.ward_code or ""),
        areas.get(row.district_code or ""),
        lsoa,
        lsoa_by_centre=given is None and lsoa is not None,
    )


def names_of(session: Session, codes: Sequence[str | None]) -> dict[str, Area]:
    """Areas by their codes, as far as they are known."""
    wanted = {code for code in codes if code}
    return {area.code: area for area in session.scalars(select(Area).where(Area.code.in_(wanted)))}


def areas_called(session: Session, words: str, *, most: int = 20) -> Sequence[Area]:
    """Wards, districts and wider areas whose name holds these words, the widest first."""
    if not words.strip():
        return []
    named = Area.name.icontains(words.strip(), autoescape=True)
    wide = [kind for kind in AreaKind if kind is not AreaKind.LSOA]
    found = session.scalars(select(Area).where(named, Area.kind.in_(wide)).order_by(Area.name, Area.code).limit(500))
    order = [AreaKind.COUNTRY, AreaKind.REGION, AreaKind.COMBINED_AUTHORITY, AreaKind.COUNTY, AreaKind.DISTRICT]
    return sorted(found, key=lambda area: order.index(area.kind) if area.kind in order else len(order))[:most]


def districts_of_wards(session: Session, codes: Sequence[str]) -> dict[str, str]:
    """The name of the district each ward lies in, as far as a postcode tells it; many wards share their names."""
    rows = (
        select(Postcode.ward_code, Area.name)
        .join(Area, Area.code == Postcode.district_code)
        .where(Postcode.ward_code.in_(codes))
        .distinct()
    )
    return {str(row[0]): row[1] for row in session.execute(rows)}


def attributions(session: Session) -> Sequence[str]:
    """What the licences of the files that were read ask to be shown wherever figures made with them are.

    Invented places have no licence; that they are invented is said first.
    """
    read = session.execute(
        select(PlaceFile.kind, PlaceFile.invented, func.max(PlaceFile.year).label("year")).group_by(
            PlaceFile.kind, PlaceFile.invented
        )
    ).all()
    years: dict[SourceKind, int] = {row.kind: row.year for row in read if not row.invented}
    said = [INVENTED] if any(row.invented for row in read) else []
    if year := years.get(SourceKind.CODE_POINT):
        said.append(f"Contains Ordnance Survey data © Crown copyright and database right {year}.")
    postcodes = [years[kind] for kind in (SourceKind.CODE_POINT, SourceKind.POSTCODE_LOOKUP) if kind in years]
    if postcodes:
        said.append(f"Contains Royal Mail data © Royal Mail copyright and database right {max(postcodes)}.")
    if years:
        said.append(
            f"Contains National Statistics data © Crown copyright and database right {max(years.values())}, licensed "
            "under the Open Government Licence v3.0."
        )
    return said


def squared_metres(east: Any, north: Any, easting: int, northing: int) -> ColumnElement[int]:
    """How far a row's point is from another, in metres squared: more than PostgreSQL's INTEGER holds."""
    across, up = cast(east, BigInteger) - easting, cast(north, BigInteger) - northing
    return across * across + up * up


def _nearest_lsoa(session: Session, row: Postcode) -> Area | None:
    if row.easting is None or row.northing is None:
        return None
    apart = squared_metres(Area.easting, Area.northing, row.easting, row.northing)
    near = NEAREST_WITHIN
    return session.scalars(
        select(Area)
        .where(
            Area.kind == AreaKind.LSOA,
            Area.easting.between(row.easting - near, row.easting + near),
            Area.northing.between(row.northing - near, row.northing + near),
            apart <= near * near,
        )
        .order_by(apart, Area.code)
        .limit(1)
    ).first()
