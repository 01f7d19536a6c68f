"""Cards of what is new: made by somebody who speaks for it, answered with a reason, gone by the clock."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import delete, select

from portal.db import Database
from portal.law.calendar import london_date
from portal.network.opportunities.models import CardAnswer, OpportunityCard
from portal.network.options import NetworkOption, OptionTrial
from portal.organisations.models import Organisation
from portal.policy import Role
from tests.support import make, networked
from tests.support.clock import TestClock
from tests.support.mailed import letters
from tests.support.visit import Visit, said


@dataclass
class Scene:
    city: int
    trust: int
    at: str
    theirs: str
    officer: int
    other: int
    coordinator: int


@pytest.fixture
def scene(database: Database) -> Scene:
    with database.writing() as session:
        city, trust = (make.authority(session, name=name) for name in ("Evenholt City Council", "Marlshire Hospitals"))
        for body in (city, trust):
            networked.tries(session, body, NetworkOption.NEW_OPPORTUNITIES)
        return Scene(
            city.id,
            trust.id,
            f"/organisations/{city.reference}/opportunities",
            f"/organisations/{trust.reference}/opportunities",
            make.person_as(session, Role.PROCUREMENT_OFFICER, city).id,
            make.person_as(session, Role.PROCUREMENT_OFFICER, trust).id,
            make.person_as(session, Role.COORDINATOR).id,
        )


def typed(clock: TestClock, **more: str) -> dict[str, str]:
    day = london_date(clock.now())
    last = {"last_day-day": str(day.day), "last_day-month": str(day.month), "last_day-year": str(day.year)}
    said = {
        "kind": "product",
        "title": "Loops",
        "what": "A dryer",
        "good": "Less energy",
        "sponsor": "Ann",
        "agreed": "y",
    }
    return said | last | more


def made(database: Database, scene: Scene, visit: Visit, clock: TestClock) -> str:
    assert visit(scene.officer).post(f"{scene.at}/new", data=typed(clock)).status_code == 302
    with database.reading() as session:
        return session.scalars(select(OpportunityCard.reference)).one()


def test_a_body_answers_and_says_why_when_it_declines(
    app: Flask, database: Database, scene: Scene, visit: Visit, clock: TestClock
) -> None:
    card, other = made(database, scene, visit, clock), visit(scene.other)
    (told,) = letters(app, "opportunities.made")
    assert told.path == f"{scene.theirs}/{card}"
    assert "Waits for your answer" in said(other, scene.theirs)
    wordless = other.post(f"{scene.theirs}/{card}", data={"nurtures": "no"})
    assert wordless.status_code == 422
    assert "Say why not now." in wordless.text
    other.post(f"{scene.theirs}/{card}", data={"nurtures": "no", "reason": "Our laundry is under contract."})
    other.post(f"{scene.theirs}/{card}", data={"nurtures": "yes", "reason": "A ward to try it."})
    assert "Marlshire Hospitals Would nurture it: A ward to try it." in said(visit(scene.officer), f"{scene.at}/{card}")
    _first, last = letters(app, "opportunities.answered")
    assert "Marlshire Hospitals would nurture" in last.text
    assert "It says: A ward to try it." in last.text
    with database.reading() as session:
        assert len(session.scalars(select(CardAnswer)).all()) == 1
    assert "Loops" in said(visit(scene.coordinator), scene.at)
    assert visit(scene.coordinator).post(f"{scene.at}/{card}", data={"nurtures": "yes"}).status_code == 403


def test_a_body_that_shows_a_card_neither_answers_it_nor_is_told_of_it(
    app: Flask, database: Database, scene: Scene, visit: Visit, clock: TestClock
) -> None:
    with database.writing() as session:
        colleague = make.person_as(session, Role.PROCUREMENT_OFFICER, session.get_one(Organisation, scene.city)).id
    card, officer = made(database, scene, visit, clock), visit(colleague)
    assert len(letters(app, "opportunities.made")) == 1
    listed, shown = said(officer, scene.at), said(officer, f"{scene.at}/{card}")
    assert "You show it" in listed
    assert "Waits for your answer" not in listed
    assert "No other body has answered yet." in shown
    assert "Send the answer" not in shown
    refused = officer.post(f"{scene.at}/{card}", data={"nurtures": "yes"})
    assert refused.status_code == 409
    assert "The other bodies answer it." in refused.text


def test_an_ended_card_is_gone_by_the_clock(
    app: Flask, database: Database, scene: Scene, visit: Visit, clock: TestClock
) -> None:
    card = made(database, scene, visit, clock)
    assert "Loops" in said(visit(scene.other), scene.theirs)
    clock.advance(days=1)
    assert "Nothing new just now" in said(visit(scene.other), scene.theirs)
    assert visit(scene.other).get(f"{scene.theirs}/{card}").status_code == 404
    assert visit(scene.other).post(f"{scene.theirs}/{card}", data={"nurtures": "yes"}).status_code == 404
    assert letters(app, "opportunities.made") == []


def test_what_is_left_out_is_said(scene: Scene, visit: Visit, clock: TestClock) -> None:
    answer = visit(scene.officer).post(f"{scene.at}/new", data=typed(clock, sponsor="", agreed="", good="<i>"))
    assert answer.status_code == 422
    for words in ("Name a sponsor.", "confirm that they agree", "&lt;i&gt;"):
        assert words in answer.text
    far = visit(scene.officer).post(f"{scene.at}/new", data=typed(clock, **{"last_day-year": "2099"}))
    assert "three months ahead at most" in far.text


def test_switched_off_it_is_gone_from_pages_and_mails(
    app: Flask, database: Database, scene: Scene, visit: Visit, clock: TestClock
) -> None:
    card = made(database, scene, visit, clock)
    with database.writing() as session:
        session.execute(delete(OptionTrial).where(OptionTrial.organisation_id == scene.trust))
    assert letters(app, "opportunities.made") == []
    assert visit(scene.other).get(scene.theirs).status_code == 404
    assert visit(scene.other).get(f"{scene.theirs}/{card}").status_code == 404
    with database.writing() as session:
        networked.tries(session, session.get_one(Organisation, scene.trust), NetworkOption.NEW_OPPORTUNITIES)
        session.execute(delete(OptionTrial).where(OptionTrial.organisation_id == scene.city))
    assert "Nothing new just now" in said(visit(scene.other), scene.theirs), "its own body has the option off"
