"""An authority tries an option, judges it, keeps or stops it; one that is off is not there."""

from dataclasses import dataclass

import pytest
from sqlalchemy import delete, select

from portal.db import Database
from portal.network.options import NetworkOption, bodies_with, is_on, options_on, when_on
from portal.network.options.models import OptionTrial
from portal.network.queries import authority_seen
from portal.organisations.models import Organisation
from portal.policy import NOBODY, Actor, Grant, Role
from tests.support import make, networked
from tests.support.visit import Visit, said

AIM = {"aim": "That firms here hear of it first.", "measure": "Firms new to us, after a year."}


@dataclass
class Scene:
    council: int
    reference: str
    administrator: int
    officer: int
    coordinator: int

    @property
    def at(self) -> str:
        return f"/organisations/{self.reference}/options"


@pytest.fixture
def scene(database: Database) -> Scene:
    with database.writing() as session:
        council = make.authority(session, name="Evenholt City Council")
        return Scene(
            council.id,
            council.reference,
            make.person_as(session, Role.AUTHORITY_ADMINISTRATOR, council).id,
            make.person_as(session, Role.PROCUREMENT_OFFICER, council).id,
            make.person_as(session, Role.COORDINATOR).id,
        )


def test_an_option_is_tried_kept_and_stopped(database: Database, scene: Scene, visit: Visit) -> None:
    client = visit(scene.administrator)
    assert "1. Hyper-local spend Off" in said(client, scene.at)
    assert client.post(f"{scene.at}/hyper-local/on", data=AIM).status_code == 302
    assert "1. Hyper-local spend On" in said(client, scene.at)
    kept = {"result": "Three firms.", "verdict": "keep", "version": "1"}
    assert client.post(f"{scene.at}/hyper-local/judge", data=kept).status_code == 302
    assert "Kept since" in said(client, scene.at)
    stopped = {"result": "Nobody looked.", "verdict": "stop", "version": "2"}
    assert client.post(f"{scene.at}/hyper-local/judge", data=stopped).status_code == 302
    page = said(client, scene.at)
    assert "1. Hyper-local spend Off" in page
    assert "Nobody looked." in page
    client.post(f"{scene.at}/hyper-local/on", data=AIM)
    with database.reading() as session:
        assert [trial.is_on for trial in session.scalars(select(OptionTrial).order_by(OptionTrial.id))] == [False, True]


def test_a_trial_says_what_for_and_a_judgement_what_came_of_it(scene: Scene, visit: Visit) -> None:
    client = visit(scene.administrator)
    answer = client.post(f"{scene.at}/shared-need/on", data={"aim": "Cheaper <b>paint</b>", "measure": ""})
    assert answer.status_code == 422
    assert "Say how you will know." in answer.text
    assert "Cheaper &lt;b&gt;paint&lt;/b&gt;" in answer.text
    client.post(f"{scene.at}/shared-need/on", data=AIM)
    assert client.post(f"{scene.at}/shared-need/on", data=AIM).status_code == 409
    assert client.post(f"{scene.at}/shared-need/judge", data={"version": "1"}).status_code == 422
    late = {"result": "None.", "verdict": "stop", "version": "7"}
    assert client.post(f"{scene.at}/shared-need/judge", data=late).status_code == 409
    assert client.post(f"{scene.at}/import-replacement/judge", data=late).status_code == 409
    assert client.get(f"{scene.at}/something-else").status_code == 404


def test_officers_and_coordinators_see_what_only_the_administrator_switches(scene: Scene, visit: Visit) -> None:
    visit(scene.administrator).post(f"{scene.at}/shared-need/on", data=AIM)
    for who in (scene.officer, scene.coordinator):
        client = visit(who)
        assert "3. Shared need On" in said(client, scene.at)
        assert client.post(f"{scene.at}/shared-need/judge", data={}).status_code == 403
    assert "Evenholt City Council Off Off On" in said(visit(scene.coordinator), "/network/options")


def test_what_belongs_to_an_option_is_found_only_while_it_is_on(database: Database, scene: Scene, visit: Visit) -> None:
    find = when_on(NetworkOption.SHARED_NEED, authority_seen)
    assert find.__name__ == "authority_seen"

    def found() -> tuple[bool, bool, bool, bool]:
        with database.reading() as session:
            officer = Actor(scene.officer, "Officer", _grants(session.get_one(Organisation, scene.council)))
            return (
                find(session, officer, reference=scene.reference) is not None,
                is_on(session, scene.council, NetworkOption.SHARED_NEED),
                scene.council in session.scalars(bodies_with(NetworkOption.SHARED_NEED)).all(),
                NetworkOption.SHARED_NEED in options_on(session, scene.council),
            )

    assert found() == (False, False, False, False)
    visit(scene.administrator).post(f"{scene.at}/shared-need/on", data=AIM)
    assert found() == (True, True, True, True)
    with database.reading() as session:
        assert find(session, NOBODY, reference=scene.reference) is None


def _grants(council: Organisation) -> tuple[Grant, ...]:
    return (Grant(Role.PROCUREMENT_OFFICER, council.sides()[0]),)


def test_what_firms_and_advisers_see_of_every_authority_goes_with_the_last_that_switches_it_off(
    database: Database, scene: Scene, visit: Visit
) -> None:
    with database.writing() as session:
        council = session.get_one(Organisation, scene.council)
        for option in (NetworkOption.SHARING_INTELLIGENCE, NetworkOption.HANDS_ON_SUPPORT):
            networked.tries(session, council, option)
        supplying = make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, make.supplier(session)).id
        helping = make.person_as(session, Role.SUPPORT_ADVISER, make.partner(session)).id
    firm, adviser = visit(supplying), visit(helping)
    pages = ((firm, "/account/organisations", "Meet the Buyer"), (adviser, "/support", "Firms you took on"))
    rooms = ((firm, "/meet-the-buyer"), (adviser, "/support/cases"), (firm, "/support-on-offer"))
    assert [words in said(client, path) for client, path, words in pages] == [True, True]
    assert [client.get(path).status_code for client, path in rooms] == [200, 200, 200]
    with database.writing() as session:
        session.execute(delete(OptionTrial))
    assert [words in said(client, path) for client, path, words in pages] == [False, False]
    assert "who vouches for you" not in said(firm, pages[0][1])
    assert [client.get(path).status_code for client, path in rooms] == [404, 404, 404]
