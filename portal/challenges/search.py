"""Searching released challenges by their words, the same way on both databases.

What is indexed and what is asked are both folded and split into words here, so that accents, quotes and the
operators of either database mean nothing special and can break nothing. Only what has been published is indexed.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, FromClause, Text, bindparam, cast, column, delete, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from portal.challenges import brief_content
from portal.challenges.brief_content import Content
from portal.challenges.models import BriefVersion, Challenge, SearchedChallenge
from portal.text import fold, plain

MOST_WORDS_ASKED = 12
LONGEST_WORD = 60
LONGEST_TEXT = 200_000
"""Characters of a challenge that are indexed; a brief has some ten thousand."""

_WORD = re.compile(r"[^\W_]+")
_searched = SearchedChallenge.__table__
CHALLENGE_ID = _searched.c.challenge_id
"""The challenge of a row of `found`."""

_fts = table("challenge_words", column("rowid"), column("words"))


class Found(NamedTuple):
    """Where matches are found: what to select from, the condition, and the key by which the newest come last.

    The condition has one parameter, `words`, to be filled by `parameter`.
    """

    rows: FromClause
    condition: ColumnElement[bool]
    position: ColumnElement[int]


def words_of(text: str) -> list[str]:
    """The words of a text as they are indexed and asked for: folded, letters and digits only."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def asked(text: str) -> tuple[str, ...]:
    """The different words somebody asks for, as many as a search takes."""
    return tuple(dict.fromkeys(words_of(text)))[:MOST_WORDS_ASKED]


def found(dialect: str) -> Found:
    """The rows of `challenge_search` that hold every word asked for."""
    words = bindparam("words", type_=Text, literal_execute=dialect != "sqlite")
    if dialect == "sqlite":
        match = literal_column("challenge_words").op("MATCH", is_comparison=True)(words)
        return Found(_fts.join(_searched, _searched.c.id == _fts.c.rowid), match, _fts.c.rowid)
    match = literal_column("challenge_search.vector").op("@@", is_comparison=True)(cast(words, TSQUERY))
    return Found(_searched, match, _searched.c.id)


def parameter(dialect: str, words: Iterable[str]) -> str:
    """What `found` is given for rows with every one of these words, or with words that begin so."""
    if dialect == "sqlite":
        return " ".join(f'"{word}"*' for word in words)
    return " & ".join(f"'{word}':*" for word in words)


def index(session: Session, challenge: Challenge) -> None:
    """Let a released challenge be found by the words of its latest published brief.

    Call it in the transaction that publishes; one that has not been released is not indexed.
    """
    if challenge.released_at is None:
        return
    words = text_to_index(challenge.reference, _published(session, challenge))
    row = session.scalars(select(SearchedChallenge).where(SearchedChallenge.challenge_id == challenge.id)).first()
    if row is None:
        session.add(SearchedChallenge(challenge_id=challenge.id, words=words))
    else:
        row.words = words
    session.flush()


def rebuild(session: Session) -> None:
    """Index every released challenge anew, in the order of their release."""
    session.execute(delete(SearchedChallenge))
    released = select(Challenge).where(Challenge.released_at.is_not(None))
    for challenge in session.scalars(released.order_by(Challenge.released_at, Challenge.id)).all():
        index(session, challenge)


def text_to_index(reference: str, content: Content) -> str:
    """The different words of a published brief, in one line."""
    said = [reference, content["title"], content["summary"], content["theme"], content["lead"]]
    said += content["joint"] + content["partners"] + content["must_haves"]
    said += [plain(section["html"]) for section in content["sections"]]
    said += [f"{lot['title']} {lot['description']}" for lot in content["lots"]]
    return " ".join(dict.fromkeys(words_of("\n".join(said)[:LONGEST_TEXT])))


def _published(session: Session, challenge: Challenge) -> Content:
    latest = session.scalars(
        select(BriefVersion)
        .where(BriefVersion.challenge_id == challenge.id)
        .order_by(BriefVersion.number.desc())
        .limit(1)
    ).first()
    return brief_content.read(latest) if latest else brief_content.content_of(session, challenge)
