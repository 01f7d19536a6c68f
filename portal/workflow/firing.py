"""Making a move."""

from typing import Any

from sqlalchemy.orm import Session

from portal.machine import MoveRefused, NotNow, Refusal, Situation, State, unmet
from portal.policy import Actor
from portal.workflow.agreements import second_person, standing_agreement
from portal.workflow.registry import Subject, machine_of
from portal.workflow.steps import apply, authorise, check_asked, lock_and_settle


def fire(session: Session, actor: Actor, subject: Subject, move_name: str, **given: Any) -> State:
    """Make a move and answer the state it led to.

    The challenge is locked first, then the subject; the clock's own moves are settled; then, in this order, the
    person, the state and every requirement are checked. A two-person move also needs a standing agreement by
    somebody else, whose reason is taken over; what the move only invites each says for themselves.

    Raises `NotAllowed` (the wrong person), `NotNow` (the wrong state) or `MoveRefused` (with all that is missing).
    """
    machine = machine_of(subject)
    now = lock_and_settle(session, machine, subject)
    move = machine.moves[move_name]
    at = Situation(session, subject, actor, now, given)
    authorise(move, at)
    if subject.state not in move.sources or not move.when(at):
        raise NotNow(f"“{move.title}” is not possible here: this stands at “{machine[subject.state].title}”.")
    agreement = standing_agreement(session, move, at) if move.two_person else None
    if agreement is not None:
        shared = {name: said for name, said in agreement.said.items() if name not in move.invites}
        at = Situation(session, subject, actor, now, shared | given)
    check_asked(move, at.given)
    missing = unmet(move.requirements, at)
    if move.two_person and (another := second_person(move, agreement, at)) is not None:
        missing += (another,)
    if missing:
        raise MoveRefused(Refusal(move.name, move.title, missing))
    if agreement is not None:
        agreement.used_at = now
    apply(session, machine, move, at)
    return machine[subject.state]


def settle(session: Session, subject: Subject) -> None:
    """Make every move the clock owes this row; nothing happens where it owes none."""
    lock_and_settle(session, machine_of(subject), subject)
