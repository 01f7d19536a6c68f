"""The day walked through pages: date, panel, costs, scores, locks, held, chosen."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.db import Database, guard_state
from portal.showcases import queries
from portal.support.queries import facts_of
from tests.integration.showing.conftest import Scene, appearances, event_in, make_ready, plans

Client = Callable[[str], Any]


@pytest.fixture
def begun(database: Database, scene: Scene) -> Scene:
    """The event began an hour ago, and both firms are ready."""
    with database.writing() as session:
        make_ready(session, scene)
        event_in(session, scene, days=-0.05)
        with guard_state():
            scene.challenge(session).state = "showcase"
    return scene


def scored(client: Any, address: str, criteria: list[int], mark: int, version: int) -> int:
    data = {"version": str(version)}
    for key in criteria:
        data |= {f"score{key}": str(mark), f"comment{key}": f"Worth {mark}."}
    status: int = client.post(address, data=data).status_code
    return status


def test_the_day_from_naming_the_panel_to_the_choice(client_of: Client, begun: Scene, database: Database) -> None:
    base, owner = f"/challenges/{begun.reference}/showcase", client_of("owner")
    with database.reading() as session:
        event = queries.event_of(session, begun.challenge(session))
        assert event is not None
        panel = f"/showcase/{event.reference}/score"
        shown = [each.id for each in appearances(session, begun)]
        criteria = [each.id for each in queries.criteria_of(session, begun.challenge(session))]
        version = event.version

    assert owner.get(f"{base}/plan").status_code == 200
    order = {"version": str(version), f"place{shown[0]}": "2", f"place{shown[1]}": "1"}
    assert owner.post(f"{base}/order", data=order).status_code == 422
    order["reason"] = "The hall's projector is free first."
    assert owner.post(f"{base}/order", data=order).status_code == 302
    with database.reading() as session:
        assert [each.id for each in appearances(session, begun)] == shown[::-1]

    for who in ("judge1", "judge2"):
        named = owner.post(f"{base}/panel", data={"panel-email": begun.people[who].email})
        assert named.status_code == 302
    refused = owner.post(f"{base}/panel", data={"panel-email": begun.people["arbor"].email})
    assert refused.status_code == 422
    assert "cannot judge" in refused.get_data(as_text=True)

    for who, marks in (("judge1", (3, 4)), ("judge2", (2, 5))):
        judge = client_of(who)
        assert judge.get(f"{panel}/{shown[0]}").status_code == 302
        assert judge.post(f"{panel}/declare", data={"conflicted": "yes"}).status_code == 422
        assert judge.post(f"{panel}/declare", data={"conflicted": "no"}).status_code == 302
        for number, (key, mark) in enumerate(zip(shown, marks, strict=True)):
            assert judge.get(f"{panel}/{key}").status_code == 200
            assert scored(judge, f"{panel}/{key}", criteria, 9, number + 2) == 422
            assert scored(judge, f"{panel}/{key}", criteria, mark, number + 2) == 302
        assert "Worth" not in owner.get(base).get_data(as_text=True)
        assert judge.post(f"{panel}/lock", data={"version": "4"}).status_code == 302
        assert "You locked your scores" in judge.get(panel).get_data(as_text=True)

    results = owner.get(base).get_data(as_text=True)
    assert "90.0%" in results
    assert "Worth 5." in results
    assert "90.0%" not in client_of("arbor").get(f"/responses/{begun.references[1]}/showcase").get_data(as_text=True)
    assert "Worth" not in client_of("bramble").get(f"/responses/{begun.references[1]}/showcase").get_data(as_text=True)

    assert owner.post(f"{base}/moves/hold").status_code == 302
    assert owner.post(f"{base}/moves/nonsense").status_code == 404
    with database.reading() as session:
        seen = queries.choice_digest(session, begun.challenge(session))
    choice = {"seen": seen, "firms": str(begun.responses[1])}
    unexplained = client_of("officer").post(f"{base}/choice", data=choice)
    assert unexplained.status_code == 422
    assert "Say why Bramble &amp; Co is chosen." in unexplained.get_data(as_text=True)
    choice[f"reason{begun.responses[1]}"] = "Residents understood it at once."
    assert client_of("officer").post(f"{base}/choice", data=choice).status_code == 302
    assert owner.post(f"{base}/choice", data=choice).status_code == 409
    assert "Residents understood it at once." in owner.get(base).get_data(as_text=True)


def test_the_plan_asks_for_a_place_or_a_safe_link(client_of: Client, begun: Scene) -> None:
    address = f"/challenges/{begun.reference}/showcase/plan"
    when = {"at-day": "3", "at-month": "12", "at-year": "2026", "at-time": "2pm", "minutes_each": "20"}
    owner = client_of("owner")
    nowhere = owner.post(address, data=when)
    assert nowhere.status_code == 422
    assert "Enter a place, or a link" in nowhere.get_data(as_text=True)
    unsafe = owner.post(address, data=when | {"link": "javascript:alert(1)"})
    assert "starts with https://" in unsafe.get_data(as_text=True)
    assert owner.post(address, data=when | {"place": "Library", "version": "x"}).status_code == 409


@pytest.mark.parametrize("who", ["adviser", "arbor", "guest", "judge1", "other_owner"])
def test_only_the_owner_writes_the_event(client_of: Client, begun: Scene, who: str) -> None:
    client, base = client_of(who), f"/challenges/{begun.reference}/showcase"
    for address in ("plan", "order", "panel", "guests", "no-guests", "choice", "moves/hold", "panel/1/stand-down"):
        assert client.post(f"{base}/{address}").status_code in {403, 404}, address


def test_a_guest_says_what_they_think_through_the_page(client_of: Client, begun: Scene, database: Database) -> None:
    with database.reading() as session:
        event = queries.event_of(session, begun.challenge(session))
        assert event is not None
        first = appearances(session, begun)[0].id
        address = f"/showcase/{event.reference}/feedback/{first}"
    guest = client_of("guest")
    assert guest.post(address, data={}).status_code == 422
    assert guest.post(address, data={f"firm{first}-text": "Clever."}).status_code == 302
    assert client_of("bramble").post(address, data={f"firm{first}-text": "Poor."}).status_code in {403, 404}
    assert "Clever." in client_of("arbor").get(f"/responses/{begun.references[0]}/showcase").get_data(as_text=True)


def test_a_plan_walks_through_its_pages(client_of: Client, scene: Scene, database: Database) -> None:
    with database.reading() as session:
        key = plans(session, scene)[0].id
    base, adviser, owner = f"/challenges/{scene.reference}/support", client_of("adviser"), client_of("owner")
    plan = f"{base}/{key}"
    assert adviser.post(f"{plan}/moves/make_ready").status_code == 409
    assert adviser.post(f"{plan}/moves/contact").status_code == 302
    assert adviser.post(f"{plan}/moves/make_ready").status_code == 409
    day = {f"session-held_on-{part}": text for part, text in (("day", "2"), ("month", "3"), ("year", "2026"))}
    kept = {"session-hours": "1.5", "session-with_whom": "Two of us", "session-notes": "Slow it down."}
    assert adviser.post(f"{plan}/sessions", data=day | kept).status_code == 302
    day = {f"told-told_on-{part}": text for part, text in (("day", "2"), ("month", "3"), ("year", "2026"))}
    assert owner.post(f"{plan}/told", data=day | {"told-text": "There are 400."}).status_code == 302
    with database.reading() as session:
        fact = facts_of(session, scene.challenge(session))[0].id
    told = {f"fact{fact}-version": "1", f"fact{fact}-public_text": "There are 400 in all."}
    assert adviser.post(f"{base}/told/{fact}", data=told).status_code == 403
    assert owner.post(f"{base}/told/{fact}", data=told | {f"fact{fact}-public_text": " "}).status_code == 422
    assert owner.post(f"{base}/told/{fact}", data=told).status_code == 302
    assert owner.post(f"{base}/told/{fact}", data=told).status_code == 409
    firm = client_of("bramble").get(f"/responses/{scene.references[1]}/support").get_data(as_text=True)
    assert "There are 400 in all." in firm
    assert "Slow it down." not in firm
    own = f"/responses/{scene.references[0]}/support"
    assert "Slow it down." in client_of("arbor").get(own).get_data(as_text=True)
    assert client_of("arbor").post(f"{own}/notes", data={"note-text": "Prices?", "note-help": "y"}).status_code == 302
    assert client_of("bramble").post(f"{own}/leave", data={"leave-reason": "No."}).status_code == 404
    assert client_of("arbor").post(f"{own}/leave", data={"leave-reason": ""}).status_code == 422
    assert client_of("arbor").post(f"{own}/leave", data={"leave-reason": "No time."}).status_code == 302
    assert owner.post(f"{plan}/moves/leave").status_code == 404
