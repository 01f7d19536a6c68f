"""Finding an authority's circles, what they are made of, and where somebody's postcode lies among them."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, selectinload

from portal.law import companies
from portal.network.local.models import DRAWN, CirclePart, LocalCircle, PartKind, Ring
from portal.network.local.placing import ABROAD, Basis, Box, Placed, inside, placed
from portal.organisations.models import Organisation
from portal.places import Area, OutwardCode, Postcode
from portal.places.queries import names_of

Each = TypeVar("Each")
_AT_ONCE: Final = 100
"""Selects that are joined in one statement; SQLite takes 500."""


class Found(NamedTuple):
    """The circle a postcode lies in and by what that was told; both None where it is not known, and the circle alone
    where it lies outside the United Kingdom.
    """

    ring: Ring | None
    basis: Basis | None

    @property
    def abroad(self) -> bool:
        """Whether it is known to lie outside the United Kingdom."""
        return self.basis is Basis.ISLANDS


@dataclass(frozen=True)
class Circles:
    """An authority's circles, the innermost first. `gaps`: what is not known of them, in sentences."""

    drawn: tuple[LocalCircle, ...]
    gaps: tuple[str, ...]
    centres: dict[str, tuple[int, int]]
    box: Box | None

    @property
    def mark(self) -> str:
        """A mark of what the circles are made of: another one as soon as any of them is drawn anew."""
        parts = (
            (each.ring.value, part.kind.value, part.code, part.metres) for each in self.drawn for part in each.parts
        )
        return hashlib.sha256(repr(sorted(parts)).encode()).hexdigest()[:16]

    def placed(self, postcode: Any) -> Placed:
        """The circles as columns of a statement: `ring` and `basis` of its column `postcode`.

        where = circles.placed(Payment.postcode)
        select(where.ring, func.sum(Payment.pence)).group_by(where.ring)  # through where.join(…)
        """
        return placed(self.drawn, self.centres, self.box, postcode)

    def title(self, ring: Ring) -> str:
        """The authority's own name for a circle."""
        return next((each.title for each in self.drawn if each.ring is ring), ring.title)

    def called(self, ring: Ring) -> str:
        """The same inside a sentence: “its own area” where it has no name."""
        named = next((each.name for each in self.drawn if each.ring is ring), "")
        return named or f"its {ring.title.lower()}"


def circles_of(session: Session, organisation_id: int) -> Circles:
    """An authority's circles with what is known of how far they reach."""
    return circles_of_all(session, [organisation_id])[organisation_id]


def circles_of_all(session: Session, organisation_ids: Sequence[int]) -> dict[int, Circles]:
    """The circles of several authorities by their ids, each as `circles_of` says; as many statements as for one."""
    found = session.scalars(
        select(LocalCircle)
        .where(LocalCircle.organisation_id.in_(organisation_ids))
        .options(selectinload(LocalCircle.parts))
    ).all()
    drawn = {key: _drawn([each for each in found if each.organisation_id == key]) for key in organisation_ids}
    every = [each for circles in drawn.values() for each in circles]
    centres = _centres(session, every)
    missing = _missing(session, every, centres)
    gaps = {key: tuple(dict.fromkeys(_gaps(circles, missing))) for key, circles in drawn.items()}
    boxes = _boxes(session, {key: each for key, each in drawn.items() if each and not gaps[key]}, centres)
    return {key: Circles(circles, gaps[key], centres, boxes.get(key)) for key, circles in drawn.items()}


def _drawn(circles: Sequence[LocalCircle]) -> tuple[LocalCircle, ...]:
    return tuple(sorted((each for each in circles if each.parts), key=lambda each: DRAWN.index(each.ring)))


def circle_of(session: Session, organisation_id: int, postcode: str) -> Found:
    """The innermost circle of an authority in which a postcode lies.

    Raises `ValueError` with a sentence for what is no postcode.
    """
    one = select(literal(companies.postcode(postcode)).label("postcode")).subquery()
    where = circles_of(session, organisation_id).placed(one.c.postcode)
    ring, basis = session.execute(where.join(select(where.ring, where.basis).select_from(one))).one()
    return Found(Ring(ring) if ring and ring != ABROAD else None, Basis(basis) if basis else None)


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


