"""What the worker does without anybody asking, chore by chore; each answers how much there was to do."""

import logging
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from portal import workflow
from portal.db import Database, clock
from portal.files.store import StoreUnavailable
from portal.files.sweeping import sweep
from portal.mail.sending import sender
from portal.network.hands_on import prompting
from portal.network.matching.queries import digests_due
from portal.network.matching.services import queue_digests
from portal.network.spend.taking_in import read_on
from portal.outbox import deliver
from portal.procurement.keeping import keep_some
from portal.procurement.reminders import remind
from portal.web.uploads import file_store
from portal.workflow.registry import possibly_due

_log = logging.getLogger(__name__)


def settle_due(of: Database) -> int:
    """Make every move the clock owes, each in a transaction of its own; answers how many rows were settled."""
    with of.reading() as session:
        waiting = [(type(row), row.id) for row in possibly_due(session, clock.now())]
    for model, key in waiting:
        with of.writing() as session:
            row = session.get(model, key)
            if row is not None:
                workflow.settle(session, row)
    return len(waiting)


def list_challenges(of: Database) -> int:
    """Queue the lists of new challenges that are due; only looked for by reading while none is."""
    with of.reading() as session:
        if not digests_due(session):
            return 0
    with of.writing() as session:
        return queue_digests(session)


def send_messages(of: Database) -> int:
    """Send what is queued."""
    return deliver(of, sender(of))


def read_payments(of: Database) -> int:
    """Read the next stretch of a payments file."""
    return read_on(of, file_store())


Chore = Callable[[Database], int]

EVERY_ROUND: tuple[Chore, ...] = (
    settle_due,
    remind,
    prompting.prompt,
    prompting.remind,
    list_challenges,
    send_messages,
    read_payments,
)


def do(chore: Chore, of: Database) -> bool:
    """Do one chore; whether there was any. What is away (database, store) is waited for, and no other chore with it."""
    try:
        return bool(chore(of))
    except (SQLAlchemyError, StoreUnavailable, OSError) as fault:
        _log.error("The worker's chore %s waits: %s", chore.__name__, type(fault).__name__)
        return False


class Dates:
    """Reckons the legal dates of every challenge anew once a day, a stretch in each round."""

    EVERY = timedelta(hours=24)

    def __init__(self) -> None:
        self._begins, self._after = clock.now(), 0

    def reckon_dates(self, of: Database) -> bool:
        """The next stretch, if one is due; whether another follows."""
        if clock.now() < self._begins:
            return False
        self._after = keep_some(of, self._after)
        if not self._after:
            self._begins = clock.now() + self.EVERY
        return bool(self._after)


class Sweeping:
    """Sweeps away what no row names, some times a day."""

    EVERY = timedelta(hours=6)

    def __init__(self) -> None:
        self._begins = clock.now()

    def sweep_files(self, of: Database) -> bool:
        """Sweep once, if it is time; a store that is away is swept another time."""
        if clock.now() < self._begins:
            return False
        self._begins = clock.now() + self.EVERY
        swept = sweep(of, file_store())
        if swept:
            _log.info("Files that nothing named were swept: %s", swept)
        return False
