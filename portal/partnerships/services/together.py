"""Moves that take two people: the first agrees, the second makes them."""

from typing import Any

from sqlalchemy.orm import Session

from portal.db import clock, hold
from portal.machine import Situation
from portal.policy import Actor
from portal.workflow import Subject, agree, fire, machine_of, standing_agreement


def agree_or_make(session: Session, actor: Actor, subject: Subject, move: str, **given: Any) -> bool:
    """Be the first of two people for a move or, where somebody else has agreed already, make it.

    Answers whether it was made. Raises what `agree` and `fire` raise.
    """
    hold(session, subject.root())
    found = machine_of(subject).moves[move]
    standing = standing_agreement(session, found, Situation(session, subject, actor, clock.now()))
    if standing is None or standing.person_id == actor.person_id:
        agree(session, actor, subject, move, **given)
        return False
    fire(session, actor, subject, move, **given)
    return True
