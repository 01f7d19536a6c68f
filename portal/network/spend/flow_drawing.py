"""Where the bands of a picture of flows stand: numbers and short lines for the template's own SVG. Pure.

To the left the categories, each as tall as its money; to the right where it goes. A band is as thick as the money that
flows in it; credits, which flow back, are drawn as nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten, wrap

from portal.network.spend.flows import End, Flow

WIDTH = 760
LEFT, RIGHT = 236, 524
"""Where the bands begin and end; the words stand beside them."""
NODE = 8
_HIGH = 380
"""How tall all the money is."""
_TOP, _APART = 12, 8
_LEAST_LEFT, _LEAST_RIGHT = 38, 58
"""What the words beside a node need, however little its money is."""
_LETTERS_LEFT, _LETTERS_RIGHT = 29, 27


@dataclass(frozen=True, slots=True)
class Node:
    """A category or an end: the rectangle's top and height, the words' first line, and the words."""

    y: float
    height: float
    middle: float
    lines: tuple[str, ...]
    pence: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """Money from a category to an end: the outline as an SVG path."""

    path: str
    key: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All of it; `height` is the picture's."""

    height: float
    sources: tuple[Node, ...]
    ends: tuple[Node, ...]
    bands: tuple[Band, ...]


def picture_of(flows: Sequence[Flow], ends: Sequence[End]) -> Picture | None:
    """The picture; None where nothing flows."""
    drawn = [(flow, [max(0, pence) for pence in flow.parts]) for flow in flows if any(p > 0 for p in flow.parts)]
    whole = sum(sum(parts) for _flow, parts in drawn)
    if not whole:
        return None
    scale = _HIGH / whole
    sums = [sum(parts[at] for _flow, parts in drawn) for at in range(len(ends))]
    left, foot = _column([sum(parts) * scale for _flow, parts in drawn], _LEAST_LEFT)
    right, other_foot = _column([pence * scale for pence in sums], _LEAST_RIGHT)
    height = max(foot, other_foot)
    sources = tuple(
        Node(*place, (shorten(flow.title, _LETTERS_LEFT, placeholder="…"),), sum(parts))
        for (flow, parts), place in zip(drawn, left, strict=True)
    )
    goals = tuple(
        Node(*place, tuple(wrap(end.short, _LETTERS_RIGHT, max_lines=2, placeholder="…")), pence, end.key)
        for end, pence, place in zip(ends, sums, right, strict=True)
    )
    bands = _bands([parts for _flow, parts in drawn], sources, goals, scale)
    return Picture(round(height + _TOP, 1), sources, goals, bands)


def _column(heights: Sequence[float], least: float) -> tuple[list[tuple[float, float, float]], float]:
    """Top, height and middle of each node, one below the other, and where the column ends."""
    y, places = float(_TOP), []
    for height in heights:
        slot = max(height, least)
        places.append((round(y + (slot - height) / 2, 1), round(height, 1), round(y + slot / 2, 1)))
        y += slot + _APART
    return places, y - _APART


def _bands(
    amounts: Sequence[Sequence[int]], sources: Sequence[Node], goals: Sequence[Node], scale: float
) -> tuple[Band, ...]:
    arriving = [goal.y for goal in goals]
    bands = []
    for parts, source in zip(amounts, sources, strict=True):
        leaving = source.y
        for at, pence in enumerate(parts):
            thick = pence * scale
            if pence:
                bands.append(Band(_outline(leaving, arriving[at], thick), goals[at].key))
            leaving, arriving[at] = leaving + thick, arriving[at] + thick
    return tuple(bands)


def _outline(start: float, end: float, thick: float) -> str:
    x0, x1 = LEFT + NODE, RIGHT
    half = (x0 + x1) / 2
    over = f"M{x0} {start:.1f}C{half} {start:.1f} {half} {end:.1f} {x1} {end:.1f}"
    under = f"V{end + thick:.1f}C{half} {end + thick:.1f} {half} {start + thick:.1f} {x0} {start + thick:.1f}Z"
    return over + under
