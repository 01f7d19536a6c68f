"""What alembic leaves alone when it compares a database with the models: each database's own search index."""

from typing import Any

_OWN_TABLES = "challenge_words"
_OWN = frozenset({"vector", "ix_challenge_search_vector"})


def compared(_thing: Any, name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
    """Alembic's `include_object`: False of the tables, column and index that are no part of the models."""
    if not reflected or name is None:
        return True
    return not (name.startswith(_OWN_TABLES) if kind == "table" else name in _OWN)
