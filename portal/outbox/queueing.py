"""Queueing a message."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import clock
from portal.outbox.models import OutboxMessage


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
    now = clock.now()
    session.add(
        OutboxMessage(
            kind=kind,
            to_person_id=to if isinstance(to, int) else None,
            to_address=to if isinstance(to, str) else None,
            parameters=json.dumps(parameters, sort_keys=True),
            once_key=once_key,
            queued_at=now,
            due_at=due_at or now,
        )
    )
