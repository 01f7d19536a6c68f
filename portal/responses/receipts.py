"""Receipts: a short text that proves what was received and when, and can be held against the record by anybody."""

import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.journal import JournalEntry, JournalHead, canonical
from portal.journal.chain import digest_of as digest_of_entry
from portal.responses import seal
from portal.responses.content import digest_of
from portal.responses.models import Response, Snapshot

EVENT = "response.received"
_QUOTED = re.compile(r"^[\s>|]+", re.MULTILINE)
_OBJECT = re.compile(r"\{[^{}]*\}")
_STRAIGHT = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"') | dict.fromkeys("\u00ad\u200b\u2060\ufeff")
)


class Verdict(Enum):
    """What holding a receipt against the record shows."""

    STANDS = "stands"
    DOES_NOT_STAND = "does_not_stand"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says: which copy of which response, when, the digest of its content, and the journal's head."""

    response: str
    number: int
    received: datetime
    content: str
    sequence: int
    head: str

    @property
    def code(self) -> str:
        """The text a firm keeps. It tells nothing of what was submitted."""
        return canonical(
            {
                "receipt": 1,
                "response": self.response,
                "copy": self.number,
                "received": self.received.isoformat(timespec="microseconds"),
                "content": self.content,
                "journal": [self.sequence, self.head],
            }
        )


def receipt_of(response: Response, snapshot: Snapshot) -> Receipt:
    """The receipt of one snapshot."""
    return Receipt(
        response.reference,
        snapshot.number,
        snapshot.submitted_at,
        snapshot.digest,
        snapshot.journal_sequence,
        snapshot.journal_digest,
    )


def read(pasted: str) -> Receipt | None:
    """The one receipt a pasted text holds; None where it holds none, or two that differ.

    The text may be the code alone, or the whole mail or document around it. Forgiven is what mail programs do to a
    code: line breaks, marks of quotation before a line, curly quotation marks, invisible characters.
    """
    plain = "".join(_QUOTED.sub("", pasted.translate(_STRAIGHT)).split())
    found = {receipt for each in _OBJECT.findall(plain) if (receipt := _parsed(each)) is not None}
    return found.pop() if len(found) == 1 else None


def _parsed(code: str) -> Receipt | None:
    try:
        said: Any = json.loads(code)
        sequence, head = said["journal"]
        found = Receipt(
            str(said["response"]),
            int(said["copy"]),
            datetime.fromisoformat(said["received"]),
            str(said["content"]),
            int(sequence),
            str(head),
        )
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return None
    fits = found.received.tzinfo is not None and 0 < found.sequence < 2**31 and 0 < found.number < 2**31
    return found if fits else None


def verify(session: Session, code: str) -> tuple[Verdict, Receipt | None]:
    """Hold a receipt against the journal and what is kept; reveals whether both still say the same, nothing else."""
    receipt = read(code)
    if receipt is None:
        return Verdict.UNREADABLE, None
    stands = _journal_stands(session, receipt) and copy_stands(session, receipt)
    return (Verdict.STANDS if stands else Verdict.DOES_NOT_STAND), receipt


def _journal_stands(session: Session, receipt: Receipt) -> bool:
    entry = session.get(JournalEntry, receipt.sequence)
    if entry is None or entry.event != EVENT:
        return False
    said = canonical({"digest": receipt.content, "number": receipt.number})
    return (
        _same(entry.digest, receipt.head)
        and _same(digest_of_entry(entry), entry.digest)
        and entry.data == said
        and entry.at == receipt.received
        and _same(_what_follows(session, entry), entry.digest)
    )


def _what_follows(session: Session, entry: JournalEntry) -> str:
    """The digest the next entry, or else the journal's head, names as the one before."""
    following = session.get(JournalEntry, entry.sequence + 1)
    return following.previous if following else session.get_one(JournalHead, 1).digest


def copy_stands(session: Session, receipt: Receipt) -> bool:
    """Whether what is kept still has the digest the receipt names; whoever holds the receipt submitted it."""
    with seal.lifted(session):
        content = session.scalar(
            select(Snapshot.content)
            .join(Response, Response.id == Snapshot.response_id)
            .where(Response.reference == receipt.response, Snapshot.number == receipt.number)
        )
    return content is not None and _same(digest_of(content), receipt.content)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
