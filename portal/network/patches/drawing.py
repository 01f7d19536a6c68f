"""Where the dots of a map stand: numbers for the template's own SVG, north at the top. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 480
_MARGIN = 34
_SMALLEST = 500
"""Metres: a single dot is not drawn as large as a town."""


@dataclass(frozen=True)
class Map:
    """`ground`: small dots; `dots`: where each firm stands, if known; `scale`: a bar's length and words."""

    ground: tuple[tuple[float, float], ...]
    dots: tuple[tuple[float, float] | None, ...]
    circle: tuple[float, float, float] | None
    scale: tuple[float, str]


def map_of(
    ground: Sequence[tuple[int, int]],
    firms: Sequence[tuple[int, int] | None],
    circle: tuple[int, int, int] | None,
) -> Map:
    """Points in metres as points of the picture; firms at one point are moved apart so that each can be seen."""
    known = [*ground, *(each for each in firms if each)]
    if circle:
        east, north, metres = circle
        known += [(east - metres, north - metres), (east + metres, north + metres)]
    if not known:
        return Map((), tuple(None for _ in firms), None, (0.0, ""))
    west, south = min(each[0] for each in known), min(each[1] for each in known)
    wide = max(max(each[0] for each in known) - west, _SMALLEST)
    high = max(max(each[1] for each in known) - south, _SMALLEST)
    factor = min((WIDTH - 2 * _MARGIN) / wide, (HEIGHT - 2 * _MARGIN) / high)
    left, foot = (WIDTH - wide * factor) / 2, (HEIGHT + high * factor) / 2

    def point(place: tuple[int, int]) -> tuple[float, float]:
        return round(left + (place[0] - west) * factor, 1), round(foot - (place[1] - south) * factor, 1)

    taken: dict[tuple[float, float], int] = {}
    dots: list[tuple[float, float] | None] = []
    for each in firms:
        if each is None:
            dots.append(None)
            continue
        x, y = point(each)
        taken[(x, y)] = again = taken.get((x, y), -1) + 1
        dots.append((round(x + 22 * (again % 5), 1), round(y + 22 * (again // 5), 1)))
    drawn = (*point(circle[:2]), round(circle[2] * factor, 1)) if circle else None
    return Map(tuple(point(each) for each in ground), tuple(dots), drawn, _scale(factor))


def _scale(factor: float) -> tuple[float, str]:
    """The longest round length that fits a fifth of the picture."""
    lengths = (100, 200, 500, 1_000, 2_000, 5_000, 10_000)
    metres = max((each for each in lengths if each * factor <= WIDTH / 4), default=100)
    return round(metres * factor, 1), f"{metres // 1_000} km" if metres >= 1_000 else f"{metres} m"
