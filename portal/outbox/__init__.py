"""Messages that leave the portal: queued in the transaction that caused them, sent by the worker."""

from portal.outbox.models import OutboxMessage
from portal.outbox.queueing import queue

__all__ = ["OutboxMessage", "queue"]
