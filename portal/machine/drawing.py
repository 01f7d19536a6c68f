"""A machine as a picture and as a table, both made from its definition; diagrams are never drawn by hand."""

from collections import defaultdict
from dataclasses import dataclass
from html import escape

from portal.machine.definition import Machine, Move

_BOX, _GAP, _LINE, _TOP = 168, 34, 62, 54
_HEIGHT = 40


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

    Colours and type come from classes (`app-machine…`), because the security policy forbids inline style. The
    picture is hidden from screen readers by its page, which shows the same as a table.
    """
    places = _places(machine)
    width = max(x for x, _ in places.values()) + _BOX + _GAP
    height = max(y for _, y in places.values()) + _HEIGHT + _GAP
    parts = [
        f'<svg class="app-machine" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false">',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse"><path class="app-machine__tip" d="M0 0L8 4L0 8z"/></marker></defs>',
        *_headings(machine),
        *(_arrow(places[a], places[b], ends=machine[b].end) for a, b in _ways(machine)),
        *(_box(machine, name, places[name], here) for name in machine.states),
        "</svg>",
    ]
    return "".join(parts)


def _places(machine: Machine) -> dict[str, tuple[int, int]]:
    """Where each box stands: its stage's column, or a line of its own below for an end outside the stages."""
    columns: dict[int | None, int] = {stage.number: index for index, stage in enumerate(machine.stages)}
    filled: dict[int, int] = defaultdict(int)
    places: dict[str, tuple[int, int]] = {}
    loose = []
    for state in machine.states.values():
        if state.end and state.stage is None:
            loose.append(state.name)
            continue
        column = columns.get(state.stage, 0)
        places[state.name] = (_GAP + column * (_BOX + _GAP), _TOP + filled[column] * _LINE)
        filled[column] += 1
    below = _TOP + max(filled.values(), default=0) * _LINE + _GAP
    for index, name in enumerate(loose):
        places[name] = (_GAP + index * (_BOX + _GAP), below)
    return places


def _headings(machine: Machine) -> list[str]:
    return [
        f'<text class="app-machine__stage" x="{_GAP + index * (_BOX + _GAP)}" y="24">'
        f"{stage.number} {escape(stage.title)}</text>"
        for index, stage in enumerate(machine.stages)
    ]


def _ways(machine: Machine) -> list[tuple[str, str]]:
    """Each pair of states that some move joins, once; ends that every state can reach are left to the table."""
    ways = {(source, target): None for move in machine.moves.values() for source, target in _steps(move)}
    common = {name for name in machine.states if sum(target == name for _, target in ways) > len(machine.states) // 2}
    return [(source, target) for source, target in ways if target not in common]


def _steps(move: Move) -> list[tuple[str, str]]:
    return [(source, target) for source in sorted(move.sources) for target in sorted(move.targets) if source != target]


def _arrow(start: tuple[int, int], stop: tuple[int, int], *, ends: bool) -> str:
    (x1, y1), (x2, y2) = start, stop
    kind = "app-machine__way app-machine__way--end" if ends else "app-machine__way"
    if x1 == x2:
        down = y2 > y1
        path = f"M{x1 + _BOX // 2} {y1 + _HEIGHT if down else y1}L{x2 + _BOX // 2} {y2 if down else y2 + _HEIGHT}"
    else:
        right = x2 > x1
        a, b = (x1 + _BOX, x2) if right else (x1, x2 + _BOX)
        middle = (a + b) // 2
        from_y, to_y = y1 + _HEIGHT // 2, y2 + _HEIGHT // 2
        path = f"M{a} {from_y}C{middle} {from_y} {middle} {to_y} {b} {to_y}"
    return f'<path class="{kind}" d="{path}" marker-end="url(#tip)"/>'


def _box(machine: Machine, name: str, place: tuple[int, int], here: str | None) -> str:
    x, y = place
    state = machine[name]
    kind = "app-machine__box" + (" app-machine__box--end" if state.end else "")
    mark = " app-machine__box--here" if name == here else ""
    return (
        f'<g><rect class="{kind}{mark}" x="{x}" y="{y}" width="{_BOX}" height="{_HEIGHT}" rx="4"/>'
        f'<text class="app-machine__name" x="{x + _BOX // 2}" y="{y + 25}" text-anchor="middle">'
        f"{escape(state.title)}</text></g>"
    )
