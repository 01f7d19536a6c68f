"""The steps that agreeing and firing share."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal import journal
from portal.db import clock, guard_state, hold
from portal.machine import (
    Machine,
    Move,
    MoveRefused,
    NotAllowed,
    Refusal,
    Situation,
    Unmet,
    barred,
    due_moves,
)
from portal.policy import CLOCK, Permission, roles_with
from portal.workflow.announcements import MOVED, announce
from portal.workflow.registry import Subject

ASKED = {
    "reason": "Say why.",
    "deadline": "Say when the new deadline is.",
    "response_id": "Say which of the chosen firms falls out.",
}
"""What is said to somebody who leaves out what a move asks for."""


def lock_and_settle(session: Session, machine: Machine, subject: Subject) -> datetime:
    """Lock the challenge and the subject, read the clock, and make every move the clock owes; answer the time."""
    session.flush()
    root = subject.root()
    if root is not None and root is not subject:
        hold(session, root)
    hold(session, subject)
    now = clock.now()
    while True:
        owed = due_moves(machine, subject.state, Situation(session, subject, CLOCK, now))
        if not owed:
            return now
        moment, move = owed[0]
        apply(session, machine, move, Situation(session, subject, CLOCK, moment))


def authorise(move: Move, at: Situation[Any]) -> None:
    """Raise `NotAllowed` unless this person holds one of the move's permissions and no rule bars them."""
    scopes = at.subject.scopes()
    if not any(at.actor.may(Permission(each), scopes) for each in move.who):
        raise NotAllowed(f"“{move.title}” can be done by {who_may(move)}.")
    bar = barred(move, at)
    if bar is not None:
        raise NotAllowed(bar.sentence)


def who_may(move: Move) -> str:
    """The roles that can make a move, in words."""
    parts = [" or ".join(sorted(f"a {r.label.lower()}" for r in roles_with(Permission(each)))) for each in move.who]
    if len(parts) > 1 and len(set(parts)) == 1:
        return f"two people, each {parts[0]}"
    return " together with ".join(parts)


def check_asked(move: Move, given: Mapping[str, Any]) -> None:
    """Raise `MoveRefused` where a move asks for something (a reason, a deadline) that was not given."""
    missing = tuple(Unmet(ask, ASKED[ask], "") for ask in move.asks if not str(given.get(ask) or "").strip())
    if missing:
        raise MoveRefused(Refusal(move.name, move.title, missing))


def apply(session: Session, machine: Machine, move: Move, at: Situation[Any]) -> None:
    """Set the state, journal the move at its time, and run its effects."""
    subject, before = at.subject, at.subject.state
    target = move.leads_to(at) or before
    for column in move.stamps:
        setattr(subject, column, at.now)
    if target != before:
        with guard_state():
            subject.state = target
            subject.state_since = at.now
    journal.record(
        session,
        at.actor,
        f"{machine.name}.{move.name}",
        (machine.name, subject.id),
        challenge_id=_filed_under(subject),
        at=at.now,
        before=before,
        after=subject.state,
        given=_identifiers(at.given),
    )
    session.flush()
    for effect in move.effects:
        effect(at)
    announce(session, MOVED, machine=machine.name, move=move.name, subject=subject, before=before)


def _filed_under(subject: Subject) -> int | None:
    """The challenge whose journal an entry shows up in; none for what is sealed, of which that would tell."""
    root = subject.root()
    return None if root is None or getattr(subject, "sealed", False) else int(root.id)


def _identifiers(given: Mapping[str, Any]) -> dict[str, Any]:
    """What came with a move, as the journal may keep it: numbers and times as they are, words by digest."""
    kept: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, str):
            kept[f"{name}_sha256"] = journal.digest_text(value)
        elif isinstance(value, datetime):
            kept[name] = value.isoformat()
        elif isinstance(value, int | bool) or value is None:
            kept[name] = value
        else:
            kept[f"{name}_sha256"] = journal.digest_text(json.dumps(value, sort_keys=True, default=str))
    return kept
