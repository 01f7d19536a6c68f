"""What people give to be kept: the event's plan, a line of cost, a mark of the panel."""

from dataclasses import dataclass
from datetime import datetime

from portal.law.money import Vat


@dataclass(frozen=True, slots=True)
class CostLine:
    """A part of the deployment cost as somebody gives it; amounts in pence on the basis `vat` names."""

    what: str
    one_off_pence: int
    yearly_pence: int
    years: int
    vat: Vat
    assumptions: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One criterion's score, or None where it is left open, and why."""

    criterion_id: int
    score: int | None
    comment: str


@dataclass(frozen=True, slots=True)
class EventPlan:
    """When and where firms show, for how long each, and what is to know about the room."""

    at: datetime
    place: str
    link: str
    notes: str
    minutes_each: int


@dataclass(frozen=True, slots=True)
class Change:
    """One score as a device kept it: `key` names this change alone, `sequence` counts the changes of its mark."""

    key: str
    appearance_id: int
    criterion_id: int
    sequence: int
    score: int
    comment: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a change: `taken`, `older` (a newer one is here already) or `refused`, and why in words."""

    key: str
    outcome: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Showing:
    """What a firm will show and asks of the room: minutes to set up, sockets, screens, a network, and what else."""

    shows: str
    needs: str
    setup_minutes: int = 0
    sockets: int = 0
    screens: int = 0
    network: bool = False
