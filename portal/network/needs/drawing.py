"""Where the bars of a pipeline stand: numbers for the template's own SVG. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.law.money import pounds
from portal.network.needs.models import Risk
from portal.network.needs.overlay import InQuarter
from portal.network.needs.quarters import short_words_of

WIDTH, HEIGHT = 720, 260
_TOP, _FOOT, _SIDE = 26, 46, 10
_WIDEST = 90


@dataclass(frozen=True)
class Part:
    """One risk's part of a bar."""

    risk: Risk
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    """One quarter: `x` is its left edge, `middle` where its words stand; `top` is where its figure stands."""

    x: float
    width: float
    middle: float
    top: float
    months: str
    year: str
    figure: str
    parts: tuple[Part, ...]


def bars_of(pipeline: Sequence[InQuarter]) -> list[Bar]:
    """The bars of a pipeline, as tall as what they are worth including VAT."""
    most = max((each.total for each in pipeline), default=0) or 1
    step = (WIDTH - 2 * _SIDE) / max(1, len(pipeline))
    width = min(_WIDEST, step * 0.7)
    found = []
    for number, each in enumerate(pipeline):
        middle = _SIDE + step * (number + 0.5)
        parts, y = [], float(HEIGHT - _FOOT)
        for risk, pence in each.pence.items():
            height = (HEIGHT - _FOOT - _TOP) * pence / most
            y -= height
            if pence:
                parts.append(Part(risk, round(y, 1), round(height, 1)))
        months, year = short_words_of(each.first).split(" ")
        figure = _short(each.total)
        found.append(
            Bar(
                round(middle - width / 2, 1),
                round(width, 1),
                round(middle, 1),
                y - 7,
                months,
                year,
                figure,
                tuple(parts),
            )
        )
    return found


def _short(pence: int) -> str:
    """£1.2m, £340k, £900: a figure that fits over a bar."""
    if pence >= 100_000_000:
        return f"£{pence / 100_000_000:.1f}m"
    return f"£{round(pence / 100_000)}k" if pence >= 1_000_000 else pounds(pence)
