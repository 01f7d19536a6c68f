"""`flask worker`: what happens without anybody asking.

Messages are sent, the clock's moves are made, legal dates are looked at and reminded of, firms whose drafts lie idle
are asked whether they want help, and files that nothing names are swept away.
"""

import logging
import signal
import threading
from datetime import timedelta
from types import FrameType

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from portal import workflow
from portal.db import Database, clock
from portal.files.store import StoreUnavailable
from portal.files.sweeping import sweep
from portal.mail.sending import sender
from portal.network.hands_on import prompting
from portal.outbox import deliver
from portal.procurement.keeping import keep_some
from portal.procurement.reminders import remind
from portal.web import database
from portal.web.uploads import file_store
from portal.workflow.registry import possibly_due

_log = logging.getLogger(__name__)
_PAUSE_SECONDS = 2.0
_SWEEPS_EVERY = timedelta(hours=6)
_DATES_EVERY = timedelta(hours=24)


@click.command()
@click.option("--once", is_flag=True, help="Do what is waiting now and end.")
@with_appcontext
def worker(once: bool) -> None:
    """Send queued messages, make the clock's moves and sweep the files, until told to stop."""
    stop = threading.Event()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)
    next_sweep = clock.now()
    dates = _Dates()
    while not stop.is_set():
        if clock.now() >= next_sweep:
            next_sweep = clock.now() + _SWEEPS_EVERY
            _sweep(database())
        busy = dates.go_on(database()) | _round(database())
        if once and not busy:
            return
        if not busy:
            stop.wait(_PAUSE_SECONDS)


def _round(of: Database) -> bool:
    """One turn of work; whether there was any. A database that is away is waited for."""
    try:
        hands_on = bool(prompting.prompt(of)) | bool(prompting.remind(of))
        return bool(settle_due(of)) | bool(remind(of)) | hands_on | bool(deliver(of, sender(of)))
    except SQLAlchemyError as fault:
        _log.error("The worker waits: %s", type(fault).__name__)
        return False


class _Dates:
    """Reckons the legal dates of every challenge anew once a day, a stretch in each round."""

    def __init__(self) -> None:
        self._begins, self._after = clock.now(), 0

    def go_on(self, of: Database) -> bool:
        """The next stretch, if one is due; whether another follows."""
        if clock.now() < self._begins:
            return False
        try:
            self._after = keep_some(of, self._after)
        except SQLAlchemyError as fault:
            _log.error("The legal dates wait: %s", type(fault).__name__)
            return False
        if not self._after:
            self._begins = clock.now() + _DATES_EVERY
        return bool(self._after)


def _sweep(of: Database) -> None:
    """Sweep the files once; a database or a store that is away is swept another time."""
    try:
        swept = sweep(of, file_store())
    except (SQLAlchemyError, StoreUnavailable, OSError) as fault:
        _log.error("The files were not swept: %s", type(fault).__name__)
    else:
        if swept:
            _log.info("Files that nothing named were swept: %s", swept)


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
