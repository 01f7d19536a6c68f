"""The append-only record of everything that was done: identifiers and digests, never content or personal data."""

from portal.journal.chain import Fault, canonical, digest_text, verify
from portal.journal.models import JournalEntry, JournalHead
from portal.journal.recording import Head, record, write

__all__ = [
    "Fault",
    "Head",
    "JournalEntry",
    "JournalHead",
    "canonical",
    "digest_text",
    "record",
    "verify",
    "write",
]
