"""What changed between two briefs, word by word, section by section."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from portal.challenges.brief_view import BriefView, view_of
from portal.law.calendar import LONDON
from portal.text import plain


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: `kept`, `added` or `removed`."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of the brief that reads differently."""

    title: str
    pieces: tuple[Piece, ...]


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Every part of two contents that differs, in the order firms read them."""
    old, new = dict(_parts(view_of(before))), dict(_parts(view_of(after)))
    titles = [*new, *(title for title in old if title not in new)]
    return [
        Difference(title, tuple(compare(old.get(title, ""), new.get(title, ""))))
        for title in titles
        if old.get(title, "") != new.get(title, "")
    ]


def compare(before: str, after: str) -> Iterator[Piece]:
    """Two texts as runs of words that were kept, removed and added."""
    old, new = _words(before), _words(after)
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            yield Piece("kept", "".join(old[a:b]))
            continue
        if a < b:
            yield Piece("removed", "".join(old[a:b]))
        if c < d:
            yield Piece("added", "".join(new[c:d]))


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def _parts(brief: BriefView) -> Iterator[tuple[str, str]]:
    yield "Title", brief.title
    yield "Summary", brief.summary
    yield "Theme", brief.theme
    for section in brief.sections:
        yield section.title, plain(str(section.html))
    yield "What a solution must do", "\n".join(brief.must_haves)
    if brief.deal:
        for key, value in brief.deal.rows:
            yield f"The deal: {key[0].lower()}{key[1:]}", value
    yield "Questions until", _moment(brief.questions_until)
    yield "Deadline", _moment(brief.deadline)
    for criterion in brief.criteria:
        yield f"Criterion: {criterion.name}", "\n".join(_criterion(criterion))
    yield "How answers are judged", " ".join(brief.judging)


def _criterion(criterion: Any) -> Iterator[str]:
    yield f"{criterion.weight} of 100 points. Up to {criterion.word_limit} words."
    yield criterion.question
    yield criterion.description
    yield criterion.reason
    yield f"For example: {criterion.example}" if criterion.example else ""
    for score, text in criterion.descriptors:
        yield f"{score}: {text}"


def _moment(moment: Any) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B %Y, %H:%M %Z}"
