"""Firms that would answer together find each other; nobody of the challenge's own side hears a word of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select

from portal.challenges.models import Round
from portal.db import Database, clock
from portal.journal import JournalEntry
from portal.network.options import NetworkOption
from portal.network.options.models import OptionTrial
from portal.network.teaming.messages import joined
from portal.network.teaming.models import TeamingWord
from portal.organisations.models import Organisation
from portal.outbox.models import OutboxMessage
from portal.policy import Role
from portal.responses import seal
from portal.responses.models import PartnerInvitation
from tests.support import make, networked
from tests.support.answering import Scene as Answering
from tests.support.answering import asked_of, challenge_of, started
from tests.support.answering import scene as answering_scene
from tests.support.clock import TestClock
from tests.support.statements import counted
from tests.support.visit import Visit, said

OURS, THEIRS = "We build quokka sensors.", "We put <b>ladders</b> up."


@dataclass
class Scene:
    answering: Answering
    lead: int
    other: int
    """Somebody of the other firm."""
    ours: str
    theirs: str

    @property
    def at(self) -> str:
        return f"/challenges/{self.answering.challenge}/teaming"


@pytest.fixture
def scene(database: Database, clock: TestClock) -> Scene:
    """An open challenge of a council that tries the option; two firms."""
    clock.set(clock.now())
    answering = answering_scene(database)
    with database.writing() as session:
        lead = session.get_one(Organisation, challenge_of(session, answering).lead_id)
        networked.tries(session, lead, NetworkOption.SHARED_NEED)
        other = make.supplier(session, name="Ladder Works")
        person = make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, other)
        ours = session.get_one(Organisation, answering.firm)
        return Scene(answering, lead.id, person.id, ours.reference, other.reference)


def speaks(client: FlaskClient, scene: Scene, firm: str, brings: str) -> int:
    return client.post(scene.at, data={"firm": firm, "brings": brings}).status_code


@pytest.fixture
def both(scene: Scene, visit: Visit) -> tuple[FlaskClient, FlaskClient]:
    """Both firms have said so, ours first."""
    ours, theirs = visit(scene.answering.member), visit(scene.other)
    assert speaks(ours, scene, scene.ours, OURS) == 302
    assert speaks(theirs, scene, scene.theirs, THEIRS) == 302
    return ours, theirs


def told(database: Database) -> list[int | None]:
    with database.reading() as session:
        rows = select(OutboxMessage.to_person_id).where(OutboxMessage.kind == "teaming.joined")
        return sorted(session.scalars(rows), key=lambda each: each or 0)


def test_a_firm_sees_others_once_it_has_said_so_too(scene: Scene, visit: Visit) -> None:
    ours, theirs = visit(scene.answering.member), visit(scene.other)
    assert speaks(theirs, scene, scene.theirs, THEIRS) == 302
    page = said(ours, scene.at)
    assert "Only firms that say so too see your name and your sentence." in page
    assert "ladders" not in page
    assert ours.get(f"{scene.at}/{scene.theirs}").status_code == 404
    assert speaks(ours, scene, scene.ours, "") == 422
    assert speaks(ours, scene, scene.theirs, OURS) == 302, "whatever is sent, one speaks for one's own firm"
    assert THEIRS in said(ours, scene.at)
    assert OURS in said(theirs, scene.at)
    assert speaks(ours, scene, scene.ours, "Once more") == 409
    assert ours.get(f"{scene.at}/{scene.ours}").status_code == 404, "nobody invites their own firm"


def test_a_word_that_is_taken_back_is_gone_both_ways(
    database: Database, scene: Scene, both: tuple[FlaskClient, FlaskClient]
) -> None:
    ours, theirs = both
    for _ in range(2):
        assert ours.post(f"{scene.at}/withdraw", data={"firm": scene.ours}).status_code == 302
    assert ours.post(f"{scene.at}/withdraw", data={"firm": scene.theirs}).status_code == 302
    assert "ladders" not in said(ours, scene.at)
    assert "quokka" not in said(theirs, scene.at)
    assert THEIRS in said(theirs, scene.at)
    assert speaks(ours, scene, scene.ours, "We do it otherwise.") == 302
    with database.reading() as session:
        rows = session.scalars(select(JournalEntry).where(JournalEntry.event.startswith("teaming.")))
        entries = [(each.event, each.challenge_id, each.data) for each in rows.all()]
    events = ["teaming.said", "teaming.said", "teaming.withdrawn", "teaming.said"]
    assert entries == [(event, None, "{}") for event in events], "the authority's file of its challenge has none of it"


def test_the_council_and_the_public_see_no_word(
    client: FlaskClient, scene: Scene, both: tuple[FlaskClient, FlaskClient], visit: Visit
) -> None:
    assert client.get(scene.at).location.startswith("/sign-in")
    challenge = f"/challenges/{scene.answering.challenge}"
    link = "Find firms to answer with"
    assert link in said(both[0], challenge)
    assert link in said(both[0], f"{challenge}/respond")
    for reader in (client, *(visit(each) for each in (*scene.answering.officers, scene.answering.owner))):
        page = said(reader, challenge)
        assert [each for each in (link, "quokka", "ladders", "Ladder Works") if each in page] == []
    for person in (*scene.answering.officers, scene.answering.owner):
        for path in (scene.at, f"{scene.at}/{scene.theirs}"):
            assert visit(person).get(path).status_code == 404
        assert visit(person).post(scene.at, data={"firm": scene.ours, "brings": "x"}).status_code == 404


def test_an_officer_with_a_firm_of_their_own_is_shown_nothing(
    database: Database, scene: Scene, both: tuple[FlaskClient, FlaskClient], visit: Visit
) -> None:
    with database.writing() as session:
        lead = session.get_one(Organisation, scene.lead)
        firm = session.get_one(Organisation, scene.answering.firm)
        person = make.person_as(session, Role.PROCUREMENT_OFFICER, lead)
        make.grant(session, person, Role.SUPPLIER_MEMBER, firm)
        third = make.supplier(session)
        newcomer = make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, third).id
        key, reference = person.id, third.reference
    assert visit(key).get(scene.at).status_code == 404
    assert "Find firms" not in said(visit(key), f"/challenges/{scene.answering.challenge}")
    speaks(visit(newcomer), scene, reference, "We bring tea.")
    assert key not in told(database)
    assert scene.other in told(database)


def test_those_who_said_so_hear_of_another_once_a_day(
    database: Database, scene: Scene, both: tuple[FlaskClient, FlaskClient], clock: TestClock, visit: Visit
) -> None:
    people = sorted([scene.answering.member, scene.answering.colleague])
    assert told(database) == people

    def again() -> None:
        theirs = visit(scene.other)
        theirs.post(f"{scene.at}/withdraw", data={"firm": scene.theirs})
        assert speaks(theirs, scene, scene.theirs, THEIRS) == 302

    again()
    assert told(database) == people
    clock.set(clock.now() + timedelta(days=1))
    again()
    assert told(database) == sorted(people * 2)


def test_the_mail_names_nobody_and_is_not_sent_in_vain(
    database: Database, scene: Scene, both: tuple[FlaskClient, FlaskClient]
) -> None:
    def mail() -> Any:
        with database.reading() as session:
            asked = session.scalar(select(func.min(TeamingWord.round_id)))
            assert asked is not None
            return joined(session, round=asked, firm=scene.answering.firm)

    assert mail().path == scene.at
    assert "Ladder" not in mail().subject
    both[1].post(f"{scene.at}/withdraw", data={"firm": scene.theirs})
    assert mail() is None
    assert speaks(both[1], scene, scene.theirs, THEIRS) == 302
    with database.writing() as session:
        session.execute(delete(OptionTrial))
    assert mail() is None


def test_one_invites_another_into_its_response(
    database: Database, scene: Scene, both: tuple[FlaskClient, FlaskClient]
) -> None:
    ours, theirs = both
    at = f"{scene.at}/{scene.theirs}"
    assert "you need a response that your firm leads" in said(ours, at)
    reference = started(database, scene.answering)
    assert ours.post(at, data={"part": "Puts them up", "share": ""}).status_code == 422
    assert "so that the lead keeps some" not in ours.post(at, data={"part": "It", "share": "100"}).text
    answer = ours.post(at, data={"part": "Puts them up", "share": "30"})
    assert answer.location == f"/responses/{reference}/partners"
    again = ours.post(at, data={"part": "Puts them up", "share": "30"})
    assert again.status_code == 422
    assert "has been invited already" in again.text
    before = said(ours, scene.at)
    assert "Invite Ladder Works" in before
    assert "With you" not in before
    with database.reading() as session, seal.lifted(session):
        key = session.scalars(select(PartnerInvitation.key)).one()
    accepted = {"answer": "accept", "firm": scene.theirs}
    assert theirs.post(f"/partner-invitations/{key}", data=accepted).status_code == 302
    page = said(ours, scene.at)
    assert "With you" in page
    assert "Invite Ladder Works" not in page
    assert "Ladder Works" in said(ours, f"/responses/{reference}/partners")
    assert "Find firms to answer with" in said(ours, f"/responses/{reference}/partners")
    refused = ours.post(at, data={"part": "Puts them up", "share": "30"})
    assert "stands behind this response already" in refused.text


def test_after_the_deadline_nothing_is_shown_and_nothing_said(
    database: Database, scene: Scene, both: tuple[FlaskClient, FlaskClient]
) -> None:
    with database.writing() as session:
        asked_of(session, scene.answering).deadline = clock.now() - timedelta(minutes=1)
    page = said(both[0], scene.at)
    assert "Who would have joined is not shown." in page
    assert "ladders" not in page
    other = f"{scene.at}/{scene.theirs}"
    assert both[0].get(other).location == scene.at
    assert both[0].post(other, data={"part": "It", "share": "30"}).location == scene.at
    assert speaks(both[0], scene, scene.ours, "Late") == 409
    assert "Find firms" not in said(both[0], f"/challenges/{scene.answering.challenge}")


def test_switched_off_it_is_gone(database: Database, scene: Scene, both: tuple[FlaskClient, FlaskClient]) -> None:
    with database.writing() as session:
        session.execute(delete(OptionTrial))
    assert both[0].get(scene.at).status_code == 404
    assert both[0].post(f"{scene.at}/withdraw", data={"firm": scene.ours}).status_code == 404
    assert "Find firms" not in said(both[0], f"/challenges/{scene.answering.challenge}")


def test_the_number_of_queries_does_not_grow_with_the_firms(
    database: Database, scene: Scene, both: tuple[FlaskClient, FlaskClient]
) -> None:
    with counted() as few:
        said(both[0], scene.at)
    with database.writing() as session:
        asked = session.scalars(select(Round.id)).first()
        for number in range(20):
            firm = make.supplier(session)
            word = {"brings": f"Number {number}", "said_at": clock.now(), "said_by_id": scene.other}
            session.add(TeamingWord(round_id=asked, organisation_id=firm.id, **word))
    with counted() as many:
        assert "Number 19" in said(both[0], scene.at)
    assert len(few) == len(many)
