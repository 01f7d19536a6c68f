"""Who shares the most telling words with a text: a word that few have tells more than one that many have."""

from math import log
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from portal.network.words.models import SubjectKind, WordPosting
from portal.network.words.telling import telling_words

MOST_WORDS_READ: Final = 400
"""Different words of a text that are looked up."""
MOST_WORDS_COMPARED: Final = 30
"""Of them so many are compared: those that the fewest subjects have."""


class Match(NamedTuple):
    """Something found: its id, how much it has in common (comparable within one search only), and which words."""

    subject_id: int
    score: float
    words: tuple[str, ...]


def best(session: Session, kind: SubjectKind, text: str, *, among: Select[Any], most: int) -> list[Match]:
    """The subjects of a kind that share the most with a text, the closest first, of those whose ids `among` selects."""
    words = list(dict.fromkeys(telling_words(text)))[:MOST_WORDS_READ]
    telling = _told_by(session, kind, words, among)
    if not telling:
        return []
    score: ColumnElement[float] = func.sum(case(telling, value=WordPosting.word, else_=0.0) * WordPosting.weight)
    found = session.execute(
        select(WordPosting.subject_id, score)
        .where(WordPosting.kind == kind, WordPosting.word.in_(telling), WordPosting.subject_id.in_(among))
        .group_by(WordPosting.subject_id)
        .order_by(score.desc(), WordPosting.subject_id.desc())
        .limit(most)
    )
    scores = {row[0]: float(row[1]) for row in found}
    shared = _shared(session, kind, list(scores), telling)
    return [Match(key, value, tuple(shared[key])) for key, value in scores.items()]


def _shared(session: Session, kind: SubjectKind, keys: list[int], telling: dict[str, float]) -> dict[int, list[str]]:
    """Which of some words each subject has, the most telling first, and of those that tell the same the longest."""
    rows = select(WordPosting.subject_id, WordPosting.word).where(
        WordPosting.kind == kind, WordPosting.word.in_(telling), WordPosting.subject_id.in_(keys)
    )
    found: dict[int, list[str]] = {key: [] for key in keys}
    for key, word in session.execute(rows):
        found[key].append(word)
    return {key: sorted(words, key=lambda word: (-telling[word], -len(word), word)) for key, words in found.items()}


def holding(kind: SubjectKind, text: str) -> list[Select[int]]:
    """For each word of a text the ids of the subjects that have it, or one that begins so: conditions of a list."""
    return [
        select(WordPosting.subject_id).where(
            WordPosting.kind == kind, WordPosting.word.startswith(word, autoescape=True)
        )
        for word in dict.fromkeys(telling_words(text))
    ][:12]


def _told_by(session: Session, kind: SubjectKind, words: list[str], among: Select[Any]) -> dict[str, float]:
    """How much each word tells, of those that tell the most."""
    counted = select(WordPosting.word, func.count()).where(WordPosting.kind == kind, WordPosting.word.in_(words))
    have = {row[0]: row[1] for row in session.execute(counted.group_by(WordPosting.word))}
    if not have:
        return {}
    total = session.scalar(select(func.count()).select_from(among.subquery())) or 1
    telling = {word: log(1 + max(total, count) / count) for word, count in have.items()}
    first = sorted(telling, key=lambda word: (-telling[word], word))[:MOST_WORDS_COMPARED]
    return {word: telling[word] for word in first}
