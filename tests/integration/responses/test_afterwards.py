"""A receipt says what happens next as it is true on the day somebody looks at it, and no more than they were told."""

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.db import Database, guard_state
from tests.support.answering import Scene, acting, after, answered, challenge_of, opened_by, own, scene
from tests.support.clock import TestClock
from tests.support.people import signed_in


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(clock.now())
    return scene(database)


def receipt(app: Flask, database: Database, at: Scene, reference: str) -> str:
    with database.reading() as session:
        client = signed_in(app, session.get_one(Person, at.member))
    answer = client.get(f"/responses/{reference}/receipts/1")
    assert answer.status_code == 200
    return answer.text


def test_before_the_deadline_it_can_still_be_changed_and_after_it_no_longer(
    app: Flask, database: Database, at: Scene
) -> None:
    reference = answered(database, at)
    assert "Until the deadline you can change your response" in receipt(app, database, at, reference)
    after(at.deadline, minutes=1)
    later = receipt(app, database, at, reference)
    assert "yours can no longer be changed" in later
    assert "Until the deadline" not in later


def test_once_it_is_opened_nobody_says_that_it_is_sealed(
    app: Flask, database: Database, at: Scene, clock: TestClock
) -> None:
    reference = answered(database, at)
    after(at.deadline)
    for officer in at.officers:
        opened_by(database, at, officer)
    later = receipt(app, database, at, reference)
    assert "two people opened them all" in later
    assert "Nobody can read it" not in later


@pytest.mark.parametrize(("state", "said"), [("not_chosen", "checked and scored"), ("withdrawn", "nobody reads it")])
def test_it_tells_no_more_than_the_firm_was_told(
    app: Flask, database: Database, at: Scene, clock: TestClock, state: str, said: str
) -> None:
    reference = answered(database, at)
    after(at.deadline)
    with database.writing() as session, guard_state():
        challenge_of(session, at).state = "assessment"
        response = own(session, acting(session, at.member), reference)
        response.state, response.opened_at = state, clock.now()
    later = receipt(app, database, at, reference)
    assert said in later
    assert "not chosen" not in later


def test_a_challenge_that_ended_before_the_opening_says_so(
    app: Flask, database: Database, at: Scene, clock: TestClock
) -> None:
    reference = answered(database, at)
    with database.writing() as session, guard_state():
        challenge_of(session, at).state = "withdrawn"
    assert "ended before anybody opened" in receipt(app, database, at, reference)
