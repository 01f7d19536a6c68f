"""The hash chain: how an entry's digest is made, and how the whole chain is proved."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.journal.models import JournalEntry, JournalHead

GENESIS = "0" * 64
_SAID = ("sequence", "at", "actor_id", "event", "subject_kind", "subject_id", "challenge_id", "data", "previous")
_AT = _SAID.index("at")


def canonical(value: Any) -> str:
    """JSON that is the same text for the same meaning: sorted keys, no spaces, nothing but ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest_of(entry: JournalEntry) -> str:
    """The SHA-256 of everything an entry says, the digest of the entry before included."""
    return digest_of_row({name: getattr(entry, name) for name in _SAID})


def digest_of_row(row: Mapping[str, Any]) -> str:
    """The same of an entry by the names of its columns, as it is written."""
    said = [row[name] for name in _SAID]
    said[_AT] = row["at"].isoformat(timespec="microseconds")
    return hashlib.sha256(canonical(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the journal does not hold together, in words."""

    sequence: int
    sentence: str


def verify(session: Session, *, receipt: tuple[int, str] | None = None) -> Iterator[Fault]:
    """Every fault in the chain; none means it stands.

    With a receipt's head (number and digest) it also finds a journal that was cut off and written anew since.
    """
    previous, expected = GENESIS, 1
    kept: str | None = GENESIS if receipt and receipt[0] == 0 else None
    rows = session.scalars(select(JournalEntry).order_by(JournalEntry.sequence).execution_options(yield_per=1000))
    for entry in rows:
        yield from _faults_of(entry, expected, previous)
        if receipt and entry.sequence == receipt[0]:
            kept = entry.digest
        previous, expected = entry.digest, entry.sequence + 1
    head = session.get_one(JournalHead, 1)
    if (head.sequence, head.digest) != (expected - 1, previous):
        yield Fault(head.sequence, "The journal's head does not match its last entry.")
    if receipt and kept != receipt[1]:
        yield Fault(receipt[0], "The entry a receipt was given for is missing or has changed.")


def _faults_of(entry: JournalEntry, expected: int, previous: str) -> Iterator[Fault]:
    if entry.sequence != expected:
        yield Fault(entry.sequence, f"Entry {expected} is missing.")
    elif entry.previous != previous:
        yield Fault(entry.sequence, f"Entry {entry.sequence} does not follow the one before it.")
    if entry.digest != digest_of(entry):
        yield Fault(entry.sequence, f"Entry {entry.sequence} was changed after it was written.")


def digest_text(text: str) -> str:
    """The SHA-256 of a text, for noting that it was said without keeping what it said."""
    return hashlib.sha256(text.encode()).hexdigest()
