"""A firm that stops half-way is asked once whether it wants help; an adviser helps, and the buyer never hears of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Thread

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.db import Database, clock
from portal.journal import JournalEntry
from portal.network.hands_on import prompting
from portal.network.hands_on.messages import idle, waits
from portal.network.hands_on.models import HelpGiven, IdlePrompt, SupportOffer
from portal.network.options import NetworkOption
from portal.network.options.models import OptionTrial
from portal.network.options.services import switch_on
from portal.organisations.models import Organisation
from portal.outbox.models import OutboxMessage
from portal.policy import CLOCK, Role
from portal.responses import seal
from portal.responses.models import HelpOrigin, HelpRequest, ResponseSection
from tests.support import make
from tests.support.answering import Scene as Answering
from tests.support.answering import asked_of, challenge_of
from tests.support.answering import scene as answering_scene
from tests.support.clock import TestClock
from tests.support.visit import Visit, said


@dataclass
class Scene:
    answering: Answering
    council: int
    hub: str
    adviser: int
    other: int

    @property
    def at(self) -> str:
        return f"/challenges/{self.answering.challenge}/help"


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    """A draft begun eight days ago, untouched since; its deadline is six days away."""
    clock.set(clock.now())
    answering = answering_scene(database)
    with database.writing() as session:
        challenge = challenge_of(session, answering)
        council = session.get_one(Organisation, challenge.lead_id)
        switch_on(session, CLOCK, council, NetworkOption.HANDS_ON_SUPPORT, aim="Fewer give up.", measure="Count.")
        long_ago = clock.now() - timedelta(days=8)
        firm = session.get_one(Organisation, answering.firm)
        make.response(session, challenge, organisation=firm, started_at=long_ago)
        _touch(session, long_ago)
        asked_of(session, answering).deadline = clock.now() + timedelta(days=6)
        hub = make.partner(session, name="Wyre Growth Hub")
        adviser = make.person_as(session, Role.SUPPORT_ADVISER, hub)
        other = make.person_as(session, Role.SUPPORT_ADVISER, hub)
        return Scene(answering, council.id, hub.reference, adviser.id, other.id)


def _touch(session: Session, when: datetime) -> None:
    """The draft was last saved then."""
    with seal.lifted(session):
        for row in session.scalars(select(ResponseSection)):
            row.saved_at = when


def _mailed(database: Database, kind: str) -> list[int | None]:
    with database.reading() as session:
        rows = select(OutboxMessage.to_person_id).where(OutboxMessage.kind == kind)
        return sorted(session.scalars(rows), key=lambda each: each or 0)


def test_an_idle_draft_is_asked_about_once(database: Database, at: Scene) -> None:
    assert prompting.prompt(database) == 1
    assert prompting.prompt(database) == 0
    assert _mailed(database, "hands_on.idle") == sorted([at.answering.member, at.answering.colleague])


def test_two_workers_at_once_ask_once(database: Database, at: Scene) -> None:
    asked: list[int] = []
    threads = [Thread(target=lambda: asked.append(prompting.prompt(database))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(asked) == [0, 0, 1]
    assert len(_mailed(database, "hands_on.idle")) == 2
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(IdlePrompt)) == 1


@pytest.mark.parametrize(
    ("deadline", "touched"),
    [
        (timedelta(days=8), timedelta(days=8)),
        (timedelta(hours=20), timedelta(days=8)),
        (timedelta(days=6), timedelta(days=2)),
    ],
)
def test_nobody_is_asked_too_early_too_late_or_while_they_write(
    database: Database, at: Scene, deadline: timedelta, touched: timedelta
) -> None:
    with database.writing() as session:
        asked_of(session, at.answering).deadline = clock.now() + deadline
        _touch(session, clock.now() - touched)
    assert prompting.prompt(database) == 0


def test_the_mail_says_who_hears_of_it_and_is_not_worded_once_switched_off(database: Database, at: Scene) -> None:
    with database.reading() as session:
        challenge = challenge_of(session, at.answering).id
        mail = idle(session, challenge=challenge)
        assert mail is not None
        assert mail.path == at.at
    with database.writing() as session:
        session.execute(delete(OptionTrial))
    assert prompting.prompt(database) == 0
    with database.reading() as session:
        assert idle(session, challenge=challenge) is None
        assert waits(session, taken=True) is None


def test_a_firm_agrees_and_an_adviser_takes_it_from_there(database: Database, at: Scene, visit: Visit) -> None:
    firm = visit(at.answering.member)
    assert firm.get(at.at).status_code == 404
    prompting.prompt(database)
    assert "The buyer is not told" in said(firm, at.at)
    assert firm.post(at.at, data={"reason": "no_partner"}).status_code == 302
    assert "within two working days" in said(firm, at.at)
    adviser = visit(at.adviser)
    desk = said(adviser, "/support")
    assert "They stopped writing, and the deadline is near." in desk
    assert "2 working days left" in desk
    with database.reading() as session:
        asked = session.scalars(select(HelpRequest)).one()
        assert asked.origin is HelpOrigin.IDLE
        key = asked.id
    adviser.post("/support/help", data={"request": key})
    case = f"/support/cases/{key}"
    assert adviser.post(f"{case}/offered", data={"words": "A call"}).status_code == 409
    assert adviser.post(f"{case}/contacted").status_code == 302
    assert adviser.post(f"{case}/contacted").status_code == 409
    assert adviser.post(f"{case}/offered", data={"words": "", "offer": ""}).status_code == 422
    assert adviser.post(f"{case}/offered", data={"words": "A look at the draft <b>today</b>"}).status_code == 302
    assert "A look at the draft <b>today</b>" in said(adviser, case)
    assert visit(at.other).get(case).status_code == 404
    assert firm.get(case).status_code == 404


def test_the_buyer_never_hears_of_it(database: Database, at: Scene, visit: Visit) -> None:
    pages = ("/home", f"/challenges/{at.answering.challenge}", f"/challenges/{at.answering.challenge}/responses")
    buyers = (*at.answering.officers, at.answering.owner)
    before = {(who, page): said(visit(who), page) for who in buyers for page in pages}
    prompting.prompt(database)
    visit(at.answering.member).post(at.at, data={"sent": "1"})
    assert {(who, page): said(visit(who), page) for who, page in before} == before
    for who in buyers:
        assert visit(who).get(at.at).status_code == 404
    with database.reading() as session:
        told = session.scalars(select(JournalEntry.challenge_id).where(JournalEntry.event.like("help.%")))
        assert set(told) == {None}


def test_a_firm_that_waits_is_reminded_of_once(database: Database, at: Scene, visit: Visit, clock: TestClock) -> None:
    prompting.prompt(database)
    visit(at.answering.member).post(at.at, data={"sent": "1"})
    assert prompting.remind(database) == 0
    clock.set(clock.now() + timedelta(days=8))
    threads = [Thread(target=prompting.remind, args=(database,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _mailed(database, "hands_on.waits") == sorted([at.adviser, at.other])


OFFER = {
    "name": "Tender surgery",
    "what": "Two hours with somebody who has written tenders.",
    "who_for": "Firms of up to ten people",
    "cost": "Free",
    "contact": "surgery@example.org",
}


def test_the_directory_is_public_written_by_bodies_and_offered_alike(
    database: Database, at: Scene, visit: Visit, client: FlaskClient
) -> None:
    adviser = visit(at.adviser)
    own = f"/organisations/{at.hub}/support-on-offer"
    assert adviser.post(own, data=OFFER | {"cost": ""}).status_code == 422
    assert adviser.post(own, data=OFFER).status_code == 302
    assert "Tender surgery" in said(client, "/support-on-offer")
    with database.writing() as session:
        challenge = challenge_of(session, at.answering)
        keys = []
        for name in ("Amberley Sensors Ltd", "Brockwell Systems Ltd"):
            firm = make.supplier(session, name=name)
            person = make.person_as(session, Role.SUPPLIER_MEMBER, firm)
            row = HelpRequest(
                challenge_id=challenge.id,
                organisation_id=firm.id,
                asked_by_id=person.id,
                asked_at=clock.now(),
                taken_at=clock.now(),
                taken_by_id=at.adviser,
                contacted_at=clock.now(),
            )
            session.add(row)
            session.flush()
            keys.append(row.id)
        offer = session.scalars(select(SupportOffer)).one()
        key, version = offer.id, offer.version
    adviser.post(f"/support/cases/{keys[0]}/offered", data={"offer": str(key)})
    assert "Tender surgery Wyre Growth Hub Free 1 of 2" in said(adviser, f"/support/cases/{keys[1]}")
    assert "0 Less than others" in said(adviser, "/support/cases")
    assert adviser.post(f"{own}/{key}/remove", data={"version": "9"}).status_code == 409
    assert adviser.post(f"{own}/{key}/remove", data={"version": str(version)}).status_code == 302
    assert "Tender surgery" not in said(client, "/support-on-offer")
    assert "Tender surgery" in said(adviser, f"/support/cases/{keys[0]}")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(HelpGiven)) == 1


def test_switched_off_it_is_gone(database: Database, at: Scene, visit: Visit, client: FlaskClient) -> None:
    prompting.prompt(database)
    with database.writing() as session:
        session.execute(delete(OptionTrial))
    assert visit(at.answering.member).get(at.at).status_code == 404
    assert client.get("/support-on-offer").status_code == 404
    assert visit(at.adviser).get(f"/organisations/{at.hub}/support-on-offer").status_code == 404
