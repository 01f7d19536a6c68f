"""A patch: wards, letters or a circle, with its firms that agree to be shown and what is planned beside them."""

from dataclasses import dataclass

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.db import Database, clock
from portal.law.thresholds import AuthorityKind
from portal.network.options import NetworkOption, OptionTrial
from portal.organisations.models import FirmProfile, Organisation
from portal.policy import Role
from tests.support import make, networked
from tests.support.statements import counted
from tests.support.visit import Visit, said


@dataclass
class Scene:
    city: int
    at: str
    officer: int


def firm(session: Session, name: str, postcode: str, *, shown: bool = True, **fields: str) -> Organisation:
    made = make.supplier(session, name=name, postcode=postcode, **fields)
    session.add(FirmProfile(organisation_id=made.id, shown_at=clock.now() if shown else None))
    return made


@pytest.fixture
def scene(database: Database) -> Scene:
    with database.writing() as session:
        city = make.authority(session, name="Evenholt City Council", authority_kind=AuthorityKind.LOCAL_AUTHORITY)
        trust = make.authority(session, name="Marlshire Hospitals")
        networked.tries(session, city, NetworkOption.HYPER_LOCAL)
        for body in (city, trust):
            networked.tries(session, body, NetworkOption.SHARED_NEED)
        networked.region(session, city)
        firm(session, "Canal Painters", "ZZ1 1AA", summary="We are painters of stairs.")
        firm(session, "<b>Hill</b> Bakers", "ZZ1 2AA", summary="=1+1")
        firm(session, "Hidden Painters", "ZZ1 1AA", shown=False)
        firm(session, "Far Painters", "ZZ3 1AA")
        networked.need(session, city, title="Painting of stairwells", shared=False)
        networked.need(session, trust, title="Bread for wards", category="Bakery", category_code=None)
        networked.need(session, trust, title="Unshared", shared=False)
        officer = make.person_as(session, Role.PROCUREMENT_OFFICER, city).id
        return Scene(city.id, f"/organisations/{city.reference}/patch", officer)


@pytest.mark.parametrize(
    ("drawn", "there"),
    [
        (f"ward={networked.WARD}", {"Canal"}),
        (f"ward={networked.WARD}&ward={networked.OTHER_WARD}", {"Canal", "Hill"}),
        ("letters=zz1", {"Canal", "Hill"}),
        ("letters=ZZ1+2,+ZZ3", {"Hill", "Far"}),
        ("postcode=zz11aa&km=2.5", {"Canal"}),
        ("postcode=ZZ1+1AA&km=3", {"Canal", "Hill"}),
    ],
)
def test_a_patch_holds_the_firms_that_lie_in_it_and_agree(
    scene: Scene, visit: Visit, drawn: str, there: set[str]
) -> None:
    client = visit(scene.officer)
    page = client.get(f"{scene.at}?{drawn}").text
    assert {name for name in ("Canal", "Hill", "Far", "Hidden") if f"{name} " in page or f"{name}&lt;" in page} == there
    assert page.count('class="app-map__firm"') == len(there)
    assert client.get(scene.at.replace("/patch", "/patch.csv") + f"?{drawn}").text.count("\r\n") == len(there) + 1


def test_beside_the_firms_stands_what_is_planned_and_who_may_fit(scene: Scene, visit: Visit) -> None:
    page = said(visit(scene.officer), f"{scene.at}?letters=ZZ1")
    assert "Painting of stairwells Painting Evenholt City Council" in page, "one's own, shared or not"
    assert "Canal Painters (says “painting”)" in page
    assert "Bread for wards" in page
    assert "Unshared" not in page


def test_the_page_says_what_the_law_allows_instead(scene: Scene, visit: Visit) -> None:
    page = said(visit(scene.officer), scene.at)
    assert "No rule lets a public body reserve a contract to a ward" in page
    assert "Your own area; Your own area and what borders it; One county or London borough" in page
    assert "Exclusion of Non-commercial Considerations" in page


