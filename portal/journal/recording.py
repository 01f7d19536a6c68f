"""Writing to the journal: entries gather in the session and are chained just before it commits.

The head is locked last, so that a long transaction never keeps others from theirs.
"""

from datetime import datetime
from typing import Any, NamedTuple, Protocol, cast

from sqlalchemy import Table, bindparam, event, insert, select, update
from sqlalchemy.orm import Session

from portal.db import clock
from portal.journal.chain import canonical, digest_of_row
from portal.journal.models import JournalEntry, JournalHead

_WAITING = "journal"
_ENTRY, _LAST = cast(Table, JournalEntry.__table__), cast(Table, JournalHead.__table__)
_HEAD = select(_LAST.c.sequence, _LAST.c.digest).with_for_update()
_ADD = insert(_ENTRY)
_MOVE_HEAD = update(_LAST).values(sequence=bindparam("new_sequence"), digest=bindparam("new_digest"))


class Head(NamedTuple):
    """The number and digest of the journal's last entry; a receipt carries it."""

    sequence: int
    digest: str


class _Actor(Protocol):
    @property
    def person_id(self) -> int | None: ...


def record(
    session: Session,
    actor: _Actor,
    event_name: str,
    subject: tuple[str, int],
    *,
    challenge_id: int | None = None,
    at: datetime | None = None,
    **data: Any,
) -> None:
    """Note that `actor` did `event_name` to `subject` (kind, id), in the session's own transaction.

    `data` takes identifiers, digests and names of states only: never personal data, never content.
    """
    kind, key = subject
    entry = {
        "at": at or clock.now(),
        "actor_id": actor.person_id,
        "event": event_name,
        "subject_kind": kind,
        "subject_id": key,
        "challenge_id": challenge_id,
        "data": canonical(data),
    }
    session.info.setdefault(_WAITING, []).append(entry)


def write(session: Session) -> Head:
    """Chain what has gathered and return the head. Call it last: it locks the head until the commit.

    Three statements, however much has gathered, and on the tables: no entry is ever changed or asked for again.
    """
    session.flush()
    head, rows = Head(*session.execute(_HEAD).one()), session.info.pop(_WAITING, [])
    for row in rows:
        row |= {"sequence": head.sequence + 1, "previous": head.digest}
        row["digest"] = digest_of_row(row)
        head = Head(row["sequence"], row["digest"])
    if rows:
        session.execute(_ADD, rows)
        session.execute(_MOVE_HEAD, {"new_sequence": head.sequence, "new_digest": head.digest})
    return head


@event.listens_for(Session, "before_commit")
def _chain_before_commit(session: Session) -> None:
    if session.info.get(_WAITING):
        write(session)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous: Any) -> None:
    session.info.pop(_WAITING, None)
