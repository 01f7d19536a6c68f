"""Meet the Buyer: invited, offered, booked by firms (one of two who press at once), given back, called off."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import delete, select

from portal.db import Database
from portal.network.events.models import BuyerEvent, BuyerTime
from portal.network.options import NetworkOption, OptionTrial
from portal.policy import Role
from tests.support import make, networked
from tests.support.clock import TestClock
from tests.support.mailed import letters
from tests.support.visit import Visit, said

INVITED = {
    "title": "Small works",
    "place": "Town hall",
    "starts_at-day": "8",
    "starts_at-month": "12",
    "starts_at-year": "2099",
    "starts_at-time": "2pm",
}


@dataclass
class Scene:
    city: int
    at: str
    theirs: str
    officer: int
    other: int
    firms: list[int]
    event: str
    times: list[int]

    @property
    def page(self) -> str:
        return f"/meet-the-buyer/{self.event}"


@pytest.fixture
def scene(database: Database) -> Scene:
    with database.writing() as session:
        city, trust = (make.authority(session, name=name) for name in ("Evenholt City Council", "Marlshire Hospitals"))
        for body in (city, trust):
            networked.tries(session, body, NetworkOption.SHARING_INTELLIGENCE)
        firms = [make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, make.supplier(session)).id for _ in range(2)]
        officer = make.person_as(session, Role.PROCUREMENT_OFFICER, city)
        event = networked.event(session, city, buyers=("Ann Bell", "Bo Carr"))
        times = session.scalars(select(BuyerTime.id).order_by(BuyerTime.id)).all()
        for time in session.scalars(select(BuyerTime)):
            time.offered_by_id = officer.id
        return Scene(
            city.id,
            f"/organisations/{city.reference}",
            f"/organisations/{trust.reference}",
            officer.id,
            make.person_as(session, Role.PROCUREMENT_OFFICER, trust).id,
            firms,
            event.reference,
            list(times),
        )


def test_a_body_invites_and_another_puts_its_buyers_times_on_offer(
    database: Database, scene: Scene, visit: Visit
) -> None:
    client = visit(scene.officer)
    wrong = client.post(f"{scene.at}/events", data=INVITED | {"starts_at-year": "2001"})
    assert wrong.status_code == 422
    assert "This time has passed." in wrong.text
    assert client.post(f"{scene.at}/events", data=INVITED).status_code == 302
    with database.reading() as session:
        event = session.scalars(select(BuyerEvent.reference).where(BuyerEvent.title == "Small works")).one()
    offered = {"buyer": "Cy Dent, catering", "minutes": "20", "count": "3"}
    there = f"{scene.theirs}/events/{event}"
    assert visit(scene.other).post(there, data=offered).status_code == 302
    assert visit(scene.other).post(there, data=offered).status_code == 409, "this buyer has times already"
    assert "2:20pm to 2:40pm Cy Dent, catering Free" in said(visit(scene.other), there)
    assert "Cy Dent" in said(visit(scene.firms[0]), f"/meet-the-buyer/{event}")
    assert visit(scene.other).post(f"{there}/call-off").status_code == 404, "only the host calls it off"


def test_a_firm_books_has_it_in_its_calendar_and_gives_it_back(app: Flask, scene: Scene, visit: Visit) -> None:
    firm, rival = (visit(each) for each in scene.firms)
    first, second, same_hour, later = scene.times
    assert "Meet the buyers" in said(firm, "/meet-the-buyer")
    assert firm.post(f"{scene.page}/book", data={"time": first}).status_code == 302
    for key, why in (
        (same_hour, "You meet another buyer"),
        (second, "You meet this buyer already"),
        (0, "not on offer"),
    ):
        answer = firm.post(f"{scene.page}/book", data={"time": key})
        assert answer.status_code == 409
        assert why in answer.text
    assert firm.post(f"{scene.page}/book", data={"time": later}).status_code == 302
    page = said(firm, scene.page)
    assert "with Ann Bell, Evenholt City Council" in page
    file = firm.get(f"{scene.page}/times/{first}.ics")
    (event,) = Calendar.from_ical(file.data).walk("VEVENT")
    assert event["SUMMARY"] == "Ann Bell, Evenholt City Council"
    assert rival.get(f"{scene.page}/times/{first}.ics").status_code == 404
    assert rival.post(f"{scene.page}/give-back", data={"time": first}).status_code == 403
    (booked, _), (confirmed, _) = letters(app, "events.booked"), letters(app, "events.confirmed")
    assert "has booked" in booked.text
    assert f"/events/{scene.event}" in booked.text, "whoever offered the time is led to the body's own page"
    assert "Where: Town hall" in confirmed.text
    assert len(letters(app, "events.reminder")) == 2
    assert firm.post(f"{scene.page}/give-back", data={"time": first}).status_code == 302
    assert firm.post(f"{scene.page}/give-back", data={"time": first}).status_code == 409
    assert len(letters(app, "events.reminder")) == 1, "what no longer stands is not announced"
    assert len(letters(app, "events.given_back")) == 1
    assert rival.post(f"{scene.page}/book", data={"time": first}).status_code == 302


def test_one_of_two_firms_that_press_at_once_has_the_time(database: Database, scene: Scene, visit: Visit) -> None:
    clients, start = [visit(each) for each in scene.firms], Barrier(2)

    def press(number: int) -> tuple[int, str]:
        start.wait()
        answer = clients[number].post(f"{scene.page}/book", data={"time": str(scene.times[0])})
        return answer.status_code, answer.text

    with ThreadPoolExecutor(2) as two:
        answers = dict(two.map(press, (0, 1)))
    assert sorted(answers) == [302, 409]
    assert "Another firm has just booked that time." in answers[409]
    assert f'value="{scene.times[1]}"' in answers[409]
    assert f'value="{scene.times[0]}"' not in answers[409]
    with database.reading() as session:
        assert len(session.scalars(select(BuyerTime).where(BuyerTime.firm_id.is_not(None))).all()) == 1


def test_a_firm_that_presses_twice_for_one_hour_gets_one(database: Database, scene: Scene, visit: Visit) -> None:
    clients, start = [visit(scene.firms[0]) for _ in range(2)], Barrier(2)
    keys = scene.times[0], scene.times[2]

    def press(number: int) -> int:
        start.wait()
        return clients[number].post(f"{scene.page}/book", data={"time": str(keys[number])}).status_code

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(press, (0, 1))) == [302, 409]


def test_called_off_or_begun_nothing_can_be_booked(app: Flask, scene: Scene, visit: Visit, clock: TestClock) -> None:
    firm = visit(scene.firms[0])
    firm.post(f"{scene.page}/book", data={"time": scene.times[0]})
    offered = {"buyer": "Cy Dent, catering", "minutes": "20", "count": "3"}
    assert visit(scene.other).post(f"{scene.theirs}/events/{scene.event}", data=offered).status_code == 302
    assert visit(scene.officer).post(f"{scene.at}/events/{scene.event}/call-off").status_code == 302
    (told,) = letters(app, "events.called_off")
    (buyer,) = letters(app, "events.not_held")
    assert buyer.path == f"{scene.theirs}/events/{scene.event}"
    assert "at which you were to meet firms" in buyer.text
    assert "called off" in told.text
    assert "This event was called off." in said(firm, scene.page)
    assert visit(scene.firms[1]).post(f"{scene.page}/book", data={"time": scene.times[1]}).status_code == 409
    clock.advance(days=4)
    assert "it has begun" not in said(visit(scene.firms[1]), "/meet-the-buyer").lower()
    assert "Nothing is coming yet" in said(visit(scene.firms[1]), "/meet-the-buyer")


def test_switched_off_it_is_gone_from_pages_and_mails(
    app: Flask, database: Database, scene: Scene, visit: Visit
) -> None:
    visit(scene.firms[0]).post(f"{scene.page}/book", data={"time": scene.times[0]})
    with database.writing() as session:
        session.execute(delete(OptionTrial).where(OptionTrial.organisation_id == scene.city))
    assert letters(app, "events.reminder") == letters(app, "events.booked") == []
    assert visit(scene.firms[0]).get(scene.page).status_code == 404
    assert visit(scene.firms[0]).post(f"{scene.page}/book", data={"time": scene.times[1]}).status_code == 404
    assert visit(scene.officer).get(f"{scene.at}/events").status_code == 404
    assert "Nothing is coming yet" in said(visit(scene.firms[0]), "/meet-the-buyer")
