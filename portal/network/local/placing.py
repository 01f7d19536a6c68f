"""In which circle a postcode lies, as one SQL expression: for a single postcode and for a million alike.

A postcode lies in the innermost circle that holds it. Where only its first half is known, it counts as elsewhere in
the United Kingdom if that lies well outside all circles, and as not known if it does not; nothing is guessed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeVarTuple

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, false, func, literal, null, or_
from sqlalchemy.orm import aliased

from portal.network.local.models import DRAWN, CirclePart, LocalCircle, PartKind, Ring
from portal.places import OutwardCode, Postcode
from portal.places.queries import squared_metres

Columns = TypeVarTuple("Columns")
MARGIN: Final = 15_000
"""Metres beyond all circles from which on the first half of a postcode is enough to say that it lies in none."""
_DIGITS: Final = tuple("0123456789")
ABROAD: Final = "abroad"
"""What `ring` says of those outside the United Kingdom, whom no circle holds."""
_ISLANDS: Final = {"GY": "Guernsey", "IM": "the Isle of Man", "JE": "Jersey"}
"""The Crown dependencies by how their postcodes begin: they share the form, and are no part of the United Kingdom
(Interpretation Act 1978, Sch. 1, “British Islands” and “United Kingdom”).
"""


class Basis(Enum):
    """By what a circle was told."""

    POSTCODE = "postcode"
    OUTWARD = "outward"
    ISLANDS = "islands"

    @property
    def label(self) -> str:
        """The basis in words."""
        return _BASES[self]


_BASES = {
    Basis.POSTCODE: "the whole postcode",
    Basis.OUTWARD: "the first half of the postcode",
    Basis.ISLANDS: "the first two letters of the postcode",
}


@dataclass(frozen=True)
class Box:
    """Everything the circles hold lies within it, in metres on the National Grid."""

    west: int
    south: int
    east: int
    north: int


@dataclass(frozen=True)
class Placed:
    """`ring` (a value of `Ring`, or `ABROAD`) and `basis` (a value of `Basis`) as columns of a statement that was given
    the joins by `join`; both NULL where not known.
    """

    ring: ColumnElement[str | None]
    basis: ColumnElement[str | None]
    postcode: ColumnElement[str]
    _known: Any
    _half_known: Any

    def join(self, statement: Select[*Columns]) -> Select[*Columns]:
        """The statement with what the two columns read. Its rows stay as many as they were."""
        outward = func.substr(self.postcode, 1, func.length(self.postcode) - 4)
        return statement.outerjoin(self._known, self._known.postcode == self.postcode).outerjoin(
            self._half_known, self._half_known.outward == outward
        )


def placed(
    circles: Sequence[LocalCircle], centres: dict[str, tuple[int, int]], box: Box | None, postcode: Any
) -> Placed:
    """How the circles divide the rows of a statement by its column `postcode`, in capitals with its blank.

    `centres`: the point in the middle of each radius, by its postcode. `box`: None where it is not known how far the
    circles reach, so that half a postcode never is enough.
    """
    known, half = aliased(Postcode), aliased(OutwardCode)
    column: ColumnElement[str] = postcode
    by_text, by_place, open_questions = _conditions(circles, centres, known, column)
    if not circles:
        return Placed(_nothing("ring"), _nothing("basis"), column, known, half)
    outside = _well_outside(half, box)
    abroad = func.substr(column, 1, 2).in_(_ISLANDS)
    settled = and_(known.postcode.is_not(None), ~open_questions)
    elsewhere = and_(known.postcode.is_(None), outside)
    inside = [(or_(by_text[ring], by_place[ring]), ring.value) for ring in DRAWN if ring in by_text]
    ring = case((abroad, ABROAD), *inside, (or_(settled, elsewhere), Ring.UK.value), else_=null())
    basis = case(
        (abroad, Basis.ISLANDS.value),
        (or_(settled, *(condition for condition, _ in inside)), Basis.POSTCODE.value),
        (elsewhere, Basis.OUTWARD.value),
        else_=null(),
    )
    return Placed(ring, basis, column, known, half)


def island_of(postcode: str) -> str | None:
    """The Crown dependency that postcodes beginning so belong to; None for those of the United Kingdom."""
    return _ISLANDS.get(postcode[:2])


def _nothing(name: str) -> ColumnElement[str | None]:
    nothing: ColumnElement[Any] = cast(null(), String)
    return nothing.label(name)


_Conditions = dict[Ring, ColumnElement[bool]]


def _conditions(
    circles: Sequence[LocalCircle], centres: dict[str, tuple[int, int]], known: Any, postcode: ColumnElement[str]
) -> tuple[_Conditions, _Conditions, ColumnElement[bool]]:
    """For each circle: what the letters of a postcode say, what its place says; and where its place says too little."""
    by_text = {
        each.ring: _any(_begins(postcode, part.code) for part in _of(each, PartKind.POSTCODE_AREA)) for each in circles
    }
    by_place = {each.ring: inside(each, centres, known) for each in circles}
    asked = {part.kind for each in circles for part in each.parts if part.kind.is_area and part.kind != PartKind.COUNTY}
    gaps = [_code_of(known, kind).is_(None) for kind in sorted(asked, key=lambda kind: kind.value)]
    if any(_of(each, PartKind.RADIUS) for each in circles):
        gaps.append(known.easting.is_(None))
    return by_text, by_place, _any(gaps)


def inside(circle: LocalCircle, centres: dict[str, tuple[int, int]], known: Any) -> ColumnElement[bool]:
    """True of rows of `known` (the table of postcodes) that lie in the areas and radii of a circle."""
    conditions = []
    for kind in PartKind:
        if kind.is_area and (parts := _of(circle, kind)):
            conditions.append(
                and_(_code_of(known, kind).is_not(None), _code_of(known, kind).in_([p.code for p in parts]))
            )
    for part in _of(circle, PartKind.RADIUS):
        if part.code in centres and part.metres is not None:
            apart = squared_metres(known.easting, known.northing, *centres[part.code])
            conditions.append(and_(known.easting.is_not(None), apart <= part.metres * part.metres))
    return _any(conditions)


def _of(circle: LocalCircle, kind: PartKind) -> list[CirclePart]:
    return [part for part in circle.parts if part.kind is kind]


def _code_of(known: Any, kind: PartKind) -> Any:
    return getattr(known, f"{kind.value}_code")


def _begins(postcode: ColumnElement[str], code: str) -> ColumnElement[bool]:
    """B begins B1 1AA and not BA1 1AA; B9 begins B9 4AA and not B94 5AA; B9 4 begins B9 4AA."""
    begins = func.substr(postcode, 1, len(code)) == code
    if code.isalpha():
        return and_(begins, func.substr(postcode, len(code) + 1, 1).in_(_DIGITS))
    return begins if " " in code else func.substr(postcode, 1, len(code) + 1) == f"{code} "


def _well_outside(half: Any, box: Box | None) -> ColumnElement[bool]:
    if box is None:
        return false()
    return and_(
        half.outward.is_not(None),
        or_(
            half.easting < box.west - MARGIN,
            half.easting > box.east + MARGIN,
            half.northing < box.south - MARGIN,
            half.northing > box.north + MARGIN,
        ),
    )


def _any(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    found = list(conditions)
    return or_(*found) if found else literal(False)
