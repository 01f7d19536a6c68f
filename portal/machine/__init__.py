"""State machines as data: what may follow what, who may do it, what must be true, and why not.

Pure: no database, no Flask. A machine validates itself when it is defined, so a mistake in a pathway stops the
import and not a procurement. `portal.workflow.fire` is what runs one.
"""

from portal.machine.definition import (
    Fork,
    Machine,
    Move,
    Requirement,
    Situation,
    Stage,
    State,
    only_when,
    requirement,
)
from portal.machine.drawing import as_rows, as_svg
from portal.machine.engine import barred, due_moves, moves_from, unmet
from portal.machine.refusal import MoveRefused, NotAllowed, NotNow, Refusal, Unmet

__all__ = [
    "Fork",
    "Machine",
    "Move",
    "MoveRefused",
    "NotAllowed",
    "NotNow",
    "Refusal",
    "Requirement",
    "Situation",
    "Stage",
    "State",
    "Unmet",
    "as_rows",
    "as_svg",
    "barred",
    "due_moves",
    "moves_from",
    "only_when",
    "requirement",
    "unmet",
]
