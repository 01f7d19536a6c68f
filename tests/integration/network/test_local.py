"""What is local to an authority: as its administrator draws it, for one postcode and for a list."""

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, union_all
from sqlalchemy import literal as value

from portal.accounts.models import Person
from portal.db import Database
from portal.network.local import Basis, CirclePart, Found, PartKind, Ring, circle_of, circles_of
from portal.organisations.models import Organisation
from portal.policy import Role
from tests.support import make, networked
from tests.support.people import signed_in
from tests.support.visit import Visit, said


@dataclass
class Scene:
    council: int
    reference: str
    administrator: int
    officer: int
    coordinator: int


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


def drawn(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        networked.region(session, session.get_one(Organisation, scene.council))


def found(database: Database, scene: Scene, postcode: str) -> Found:
    with database.reading() as session:
        return circle_of(session, scene.council, postcode)


@pytest.mark.parametrize(
    ("postcode", "ring"),
    [("zz11aa", Ring.OWN), ("ZZ1 2AA", Ring.OWN), ("ZZ2 1AA", Ring.COUNTY), ("ZZ3 1AA", Ring.REGION)],
)
def test_a_postcode_lies_in_the_innermost_circle_that_holds_it(
    database: Database, scene: Scene, postcode: str, ring: Ring
) -> None:
    drawn(database, scene)
    assert found(database, scene, postcode) == (ring, Basis.POSTCODE)


def test_what_lies_in_no_circle_is_elsewhere_if_that_is_known(database: Database, scene: Scene) -> None:
    drawn(database, scene)
    with database.writing() as session:
        networked.postcode(session, "ZZ9 1AA", district_code="E08000009", ward_code="E05000009", easting=500_000)
        networked.outward(session, "ZZ2", 420_000, 300_000)
        networked.outward(session, "ZZ8", 530_000, 180_000)
    assert found(database, scene, "ZZ9 1AA") == (Ring.UK, Basis.POSTCODE)
    assert found(database, scene, "ZZ8 1AA") == (Ring.UK, Basis.OUTWARD)
    assert found(database, scene, "ZZ2 9ZZ") == (None, None), "half a postcode next door says too little"
    assert found(database, scene, "ZZ7 1AA") == (None, None), "nobody knows it"


@pytest.mark.parametrize("postcode", ["JE2 3AA", "GY1 1AA", "im1 1aa"])
def test_the_crown_dependencies_are_outside_the_united_kingdom_whatever_a_file_or_a_circle_says(
    database: Database, scene: Scene, postcode: str
) -> None:
    assert found(database, scene, postcode) == (None, None), "nothing is said where no circle is drawn"
    drawn(database, scene)
    with database.writing() as session:
        networked.postcode(session, "IM1 1AA")
        networked.outward(session, "JE2", 400_000, 10_000)
        own, *_wider = circles_of(session, scene.council).drawn
        own.parts += [CirclePart(kind=PartKind.POSTCODE_AREA, code=code) for code in ("IM", "JE2", "GY")]
    assert found(database, scene, postcode) == (None, Basis.ISLANDS)
    assert found(database, scene, postcode).abroad


def test_near_letters_are_no_crown_dependency(database: Database, scene: Scene) -> None:
    drawn(database, scene)
    for near in ("G1 1AA", "J1 1AA", "M1 1JE"):
        assert found(database, scene, near) == (None, None)
        assert not found(database, scene, near).abroad


def test_the_page_says_of_an_island_that_no_circle_holds_it_and_lets_none_be_drawn(
    database: Database, scene: Scene, visit: Visit
) -> None:
    drawn(database, scene)
    administrator = visit(scene.administrator)
    page = f"/organisations/{scene.reference}/local"
    shown = said(administrator, f"{page}?postcode=je23aa")
    assert "JE2 3AA is in Jersey, outside the United Kingdom. It is in no circle." in shown
    assert "not among the postcodes" not in shown
    refused = administrator.post(f"{page}/own/letters", data={"letters": "GY1"})
    assert refused.status_code == 422
    assert "GY1 is Guernsey, outside the United Kingdom. No circle can hold it." in refused.text


def test_a_postcode_without_a_ward_is_not_said_to_lie_outside_the_wards(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        council = session.get_one(Organisation, scene.council)
        networked.circle(session, council, Ring.OWN, (PartKind.WARD, networked.WARD, None))
        networked.area(session, networked.WARD, "Canalside")
        networked.postcode(session, "ZZ1 1AA")
        networked.postcode(session, "ZZ1 1AB", ward_code=None)
        networked.postcode(session, "ZZ1 1AC", ward_code=networked.OTHER_WARD)
    assert [found(database, scene, f"ZZ1 1A{letter}").ring for letter in "ABC"] == [Ring.OWN, None, Ring.UK]


def test_a_radius_and_the_letters_of_postcodes_are_circles_too(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        council = session.get_one(Organisation, scene.council)
        networked.postcode(session, "ZZ1 1AA", easting=650_000, northing=900_000)
        networked.postcode(session, "ZZ1 1AB", easting=651_999, northing=900_000)
        networked.postcode(session, "ZZ1 1AC", easting=652_001, northing=900_000)
        networked.postcode(session, "ZZ1 1AD", easting=100_000, northing=10_000)
        networked.circle(session, council, Ring.OWN, (PartKind.RADIUS, "ZZ1 1AA", 2_000))
        letters = ((PartKind.POSTCODE_AREA, code, None) for code in ("Q", "ZZ2", "ZZ3 4"))
        networked.circle(session, council, Ring.REGION, *letters)
    assert [found(database, scene, f"ZZ1 1A{letter}").ring for letter in "ABCD"] == [
        Ring.OWN,
        Ring.OWN,
        Ring.UK,
        Ring.UK,
    ]
    by_letters = ("Q1 1AA", "QZ1 1AA", "ZZ2 1AA", "ZZ21 1AA", "ZZ3 4AA", "ZZ3 5AA")
    assert [found(database, scene, each).ring for each in by_letters] == [
        Ring.REGION,
        None,
        Ring.REGION,
        None,
        Ring.REGION,
        None,
    ]


def test_an_authority_that_drew_nothing_has_nothing_said_for_it(database: Database, scene: Scene) -> None:
    with database.writing() as session:
        networked.postcode(session, "ZZ1 1AA")
    assert found(database, scene, "ZZ1 1AA") == (None, None)


def test_what_no_file_knows_is_a_gap_and_half_a_postcode_is_no_longer_enough(database: Database, scene: Scene) -> None:
    drawn(database, scene)
    with database.writing() as session:
        council = session.get_one(Organisation, scene.council)
        circle = circles_of(session, council.id).drawn[1]
        circle.parts.append(type(circle.parts[0])(kind=PartKind.DISTRICT, code="E08000077"))
        networked.outward(session, "ZZ8", 530_000, 180_000)
    with database.reading() as session:
        assert circles_of(session, scene.council).gaps == ("No postcodes are known for: E08000077 (district).",)
    assert found(database, scene, "ZZ8 1AA") == (None, None)


def test_a_list_is_divided_in_one_statement(database: Database, scene: Scene) -> None:
    drawn(database, scene)
    codes = ["ZZ1 1AA", "ZZ1 1AA", "ZZ2 1AA", "ZZ7 1AA", None]
    with database.reading() as session:
        firms = union_all(*(select(value(code).label("postcode")) for code in codes)).subquery()
        where = circles_of(session, scene.council).placed(firms.c.postcode)
        counted = where.join(select(where.ring, func.count()).select_from(firms)).group_by(where.ring)
        assert {row[0]: row[1] for row in session.execute(counted)} == {"own": 2, "county": 1, None: 2}


def entered(app: Flask, database: Database, key: int) -> FlaskClient:
    with database.reading() as session:
        return signed_in(app, session.get_one(Person, key))


def test_an_administrator_draws_a_circle_of_everything_it_can_be_made_of(
    app: Flask, database: Database, scene: Scene, visit: Visit
) -> None:
    with database.writing() as session:
        networked.area(session, networked.WARD, "Canalside")
        networked.postcode(session, "ZZ1 1AA")
    client, at = visit(scene.administrator), f"/organisations/{scene.reference}/local"
    assert "Canalside Ward E05000001" in said(client, f"{at}/own?q=canal")
    client.post(f"{at}/own/areas", data={"code": networked.WARD})
    client.post(f"{at}/own/letters", data={"letters": "b9"})
    client.post(f"{at}/own/radius", data={"postcode": "zz11aa", "kilometres": "3"})
    client.post(f"{at}/own", data={"name": "East side", "reason": "It is where our tenants live.", "version": "1"})
    page = said(visit(scene.officer), f"{at}?postcode=zz1+1aa")
    for words in ("East side", "Canalside (ward)", "Postcodes that begin with B9", "Within 3 km of ZZ1 1AA", "tenants"):
        assert words in page
    assert "Postcode ZZ1 1AA Circle East side" in page
    with database.reading() as session:
        part = circles_of(session, scene.council).drawn[0].parts[0]
    client.post(f"{at}/own/parts/{part.id}/remove")
    client.post(f"{at}/own/parts/{part.id}/remove")
    assert "Canalside (ward)" not in said(client, at)


def test_what_cannot_be_drawn_is_said_in_a_sentence(app: Flask, database: Database, scene: Scene, visit: Visit) -> None:
    client, at = visit(scene.administrator), f"/organisations/{scene.reference}/local"
    answer = client.post(f"{at}/own/radius", data={"postcode": "ZZ9 9ZZ", "kilometres": "3"})
    assert answer.status_code == 422
    assert "ZZ9 9ZZ is not among the postcodes the portal knows." in answer.text
    answer = client.post(f"{at}/own/letters", data={"letters": "<b>"})
    assert answer.status_code == 422
    assert 'value="&lt;b&gt;"' in answer.text
    assert client.post(f"{at}/own/areas", data={"code": "E05999999"}).status_code == 409
    assert client.get(f"{at}/uk").status_code == 404
    client.post(f"{at}/own/letters", data={"letters": "B"})
    assert client.post(f"{at}/own/letters", data={"letters": "B"}).status_code == 409
    assert "Enter a whole postcode" in said(client, f"{at}?postcode=nowhere")


def test_two_administrators_do_not_overwrite_each_other(scene: Scene, visit: Visit) -> None:
    client, at = visit(scene.administrator), f"/organisations/{scene.reference}/local/own"
    client.post(at, data={"name": "First", "version": ""})
    assert client.post(at, data={"name": "Second", "version": ""}).status_code == 409
    assert client.post(at, data={"name": "Third", "version": "1"}).status_code == 302


def test_others_see_the_circles_and_cannot_draw(scene: Scene, visit: Visit) -> None:
    at = f"/organisations/{scene.reference}/local"
    for who in (scene.officer, scene.coordinator):
        client = visit(who)
        assert "Not drawn yet." in said(client, at)
        assert client.get(f"{at}/own").status_code == 403
