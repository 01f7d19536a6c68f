"""The long walk: firms' people write, submit and withdraw at random and at once; the record stays honest."""

import json
import random
import threading
from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from portal import journal
from portal.db import Conflict, Database
from portal.machine import MoveRefused, NotNow
from portal.responses import services
from portal.responses.models import Response, Snapshot
from tests.support import answering
from tests.support.answering import Scene, acting, own, scene, started, submitted, written

STEPS, PEOPLE = 150, 3
pytestmark = pytest.mark.soak


def withdrawn(database: Database, at: Scene, reference: str, person: int) -> None:
    with database.writing() as session:
        actor = acting(session, person)
        services.withdraw(session, actor, own(session, actor, reference))


def walk(database: Database, at: Scene, reference: str, person: int, seed: int) -> None:
    """One person's random steps; what is refused in words is no fault, anything else is."""
    dice = random.Random(seed)
    for step in range(STEPS):
        acts: tuple[Callable[[], object], ...] = (
            partial(written, database, at, reference, text=f"Answer {seed}.{step}.", person=person),
            partial(submitted, database, at, reference, once_key=f"{seed}.{step}", person=person),
            partial(withdrawn, database, at, reference, person),
        )
        try:
            dice.choices(acts, weights=(5, 4, 1))[0]()
        except (Conflict, MoveRefused, NotNow, StaleDataError):
            continue


def test_nothing_submitted_is_lost_or_changed(app: Flask, database: Database) -> None:
    at = scene(database)
    reference = started(database, at)
    written(database, at, reference)
    faults: list[BaseException] = []

    def carefully(person: int, seed: int) -> None:
        try:
            walk(database, at, reference, person, seed)
        except BaseException as fault:
            faults.append(fault)

    people = [at.member, at.colleague, at.member][:PEOPLE]
    threads = [threading.Thread(target=carefully, args=(person, seed)) for seed, person in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with database.reading() as session:
        answering.acting(session, at.member)
        response = session.scalars(select(Response).where(Response.reference == reference)).one()
        copies = session.scalars(select(Snapshot).where(Snapshot.response_id == response.id).order_by(Snapshot.number))
        known = list(copies)
        assert [copy.number for copy in known] == list(range(1, len(known) + 1))
        assert all(copy.digest == journal.digest_text(copy.content) for copy in known)
        assert all(json.loads(copy.content)["sections"] for copy in known)
        for copy in known:
            assert list(journal.verify(session, receipt=(copy.journal_sequence, copy.journal_digest))) == []
