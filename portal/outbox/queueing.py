"""Queueing a message."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from portal.db import clock
from portal.outbox.models import OutboxMessage

_ADD = insert(cast(Table, OutboxMessage.__table__))


def queue(
    session: Session,
    kind: str,
    to: int | str,
    *,
    once_key: str | None = None,
    due_at: datetime | None = None,
    **parameters: Any,
) -> None:
    """Queue a message of `kind` to a person (by id) or an address, in this session's transaction.

    `parameters` are identifiers and short public words from which the worker renders the text when it sends;
    never content that may still be sealed. With a `once_key` a second message under the same key is not queued.
    """
    if once_key and session.scalar(select(OutboxMessage.id).where(OutboxMessage.once_key == once_key)):
        return
    session.add(OutboxMessage(**_row(kind, to, parameters, once_key=once_key, due_at=due_at)))


def queue_each(session: Session, kind: str, people: Iterable[int], **parameters: Any) -> None:
    """Queue the same message to each of some people, in one statement: for what many do in the same hour."""
    if rows := [_row(kind, person, parameters) for person in people]:
        session.execute(_ADD, rows)


def _row(
    kind: str,
    to: int | str,
    parameters: dict[str, Any],
    *,
    once_key: str | None = None,
    due_at: datetime | None = None,
) -> dict[str, Any]:
    now = clock.now()
    return {
        "kind": kind,
        "to_person_id": to if isinstance(to, int) else None,
        "to_address": to if isinstance(to, str) else None,
        "parameters": json.dumps(parameters, sort_keys=True),
        "once_key": once_key,
        "queued_at": now,
        "due_at": due_at or now,
    }
