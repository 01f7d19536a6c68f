"""An editor saves criteria while an officer releases: one of them is first, and what was published stands."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from portal.challenges import parts
from portal.challenges.models import BriefVersion
from portal.challenges.services.brief import save_part
from portal.db import Conflict
from portal.journal.models import JournalEntry
from portal.machine import NotNow
from portal.workflow import fire
from tests.integration.challenges.conftest import SceneMaker


@pytest.mark.parametrize("turn", range(4))
def test_criteria_are_saved_before_the_release_or_not_at_all(scene: SceneMaker, turn: int) -> None:
    made = scene()
    with made.database.reading() as session:
        value = parts.read(session, made.challenge(session), "criteria")
    seen = parts.version_of(value)
    changed = json.loads(json.dumps(value))
    changed["criteria"][0]["weight"], changed["criteria"][1]["weight"] = 45, 55
    start = Barrier(2)

    def edit() -> str:
        start.wait()
        try:
            with made.database.writing() as session:
                owner = made.actor(session, made.owner)
                save_part(session, owner, made.challenge(session), "criteria", changed, seen)
        except NotNow:
            return "too late"
        return "saved"

    def release() -> str:
        start.wait()
        with made.database.writing() as session:
            fire(session, made.actor(session, made.officer), made.challenge(session), "release")
        return "released"

    with ThreadPoolExecutor(2) as two:
        edited, released = (future.result() for future in (two.submit(edit), two.submit(release)))
    assert released == "released"
    with made.database.reading() as session:
        published = json.loads(session.scalars(select(BriefVersion.content)).one())
        standing = parts.read(session, made.challenge(session), "criteria")
        rows = session.scalar(
            select(func.count()).select_from(JournalEntry).where(JournalEntry.event == "challenge.release")
        )
    weights = [each["weight"] for each in standing["criteria"]]
    assert [each["weight"] for each in published["criteria"]] == weights
    assert weights == ([45, 55] if edited == "saved" else [60, 40])
    assert rows == 1


def test_of_two_editors_one_is_told_of_the_other(scene: SceneMaker) -> None:
    made = scene()
    with made.database.reading() as session:
        seen = parts.version_of(parts.read(session, made.challenge(session), "section.evidence"))
    start = Barrier(2)

    def edit(source: str) -> bool:
        start.wait()
        try:
            with made.database.writing() as session:
                owner = made.actor(session, made.owner)
                text = {"source": source, "format": "markdown"}
                save_part(session, owner, made.challenge(session), "section.evidence", text, seen)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as two:
        kept = list(two.map(edit, ("One", "Two")))
    assert sorted(kept) == [False, True]
    with made.database.reading() as session:
        text = parts.read(session, made.challenge(session), "section.evidence")["source"]
    assert text == ("One" if kept[0] else "Two")
