"""Taking messages from the outbox and sending them, at least once each.

A worker leases a message before it sends it, so that two workers never send it side by side; if it dies in
between, the lease runs out and the message is sent again. Faults are retried later and later, then given up.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select

from portal.db import Database, clock
from portal.outbox.models import OutboxMessage

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Leased:
    """A message a worker has taken for the length of its lease."""

    id: int
    kind: str
    to_person_id: int | None
    to_address: str | None
    parameters: dict[str, Any]


def deliver(database: Database, send: Callable[[Leased], None], *, most: int = 50) -> int:
    """Send up to `most` waiting messages through `send`; answers how many were sent.

    What `send` raises is noted by its type alone (its text could hold an address) and tried again later.
    """
    leased = _lease(database, most)
    return sum(_deliver_one(database, send, each) for each in leased)


def _lease(database: Database, most: int) -> list[Leased]:
    now = clock.now()
    with database.writing() as session:
        rows = session.scalars(
            select(OutboxMessage)
            .where(
                OutboxMessage.sent_at.is_(None),
                OutboxMessage.given_up_at.is_(None),
                OutboxMessage.due_at <= now,
                or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until < now),
            )
            .order_by(OutboxMessage.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            row.leased_until = now + LEASE
            row.attempts += 1
        return [Leased(row.id, row.kind, row.to_person_id, row.to_address, json.loads(row.parameters)) for row in rows]


def _deliver_one(database: Database, send: Callable[[Leased], None], leased: Leased) -> bool:
    try:
        send(leased)
    except Exception as fault:
        _log.warning("Message %s (%s) was not sent: %s", leased.id, leased.kind, type(fault).__name__)
        _note_fault(database, leased, type(fault).__name__)
        return False
    with database.writing() as session:
        session.get_one(OutboxMessage, leased.id).sent_at = clock.now()
    return True


def _note_fault(database: Database, leased: Leased, fault: str) -> None:
    with database.writing() as session:
        row = session.get_one(OutboxMessage, leased.id)
        row.last_fault, row.leased_until = fault, None
        row.due_at = clock.now() + timedelta(minutes=2**row.attempts)
        if row.attempts >= MOST_ATTEMPTS:
            row.given_up_at = clock.now()
