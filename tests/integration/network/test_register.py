"""The supplier register: a firm describes itself once, and is found by those it agreed to be shown to."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.db import Database
from portal.network.register.models import RegisteredCompany
from portal.organisations.models import FirmProfile, Organisation, SupplierKind
from portal.policy import Role
from tests.support import make, networked
from tests.support.visit import Visit, said

CODES = Path(__file__).resolve().parents[4] / "shared" / "data" / "codes" / "cpv_2008_en_xterr_v2.json"
COMPANIES = CODES.parents[1] / "companies" / "basic_company_data_sample_2023-08.csv"
real = pytest.mark.skipif(not CODES.exists(), reason="The folder of real data is not beside the project.")

PROFILE = {
    "summary": "We measure damp in old houses.",
    "developed": "A sensor that two housing associations bought.",
    "proof": "A trial in forty homes.",
    "interests": "Warm homes.",
    "social_impact": "Tenants breathe better air.",
    "shown": "y",
    "version": "",
}


@dataclass
class Scene:
    firm: str
    person: int
    other: int


@pytest.fixture
def scene(database: Database) -> Scene:
    with database.writing() as session:
        firm = make.supplier(session, name="Amberley Sensors Ltd", postcode="ZZ1 1AA", headcount=9)
        return Scene(
            firm.reference,
            make.person_as(session, Role.SUPPLIER_MEMBER, firm).id,
            make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, make.supplier(session)).id,
        )


def described(client: FlaskClient, scene: Scene, **changed: str) -> int:
    return client.post(f"/organisations/{scene.firm}/profile", data=PROFILE | changed).status_code


def test_a_firm_is_shown_only_while_it_agrees(client: FlaskClient, scene: Scene, visit: Visit) -> None:
    firm = visit(scene.person)
    assert described(firm, scene, shown="") == 302
    assert client.get(f"/suppliers/{scene.firm}").status_code == 404
    assert "No supplier is shown yet" in said(client, "/suppliers")
    assert described(firm, scene, version="1") == 302
    page = said(client, f"/suppliers/{scene.firm}")
    for words in (*list(PROFILE.values())[:5], "Micro, by its 9 people", "Nobody has checked it."):
        assert words in page
    assert "Amberley Sensors Ltd" in said(client, "/suppliers?q=damp+sensors")
    assert described(firm, scene, version="2", shown="") == 302
    assert client.get(f"/suppliers/{scene.firm}").status_code == 404
    assert "No supplier matches" in said(client, "/suppliers?q=damp")


def test_words_kind_size_and_district_narrow_the_register(
    client: FlaskClient, database: Database, scene: Scene, visit: Visit
) -> None:
    described(visit(scene.person), scene)
    with database.writing() as session:
        networked.region(session, make.authority(session))
    found = {
        "q=housing": True,
        "q=hous": True,
        "q=trams": False,
        "q=%25": True,
        "kind=company": True,
        "kind=charity": False,
        "kind=nonsense": False,
        "size=micro": True,
        "size=small": False,
        "size=nonsense": False,
        f"district={networked.DISTRICT}": True,
        f"district={networked.OTHER_DISTRICT}": False,
        "category=30": False,
        "q=damp&kind=company&size=micro": True,
    }
    assert {asked: "Amberley" in said(client, f"/suppliers?{asked}") for asked in found} == found
    assert "Evenholt" in said(client, f"/suppliers/{scene.firm}")


def test_a_colleague_does_not_overwrite_and_others_do_not_enter(scene: Scene, visit: Visit) -> None:
    firm = visit(scene.person)
    assert described(firm, scene) == 302
    assert described(firm, scene) == 409
    assert described(visit(scene.other), scene) == 404


def test_too_much_is_refused_and_kept_as_typed(scene: Scene, visit: Visit) -> None:
    answer = visit(scene.person).post(f"/organisations/{scene.firm}/profile", data=PROFILE | {"proof": "<x>" * 900})
    assert answer.status_code == 422
    assert "Use at most 2,000 characters." in answer.text
    assert "&lt;x&gt;" in answer.text


def vocabulary(folder: Path) -> Path:
    path = folder / "cpv.json"
    names = {"44810000-1": "Paints", "44000000-0": "Construction materials", "44811000-8": "Road paint"}
    path.write_text(json.dumps([{"code": code, "name": name} for code, name in names.items()] + [{"code": "x"}, 4]))
    return path


def test_a_firm_finds_what_it_supplies_in_plain_words(
    app: Flask, client: FlaskClient, scene: Scene, visit: Visit, tmp_path: Path
) -> None:
    result = app.test_cli_runner().invoke(args=["categories", "import", str(vocabulary(tmp_path))])
    assert result.output == "3 categories read.\n"
    firm, at = visit(scene.person), f"/organisations/{scene.firm}/profile/categories"
    described(firm, scene)
    page = said(firm, f"{at}?q=paint")
    assert page.index("Paints 44810000") < page.index("Road paint 44811000")
    assert firm.post(at, data={"code": "44811000"}).status_code == 302
    assert firm.post(at, data={"code": "44811000"}).status_code == 302
    assert firm.post(at, data={"code": "99999999"}).status_code == 409
    assert "Road paint" in said(client, f"/suppliers/{scene.firm}")
    assert "Amberley" in said(client, "/suppliers?category=4481")
    assert "Amberley" in said(client, "/suppliers?q=road+paint")
    firm.post(f"{at}/44811000/remove")
    assert "Amberley" not in said(client, "/suppliers?category=4481")


def test_the_register_is_asked_for_what_firms_supply_in_plain_words(
    app: Flask, client: FlaskClient, scene: Scene, visit: Visit, tmp_path: Path
) -> None:
    firm, at = visit(scene.person), f"/organisations/{scene.firm}/profile/categories"
    described(firm, scene)
    assert "No list of categories has been read" in said(firm, at)
    assert "What they supply" not in said(client, "/suppliers")
    app.test_cli_runner().invoke(args=["categories", "import", str(vocabulary(tmp_path))])
    assert "Add something you supply" in said(firm, f"/organisations/{scene.firm}/profile")
    firm.post(at, data={"code": "44811000"})
    page = said(client, "/suppliers?supplies=paint&size=")
    assert "Firms in any of 2 categories with “paint”" in page
    assert "Amberley" in page
    assert 'href="/suppliers?size=&amp;category=4481"' in client.get("/suppliers?supplies=paint&size=").text
    assert "In the category: Construction materials" in said(client, "/suppliers?supplies=construction")
    assert "Amberley" in said(client, "/suppliers?supplies=construction")
    firm.post(f"{at}/44811000/remove")
    assert "Amberley" not in said(client, "/suppliers?supplies=paint")
    nothing = said(client, "/suppliers?supplies=zebras")
    assert "No category has these words" in nothing
    assert "Amberley" in nothing
    assert client.get("/suppliers?supplies=%00%ff" + "x" * 999).status_code == 200


@real
def test_the_real_vocabulary_is_read_whole(app: Flask, scene: Scene, visit: Visit) -> None:
    result = app.test_cli_runner().invoke(args=["categories", "import", str(CODES)])
    assert result.output == "9,454 categories read.\n"
    page = said(visit(scene.person), f"/organisations/{scene.firm}/profile/categories?q=school+catering")
    assert "School catering services 55524000" in page


@pytest.mark.parametrize("text", ["", "{}", "[]", "[1]", '{"a": "b"}'])
def test_a_file_that_is_no_vocabulary_is_refused(app: Flask, tmp_path: Path, text: str) -> None:
    path = tmp_path / "cpv.json"
    path.write_text(text)
    result = app.test_cli_runner().invoke(args=["categories", "import", str(path)])
    assert result.exit_code == 1
    assert result.output.startswith("Error: This file ")


@real
def test_real_companies_are_read_and_looked_up(app: Flask, database: Database, scene: Scene, visit: Visit) -> None:
    result = app.test_cli_runner().invoke(args=["companies", "import", str(COMPANIES)])
    assert result.output.startswith("11 companies read, 0 rows set aside.") or "companies read" in result.output
    with database.reading() as session:
        first = session.get_one(RegisteredCompany, "08209948")
        assert (first.name, first.postcode) == ("! LTD", "HG1 1ND")
        assert first.incorporated_on is not None
    page = said(visit(scene.person), f"/organisations/{scene.firm}/profile/company?number=8209948")
    assert "Name Amberley Sensors Ltd ! LTD" in page
    assert "Postcode ZZ1 1AA HG1 1ND" in page


def test_a_number_nobody_knows_and_what_is_no_number_are_each_a_sentence(scene: Scene, visit: Visit) -> None:
    firm, at = visit(scene.person), f"/organisations/{scene.firm}/profile/company"
    assert "No company with this number is known here." in said(firm, f"{at}?number=123")
    assert "Enter the company number as Companies House writes it" in said(firm, f"{at}?number=none")


def test_rows_of_companies_that_are_broken_are_set_aside(app: Flask, database: Database, tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_bytes(
        b"CompanyName, CompanyNumber,CompanyStatus\n"
        b'"=HYPERLINK(""x"")",1234567,Active\nNo number,,Active\n,12345678,Active\nCaf\xe9 Ltd,SC12,Active\n'
    )
    result = app.test_cli_runner().invoke(args=["companies", "import", str(path)])
    assert "2 companies read, 2 rows set aside." in result.output
    with database.reading() as session:
        names = {row.number: row.name for row in session.scalars(select(RegisteredCompany))}
    assert names["01234567"] == '=HYPERLINK("x")'
    assert set(names) == {"01234567", "SC000012"}
    path.write_text("a,b\n1,2\n")
    assert app.test_cli_runner().invoke(args=["companies", "import", str(path)]).exit_code == 1


def test_a_firm_that_has_not_said_who_it_is_is_not_shown(database: Database, visit: Visit) -> None:
    with database.writing() as session:
        firm = make.supplier(session, provisional=True, supplier_kind=SupplierKind.SOLE_TRADER)
        key, reference = make.person_as(session, Role.SUPPLIER_ADMINISTRATOR, firm).id, firm.reference
    assert visit(key).post(f"/organisations/{reference}/profile", data=PROFILE).status_code == 409
    with database.reading() as session:
        assert session.scalar(select(FirmProfile.shown_at).join(Organisation)) is None
