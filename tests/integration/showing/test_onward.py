"""From its own response and from home a firm finds its plan, its turn and its outcome, each once there is one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from portal.assessment.models import Decision, Outcome
from portal.db import Database, clock, guard_state
from portal.responses.models import Response
from portal.showcases.models import GuestFeedback
from tests.integration.showing.conftest import Scene, appearances, event_in, make_ready

Client = Callable[[str], Any]


def links(client_of: Client, scene: Scene, who: str = "arbor") -> list[str]:
    """What the page of Arbor's response leads to, in its order."""
    address = f"/responses/{scene.references[0]}"
    page = client_of(who).get(address).text
    found = {each: page.find(f'href="{address}/{each}"') for each in ("feedback", "support", "showcase", "summary")}
    return sorted((each for each, at in found.items() if at >= 0), key=found.__getitem__)


def told(database: Database, scene: Scene, *, sent: bool) -> None:
    with database.writing() as session:
        response = session.get_one(Response, scene.responses[0])
        keys = {"response_id": response.id, "challenge_id": response.challenge_id, "round_id": response.round_id}
        given: dict[str, Any] = {"decision": Decision.CHOSEN, "total": 7000, "rank": 1, **keys}
        session.add(Outcome(decided_at=clock.now(), sent_at=clock.now() if sent else None, **given))


def test_a_response_leads_to_what_there_is(client_of: Client, database: Database, scene: Scene) -> None:
    assert links(client_of, scene) == ["support"]
    with database.writing() as session:
        event_in(session, scene)
    told(database, scene, sent=True)
    assert links(client_of, scene) == ["showcase", "support", "feedback"]
    for each in links(client_of, scene):
        assert client_of("arbor").get(f"/responses/{scene.references[0]}/{each}").status_code == 200
    assert client_of("bramble").get(f"/responses/{scene.references[0]}").status_code == 404


def test_an_outcome_that_was_not_sent_is_not_linked(client_of: Client, database: Database, scene: Scene) -> None:
    told(database, scene, sent=False)
    assert links(client_of, scene) == ["support"]


def test_home_tells_a_firm_of_its_plan_and_then_of_its_day(client_of: Client, database: Database, scene: Scene) -> None:
    own = f"/responses/{scene.references[0]}"
    home = client_of("arbor").get("/home").text
    assert "Get your prototype ready to show" in home
    assert f'href="{own}/support"' in home
    with database.writing() as session:
        make_ready(session, scene)
        event_in(session, scene)
    assert "Get your prototype ready" not in client_of("arbor").get("/home").text
    with database.writing() as session, guard_state():
        scene.challenge(session).state = "showcase"
    home = client_of("arbor").get("/home").text
    assert "Show your prototype" in home
    assert f'href="{own}/showcase"' in home
    assert "Show your prototype" not in client_of("guest").get("/home").text


def test_home_asks_a_guest_until_something_is_said_or_decided(
    client_of: Client, database: Database, scene: Scene
) -> None:
    def asked() -> bool:
        return "Say what you thought of the prototypes" in client_of("guest").get("/home").text

    with database.writing() as session:
        event_in(session, scene)
    assert "Come to the showcase" in client_of("guest").get("/home").text
    with database.writing() as session:
        first = appearances(session, scene)[0]
        first.event.at = clock.now() - timedelta(days=1)
        place = first.id
    assert asked()
    with database.writing() as session, guard_state():
        scene.challenge(session).state = "business_case"
    assert not asked()
    with database.writing() as session, guard_state():
        scene.challenge(session).state = "showcase"
        guest = scene.people["guest"].id
        session.add(GuestFeedback(appearance_id=place, person_id=guest, text="It helps.", given_at=clock.now()))
    assert not asked()
