"""`flask worker`: what happens without anybody asking (see `portal.cli.chores`)."""

import signal
import threading
from types import FrameType

import click
from flask.cli import with_appcontext

from portal.cli.chores import EVERY_ROUND, Dates, Sweeping, do
from portal.web import database

_PAUSE_SECONDS = 2.0


@click.command()
@click.option("--once", is_flag=True, help="Do what is waiting now and end.")
@with_appcontext
def worker(once: bool) -> None:
    """Send messages, make the clock's moves, remind of dates, read payments and sweep files, until told to stop."""
    stop = threading.Event()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)
    chores = (Sweeping().sweep_files, Dates().reckon_dates, *EVERY_ROUND)
    while not stop.is_set():
        done = [do(chore, database()) for chore in chores]
        if any(done):
            continue
        if once:
            return
        stop.wait(_PAUSE_SECONDS)
