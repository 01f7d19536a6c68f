"""Searching released challenges by their words, the same way on both databases.

What is indexed and what is asked are both folded and split into words here, so that accents, quotes and the
operators of either database mean nothing special and can break nothing. Only what has been published is indexed.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Text, bindparam, column, delete, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from portal.challenges import brief_content
from portal.challenges.brief_content import Content
from portal.challenges.models import BriefVersion, Challenge, SearchedChallenge
from portal.text import fold, plain
from portal.web.paging import at_most

MOST_WORDS_ASKED = 12
LONGEST_WORD = 60
LONGEST_TEXT = 200_000
"""Characters of a challenge that are indexed; a brief has some ten thousand."""

_WORD = re.compile(r"[^\W_]+")
_searched = SearchedChallenge.__table__
_fts = table("challenge_words", column("rowid"), column("words"))
_vector: ColumnElement[Any] = literal_column("challenge_search.vector")


class Searched(NamedTuple):
    """Where words are looked for: what to select from, the condition, the key by which the newest come last.

    The condition has one parameter, `words`, to be filled by `parameter`.
    """

    rows: FromClause
    match: ColumnElement[bool]
    position: ColumnElement[int]
    challenge_id: ColumnElement[int]


def words_of(text: str) -> list[str]:
    """The words of a text as they are indexed and asked for: folded, letters and digits only."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def asked(text: str) -> tuple[str, ...]:
    """The different words somebody asks for, as many as a search takes."""
    return tuple(dict.fromkeys(words_of(text)))[:MOST_WORDS_ASKED]


def indexed(dialect: str) -> Searched:
    """Every row that holds the words asked for, by the database's own index."""
    if dialect == "sqlite":
        match = literal_column("challenge_words").op("MATCH", is_comparison=True)(bindparam("words", type_=Text))
        rows = _fts.join(_searched, _searched.c.id == _fts.c.rowid)
        return Searched(rows, match, _fts.c.rowid, _searched.c.challenge_id)
    return Searched(_searched, _holds(_vector), _searched.c.id, _searched.c.challenge_id)


def newest(limit: int) -> Searched:
    """On PostgreSQL: as `indexed`, among the newest `limit` rows, read one after the other."""
    key = _searched.c.id
    rows = (
        select(key, _searched.c.challenge_id, _vector.label("vector"))
        .order_by(key.desc())
        .limit(at_most(limit))
        .subquery()
    )
    return Searched(rows, _holds(rows.c.vector), rows.c.id, rows.c.challenge_id)


def _holds(vector: ColumnElement[Any]) -> ColumnElement[bool]:
    return vector.op("@@", is_comparison=True)(bindparam("words", type_=TSQUERY))


def parameter(dialect: str, words: Iterable[str]) -> str:
    """What `Searched.match` is given for rows with every one of these words, or with words that begin so."""
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
