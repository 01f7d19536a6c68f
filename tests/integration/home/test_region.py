"""A coordinator sees what every authority has published, what does not move, and nothing that is not published."""

import random
import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.challenges.models import Deal, RoundKind
from portal.challenges.pathway import ENDS
from portal.challenges.queries import round_of
from portal.db import Database, clock
from portal.home import region
from portal.law.calendar import london_date
from portal.organisations.models import Organisation
from portal.policy import Role
from tests.support import make
from tests.support.many import RELEASED
from tests.support.people import signed_in
from tests.support.visit import said


@pytest.fixture
def coordinator(app: Flask, database: Database) -> FlaskClient:
    with database.writing() as session:
        person = make.person_as(session, Role.COORDINATOR)
    return signed_in(app, person)


def a_region(database: Database) -> None:
    """Two authorities: one whose decision is late and whose support rests, one where everything moves."""
    now = clock.now()
    with database.writing() as session:
        slow = make.authority(session, name="Slow Council")
        quick = make.authority(session, name="Quick Trust")
        late = make.challenge(session, state="open", lead=slow, title="Late decision")
        asked = round_of(session, late)
        assert asked is not None
        asked.deadline = now - timedelta(days=20)
        session.add(Deal(challenge_id=late.id, decision_on=(now - timedelta(days=3)).date()))
        old = now - timedelta(days=61)
        make.challenge(session, state="support", lead=slow, title="Long support", state_since=old)
        make.challenge(session, state="activated", lead=slow, title="Long partnership", state_since=old)
        make.challenge(session, state="articulation", lead=slow, title="Unpublished work", state_since=old)
        moving = make.challenge(session, state="assessment", lead=quick, title="Decision to come")
        session.add(Deal(challenge_id=moving.id, decision_on=now.date()))
        make.challenge(session, state="open", lead=quick, title="Still open", state_since=old)


def test_what_does_not_move_is_named_and_nothing_else(database: Database, coordinator: FlaskClient) -> None:
    a_region(database)
    page, home = said(coordinator, "/home/region"), said(coordinator, "/home")
    for text in (page, home):
        assert re.search("Long support.*Late decision", text), "the longest first"
        for other in ("Long partnership", "Unpublished work", "Decision to come", "Still open"):
            assert other not in text
    assert "Firms are waiting for a decision they were promised (by" in page
    assert "Nothing has moved for two months or more" in page
    assert "Ask Slow Council: firms are waiting for a decision they were promised" in home


def test_published_challenges_are_counted_by_authority_and_phase(database: Database, coordinator: FlaskClient) -> None:
    a_region(database)
    page = said(coordinator, "/home/region")
    assert "Quick Trust 1 1 0 0 0 0 2" in page
    assert "Slow Council 0 1 1 0 1 0 3" in page, "a passed deadline counts as assessment, and a draft not at all"


def test_an_empty_region_says_so(coordinator: FlaskClient) -> None:
    page = said(coordinator, "/home/region")
    assert "Everything moves" in page
    assert "Nothing is published yet" in page


@pytest.mark.parametrize("role", [Role.PROCUREMENT_OFFICER, Role.ADMINISTRATOR])
def test_it_is_for_coordinators(app: Flask, database: Database, role: Role) -> None:
    with database.writing() as session:
        person = make.person_as(session, role, make.authority(session) if role is Role.PROCUREMENT_OFFICER else None)
    assert signed_in(app, person).get("/home/region").status_code == 403


@pytest.mark.parametrize("seed", range(6))
def test_home_names_the_first_of_the_whole_list(database: Database, seed: int) -> None:
    """The list is checked against its rule in plain Python, home's shorter statement against the list."""
    chance, now = random.Random(seed), clock.now()
    with database.writing() as session:
        lead = make.authority(session)
        expected = sorted(filter(None, (_maybe_resting(session, chance, lead, now) for _ in range(20 + 15 * seed))))
    with database.reading() as session:
        listed = [row.title for row in region.as_rows(session, region.resting(now))]
        named = [row.title for row in region.longest_resting(session, now)]
    assert listed == [title for _, title in expected]
    assert named == listed[: region.MOST]


def _maybe_resting(
    session: Session, chance: random.Random, lead: Organisation, now: datetime
) -> tuple[datetime, str] | None:
    """Make a challenge that may rest; answers since when and its title where it does."""
    state = chance.choice([*RELEASED, "open", "assessment"])
    since, deadline = (now - timedelta(hours=chance.randrange(-500, 3_000) + chance.random()) for _ in range(2))
    decision_on = london_date(now) + timedelta(days=chance.randrange(-20, 20))
    challenge = make.challenge(session, state=state, lead=lead, state_since=min(since, now))
    challenge.title = challenge.reference
    asked = round_of(session, challenge)
    assert asked is not None
    asked.deadline, closes = deadline, state in {"open", "tender"}
    if state.startswith("tender"):
        asked.kind = RoundKind.TENDER
    session.add(Deal(challenge_id=challenge.id, decision_on=decision_on))
    if (closes and deadline > now) or state in ENDS:
        return None
    rests_since = deadline if closes else challenge.state_since
    late = (closes or "assessment" in state) and decision_on < london_date(now)
    return (rests_since, challenge.title) if late or rests_since < now - timedelta(days=60) else None
