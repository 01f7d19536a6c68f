"""Every machine of the portal: each move is made by the right role from the right state, and refused everywhere else.

Generated from the definitions. Requirements, bars and effects are taken off here (they have tests of their own), so
that what is left is exactly: state, move and role.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from portal import wiring, workflow
from portal.machine import Fork, Machine, Move, MoveRefused, NotAllowed, NotNow
from portal.pathways.direct import DIRECT
from portal.pathways.showcase import SHOWCASE
from portal.policy import PERMISSIONS, PORTAL, Actor, Grant, Permission, Role, Scope
from portal.workflow import registry

THEN = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass(eq=False)
class Subject:
    """Anything with a state, in a world where every role is held over it."""

    machine: Machine
    state: str
    id: int = 1
    state_since: datetime = THEN
    version: int = 1

    def scopes(self) -> frozenset[Scope]:
        return frozenset(scope_of(role) for role in Role)

    def root(self) -> None:
        return None


class _Everything:
    def __contains__(self, _row: object) -> bool:
        return True


@dataclass
class NoDatabase:
    """Stands where a session would and holds every row: the moves tested here read and write nothing else."""

    info: dict[str, Any] = field(default_factory=lambda: {"held": _Everything()})

    def flush(self) -> None: ...

    def add(self, _row: Any) -> None: ...

    def scalars(self, _statement: Any) -> Any:
        return _Nothing()


class _Nothing:
    def first(self) -> None:
        return None


def scope_of(role: Role) -> Scope:
    return PORTAL if role.scope_kind == "portal" else Scope(role.scope_kind, 7)


def bare(move: Move) -> Move:
    """The move with nothing but state, target and people."""
    target = move.target.yes or move.target.no if isinstance(move.target, Fork) else move.target
    stripped = {"requirements": (), "bars": (), "effects": (), "stamps": (), "asks": (), "version": None}
    return replace(move, target=target, when=lambda _at: True, **stripped)  # type: ignore[arg-type]


def machines() -> Iterator[Machine]:
    wiring.connect()
    yield from (SHOWCASE, DIRECT)
    for model, choose in registry.registered().items():
        if model.__name__ != "Challenge":
            yield choose(None)


CASES = [
    pytest.param(machine, move, id=f"{machine.title}: {move.name}")
    for machine in machines()
    for move in machine.moves.values()
    if move.due is None
]


@pytest.mark.parametrize(("machine", "move"), CASES)
def test_each_move_is_made_by_the_right_role_in_the_right_state_only(
    monkeypatch: pytest.MonkeyPatch, machine: Machine, move: Move
) -> None:
    plain = bare(move)
    monkeypatch.setitem(machine.moves, move.name, plain)
    monkeypatch.setitem(registry._machines, Subject, lambda subject: subject.machine)
    monkeypatch.setattr(machine, "from_state", dict.fromkeys(machine.states, ()))
    for state, role in product(machine.states, Role):
        actor = Actor(1, "Somebody", (Grant(role, scope_of(role)),))
        subject = Subject(machine, state)
        allowed = any(Permission(each) in PERMISSIONS[role] for each in move.who)
        expected: type[Exception] | None = None
        if not allowed:
            expected = NotAllowed
        elif state not in move.sources:
            expected = NotNow
        elif move.two_person:
            expected = MoveRefused
        if expected is None:
            workflow.fire(NoDatabase(), actor, subject, move.name)  # type: ignore[arg-type]
            assert subject.state == (plain.target or state), (state, role)
        else:
            with pytest.raises(expected):
                workflow.fire(NoDatabase(), actor, subject, move.name)  # type: ignore[arg-type]
            assert subject.state == state, (state, role)
