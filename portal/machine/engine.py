"""Consulting a machine: which moves there are, what is missing, who is barred, what the clock owes."""

from datetime import datetime
from typing import Any

from portal.machine.definition import Machine, Move, Requirement, Situation
from portal.machine.refusal import Unmet


def moves_from(machine: Machine, state: str, at: Situation[Any]) -> tuple[Move, ...]:
    """The moves people can make from `state` that this subject has, in the order they were defined."""
    return tuple(move for move in machine.from_state[state] if move.due is None and move.when(at))


def unmet(requirements: tuple[Requirement, ...], at: Situation[Any]) -> tuple[Unmet, ...]:
    """Every requirement that does not hold, each with what is missing."""
    missing = []
    for each in requirements:
        verdict = each.check(at)
        if verdict is True or verdict == []:
            continue
        details = () if verdict is False else tuple(verdict)
        missing.append(Unmet(each.name, each.sentence, each.link, details))
    return tuple(missing)


def barred(move: Move, at: Situation[Any]) -> Unmet | None:
    """The first rule that keeps this person from making the move, or None."""
    return next(iter(unmet(move.bars, at)), None)


def due_moves(machine: Machine, state: str, at: Situation[Any]) -> list[tuple[datetime, Move]]:
    """The clock's moves from `state` that are due at `at.now`, earliest first."""
    owed = []
    for move in machine.from_state[state]:
        if move.due is None or not move.when(at):
            continue
        moment = move.due(at)
        if moment is not None and moment <= at.now:
            owed.append((moment, move))
    return sorted(owed, key=lambda pair: pair[0])
