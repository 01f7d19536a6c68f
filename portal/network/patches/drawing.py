"""Where the dots of a map stand: numbers for the template's own SVG, north at the top. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, dist, pi, sin

WIDTH, HEIGHT = 720, 480
_MARGIN = 34
_DOT = 24
"""How far apart the middles of two firms are drawn at least, so that both numbers can be read."""
_TURNS = 12
_SMALLEST = 500
"""Metres: a single dot is not drawn as large as a town."""


Point = tuple[float, float]
Dot = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """The name of a ward in the middle of its postcodes."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Map:
    """`ground`: small dots; `dots`: where each firm is drawn and, after that, where it is, if known; `scale`: a bar's
    length and words.
    """

    ground: tuple[Point, ...]
    dots: tuple[Dot | None, ...]
    circle: tuple[float, float, float] | None
    scale: tuple[float, str]
    labels: tuple[Label, ...] = ()


def map_of(
    ground: Sequence[tuple[int, int, str]],
    firms: Sequence[tuple[int, int] | None],
    circle: tuple[int, int, int] | None,
    wards: Mapping[str, str],
) -> Map:
    """Points in metres as points of the picture; firms too near to each other are moved apart, so that all are seen.

    `ground` has each postcode's point and its ward's code; `wards` are the names that are written on the map.
    """
    known = [*(each[:2] for each in ground), *(each for each in firms if each)]
    if circle:
        east, north, metres = circle
        known += [(east - metres, north - metres), (east + metres, north + metres)]
    if not known:
        return Map((), tuple(None for _ in firms), None, (0.0, ""))
    point, factor = _projection(known)
    drawn = (*point(circle[:2]), round(circle[2] * factor, 1)) if circle else None
    dots = _apart([point(each) if each else None for each in firms])
    small = tuple(point(each[:2]) for each in ground)
    return Map(small, dots, drawn, _scale(factor), tuple(_labels(ground, small, wards)))


def _projection(known: Sequence[tuple[int, int]]) -> tuple[Callable[[tuple[int, int]], Point], float]:
    """From metres to the picture's points, all that is known in its middle; and how long a metre is."""
    west, south = min(each[0] for each in known), min(each[1] for each in known)
    wide = max(max(each[0] for each in known) - west, _SMALLEST)
    high = max(max(each[1] for each in known) - south, _SMALLEST)
    factor = min((WIDTH - 2 * _MARGIN) / wide, (HEIGHT - 2 * _MARGIN) / high)
    left, foot = (WIDTH - wide * factor) / 2, (HEIGHT + high * factor) / 2

    def point(place: tuple[int, int]) -> Point:
        return round(left + (place[0] - west) * factor, 1), round(foot - (place[1] - south) * factor, 1)

    return point, factor


def _apart(points: Sequence[Point | None]) -> tuple[Dot | None, ...]:
    """Each firm where it is, or at the nearest place around it that no firm before it has taken."""
    taken: list[Point] = []
    dots: list[Dot | None] = []
    for each in points:
        if each is None:
            dots.append(None)
            continue
        free = next((spot for spot in _around(each) if all(dist(spot, other) >= _DOT for other in taken)), each)
        taken.append(free)
        dots.append((*free, *each))
    return tuple(dots)


def _around(point: Point) -> Iterator[Point]:
    """The point, and places on wider and wider rings around it that are within the picture."""
    yield point
    for ring in range(1, 20):
        for turn in range(_TURNS * ring):
            angle = 2 * pi * turn / (_TURNS * ring)
            x, y = point[0] + ring * _DOT * cos(angle), point[1] + ring * _DOT * sin(angle)
            if _DOT / 2 <= x <= WIDTH - _DOT / 2 and _DOT / 2 <= y <= HEIGHT - _DOT / 2:
                yield round(x, 1), round(y, 1)


def _labels(
    ground: Sequence[tuple[int, int, str]], small: Sequence[Point], wards: Mapping[str, str]
) -> Iterator[Label]:
    of_ward: dict[str, list[Point]] = defaultdict(list)
    for (_east, _north, code), place in zip(ground, small, strict=True):
        of_ward[code].append(place)
    for code, places in sorted(of_ward.items()):
        if code in wards:
            x, y = (sum(each[axis] for each in places) / len(places) for axis in (0, 1))
            yield Label(round(x, 1), round(y, 1), wards[code])


def _scale(factor: float) -> tuple[float, str]:
    """The longest round length that fits a fifth of the picture."""
    lengths = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
    metres = max((each for each in lengths if each * factor <= WIDTH / 4), default=100)
    return round(metres * factor, 1), f"{metres // 1_000} km" if metres >= 1_000 else f"{metres} m"
