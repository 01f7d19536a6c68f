"""A figure: a picture, the table it is drawn from, and what it rests on. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FEWEST = 5
"""Counts below it are not told where people or sealed things might be recognised. Ours; no rule names a number."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, the number that makes its length, and the figure in words."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """`key` is its address, `measure` what the bars count, `basis` what is counted and left out, in sentences;
    the first `words` columns hold words; `most` fills a bar (100 for shares), else the longest bar does.

    No bars where nothing is known, or nothing may be drawn.
    """

    key: str
    title: str
    measure: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    bars: tuple[Bar, ...]
    basis: tuple[str, ...]
    words: int = 1
    most: float | None = None

    @property
    def numeric(self) -> tuple[int, ...]:
        """The columns that hold figures."""
        return tuple(range(self.words, len(self.columns)))


def told(count: int) -> str:
    """A count as it may be told: small ones are hidden."""
    return f"{count:,}" if count >= FEWEST or count == 0 else f"fewer than {FEWEST}"


def percent(part: int, whole: int) -> float:
    """A share with one decimal; nought of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0


def middle(days: Sequence[int]) -> int:
    """The median, rounded down. Raises `IndexError` for nothing."""
    ordered = sorted(days)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) // 2
