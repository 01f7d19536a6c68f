"""A machine as a picture and as a table, both made from its definition; diagrams are never drawn by hand."""

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from portal.machine.definition import Machine, Move

_BOX, _GAP, _HEIGHT, _LINE, _TOP, _EDGE = 126, 28, 50, 78, 66, 4
_LETTERS = 17
"""How many letters of a name fit on one line of a box."""


@dataclass(frozen=True, slots=True)
class Row:
    """One move as a line of a table; an empty `who` is the clock's."""

    title: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    who: tuple[str, ...]
    requirements: tuple[str, ...]


def as_rows(machine: Machine) -> list[Row]:
    """Every move with the titles of its states, in the order they were defined."""
    return [
        Row(
            move.title,
            tuple(machine[state].title for state in machine.states if state in move.sources),
            tuple(machine[state].title for state in machine.states if state in move.targets) or ("stays",),
            move.who,
            tuple(each.sentence for each in move.requirements),
        )
        for move in machine.moves.values()
    ]


def as_svg(machine: Machine, *, here: str | None = None) -> str:
    """The machine drawn: a column a stage, a box a state, an arrow a way; `here` is marked.

    The ends outside the stages stand in a row below without arrows, since most states can reach them; the table
    says from where. Colours and type come from classes (`app-machine…`), because the security policy forbids inline
    style. The picture is hidden from screen readers by its page, which shows the same as a table.
    """
    places = _places(machine)
    width = max(x for x, _ in places.values()) + _BOX + _EDGE
    height = max(y for _, y in places.values()) + _HEIGHT + _EDGE
    parts = [
        f'<svg class="app-machine" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false">',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse"><path class="app-machine__tip" d="M0 0L8 4L0 8z"/></marker></defs>',
        *(_heading(index, f"{stage.number} {stage.title}") for index, stage in enumerate(machine.stages)),
        *(_arrow(places[a], places[b]) for a, b in _ways(machine)),
        *(_box(machine, name, places[name], here) for name in machine.states),
        "</svg>",
    ]
    return "".join(parts)


def _places(machine: Machine) -> dict[str, tuple[int, int]]:
    """Where each box stands: its stage's column, or the row below for an end outside the stages."""
    columns: dict[int | None, int] = {stage.number: index for index, stage in enumerate(machine.stages)}
    filled: dict[int, int] = defaultdict(int)
    places: dict[str, tuple[int, int]] = {}
    loose = [state.name for state in machine.states.values() if state.end and state.stage is None]
    for state in machine.states.values():
        if state.name not in loose:
            column = columns.get(state.stage, 0)
            places[state.name] = (_EDGE + column * (_BOX + _GAP), _TOP + filled[column] * _LINE)
            filled[column] += 1
    below = _TOP + max(filled.values(), default=0) * _LINE + _GAP
    return places | {name: (_EDGE + index * (_BOX + _GAP), below) for index, name in enumerate(loose)}


def _ways(machine: Machine) -> list[tuple[str, str]]:
    """Each pair of states that some move joins, once; the ends outside the stages are left to the table."""
    ways = {way: None for move in machine.moves.values() for way in _steps(move)}
    return [(a, b) for a, b in ways if not (machine[b].end and machine[b].stage is None)]


def _steps(move: Move) -> list[tuple[str, str]]:
    return [(source, target) for source in sorted(move.sources) for target in sorted(move.targets) if source != target]


def _arrow(start: tuple[int, int], stop: tuple[int, int]) -> str:
    (x1, y1), (x2, y2) = start, stop
    back = x2 < x1 or (x1 == x2 and y2 < y1)
    if x1 == x2:
        x = x1 + _BOX // 2 + (24 if back else 0)
        path = f"M{x} {y1 if back else y1 + _HEIGHT}L{x} {y2 + _HEIGHT if back else y2}"
    else:
        a, b = (x1, x2 + _BOX) if back else (x1 + _BOX, x2)
        middle, lower = (a + b) // 2, 12 if back else 0
        from_y, to_y = y1 + _HEIGHT // 2 + lower, y2 + _HEIGHT // 2 + lower
        path = f"M{a} {from_y}C{middle} {from_y} {middle} {to_y} {b} {to_y}"
    kind = "app-machine__way app-machine__way--back" if back else "app-machine__way"
    return f'<path class="{kind}" d="{path}" marker-end="url(#tip)"/>'


def _lines(text: str, x: int, y: int, kind: str, anchor: str) -> str:
    """A text of a few lines around `y`."""
    lines = wrap(text, _LETTERS) or [""]
    top = y - (len(lines) - 1) * 8
    spans = "".join(f'<tspan x="{x}" y="{top + 16 * index}">{escape(line)}</tspan>' for index, line in enumerate(lines))
    return f'<text class="{kind}" text-anchor="{anchor}">{spans}</text>'


def _heading(index: int, text: str) -> str:
    return _lines(text, _EDGE + index * (_BOX + _GAP), 34, "app-machine__stage", "start")


def _box(machine: Machine, name: str, place: tuple[int, int], here: str | None) -> str:
    x, y = place
    state = machine[name]
    kind = "app-machine__box" + (" app-machine__box--end" if state.end else "")
    mark = " app-machine__box--here" if name == here else ""
    return (
        f'<g><rect class="{kind}{mark}" x="{x}" y="{y}" width="{_BOX}" height="{_HEIGHT}" rx="4"/>'
        f"{_lines(state.title, x + _BOX // 2, y + 30, 'app-machine__name', 'middle')}</g>"
    )
