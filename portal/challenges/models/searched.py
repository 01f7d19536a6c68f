"""The words of released challenges, ready to be searched.

One ordinary table holds them, folded and split into words in Python; beside it each database has its own index:
an FTS5 table on SQLite, a tsvector column on PostgreSQL. Rows are numbered as challenges are released, so that
newest first is the order of their keys and a search never sorts what it found.
"""

from typing import Any

from sqlalchemy import ForeignKey, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class SearchedChallenge(Base):
    """What can be found of one released challenge. `words` are what `portal.challenges.search` made of its text."""

    __tablename__ = "challenge_search"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), unique=True)
    words: Mapped[str] = mapped_column(Text)


_ADD = "INSERT INTO challenge_words (rowid, words) VALUES (new.id, new.words);"
_FORGET = "INSERT INTO challenge_words (challenge_words, rowid, words) VALUES ('delete', old.id, old.words);"

SEARCH_DDL: dict[str, tuple[str, ...]] = {
    "sqlite": (
        """CREATE VIRTUAL TABLE challenge_words USING fts5 (
           words, content='challenge_search', content_rowid='id',
           prefix='1 2 3 4 5 6 7 8', tokenize='unicode61 remove_diacritics 0')""",
        f"CREATE TRIGGER challenge_search_insert AFTER INSERT ON challenge_search BEGIN {_ADD} END",
        f"CREATE TRIGGER challenge_search_delete AFTER DELETE ON challenge_search BEGIN {_FORGET} END",
        f"CREATE TRIGGER challenge_search_update AFTER UPDATE ON challenge_search BEGIN {_FORGET} {_ADD} END",
    ),
    "postgresql": (
        """ALTER TABLE challenge_search ADD COLUMN vector tsvector
           GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
        "CREATE INDEX ix_challenge_search_vector ON challenge_search USING gin (vector)",
    ),
}
"""The statements that make each database's index, for `create_all` here and for the migration.

A batch migration of this table on SQLite drops its triggers: run these again after one.
"""


@event.listens_for(SearchedChallenge.__table__, "after_create")
def _index(target: Any, connection: Any, **_: Any) -> None:
    for statement in SEARCH_DDL[connection.dialect.name]:
        connection.exec_driver_sql(statement)
