"""Where a challenge stands, as a page says it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.challenges.models import Challenge, Round, RoundKind
from portal.challenges.pathway import ChallengeState as At
from portal.challenges.queries import round_of
from portal.db import clock
from portal.law.calendar import london_date
from portal.machine import Stage, State
from portal.workflow import effective_state, machine_of

_ROUND_OF = {At.OPEN: RoundKind.CHALLENGE, At.TENDER: RoundKind.TENDER}


@dataclass(frozen=True, slots=True)
class Standing:
    """The effective state, its stage, and the deadline that ends it, if one does."""

    state: State
    stage: Stage | None
    stages: tuple[Stage, ...]
    deadline: datetime | None
    days_left: int | None


def standing(session: Session, challenge: Challenge) -> Standing:
    """Where this challenge stands now, passed deadlines counted."""
    machine = machine_of(challenge)
    state = machine[effective_state(session, challenge)]
    stage = next((each for each in machine.stages if each.number == state.stage), None)
    deadline = _deadline(session, challenge, state.name)
    left = (london_date(deadline) - london_date(clock.now())).days if deadline else None
    return Standing(state, stage, machine.stages, deadline, left)


def _deadline(session: Session, challenge: Challenge, state: str) -> datetime | None:
    kind = _ROUND_OF.get(At(state))
    found: Round | None = round_of(session, challenge, kind) if kind else None
    return found.deadline if found else None
