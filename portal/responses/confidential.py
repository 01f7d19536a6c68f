"""Passages that a firm marks as confidential: what stands between [[ and ]] in its own text.

Two plain signs, because they work in any box, without script, through copying, and in the copy that is kept for ever.
Marks are the firm's claim, not a decision: an authority weighs them when it is asked to publish (Freedom of Information
Act 2000 ss.41 and 43; Procurement Act 2023 s.94 on sensitive commercial information).
"""

from collections.abc import Iterator
from dataclasses import dataclass

OPENS, CLOSES = "[[", "]]"
WITHHELD = "[Withheld: the firm marked this as confidential]"


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text, marked or not, without its signs."""

    text: str
    marked: bool


def passages(text: str) -> Iterator[Passage]:
    """A text in its runs. What is opened and never closed is marked to the end: the careful reading."""
    rest = text
    while rest:
        before, opened, after = rest.partition(OPENS)
        if before:
            yield Passage(before, marked=False)
        if not opened:
            return
        inside, _closed, rest = after.partition(CLOSES)
        if inside:
            yield Passage(inside, marked=True)


def is_marked(text: str) -> bool:
    """Whether anything in it is marked."""
    return any(each.marked for each in passages(text))


def is_unclosed(text: str) -> bool:
    """Whether a passage was opened and not closed."""
    after = text.rpartition(OPENS)
    return bool(after[1]) and CLOSES not in after[2]


def bare(text: str) -> str:
    """The text without its signs, as its words are counted."""
    return "".join(each.text for each in passages(text))


def without_confidential(text: str) -> str:
    """The text as somebody outside may read it: every marked passage is replaced."""
    return "".join(WITHHELD if each.marked else each.text for each in passages(text))