def _missing(
    session: Session, circles: Sequence[LocalCircle], centres: dict[str, tuple[int, int]]
) -> dict[CirclePart, str]:
    """The parts of circles that no file of places that was read knows, in words."""
    parts = [part for each in circles for part in each.parts]
    wanted = {(part.kind, part.code) for part in parts if part.kind.is_area}
    known = _known(session, sorted(wanted, key=lambda each: (each[0].value, each[1])))
    unknown = [
        part
        for part in parts
        if (part.kind is PartKind.RADIUS and part.code not in centres)
        or (part.kind.is_area and (part.kind, part.code) not in known)
    ]
    words = words_of(session, circles) if unknown else {}
    return {part: words[part.id] for part in unknown}


def _known(session: Session, areas: Sequence[tuple[PartKind, str]]) -> set[tuple[PartKind, str]]:
    """Which areas some postcode lies in: one is enough, so that each is looked for by itself, many in a statement."""
    known: set[tuple[PartKind, str]] = set()
    for many in _batched(areas, _AT_ONCE):
        asked = [
            select(literal(number)).where(exists().where(getattr(Postcode, f"{kind.value}_code") == code))
            for number, (kind, code) in enumerate(many)
        ]
        known |= {many[number] for number in session.scalars(union_all(*asked))}
    return known


def _gaps(circles: Sequence[LocalCircle], missing: dict[CirclePart, str]) -> list[str]:
    """What of some circles is missing, in sentences: areas first, the wider the later, then middles of radii."""
    parts = [part for each in circles for part in each.parts if part in missing]
    kinds = list(PartKind)
    parts.sort(key=lambda part: kinds.index(part.kind))
    return [f"No postcodes are known for: {missing[part]}." for part in parts]


def _boxes(
    session: Session, drawn: Mapping[int, Sequence[LocalCircle]], centres: dict[str, tuple[int, int]]
) -> dict[int, Box]:
    """For each body: around all known postcodes in its circles, and the middle of all whose letters are named."""
    if not drawn:
        return {}
    corners = (
        func.min(Postcode.easting),
        func.min(Postcode.northing),
        func.max(Postcode.easting),
        func.max(Postcode.northing),
    )
    asked = [
        select(literal(key), *corners).where(or_(*(inside(each, centres, Postcode) for each in circles)))
        for key, circles in drawn.items()
    ]
    boxes: dict[int, list[tuple[int, int, int, int]]] = {key: [] for key in drawn}
    for many in _batched(asked, _AT_ONCE):
        for key, *sides in session.execute(union_all(*many)):
            west, south, east, north = sides
            if west is not None:
                boxes[key].append((west, south or 0, east or 0, north or 0))
    for key, places in _lettered(session, drawn).items():
        boxes[key] += places
    return {key: _around(places) for key, places in boxes.items() if places}


def _lettered(
    session: Session, drawn: Mapping[int, Sequence[LocalCircle]]
) -> dict[int, list[tuple[int, int, int, int]]]:
    letters = {
        key: [part.code for each in circles for part in each.parts if part.kind is PartKind.POSTCODE_AREA]
        for key, circles in drawn.items()
    }
    if not any(letters.values()):
        return {}
    rows = session.execute(select(OutwardCode.outward, OutwardCode.easting, OutwardCode.northing)).all()
    return {
        key: [(e, n, e, n) for outward, e, n in rows if any(_shares(outward, each) for each in codes)]
        for key, codes in letters.items()
    }


def _around(places: Sequence[tuple[int, int, int, int]]) -> Box:
    west, south, east, north = zip(*places, strict=True)
    return Box(min(west), min(south), max(east), max(north))


def _shares(outward: str, code: str) -> bool:
    area = code.partition(" ")[0]
    return outward == area or (code.isalpha() and outward.startswith(code) and outward[len(code)].isdigit())


def _batched(each: Iterable[Each], size: int) -> Iterator[list[Each]]:
    rest = iter(each)
    while many := list(islice(rest, size)):
        yield many
