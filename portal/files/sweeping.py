"""Sweeping the store: content that no row names is forgotten.

It is left behind where a crash or a refusal comes between keeping content and writing its row. Rows of files are
never deleted, so whatever a draft, a snapshot or anything else ever named stays.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from sqlalchemy import select

from portal.db import Database
from portal.files.models import StoredFile
from portal.files.store import Store

SAFE_AFTER = timedelta(days=1)
"""Content put more recently may belong to a row that is still being written."""

_AT_ONCE = 200
_digest = StoredFile.__table__.c.digest
"""Of the table and not the entity: a sealed response's files are hidden from every reader, and must be kept all the
more. Nothing but digests is read, and nothing is shown to anybody."""


def sweep(of: Database, store: Store, *, untouched_for: timedelta = SAFE_AFTER) -> int:
    """Forget every content that no row names and that nobody put again for so long; answers how many."""
    swept = 0
    for digests in _batches(store.digests(untouched_for)):
        with of.reading() as session:
            named = set(session.scalars(select(_digest).where(_digest.in_(digests))))
        for digest in (each for each in digests if each not in named):
            swept += store.delete(digest, untouched_for)
    return swept


def _batches(digests: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(digests, _AT_ONCE)):
        yield batch
