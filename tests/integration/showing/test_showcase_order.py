"""The running order drawn, adjusted and swapped, by services and through the pages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import delete, select

from portal.db import Conflict, Database
from portal.machine import NotNow
from portal.outbox import OutboxMessage
from portal.outbox.messages import worded
from portal.showcases import queries, services
from portal.showcases.models import Appearance, OrderMaker, SlotSwap, SwapAnswer
from portal.showcases.running import Showing, draw
from tests.integration.showing.conftest import Scene, appearances, event_in
from tests.integration.showing.staged import event_of
from tests.integration.showing.test_support import ids, mailed
from tests.support.page import Page

Client = Callable[[str], Any]


@pytest.fixture
def planned(database: Database, scene: Scene) -> Scene:
    """An event in three days whose order was drawn."""
    with database.writing() as session:
        event = event_in(session, scene)
        services.draw_order(session, scene.actor(session, "owner"), event, event.version, "")
    return scene


def order(database: Database, scene: Scene) -> list[str]:
    with database.reading() as session:
        return [each.response.organisation.name for each in appearances(session, scene)]


def own(session: Any, scene: Scene, number: int) -> Appearance:
    return next(each for each in appearances(session, scene) if each.response_id == scene.responses[number])


def test_a_draw_keeps_all_that_is_needed_to_draw_it_again(database: Database, planned: Scene) -> None:
    with database.reading() as session:
        event = event_of(session, planned)
        (record,) = queries.orders_of(session, event)
        again = draw(record.seed, event.at, event.minutes_each, [Showing(each) for each in planned.references])
        shown = [each.response.reference for each in appearances(session, planned)]
    assert (record.made_by, list(again.order), again.round) == (OrderMaker.LOT, shown, record.round)
    assert all(reference in record.drawn_from for reference in planned.references)


def test_another_draw_and_an_adjustment_need_a_reason(database: Database, planned: Scene) -> None:
    with database.writing() as session:
        event, owner = event_of(session, planned), planned.actor(session, "owner")
        with pytest.raises(NotNow, match="again"):
            services.draw_order(session, owner, event, event.version, "")
        with pytest.raises(NotNow, match="adjusted"):
            services.set_order(session, owner, event, event.version, {}, "")
        with pytest.raises(Conflict):
            services.draw_order(session, owner, event, event.version + 1, "A firm came.")
        services.draw_order(session, owner, event, event.version, "A firm came.")
        assert [each.reason for each in queries.orders_of(session, event)] == ["A firm came.", ""]


def test_each_firm_is_told_its_turn_and_again_only_when_that_is_another(database: Database, planned: Scene) -> None:
    with database.writing() as session:
        everybody, owner = ids(planned, "arbor", "bramble"), planned.actor(session, "owner")
        assert mailed(session, "showcases.your_turn") == everybody
        first, second = appearances(session, planned)
        mail = worded(session, "showcases.your_turn", {"appearance_id": second.id})
        assert mail is not None
        event = event_of(session, planned)
        assert mail.context["slot"].at == event.at + timedelta(minutes=20)
        assert mail.path == f"/responses/{second.response.reference}/showcase"

        session.execute(delete(OutboxMessage))
        services.set_order(session, owner, event, event.version, {}, "Nothing changes.")
        assert mailed(session, "showcases.your_turn") == set()
        places = {first.id: 2, second.id: 1}
        services.set_order(session, owner, event, event.version, places, "The hall is dark early.")
        assert mailed(session, "showcases.your_turn") == everybody

        services.move_event(session, owner, event, "cancel", "The hall is flooded.")
        assert worded(session, "showcases.your_turn", {"appearance_id": second.id}) is None


def test_an_order_without_its_reason_keeps_the_numbers(client_of: Client, database: Database, planned: Scene) -> None:
    with database.reading() as session:
        first, second = appearances(session, planned)
    typed = {f"place{first.id}": "2", f"place{second.id}": "last", "reason": "", "version": "1"}
    answer = client_of("owner").post(f"/challenges/{planned.reference}/showcase/order", data=typed)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert [page.by_id(f"place{each.id}").get("value") for each in (first, second)] == ["2", "last"]


def test_firms_that_swapped_are_told_of_the_answer_alone(database: Database, planned: Scene) -> None:
    with database.writing() as session:
        session.execute(delete(OutboxMessage))
        arbor, bramble = own(session, planned, 0), own(session, planned, 1)
        swap = services.ask_to_swap(session, planned.actor(session, "arbor"), arbor, bramble.id)
        services.answer_swap(session, planned.actor(session, "bramble"), bramble, swap.id, accepted=True)
        assert mailed(session, "showcases.your_turn") == set()
        assert mailed(session, "showcases.swap_answered") == ids(planned, "arbor")


def test_asking_accepting_and_what_waits_besides(database: Database, planned: Scene) -> None:
    before = order(database, planned)
    with database.writing() as session:
        arbor, bramble = own(session, planned, 0), own(session, planned, 1)
        swap = services.ask_to_swap(session, planned.actor(session, "arbor"), arbor, bramble.id)
        with pytest.raises(NotNow, match="already"):
            services.ask_to_swap(session, planned.actor(session, "arbor"), arbor, bramble.id)
        back = services.ask_to_swap(session, planned.actor(session, "bramble"), bramble, arbor.id)
        assert mailed(session, "showcases.swap_asked") == ids(planned, "bramble", "arbor")
        services.answer_swap(session, planned.actor(session, "bramble"), bramble, swap.id, accepted=True)
        assert (swap.answer, back.answer) == (SwapAnswer.ACCEPTED, SwapAnswer.OVERTAKEN)
        with pytest.raises(NotNow, match="no longer waits"):
            services.answer_swap(session, planned.actor(session, "arbor"), arbor, back.id, accepted=True)
        for kind in ("swap_asked", "swap_answered"):
            mail = worded(session, f"showcases.{kind}", {"swap_id": swap.id})
            assert mail is not None
            assert "Bramble" not in mail.subject
    assert order(database, planned) == before[::-1]


def test_declined_and_taken_back_the_order_stays(database: Database, planned: Scene) -> None:
    before = order(database, planned)
    with database.writing() as session:
        arbor, bramble = own(session, planned, 0), own(session, planned, 1)
        firm, other = planned.actor(session, "arbor"), planned.actor(session, "bramble")
        declined = services.ask_to_swap(session, firm, arbor, bramble.id)
        services.answer_swap(session, other, bramble, declined.id, accepted=False)
        taken_back = services.ask_to_swap(session, firm, arbor, bramble.id)
        services.take_back_swap(session, firm, arbor, taken_back.id)
        assert (declined.answer, taken_back.answer) == (SwapAnswer.DECLINED, SwapAnswer.WITHDRAWN)
    assert order(database, planned) == before


def test_two_swaps_of_the_same_turn_accepted_at_once_move_it_once(database: Database, planned: Scene) -> None:
    before = order(database, planned)
    with database.writing() as session:
        arbor, bramble = own(session, planned, 0), own(session, planned, 1)
        asked = {
            "bramble": (1, services.ask_to_swap(session, planned.actor(session, "arbor"), arbor, bramble.id).id),
            "arbor": (0, services.ask_to_swap(session, planned.actor(session, "bramble"), bramble, arbor.id).id),
        }
    start, refused = Barrier(2), []

    def accept(who: str) -> None:
        number, swap_id = asked[who]
        start.wait()
        try:
            with database.writing() as session:
                mine = own(session, planned, number)
                services.answer_swap(session, planned.actor(session, who), mine, swap_id, accepted=True)
        except NotNow as late:
            refused.append(str(late))

    threads = [Thread(target=accept, args=(who,)) for who in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert order(database, planned) == before[::-1]
    with database.reading() as session:
        answers = sorted(each.answer.value for each in session.scalars(select(SlotSwap)))
        assert answers == ["accepted", "overtaken"]
        assert [each.made_by for each in queries.orders_of(session, event_of(session, planned))] == [
            OrderMaker.SWAP,
            OrderMaker.LOT,
        ]


def test_firms_say_when_they_cannot_come_and_the_pages_say_what_follows(
    client_of: Client, database: Database, planned: Scene
) -> None:
    place = f"/responses/{planned.references[0]}/showcase"
    firm, owner = client_of("arbor"), client_of("owner")
    assert firm.post(f"{place}/away", data={"away-starts": "noon", "away-ends": "10am"}).status_code == 422
    assert firm.post(f"{place}/away", data={"away-starts": "midnight", "away-ends": "11:59pm"}).status_code == 302
    needs = {"show-version": "2", "show-shows": "A lamp.", "show-setup_minutes": "15", "show-sockets": "3"}
    with database.reading() as session:
        needs["show-version"] = str(own(session, planned, 0).version)
    assert firm.post(place, data=needs | {"show-sockets": "99"}).status_code == 422
    assert firm.post(place, data=needs | {"show-network": "y"}).status_code == 302
    base = f"/challenges/{planned.reference}/showcase"
    page = owner.get(base).get_data(as_text=True)
    assert "it cannot come at any turn of the day" in page
    assert "3 in all, 3 at most for one firm" in page
    assert "For 1 firm" in page
    assert Page(page).faults() == []
    with database.reading() as session:
        version = event_of(session, planned).version
    assert owner.post(f"{base}/draw", data={"draw-version": version}).status_code == 422
    assert owner.post(f"{base}/draw", data={"draw-version": version, "draw-reason": "New times."}).status_code == 302
    assert "New times." in owner.get(base).get_data(as_text=True)


def test_a_swap_through_the_pages_names_nobody(client_of: Client, database: Database, planned: Scene) -> None:
    arbor, bramble = (f"/responses/{each}/showcase" for each in planned.references)
    with database.reading() as session:
        other = own(session, planned, 1).id
    asked = client_of("arbor").post(f"{arbor}/swaps", data={"swap-turn": other})
    assert asked.status_code == 302
    page = client_of("bramble").get(bramble).get_data(as_text=True)
    assert "asks to swap with yours" in page
    assert 'href="#swap">Answer it' in page, "told where one looks first"
    assert "Arbor" not in page
    assert Page(page).faults() == []
    with database.reading() as session:
        swap = session.scalars(select(SlotSwap)).one().id
    assert client_of("arbor").post(f"{bramble}/swaps/{swap}/accept").status_code in {403, 404}
    assert client_of("arbor").post(f"{arbor}/swaps/{swap}/accept").status_code == 409
    assert "Waiting for an answer" in client_of("owner").get(f"/challenges/{planned.reference}/showcase").get_data(
        as_text=True
    )
    assert client_of("bramble").post(f"{bramble}/swaps/{swap}/accept").status_code == 302


def test_calendars_hold_the_firms_own_turn_and_the_event_for_its_people(
    client_of: Client, database: Database, planned: Scene
) -> None:
    with database.reading() as session:
        event = event_of(session, planned)
        address, begins = f"/showcase/{event.reference}.ics", event.at
    turns: list[datetime] = []
    for who, reference in zip(("arbor", "bramble"), planned.references, strict=True):
        answer = client_of(who).get(f"/responses/{reference}/showcase.ics")
        assert answer.mimetype == "text/calendar"
        entry: Any = Calendar.from_ical(answer.data).walk("VEVENT")[0]
        assert b"TZID=Europe/London" in answer.data
        assert b"DTSTART:1970" not in answer.data, "the zone of these years, not of the last century"
        assert "London time" in entry["description"]
        turns.append(entry["dtstart"].dt)
    assert min(turns) == begins.replace(microsecond=0)
    assert max(turns) > min(turns)
    assert client_of("arbor").get(f"/responses/{planned.references[1]}/showcase.ics").status_code == 404
    assert {who: client_of(who).get(address).status_code for who in ("guest", "owner", "arbor", "stranger")} == {
        "guest": 200,
        "owner": 200,
        "arbor": 404,
        "stranger": 404,
    }
