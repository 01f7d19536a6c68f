"""How a lower room tells an upper one: it announces, the wiring subscribes, all in the same transaction."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

MOVED = "moved"
"""Announced after every move, the clock's own too, with `machine`, `move`, `subject` and the state `before`."""

AGREED = "agreed"
"""Announced when the first of two people agrees, with `machine`, `move`, `subject` and the `agreement`."""

_subscribers: dict[str, list[Callable[..., None]]] = defaultdict(list)


def subscribe(topic: str, listener: Callable[..., None]) -> None:
    """Call `listener(session, **facts)` whenever `topic` is announced; subscribing twice changes nothing."""
    if listener not in _subscribers[topic]:
        _subscribers[topic].append(listener)


def announce(session: Session, topic: str, **facts: Any) -> None:
    """Tell whoever subscribed, at once and in this transaction; a listener that fails undoes it."""
    for listener in _subscribers[topic]:
        listener(session, **facts)
