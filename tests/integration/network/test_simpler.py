"""What forms ask of firms: of one challenge and of an authority over time, before and after."""

from dataclasses import dataclass

import pytest
from sqlalchemy import delete

from portal.db import Database
from portal.network.options import NetworkOption
from portal.network.options.models import OptionTrial
from portal.network.options.services import switch_on
from portal.network.simpler import queries
from portal.organisations.models import Organisation
from portal.policy import CLOCK, Role
from tests.support import make
from tests.support.statements import counted
from tests.support.visit import Visit, said

USUAL = {
    "name": "Request for quotation",
    "since-day": "1",
    "since-month": "4",
    "since-year": "2025",
    "questions": "14",
    "words": "6,000",
    "documents": "7",
    "document_minutes": "180",
    "source": "Counted by two officers; minutes asked of a firm.",
}


@dataclass
class Scene:
    council: int
    reference: str
    challenge: str
    officer: int
    coordinator: int
    elsewhere: int

    @property
    def at(self) -> str:
        return f"/organisations/{self.reference}/simpler"


@pytest.fixture
def scene(database: Database) -> Scene:
    with database.writing() as session:
        council = make.authority(session, name="Evenholt City Council")
        switch_on(session, CLOCK, council, NetworkOption.SIMPLER_PROCESS, aim="Less to write.", measure="Minutes.")
        challenge = make.challenge(session, state="open", lead=council)
        make.challenge(session, state="articulation", lead=council, title="Not released")
        return Scene(
            council.id,
            council.reference,
            challenge.reference,
            make.person_as(session, Role.PROCUREMENT_OFFICER, council).id,
            make.person_as(session, Role.COORDINATOR).id,
            make.person_as(session, Role.PROCUREMENT_OFFICER, make.authority(session)).id,
        )


def test_an_officer_writes_down_the_usual_form_and_sees_what_is_saved(scene: Scene, visit: Visit) -> None:
    client = visit(scene.officer)
    assert "nothing can be compared" in said(client, scene.at)
    answer = client.post(scene.at, data=USUAL | {"words": "many", "source": ""})
    assert answer.status_code == 422
    assert "Enter a whole number" in answer.text
    assert "Say how you know." in answer.text
    assert client.post(scene.at, data=USUAL).status_code == 302
    page = said(client, scene.at)
    assert "Request for quotation 1 April 2025 14 6,000 7 780" in page
    assert "Not released" not in page
    page = said(client, f"/challenges/{scene.challenge}/simpler")
    assert "Before: Request for quotation 780 minutes" in page
    assert "minutes less for each firm than the usual form" in page
    assert "Below the threshold there is no pre-qualification" in page
    assert "What this form asks of firms" in said(client, f"/challenges/{scene.challenge}/brief")


def test_the_list_reckons_as_the_brief_does_and_is_a_file_too(database: Database, scene: Scene, visit: Visit) -> None:
    client = visit(scene.officer)
    client.post(scene.at, data=USUAL)
    with database.reading() as session:
        council = session.get_one(Organisation, scene.council)
        (asked,) = queries.asked_of_firms(session, council, queries.usual_forms(session, council.id))
    assert f"After: this challenge {asked.minutes} minutes" in said(client, f"/challenges/{scene.challenge}/simpler")
    assert (asked.before, asked.saved) == (780, 780 - asked.minutes)
    rows = client.get(f"{scene.at}.csv").get_data(as_text=True).splitlines()
    assert rows[0].endswith("questions,questions_with_a_reason,minutes,minutes_before")
    assert rows[1].endswith(f",2,0,{asked.minutes},780")


def test_the_number_of_queries_does_not_depend_on_the_challenges(
    database: Database, scene: Scene, visit: Visit
) -> None:
    client = visit(scene.officer)
    with counted() as few:
        said(client, scene.at)
    with database.writing() as session:
        for _ in range(8):
            make.challenge(session, state="open", lead=session.get_one(Organisation, scene.council))
    with counted() as many:
        said(client, scene.at)
    assert len(many) == len(few)


def test_coordinators_read_and_others_find_nothing(database: Database, scene: Scene, visit: Visit) -> None:
    coordinator = visit(scene.coordinator)
    assert "What forms ask of firms" in said(coordinator, scene.at)
    assert coordinator.post(scene.at, data=USUAL).status_code == 403
    assert visit(scene.elsewhere).get(scene.at).status_code == 404
    with database.writing() as session:
        session.execute(delete(OptionTrial))
    officer = visit(scene.officer)
    for path in (scene.at, f"{scene.at}.csv", f"/challenges/{scene.challenge}/simpler"):
        assert officer.get(path).status_code == 404
    assert "What this form asks" not in said(officer, f"/challenges/{scene.challenge}/brief")
