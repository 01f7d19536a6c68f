"""What can happen next: for the progress page, which shows each move, who may make it and all that is missing."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.db import clock
from portal.machine import Move, Situation, Unmet, barred, due_moves, moves_from, unmet
from portal.policy import CLOCK, Actor, Permission
from portal.workflow.agreements import Agreement, second_person, standing_agreement
from portal.workflow.registry import Subject, machine_of
from portal.workflow.steps import who_may


@dataclass(frozen=True, slots=True)
class Outlook:
    """One move as a person sees it now. `ends_it`: it leads to an end outside the stages, and nowhere else."""

    move: Move
    missing: tuple[Unmet, ...]
    allowed: bool
    barred: str | None
    who: str
    agreement: Agreement | None
    ends_it: bool = False

    @property
    def ready(self) -> bool:
        """Whether this person could make the move (or be the first of two) this minute."""
        return self.allowed and self.barred is None and not self.missing

    @property
    def awaits_second(self) -> bool:
        """Whether somebody agreed and another person is waited for."""
        return self.agreement is not None


def effective_state(session: Session, subject: Subject) -> str:
    """Where the subject stands once passed deadlines are counted, without writing anything."""
    machine, state = machine_of(subject), str(subject.state)
    at = Situation(session, subject, CLOCK, clock.now())
    seen = {state}
    while owed := due_moves(machine, state, at):
        state = owed[0][1].leads_to(at) or state
        if state in seen:
            break
        seen.add(state)
    return state


def outlook(session: Session, actor: Actor, subject: Subject) -> list[Outlook]:
    """Every move from where the subject effectively stands, as `actor` sees it."""
    machine = machine_of(subject)
    at: Situation[Any] = Situation(session, subject, actor, clock.now())
    return [_look(session, move, at) for move in moves_from(machine, effective_state(session, subject), at)]


def _look(session: Session, move: Move, at: Situation[Any]) -> Outlook:
    scopes = at.subject.scopes()
    allowed = any(at.actor.may(Permission(each), scopes) for each in move.who)
    bar = barred(move, at) if allowed else None
    missing = unmet(tuple(each for each in move.requirements if not each.of_given), at)
    agreement = standing_agreement(session, move, at) if move.two_person else None
    if agreement is not None and (another := second_person(move, agreement, at)) is not None:
        missing += (another,)
    ends = machine_of(at.subject).honest_ends
    ends_it = bool(move.targets) and move.targets <= ends and not move.may_stay
    return Outlook(move, missing, allowed, bar.sentence if bar else None, who_may(move), agreement, ends_it)
