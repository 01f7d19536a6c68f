"""Two-person moves: the first person agrees to an exact version, another makes the move."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import journal
from portal.db import Base, clock
from portal.machine import Move, MoveRefused, NotNow, Refusal, Situation, Unmet, unmet
from portal.policy import Actor, Permission
from portal.workflow.announcements import AGREED, announce
from portal.workflow.registry import Subject, machine_of
from portal.workflow.steps import authorise, check_asked, lock_and_settle


class Agreement(Base):
    """A person's consent to one move on one exact version of a subject; it lapses when the version changes."""

    __tablename__ = "agreement"
    __table_args__ = (Index("ix_agreement_subject", "subject_kind", "subject_id", "move"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    move: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int]
    permissions: Mapped[str] = mapped_column(String(120))
    version: Mapped[str] = mapped_column(String(64))
    given: Mapped[str] = mapped_column(Text)
    agreed_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    @property
    def said(self) -> dict[str, Any]:
        """What the first person gave with the move (a reason, a deadline), which the second confirms."""
        given: dict[str, Any] = json.loads(self.given)
        if "deadline" in given:
            given["deadline"] = datetime.fromisoformat(given["deadline"])
        return given


def version_of(move: Move, at: Situation[Any]) -> str:
    """The digest of exactly what is agreed: the move's own version of the subject, and its state."""
    said = move.version(at) if move.version else str(getattr(at.subject, "version", ""))
    return hashlib.sha256(f"{at.subject.state}:{at.subject.state_since.isoformat()}:{said}".encode()).hexdigest()


def standing_agreement(session: Session, move: Move, at: Situation[Any]) -> Agreement | None:
    """The latest agreement that is neither used nor lapsed, or None."""
    machine = machine_of(at.subject)
    return session.scalars(
        select(Agreement)
        .where(
            Agreement.subject_kind == machine.name,
            Agreement.subject_id == at.subject.id,
            Agreement.move == move.name,
            Agreement.used_at.is_(None),
            Agreement.version == version_of(move, at),
        )
        .order_by(Agreement.id.desc())
        .limit(1)
    ).first()


def agree(session: Session, actor: Actor, subject: Subject, move_name: str, **given: Any) -> Agreement:
    """Record that `actor` is the first of two for a move.

    Raises `NotAllowed`, `NotNow` or `MoveRefused` exactly as `fire` would: nobody agrees to what cannot be done.
    """
    machine = machine_of(subject)
    now = lock_and_settle(session, machine, subject)
    move = machine.moves[move_name]
    at = Situation(session, subject, actor, now, given)
    authorise(move, at)
    if not move.two_person or subject.state not in move.sources or not move.when(at):
        raise NotNow(f"“{move.title}” cannot be agreed now.")
    check_asked(move, given)
    if missing := unmet(move.requirements, at):
        raise MoveRefused(Refusal(move.name, move.title, missing))
    agreement = Agreement(
        subject_kind=machine.name,
        subject_id=subject.id,
        move=move.name,
        person_id=actor.person_id,
        permissions=",".join(p for p in move.who if actor.may(Permission(p), subject.scopes())),
        version=version_of(move, at),
        given=json.dumps(given, sort_keys=True, default=str),
        agreed_at=clock.now(),
    )
    session.add(agreement)
    root = subject.root()
    journal.record(
        session,
        actor,
        f"{machine.name}.{move.name}.agreed",
        (machine.name, subject.id),
        challenge_id=root.id if root is not None else None,
        version=agreement.version,
    )
    session.flush()
    announce(session, AGREED, machine=machine.name, move=move.name, subject=subject, agreement=agreement)
    return agreement


def second_person(move: Move, agreement: Agreement | None, at: Situation[Any]) -> Unmet | None:
    """What is missing for the second of two people to make the move, or None."""
    if agreement is None:
        return Unmet("another_person", "Another person must agree first.", "")
    if agreement.person_id == at.actor.person_id:
        return Unmet("another_person", "You agreed to this; a different person must make the move.", "")
    first, second = move.who
    mine = {p for p in move.who if at.actor.may(Permission(p), at.subject.scopes())}
    theirs = set(agreement.permissions.split(","))
    if (first in theirs and second in mine) or (second in theirs and first in mine):
        return None
    return Unmet("another_role", "The two people must hold different parts in this decision.", "")
