"""Messages that leave the portal: queued in the transaction that caused them, sent by the worker."""

from portal.outbox.delivery import Leased, deliver
from portal.outbox.messages import Mail, kinds, message, worded
from portal.outbox.models import OutboxMessage
from portal.outbox.queueing import queue, queue_each

__all__ = ["Leased", "Mail", "OutboxMessage", "deliver", "kinds", "message", "queue", "queue_each", "worded"]
