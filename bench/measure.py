"""CPU time and statements of a request, asked of the WSGI application itself: no server and no client in between.

What counts is CPU time, never the clock on the wall, because other programs use the machine too. PostgreSQL works in a
process of its own; its CPU time is added where the system tells it. The requests take turns, batch by batch, and the
best batch of each counts: whatever else disturbs, it only ever adds.
"""

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.pages import Asked
from tests.support.statements import counted

DatabaseTime = Callable[[], float]
"""Answers the seconds of CPU the database's own processes have used so far."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one request costs: CPU in seconds, of that the database's own processes, statements, and bytes of answer."""

    seconds: float
    database_seconds: float
    queries: int
    size: int


def measured(
    requests: Iterable[Asked], clock_of_database: Callable[[], DatabaseTime], *, quick: bool = False
) -> dict[str, Cost]:
    """The cost of each request by its name. The database's clock is asked for once every connection is open."""
    batches, size = (5, 10) if quick else (12, 25)
    known = list(requests)
    seen = {each.name: _seen(each) for each in known}
    database_time = clock_of_database()
    taken: dict[str, list[tuple[float, float]]] = {each.name: [] for each in known}
    for _ in range(batches):
        for each in known:
            taken[each.name].append(_batch(each, size, database_time))
    best = {name: min(batch, key=sum) for name, batch in taken.items()}
    return {name: Cost(sum(best[name]) / size, best[name][1] / size, *seen[name]) for name in best}


def _seen(asked: Asked) -> tuple[int, int]:
    """Ask until everything is warm, then count statements and bytes."""
    for _ in range(12):
        answer(asked)
    with counted() as statements:
        size = answer(asked)
    return len(statements), size


def _batch(asked: Asked, size: int, database_time: DatabaseTime) -> tuple[float, float]:
    environs = [asked.once() for _ in range(size)]
    gc.collect()
    gc.disable()
    try:
        database, ours = database_time(), time.process_time()
        for environ in environs:
            _run(asked, environ)
        return time.process_time() - ours, database_time() - database
    finally:
        gc.enable()


def answer(asked: Asked) -> int:
    """Ask once; answers the bytes of the page."""
    return _run(asked, asked.once())


def _run(asked: Asked, environ: dict[str, Any]) -> int:
    told: list[str] = []

    def start(status: str, _headers: object, _fault: object = None) -> Callable[[bytes], object]:
        told.append(status)
        return lambda _data: None

    body = asked.app.wsgi_app(environ, start)
    size = sum(map(len, body))
    close = getattr(body, "close", None)
    if close is not None:
        close()
    if not told[0].startswith(str(asked.status)):
        raise RuntimeError(f"{asked.name} answered {told[0]}")
    return size


def time_of(processes: Sequence[int]) -> DatabaseTime:
    """The CPU time of some processes, from Linux; none where it does not tell."""
    files = [Path(f"/proc/{each}/schedstat") for each in processes]
    readable = [each for each in files if each.exists()]

    def seconds() -> float:
        return sum(int(each.read_text().split()[0]) for each in readable) / 1e9

    return seconds
