"""Who finds which page, and what it says."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select

from portal.challenges.models import ChallengeParty, Part
from portal.db import Database
from portal.showcases import queries
from portal.support.models import SupportPlan
from tests.integration.showing.conftest import Scene, build, event_in, plans, with_plans
from tests.support.page import Page

Client = Callable[[str], Any]
EVERYBODY = ("owner", "officer", "adviser", "stranger", "other_owner", "arbor", "bramble", "guest", "judge1")


@pytest.fixture
def addresses(database: Database, scene: Scene) -> dict[str, str]:
    with database.writing() as session:
        event = event_in(session, scene, days=-1)
        first = plans(session, scene)[0]
        reference, arbor = scene.reference, scene.references[0]
        return {
            "plans": f"/challenges/{reference}/support",
            "plan": f"/challenges/{reference}/support/{first.id}",
            "desk": "/support",
            "own plan": f"/responses/{arbor}/support",
            "event": f"/challenges/{reference}/showcase",
            "date": f"/challenges/{reference}/showcase/plan",
            "choice": f"/challenges/{reference}/showcase/choice",
            "own place": f"/responses/{arbor}/showcase",
            "programme": f"/showcase/{event.reference}",
            "scores": f"/showcase/{event.reference}/score",
        }


ENTER = {
    "plans": {"owner", "officer", "adviser"},
    "plan": {"owner", "officer", "adviser"},
    "desk": {"adviser", "stranger"},
    "own plan": {"arbor"},
    "event": {"owner", "officer"},
    "date": {"owner"},
    "choice": {"owner", "officer"},
    "own place": {"owner", "officer", "arbor"},
    "programme": {"guest"},
    "scores": set(),
}


def test_each_page_opens_for_its_own_people_alone(client_of: Client, addresses: dict[str, str]) -> None:
    for who in EVERYBODY:
        client = client_of(who)
        for name, address in addresses.items():
            answer = client.get(address)
            allowed = who in ENTER[name]
            assert (answer.status_code == 200) is allowed, (who, name, answer.status_code)
            assert answer.status_code in {200, 403, 404}, (who, name)
            if allowed:
                assert Page(answer.get_data(as_text=True)).faults() == [], (who, name)


def test_nobody_who_is_not_signed_in_enters(client_of: Client, addresses: dict[str, str]) -> None:
    stranger = client_of("owner").application.test_client()
    assert {stranger.get(address).status_code for address in addresses.values()} == {302}


def test_the_desk_shows_only_firms_of_challenges_that_ones_body_supports(
    client_of: Client, addresses: dict[str, str]
) -> None:
    assert "Arbor Ltd" in client_of("adviser").get("/support").get_data(as_text=True)
    assert "Arbor Ltd" not in client_of("stranger").get("/support").get_data(as_text=True)


def test_the_number_of_queries_of_the_desk_does_not_depend_on_its_rows(
    client_of: Client, scene: Scene, database: Database
) -> None:
    def queries_made() -> int:
        made: list[str] = []
        engine = client.application.extensions["database"].reading_engine

        def note(_c: Any, _u: Any, statement: str, *_rest: Any) -> None:
            made.append(statement)

        sqlalchemy_event.listen(engine, "before_cursor_execute", note)
        assert client.get("/support").status_code == 200
        sqlalchemy_event.remove(engine, "before_cursor_execute", note)
        return len(made)

    client = client_of("adviser")
    client.get("/support")
    few = queries_made()
    with database.writing() as session:
        hub = session.scalars(select(ChallengeParty.organisation_id).where(ChallengeParty.part == Part.SUPPORT)).one()
        for _ in range(6):
            more = build(session)
            session.add(ChallengeParty(challenge_id=more.challenge_id, organisation_id=hub, part=Part.SUPPORT))
            session.flush()
            with_plans(session, more)
    assert queries_made() == few


def test_a_form_with_errors_says_so_and_keeps_what_was_typed(client_of: Client, addresses: dict[str, str]) -> None:
    answer = client_of("adviser").post(
        addresses["plan"] + "/sessions",
        data={"session-held_on-day": "31", "session-held_on-month": "2"}
        | {"session-held_on-year": "2026", "session-notes": "We tried the lift."},
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "There is no such date" in text
    assert "We tried the lift." in text
    assert Page(text).faults() == []


def test_a_stale_plan_is_refused_with_what_was_typed(
    client_of: Client, addresses: dict[str, str], database: Database
) -> None:
    client = client_of("adviser")
    sent = {"plan-version": "1", "plan-adviser": "0", "plan-needs": "A quiet room."}
    assert client.post(addresses["plan"], data=sent).status_code == 302
    late = client.post(addresses["plan"], data=sent | {"plan-needs": "A lift."})
    assert late.status_code == 409
    assert "A lift." in late.get_data(as_text=True)
    with database.reading() as session:
        assert session.get_one(SupportPlan, int(addresses["plan"].rsplit("/", 1)[1])).needs == "A quiet room."


def test_guests_see_the_programme_but_no_score_and_no_cost(
    client_of: Client, addresses: dict[str, str], database: Database, scene: Scene
) -> None:
    cost = {
        "cost-what": "Sensors",
        "cost-one_off": "4,321",
        "cost-yearly": "0",
        "cost-years": "2",
        "cost-vat": "inclusive",
        "cost-assumptions": "Forty homes.",
    }
    firm = client_of("arbor")
    shown = {"show-version": "1", "show-shows": "A lamp that says who is home.", "show-setup_minutes": "10"}
    assert firm.post(addresses["own place"], data=shown).status_code == 302
    assert firm.post(addresses["own place"] + "/costs", data=cost).status_code == 302
    assert "£4,321" in firm.get(addresses["own place"]).get_data(as_text=True)
    programme = client_of("guest").get(addresses["programme"]).get_data(as_text=True)
    assert "A lamp that says who is home." in programme
    assert "4,321" not in programme
    with database.reading() as session:
        challenge = scene.challenge(session)
        found = queries.event_of(session, challenge)
        assert found is not None
        assert queries.results_of(session, found) is None
