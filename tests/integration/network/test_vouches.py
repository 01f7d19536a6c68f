"""A body vouches for a firm, the firm says whether the network may see it, and either can take it back."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import delete, select

from portal.db import Database
from portal.network.options import NetworkOption, OptionTrial
from portal.network.vouches.models import Vouch
from portal.policy import Role
from tests.support import make, networked
from tests.support.mailed import letters
from tests.support.visit import Visit, said

SAID = {"work": "Repainted <b>two</b> schools", "size": "middle", "on_time": "yes"}


@dataclass
class Scene:
    city: int
    at: str
    theirs: str
    firm: str
    officer: int
    other: int
    founder: int
    stranger: int

    @property
    def own(self) -> str:
        return f"/organisations/{self.firm}/vouched"


@pytest.fixture
def scene(database: Database) -> Scene:
    with database.writing() as session:
        city, trust = (make.authority(session, name=name) for name in ("Evenholt City Council", "Marlshire Hospitals"))
        for body in (city, trust):
            networked.tries(session, body, NetworkOption.SHARING_INTELLIGENCE)
        firm, rival = (make.supplier(session, name=name) for name in ("Bright Painters", "Rival Painters"))
        return Scene(
            city.id,
            f"/organisations/{city.reference}",
            f"/organisations/{trust.reference}",
            firm.reference,
            make.person_as(session, Role.PROCUREMENT_OFFICER, city).id,
            make.person_as(session, Role.PROCUREMENT_OFFICER, trust).id,
            make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, firm).id,
            make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, rival).id,
        )


def given(database: Database, scene: Scene, visit: Visit) -> str:
    answer = visit(scene.officer).post(f"{scene.at}/vouches/new?firm={scene.firm}", data=SAID)
    assert answer.status_code == 302, answer.text
    with database.reading() as session:
        return session.scalars(select(Vouch.reference)).one()


def test_the_network_sees_it_while_the_firm_agrees(app: Flask, database: Database, scene: Scene, visit: Visit) -> None:
    assert "Bright Painters" in said(visit(scene.officer), f"{scene.at}/vouches/new?q=bright")
    vouch = given(database, scene, visit)
    (asked,) = letters(app, "vouches.asked")
    assert asked.path == scene.own
    assert "They see it only if you agree" in asked.text
    other, founder = visit(scene.other), visit(scene.founder)
    assert "Bright Painters" not in said(other, f"{scene.theirs}/vouches")
    assert "Waits for the firm" in said(visit(scene.officer), f"{scene.at}/vouches")
    for word, shown in (("yes", True), ("no", False), ("yes", True)):
        assert founder.post(f"{scene.own}/{vouch}", data={"consents": word}).status_code == 302
        page = said(other, f"{scene.theirs}/vouches?q=SCHOOLS")
        assert ("Bright Painters Repainted <b>two</b> schools £5,000 to £30,000. On time. Evenholt" in page) is shown
    assert len(letters(app, "vouches.answered")) == 1
    assert "No vouch fits" in said(other, f"{scene.theirs}/vouches?q=lifts")


def test_home_asks_the_firm_until_it_has_answered(database: Database, scene: Scene, visit: Visit) -> None:
    vouch, asks = given(database, scene, visit), "Say whether the network may see what this body says of your work"
    home = visit(scene.founder).get("/home").text
    assert asks in home
    assert f'href="{scene.own}"' in home
    assert asks not in said(visit(scene.stranger), "/home")
    visit(scene.founder).post(f"{scene.own}/{vouch}", data={"consents": "no"})
    assert asks not in said(visit(scene.founder), "/home")


def test_it_is_the_firms_and_the_bodys_own_to_take_back(database: Database, scene: Scene, visit: Visit) -> None:
    vouch = given(database, scene, visit)
    assert visit(scene.officer).post(f"{scene.at}/vouches/new?firm={scene.firm}", data=SAID).status_code == 409
    assert visit(scene.stranger).post(f"{scene.own}/{vouch}", data={"consents": "yes"}).status_code == 404
    assert visit(scene.officer).get(scene.own).status_code == 404
    assert visit(scene.other).post(f"{scene.theirs}/vouches/{vouch}/end").status_code == 404
    assert visit(scene.officer).post(f"{scene.at}/vouches/{vouch}/end").status_code == 302
    assert "Nobody vouches for you yet" in said(visit(scene.founder), scene.own)
    assert visit(scene.founder).post(f"{scene.own}/{vouch}", data={"consents": "yes"}).status_code == 404
    assert visit(scene.officer).post(f"{scene.at}/vouches/new?firm={scene.firm}", data=SAID).status_code == 302


def test_what_is_left_out_is_said_and_what_was_typed_stays(scene: Scene, visit: Visit) -> None:
    answer = visit(scene.officer).post(f"{scene.at}/vouches/new?firm={scene.firm}", data={"work": "Painted"})
    assert answer.status_code == 422
    assert "Say how large it was." in answer.text
    assert 'value="Painted"' in answer.text


def test_switched_off_it_is_gone_from_pages_and_mails(
    app: Flask, database: Database, scene: Scene, visit: Visit
) -> None:
    vouch = given(database, scene, visit)
    visit(scene.founder).post(f"{scene.own}/{vouch}", data={"consents": "yes"})
    with database.writing() as session:
        session.execute(delete(OptionTrial).where(OptionTrial.organisation_id == scene.city))
    assert letters(app, "vouches.asked") == []
    assert visit(scene.officer).get(f"{scene.at}/vouches").status_code == 404
    assert "Bright Painters" not in said(visit(scene.other), f"{scene.theirs}/vouches")
    assert "Nobody vouches for you yet" in said(visit(scene.founder), scene.own)
    assert visit(scene.founder).post(f"{scene.own}/{vouch}", data={"consents": "no"}).status_code == 404
