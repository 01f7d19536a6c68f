"""Which machine runs which model; filled once by the wiring."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from portal.machine import Machine
from portal.policy import Scope


class Subject(Protocol):
    """What `fire` needs of a row that has a machine."""

    id: Any
    state: Any
    state_since: Any

    def scopes(self) -> frozenset[Scope]:
        """Where rights over this row are held."""
        ...

    def root(self) -> Any:
        """The challenge to lock first, or None where the row belongs to none."""
        ...


T = TypeVar("T")
Due = Callable[[Session, datetime], Iterator[Any]]

_machines: dict[type, Callable[[Any], Machine]] = {}
_due: dict[type, Due] = {}


def register(model: type[T], machine: Machine | Callable[[T], Machine], *, due: Due | None = None) -> None:
    """Let `machine` (or the function that chooses one) run `model`.

    `due` finds the rows to which the clock may owe a move, for the worker that settles them.
    """
    _machines[model] = (lambda _subject: machine) if isinstance(machine, Machine) else machine
    if due is not None:
        _due[model] = due


def machine_of(subject: Any) -> Machine:
    """The machine that runs this row. Raises `LookupError` where the wiring registered none."""
    try:
        return _machines[type(subject)](subject)
    except KeyError:
        raise LookupError(f"No machine is registered for {type(subject).__name__}.") from None


def registered() -> dict[type, Callable[[Any], Machine]]:
    """Every model with a machine, for the tests that try each move."""
    return dict(_machines)


def possibly_due(session: Session, now: datetime) -> Iterator[Any]:
    """Rows to which the clock may owe a move at `now`."""
    for find in _due.values():
        yield from find(session, now)
