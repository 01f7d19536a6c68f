"""The one clock of the portal.

Deadlines are decided by `now()`, read after the lock is held, so that two requests can never disagree about who
was in time. Tests and the demonstration move it; nothing else may.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


def _machine_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _machine_time


def now() -> datetime:
    """The moment everything is judged by, in UTC."""
    return _source()


def set_to(moment: datetime | None) -> None:
    """Stop the clock at `moment` (with a zone), or let it run again with None."""
    global _source
    if moment is None:
        _source = _machine_time
        return
    if moment.tzinfo is None:
        raise ValueError("The clock needs a moment with its time zone.")
    stopped = moment.astimezone(UTC)
    _source = lambda: stopped  # noqa: E731


def advance(**by: float) -> None:
    """Move a stopped clock on, for example `advance(days=2, minutes=1)`."""
    set_to(now() + timedelta(**by))


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Stop the clock for the length of a block, then put back what was there."""
    global _source
    before = _source
    set_to(moment)
    try:
        yield
    finally:
        _source = before
