"""Finding an authority's circles, what they are made of, and where somebody's postcode lies among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import Session, selectinload

from portal.law import companies
from portal.network.local.models import DRAWN, CirclePart, LocalCircle, PartKind, Ring
from portal.network.local.placing import Basis, Box, Placed, inside, placed
from portal.organisations.models import Organisation
from portal.places import Area, OutwardCode, Postcode
from portal.places.queries import names_of


class Found(NamedTuple):
    """The circle a postcode lies in and by what that was told; both None where it is not known."""

    ring: Ring | None
    basis: Basis | None


@dataclass(frozen=True)
class Circles:
    """An authority's circles, the innermost first. `gaps`: what is not known of them, in sentences."""

    drawn: tuple[LocalCircle, ...]
    gaps: tuple[str, ...]
    centres: dict[str, tuple[int, int]]
    box: Box | None

    def placed(self, postcode: Any) -> Placed:
        """The circles as columns of a statement: `ring` and `basis` of its column `postcode`.

        where = circles.placed(Payment.postcode)
        select(where.ring, func.sum(Payment.pence)).group_by(where.ring)  # through where.join(…)
        """
        return placed(self.drawn, self.centres, self.box, postcode)

    def title(self, ring: Ring) -> str:
        """The authority's own name for a circle."""
        return next((each.title for each in self.drawn if each.ring is ring), ring.title)


def circles_of(session: Session, organisation_id: int) -> Circles:
    """An authority's circles with what is known of how far they reach."""
    found = session.scalars(
        select(LocalCircle)
        .where(LocalCircle.organisation_id == organisation_id)
        .options(selectinload(LocalCircle.parts))
    ).all()
    drawn = tuple(sorted((each for each in found if each.parts), key=lambda each: DRAWN.index(each.ring)))
    centres = _centres(session, drawn)
    gaps = _gaps(session, drawn, centres)
    return Circles(drawn, gaps, centres, None if gaps or not drawn else _box(session, drawn, centres))


def circle_of(session: Session, organisation_id: int, postcode: str) -> Found:
    """The innermost circle of an authority in which a postcode lies.

    Raises `ValueError` with a sentence for what is no postcode.
    """
    one = select(literal(companies.postcode(postcode)).label("postcode")).subquery()
    where = circles_of(session, organisation_id).placed(one.c.postcode)
    ring, basis = session.execute(where.join(select(where.ring, where.basis).select_from(one))).one()
    return Found(Ring(ring) if ring else None, Basis(basis) if basis else None)


def circle(session: Session, organisation: Organisation, ring: Ring) -> LocalCircle | None:
    """One circle with its parts, if anything was said of it."""
    return session.scalars(
        select(LocalCircle)
        .where(LocalCircle.organisation_id == organisation.id, LocalCircle.ring == ring)
        .options(selectinload(LocalCircle.parts))
    ).first()


def words_of(session: Session, circles: Sequence[LocalCircle]) -> dict[int, str]:
    """What each part is in words, by its id."""
    parts = [part for each in circles for part in each.parts]
    names = names_of(session, [part.code for part in parts if part.kind.is_area])
    return {part.id: _words(part, names) for part in parts}


def _words(part: CirclePart, names: dict[str, Area]) -> str:
    if part.kind is PartKind.RADIUS:
        return f"Within {(part.metres or 0) / 1000:g} km of {part.code}"
    if part.kind is PartKind.POSTCODE_AREA:
        return f"Postcodes that begin with {part.code}"
    area = names.get(part.code)
    return f"{area.name} ({part.kind.value})" if area else f"{part.code} ({part.kind.value})"


def _centres(session: Session, circles: Sequence[LocalCircle]) -> dict[str, tuple[int, int]]:
    wanted = {part.code for each in circles for part in each.parts if part.kind is PartKind.RADIUS}
    if not wanted:
        return {}
    found = select(Postcode.postcode, Postcode.easting, Postcode.northing).where(
        Postcode.postcode.in_(wanted), Postcode.easting.is_not(None)
    )
    return {row.postcode: (row.easting or 0, row.northing or 0) for row in session.execute(found)}


def _gaps(session: Session, circles: Sequence[LocalCircle], centres: dict[str, tuple[int, int]]) -> tuple[str, ...]:
    """What of the circles no file of places that was read knows."""
    parts = [part for each in circles for part in each.parts]
    words, missing = words_of(session, circles), []
    for kind in (PartKind.WARD, PartKind.DISTRICT, PartKind.COUNTY, PartKind.REGION):
        wanted = [part for part in parts if part.kind is kind]
        if wanted:
            column = getattr(Postcode, f"{kind.value}_code")
            codes = {part.code for part in wanted}
            known = {code for code in codes if session.scalar(select(Postcode.postcode).where(column == code).limit(1))}
            missing += [words[part.id] for part in wanted if part.code not in known]
    missing += [words[part.id] for part in parts if part.kind is PartKind.RADIUS and part.code not in centres]
    return tuple(f"No postcodes are known for: {each}." for each in dict.fromkeys(missing))


def _box(session: Session, circles: Sequence[LocalCircle], centres: dict[str, tuple[int, int]]) -> Box | None:
    """Around all postcodes in the circles that are known, and the middle of all whose letters are named."""
    corners = (
        func.min(Postcode.easting),
        func.min(Postcode.northing),
        func.max(Postcode.easting),
        func.max(Postcode.northing),
    )
    areas = session.execute(select(*corners).where(or_(*(inside(each, centres, Postcode) for each in circles)))).one()
    letters = [part.code for each in circles for part in each.parts if part.kind is PartKind.POSTCODE_AREA]
    boxes = [tuple(areas)] if areas[0] is not None else []
    if letters:
        rows = session.execute(select(OutwardCode.outward, OutwardCode.easting, OutwardCode.northing))
        boxes += [(e, n, e, n) for outward, e, n in rows if any(_shares(outward, each) for each in letters)]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return Box(min(west), min(south), max(east), max(north))


def _shares(outward: str, code: str) -> bool:
    area = code.partition(" ")[0]
    return outward == area or (code.isalpha() and outward.startswith(code) and outward[len(code)].isdigit())
