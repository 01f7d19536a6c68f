"""Filling an empty portal with the demonstration region, once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace

from sqlalchemy import select, update

from portal import journal
from portal.accounts.models import Person
from portal.db import Database, clock
from portal.demo import library as texts
from portal.demo.buying import buy_otherwise
from portal.demo.debriefing import ask_to_talk, talked_with
from portal.demo.places import settle
from portal.demo.sharing import share
from portal.demo.teaming import team_up
from portal.demo.walking import Acts, Walk, steps
from portal.demo.walking.paying import pay
from portal.demo.world import ADMINISTRATOR, World, found
from portal.journal.models import JournalEntry
from portal.outbox import OutboxMessage
from portal.policy import Actor

LOADED = "demonstration.loaded"
LETTERS_KEPT = 3
"""Of each person's messages so many are left for the worker, so that the mailbox shows something."""


class HalfLoaded(Exception):
    """An earlier loading was broken off; the message says what to do."""

    SENTENCE = "An earlier loading was broken off. Begin again with an empty database."


@dataclass(frozen=True, slots=True)
class Report:
    """What was made; nothing where the region was there already."""

    people: int = 0
    firms: int = 0
    challenges: int = 0

    @property
    def sentence(self) -> str:
        """The report in words."""
        if not self.challenges:
            return "The demonstration region is there already; nothing was changed."
        made = f"{self.people} people, {self.firms} firms, {self.challenges} challenges"
        return f"The demonstration region is ready: {made}."


def load(database: Database) -> Report:
    """Make the region and walk every challenge to where it rests; a second time nothing is changed.

    Raises `HalfLoaded` where an earlier loading was broken off, and `portal.demo.reading.TextError` for a wrong text.
    """
    if _is_loaded(database):
        return Report()
    library = texts.load()
    with clock.stopped_at(clock.now()):
        settle(database)
        world = found(database, library, clock.now())
        run([*(steps(Walk(world, challenge)) for challenge in library.challenges), talked_with(world)])
        clock.set_to(world.loaded_at)
        pay(world)
        share(world)
        team_up(world)
        ask_to_talk(world)
        buy_otherwise(world)
        _finish(world)
    return Report(len(library.people), len(library.firms), len(library.challenges))


def run(walks: Iterable[Acts]) -> None:
    """Let the walks go on in the order of time, each act at its own moment."""
    waiting = [(next(acts), number, acts) for number, acts in enumerate(walks)]
    heapify(waiting)
    while waiting:
        moment, number, acts = waiting[0]
        clock.set_to(moment)
        following = next(acts, None)
        if following is None:
            heappop(waiting)
        else:
            heapreplace(waiting, (following, number, acts))


def _is_loaded(database: Database) -> bool:
    with database.reading() as session:
        email = f"{ADMINISTRATOR}@demo.example"
        administrator = session.scalar(select(Person.id).where(Person.email == email))
        if administrator is None:
            return False
        done = select(JournalEntry.sequence).where(
            JournalEntry.subject_kind == "person",
            JournalEntry.subject_id == administrator,
            JournalEntry.event == LOADED,
        )
        if session.scalar(done.limit(1)) is None:
            raise HalfLoaded(HalfLoaded.SENTENCE)
        return True


def _finish(world: World) -> None:
    """Take all but the latest messages for sent, and note that the region is whole."""
    with world.database.writing() as session:
        kept: list[int] = []
        counted: Counter[object] = Counter()
        waiting = select(OutboxMessage.id, OutboxMessage.to_person_id, OutboxMessage.to_address)
        for key, person, address in session.execute(waiting.order_by(OutboxMessage.id.desc())):
            counted[person or address] += 1
            if counted[person or address] <= LETTERS_KEPT:
                kept.append(key)
        old = update(OutboxMessage).where(OutboxMessage.id.not_in(kept))
        session.execute(old.values(sent_at=OutboxMessage.queued_at), execution_options={"synchronize_session": False})
        administrator = world.people[ADMINISTRATOR]
        actor = Actor(administrator, "Demonstration")
        journal.record(session, actor, LOADED, ("person", administrator), challenges=len(world.library.challenges))
