"""Firms for a challenge and challenges for a firm, with the reasons; telling, saved searches, digests and their end."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from portal.accounts import links
from portal.challenges.models import Challenge, Round
from portal.db import Database, clock, guard_state
from portal.journal import JournalEntry
from portal.network.categories import Category
from portal.network.matching import services
from portal.network.matching.messages import UNSUBSCRIBE
from portal.network.matching.models import MailChoice, SavedSearch, Telling
from portal.network.matching.queries import challenges_for, firms_for
from portal.network.register import services as registering
from portal.network.words import SubjectKind, WordPosting, telling_words
from portal.organisations.models import FirmProfile, Organisation
from portal.outbox import OutboxMessage
from portal.policy import Actor, Role
from tests.support import make, networked
from tests.support.clock import TestClock
from tests.support.statements import counted
from tests.support.visit import Visit, said

CALLS = Path(__file__).resolve().parents[4] / "shared" / "data" / "challenges" / "uk_funding_challenges.jsonl"


def firm(session: Session, name: str, summary: str, developed: str = "", **fields: Any) -> Organisation:
    """A firm in the register."""
    made = make.supplier(session, name=name, summary=summary, **fields)
    session.add(FirmProfile(organisation_id=made.id, developed=developed, shown_at=clock.now()))
    session.flush()
    registering.index_firm(session, organisation=made)
    return made


def published(session: Session, title: str, summary: str, **fields: Any) -> Challenge:
    """An open challenge that is found by its words."""
    made = make.challenge(session, state="open", title=title, summary=summary, **fields)
    made.released_at = clock.now()
    session.flush()
    services.index_challenge(session, challenge=made, number=1)
    return made


@dataclass
class Scene:
    council: int
    challenge: str
    challenge_id: int
    officer: int
    owner: int
    people: dict[str, int]
    firms: dict[str, str]


@pytest.fixture
def scene(database: Database, clock: TestClock) -> Scene:
    clock.set(datetime(2026, 11, 25, 9, tzinfo=UTC))
    with database.writing() as session:
        council = make.authority(session, name="Evenholt City Council")
        networked.region(session, council)
        asked = published(
            session, "Damp in old houses", "How might we find damp before tenants fall ill?", lead=council
        )
        near = firm(session, "Near Damp Ltd", "Damp sensors for houses", "A damp sensor for houses", postcode="ZZ1 1AA")
        far = firm(session, "Far Damp Ltd", "Damp sensors for houses", postcode="ZZ9 9ZZ", headcount=None)
        other = firm(session, "Trams Ltd", "We paint trams")
        return Scene(
            council.id,
            asked.reference,
            asked.id,
            make.person_as(session, Role.PROCUREMENT_OFFICER, council).id,
            make.person_as(session, Role.CHALLENGE_OWNER, council).id,
            {each.name: make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, each).id for each in (near, far, other)},
            {each.name: each.reference for each in (near, far, other)},
        )


def ranked(database: Database, scene: Scene) -> list[Any]:
    with database.reading() as session:
        return firms_for(session, session.get_one(Challenge, scene.challenge_id))


def test_firms_are_ranked_with_their_reasons(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        session.add(Category(code="38000000", name="Damp meters", words="damp meters", weight=2))
        session.flush()
        near = session.scalars(select(Organisation).where(Organisation.name == "Near Damp Ltd")).one()
        category = session.get_one(Category, "38000000")
        registering.add_category(session, Actor(scene.people["Near Damp Ltd"], "Near"), near, category)
    first, second = ranked(database, scene)
    assert [first.firm.name, second.firm.name] == ["Near Damp Ltd", "Far Damp Ltd"]
    reasons = {each.about: each for each in first.reasons}
    assert set(reasons["Words in common"].sentence.split(", ")) >= {"damp", "house"}
    assert reasons["Already developed"].points == 15
    assert reasons["Supplies"].sentence == "Damp meters"
    assert reasons["Place"].sentence == "Own area, by the whole postcode"
    assert reasons["Capacity"].sentence.startswith("4 people, who could do it alone")
    unknown = {each.about: (each.sentence, each.points) for each in second.reasons}
    assert unknown["Place"] == ("Not known", 0)
    assert unknown["Capacity"] == ("Not known: the people in the firm", 0)
    assert first.points == sum(each.points for each in first.reasons)


def test_a_firm_that_takes_its_consent_back_is_no_longer_found(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        session.execute(update(FirmProfile).values(shown_at=None))
    assert ranked(database, scene) == []


def test_an_officer_tells_each_firm_once_and_sees_who_was_told(
    app: Flask, database: Database, scene: Scene, visit: Visit
) -> None:
    officer, at = visit(scene.officer), f"/challenges/{scene.challenge}/firms"
    assert "Near Damp Ltd" in said(officer, at)
    near = scene.firms["Near Damp Ltd"]
    for _ in range(2):
        assert officer.post(at, data={"firm": [near, near, "NOSUCHFIRM"]}).status_code == 302
    page = said(officer, at)
    assert "told on 25 November 2026" in page
    assert "Who was told" in page
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Telling)) == 1
        sent = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "matching.told")).all()
        assert [each.to_person_id for each in sent] == [scene.people["Near Damp Ltd"]]
    letters = delivered(app)
    assert letters[0]["Subject"] == "A challenge that may fit you: Damp in old houses"
    body = letters[0].get_payload(decode=True).decode()
    assert "Being told gives you no advantage, and not being told excludes nobody" in body
    assert f"/challenges/{scene.challenge}" in body
    assert letters[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letters[0]["List-Unsubscribe"].strip().startswith("<http://localhost/unsubscribe/")
    assert letters[0]["List-Unsubscribe"].strip("<> ") in body


def delivered(app: Flask) -> list[Any]:
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.exit_code == 0, result.output
    folder = Path(app.config["PORTAL_INSTANCE"]) / "mail"
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))]


def test_telling_needs_an_open_challenge_and_an_officer(database: Database, scene: Scene, visit: Visit) -> None:
    at, chosen = f"/challenges/{scene.challenge}/firms", {"firm": [scene.firms["Near Damp Ltd"]]}
    owner = visit(scene.owner)
    assert "Near Damp Ltd" in said(owner, at)
    assert owner.post(at, data=chosen).status_code == 403
    assert visit(scene.people["Trams Ltd"]).get(at).status_code == 404
    with database.writing() as session:
        session.execute(update(Round).values(deadline=clock.now() - timedelta(hours=1)))
    answer = visit(scene.officer).post(at, data=chosen)
    assert answer.status_code == 409
    assert "Firms can be told while the challenge is open for responses." in answer.text


def test_whoever_said_no_is_not_mailed_though_the_firm_was_told(
    app: Flask, client: FlaskClient, database: Database, scene: Scene, visit: Visit
) -> None:
    person = scene.people["Near Damp Ltd"]
    at = f"/unsubscribe/{links.stamp(UNSUBSCRIBE, person)}"
    assert "End these mails?" in said(client, at)
    with database.reading() as session:
        assert session.get(MailChoice, person) is None, "looking changes nothing"
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        for _ in range(2):
            assert client.post(at, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    visit(scene.officer).post(f"/challenges/{scene.challenge}/firms", data={"firm": [scene.firms["Near Damp Ltd"]]})
    assert delivered(app) == []


@pytest.mark.parametrize("wrong", ["1-x", "x", "1", "-", "99999999999-x", "1-"])
def test_a_link_that_is_not_ours_ends_nothing(client: FlaskClient, scene: Scene, wrong: str) -> None:
    assert client.post(f"/unsubscribe/{wrong}").status_code == 404
    other = links.stamp("something else", scene.people["Near Damp Ltd"])
    assert client.post(f"/unsubscribe/{other}").status_code == 404


def test_a_firm_sees_what_fits_it_and_saves_searches(scene: Scene, database: Database, visit: Visit) -> None:
    client = visit(scene.people["Near Damp Ltd"])
    page = said(client, "/matches")
    assert "Damp in old houses" in page
    assert "In common: " in page
    assert "Damp in old houses" not in said(visit(scene.people["Trams Ltd"]), "/matches")
    assert client.post("/matches/searches", data={"words": "tenants  ill"}).status_code == 302
    assert client.post("/matches/searches", data={"words": "tenants ill"}).status_code == 302
    assert said(client, "/matches").count("With “tenants ill”") == 1
    assert client.post("/matches/searches", data={"words": ""}).status_code == 422
    assert client.post("/matches/searches", data={"words": "the a %"}).status_code == 409
    with database.reading() as session:
        key = session.scalar(select(SavedSearch.id))
    visit(scene.people["Trams Ltd"]).post(f"/matches/searches/{key}/remove")
    assert "With “tenants ill”" in said(client, "/matches")
    client.post(f"/matches/searches/{key}/remove")
    assert "With “tenants ill”" not in said(client, "/matches")
    client.post(f"/matches/searches/{key}/remove")
    person = scene.people["Near Damp Ltd"]
    noted = [("matching.search_saved", person), ("matching.search_removed", person)]
    assert journalled(database, person) == noted, "what was done, once each, and not for which words"


def journalled(database: Database, person: int) -> list[tuple[str, int | None]]:
    """What the journal says of somebody in this room, and who did it."""
    with database.reading() as session:
        rows = select(JournalEntry).where(JournalEntry.subject_id == person, JournalEntry.subject_kind == "person")
        found = session.scalars(rows.order_by(JournalEntry.sequence)).all()
        assert not any("tenants" in entry.data for entry in found)
        return [(each.event, each.actor_id) for each in found if each.event.startswith("matching.")]


def test_a_choice_of_mails_is_noted_once(database: Database, scene: Scene, client: FlaskClient, visit: Visit) -> None:
    person = scene.people["Near Damp Ltd"]
    for _ in range(2):
        assert visit(person).post("/matches/mails", data={"digest": "daily", "told": "y"}).status_code == 302
    assert journalled(database, person) == [("matching.mails_chosen", person)]
    at = f"/unsubscribe/{links.stamp(UNSUBSCRIBE, person)}"
    for _ in range(2):
        assert client.post(at).status_code == 200
    assert journalled(database, person)[1:] == [("matching.mails_chosen", None)], "by whoever had the link"


def test_challenges_released_with_an_earlier_version_are_found_once_indexed(
    app: Flask, database: Database, scene: Scene, visit: Visit
) -> None:
    with database.writing() as session:
        session.execute(delete(WordPosting).where(WordPosting.kind == SubjectKind.CHALLENGE))
    assert "Damp in old houses" not in said(visit(scene.people["Near Damp Ltd"]), "/matches")
    result = app.test_cli_runner().invoke(args=["challenges", "index"])
    assert result.output == "1 challenges can be found by their words.\n"
    assert "Damp in old houses" in said(visit(scene.people["Near Damp Ltd"]), "/matches")


def test_a_digest_comes_when_it_was_chosen_and_holds_what_is_new(
    app: Flask, database: Database, scene: Scene, visit: Visit, clock: TestClock
) -> None:
    client = visit(scene.people["Near Damp Ltd"])
    client.post("/matches/searches", data={"words": "trams"})
    assert client.post("/matches/mails", data={"digest": "weekly", "told": "y"}).status_code == 302
    assert "A list of new ones: on Mondays." in said(client, "/matches")
    clock.set(datetime(2026, 11, 27, 9, tzinfo=UTC))
    with database.writing() as session:
        published(session, "Damp cellars in houses", "Cellars that are never dry.")
        published(session, "Quiet trams", "Trams that wake nobody.")
    assert delivered(app) == [], "not before Monday"
    clock.set(datetime(2026, 11, 30, 6, 59, tzinfo=UTC))
    assert delivered(app) == []
    clock.set(datetime(2026, 11, 30, 7, tzinfo=UTC))
    (letter,) = delivered(app)
    body = letter.get_payload(decode=True).decode()
    assert "New challenges that may fit Near Damp Ltd:" in body
    assert "- Damp cellars in houses" in body
    assert "New challenges with “trams”:" in body
    assert "- Quiet trams" in body
    assert "Damp in old houses" not in body, "it was released before"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    clock.set(datetime(2026, 12, 7, 7, tzinfo=UTC))
    assert len(delivered(app)) == 1, "nothing new, no letter"


def test_the_number_of_statements_does_not_depend_on_the_number_of_firms(database: Database, scene: Scene) -> None:
    taken = []
    for count in (3, 30):
        with database.writing() as session:
            for number in range(count):
                firm(session, f"Firm {count} {number}", "Damp houses", postcode="ZZ2 1AA")
        with counted() as statements:
            assert len(ranked(database, scene)) >= count
        taken.append(len(statements))
    assert taken[0] == taken[1]


@pytest.mark.skipif(not CALLS.exists(), reason="The folder of real data is not beside the project.")
def test_a_firm_described_with_one_calls_words_finds_that_call(app: Flask, database: Database) -> None:
    """Half of the different words of a real call's title and summary are what the firm says of itself."""
    with database.writing() as session:
        make.authority(session)
    assert app.test_cli_runner().invoke(args=["challenges", "import", str(CALLS)]).exit_code == 0
    with database.writing() as session:
        deadline, now = clock.now() + timedelta(days=30), clock.now()
        session.execute(update(Round).values(deadline=deadline, opens_at=now))
        for challenge in session.scalars(select(Challenge)).all():
            with guard_state():
                challenge.state = "open"
            challenge.released_at = now
            session.flush()
            services.index_challenge(session, challenge=challenge, number=1)
    with database.reading() as session:
        tried = found = 0
        for challenge in session.scalars(select(Challenge).order_by(Challenge.id)):
            said_of_itself = list(dict.fromkeys(telling_words(f"{challenge.title} {challenge.summary}")))[::2]
            tried += 1
            first = challenges_for(session, " ".join(said_of_itself), most=5)
            found += challenge.id in {each.challenge.id for each in first}
    assert tried == 182
    assert found >= 0.9 * tried, f"{found} of {tried}"
