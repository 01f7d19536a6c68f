"""An officer asks whether to divide a need, and keeps the advice in the brief."""

from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from sqlalchemy import delete

from portal.challenges import parts
from portal.challenges.models import Challenge
from portal.db import Database
from portal.network.options import NetworkOption
from portal.network.options.models import OptionTrial
from portal.network.options.services import switch_on
from portal.policy import CLOCK, Role
from tests.support import make, networked
from tests.support.statements import counted
from tests.support.visit import Visit, said

ANSWERS = {
    "parts": "Sensors\r\nFitting them\r\n\r\n",
    "alone": "yes",
    "fit": "agreed",
    "reach": "part",
    "managing": "yes",
}


@dataclass
class Scene:
    challenge: int
    reference: str
    council: int
    officer: int
    owner: int

    @property
    def at(self) -> str:
        return f"/challenges/{self.reference}/lots-adviser"


@pytest.fixture
def scene(database: Database) -> Scene:
    with database.writing() as session:
        council = make.authority(session, name="Evenholt City Council")
        switch_on(session, CLOCK, council, NetworkOption.INNOVATIVE_PROCUREMENT, aim="Small firms.", measure="Count.")
        networked.region(session, council)
        make.supplier(session, headcount=4, postcode="ZZ1 1AA")
        make.supplier(session, headcount=30, postcode="ZZ3 1AA")
        make.supplier(session, headcount=None)
        challenge = make.challenge(session, state="articulation", lead=council)
        return Scene(
            challenge.id,
            challenge.reference,
            council.id,
            make.person_as(session, Role.PROCUREMENT_OFFICER, council).id,
            make.person_as(session, Role.CHALLENGE_OWNER, council).id,
        )


def test_the_advice_is_kept_where_the_brief_asks_about_lots(database: Database, scene: Scene, visit: Visit) -> None:
    client = visit(scene.officer)
    assert "Ask whether to divide it into lots" in said(client, f"/challenges/{scene.reference}/brief")
    page = said(client, scene.at)
    assert "Micro (up to 10 people) 1 1 Small (up to 50) 0 1 Size not known 0 1" in page
    page = said(client, f"{scene.at}?{urlencode(ANSWERS)}")
    assert "Divide it into lots." in page
    assert "Write into the brief what the parts hand to one another" in page
    with database.reading() as session:
        version = parts.version_of(parts.read(session, session.get_one(Challenge, scene.challenge), "lots"))
    kept = {
        "divided": "yes",
        "reason": "Each part can be done without the others.",
        "lots-0-title": "Sensors",
        "lots-1-title": "Fitting them",
        "version": str(version),
    }
    assert client.post(f"/challenges/{scene.reference}/brief/lots", data=kept).status_code == 302
    with database.reading() as session:
        value = parts.read(session, session.get_one(Challenge, scene.challenge), "lots")
    assert [lot["title"] for lot in value["lots"]] == ["Sensors", "Fitting them"]
    assert value["reason"] == "Each part can be done without the others."


def test_one_whole_comes_with_its_reason(scene: Scene, visit: Visit) -> None:
    page = said(visit(scene.officer), f"{scene.at}?{urlencode(ANSWERS | {'alone': 'no'})}")
    assert "Keep it whole, and say why." in page
    assert "only make sense together" in page


def test_what_is_missing_is_a_sentence_and_what_was_typed_is_kept(scene: Scene, visit: Visit) -> None:
    answer = visit(scene.officer).get(f"{scene.at}?{urlencode(ANSWERS | {'fit': '', 'parts': '<b>Sensors</b>'})}")
    assert answer.status_code == 422
    assert "Say how the parts fit together." in answer.text
    assert "&lt;b&gt;Sensors&lt;/b&gt;" in answer.text
    many = visit(scene.officer).get(f"{scene.at}?{urlencode(ANSWERS | {'parts': chr(10).join(map(str, range(13)))})}")
    assert "Name at most 12 parts." in many.text


def test_the_number_of_queries_does_not_depend_on_the_firms(database: Database, scene: Scene, visit: Visit) -> None:
    client = visit(scene.officer)
    with counted() as few:
        said(client, scene.at)
    with database.writing() as session:
        for _ in range(12):
            make.supplier(session, postcode="ZZ1 1AA")
    with counted() as many:
        said(client, scene.at)
    assert len(many) == len(few)


def test_it_is_for_officers_and_gone_when_switched_off(database: Database, scene: Scene, visit: Visit) -> None:
    assert visit(scene.owner).get(scene.at).status_code == 403
    with database.writing() as session:
        session.execute(delete(OptionTrial))
    client = visit(scene.officer)
    assert client.get(scene.at).status_code == 404
    assert "divide it into lots" not in said(client, f"/challenges/{scene.reference}/brief")