def test_what_cannot_be_drawn_is_said_beside_its_box(scene: Scene, visit: Visit) -> None:
    client = visit(scene.officer)
    page = said(client, f"{scene.at}?letters=%3Cb%3E&postcode=nowhere&km=7")
    assert "Enter how the postcodes begin" in page
    assert "Enter a whole postcode" in page
    assert "is not among the postcodes the portal knows" in said(client, f"{scene.at}?postcode=ZZ9+9ZZ")
    assert "Enter kilometres from 0.1 to 20" in said(client, f"{scene.at}?postcode=ZZ1+1AA&km=900")
    assert client.get(f"{scene.at}?postcode=ZZ1+1AA&km=%C2%B2&ward=%F0%9F%9A%90&ward=E05999999").status_code == 200
    assert "Hill Top" in said(client, f"{scene.at}?q=hill")


def test_its_file_is_inert_and_its_page_escaped(scene: Scene, visit: Visit) -> None:
    client = visit(scene.officer)
    assert "<b>Hill</b>" not in client.get(f"{scene.at}?letters=ZZ1").text
    table = client.get(scene.at.replace("/patch", "/patch.csv") + "?letters=ZZ1").text
    assert ",'=1+1," in table


def test_many_firms_take_no_more_statements(database: Database, scene: Scene, visit: Visit) -> None:
    client, taken = visit(scene.officer), []
    for count in (1, 20):
        with database.writing() as session:
            for number in range(count):
                firm(session, f"Firm {number} of {count}", "ZZ1 1AA")
        with counted() as statements:
            assert client.get(f"{scene.at}?letters=ZZ1").status_code == 200
        taken.append(len(statements))
    assert taken[0] == taken[1]


def test_switched_off_it_is_gone(database: Database, scene: Scene, visit: Visit) -> None:
    with database.writing() as session:
        hyper = (OptionTrial.organisation_id == scene.city, OptionTrial.option == NetworkOption.HYPER_LOCAL)
        session.execute(delete(OptionTrial).where(*hyper))
    client = visit(scene.officer)
    assert client.get(scene.at).status_code == 404
    assert client.get(scene.at.replace("/patch", "/patch.csv")).status_code == 404
    assert "Firms of one neighbourhood" not in said(client, scene.at.replace("/patch", "/options"))


def test_firms_by_ward_begin_a_patch_and_are_a_file(database: Database, scene: Scene, visit: Visit) -> None:
    with database.writing() as session:
        firm(session, "Canal Bakers", "ZZ1 1AA")
    client = visit(scene.officer)
    page = said(client, scene.at)
    assert "Canalside, Evenholt 2 firms Hill Top, Evenholt 1 firm" in page
    assert "1 firm has no ward that is known." in page
    assert f'href="{scene.at}?ward={networked.WARD}"' in client.get(scene.at).text
    assert "Firms by ward" not in said(client, f"{scene.at}?ward={networked.WARD}")
    rows = client.get(f"{scene.at}/wards.csv").get_data(as_text=True).splitlines()
    assert rows[1:] == [f"Canalside,{networked.WARD},Evenholt,2", f"Hill Top,{networked.OTHER_WARD},Evenholt,1"]
    with database.writing() as session:
        coordinator = make.person_as(session, Role.COORDINATOR).id
    assert "Canalside Evenholt 2" in said(visit(coordinator), "/network/insight")
    assert visit(coordinator).get("/network/insight/wards.csv").status_code == 200
    assert visit(scene.officer).get("/network/insight/wards.csv").status_code == 403


def test_without_firms_in_known_wards_that_is_said(database: Database, visit: Visit) -> None:
    with database.writing() as session:
        bare = make.authority(session)
        networked.tries(session, bare, NetworkOption.HYPER_LOCAL)
        officer = make.person_as(session, Role.PROCUREMENT_OFFICER, bare).id
    page = said(visit(officer), f"/organisations/{bare.reference}/patch")
    assert "No firm that agrees to be shown lies in a ward that is known." in page
