"""What has happened to a challenge, read from its journal and told in words."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.challenges.models import Challenge
from portal.journal import JournalEntry
from portal.machine import Machine
from portal.workflow import machine_of

LONGEST = 200
"""Moves shown on the progress page; the audit pack has them all."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done: what, by whom, when, and where it led."""

    title: str
    by: str
    at: datetime
    led_to: str


def history(session: Session, challenge: Challenge) -> list[Done]:
    """The challenge's own moves, the latest first, at the times they were due or made."""
    machine = machine_of(challenge)
    entries = session.execute(
        select(JournalEntry, Person.name)
        .outerjoin(Person, Person.id == JournalEntry.actor_id)
        .where(JournalEntry.subject_kind == machine.name, JournalEntry.subject_id == challenge.id)
        .order_by(JournalEntry.sequence.desc())
        .limit(LONGEST)
    )
    told = (_told(machine, entry, name) for entry, name in entries)
    return [each for each in told if each is not None]


def _told(machine: Machine, entry: JournalEntry, name: str | None) -> Done | None:
    _, _, what = entry.event.partition(".")
    move_name, _, agreed = what.partition(".")
    move = machine.moves.get(move_name)
    if move is None:
        return None
    if agreed:
        return Done(f"Agreed: {move.title.lower()}", name or "The clock", entry.at, "")
    said = json.loads(entry.data)
    led_to = machine[said["after"]].title if said["after"] != said["before"] else ""
    return Done(move.title, name or "The clock", entry.at, led_to)
