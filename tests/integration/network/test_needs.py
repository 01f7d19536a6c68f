"""What bodies plan to buy: entered, brought in as a file, shared and laid over each other."""

from dataclasses import dataclass
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.db import Database
from portal.network.categories import Category
from portal.network.needs.models import PlannedNeed, Risk
from portal.network.options import NetworkOption, OptionTrial
from portal.organisations.models import Organisation
from portal.policy import Role
from tests.support import make, networked
from tests.support.clock import TestClock
from tests.support.statements import counted
from tests.support.visit import Visit, said

TYPED = {
    "title": "Repainting of stairwells",
    "category": "Painting",
    "category_code": "45442100-8",
    "quarter": "2027-01-01",
    "value_pence": "48k",
    "vat": "exclusive",
    "risk": "low",
    "theme": "net_zero",
    "influenceable": "y",
    "contract_ends_on-day": "31",
    "contract_ends_on-month": "3",
    "contract_ends_on-year": "2027",
    "notes": "Between us: the caretaker leaves.",
}


@dataclass
class Scene:
    city: int
    trust: int
    at: str
    theirs: str
    officer: int
    other: int
    administrator: int
    coordinator: int


@pytest.fixture
def scene(database: Database) -> Scene:
    with database.writing() as session:
        city = make.authority(session, name="Evenholt City Council")
        trust = make.authority(session, name="Marlshire Hospitals")
        for body in (city, trust):
            networked.tries(session, body, NetworkOption.SHARED_NEED)
        return Scene(
            city.id,
            trust.id,
            f"/organisations/{city.reference}",
            f"/organisations/{trust.reference}",
            make.person_as(session, Role.PROCUREMENT_OFFICER, city).id,
            make.person_as(session, Role.PROCUREMENT_OFFICER, trust).id,
            make.person_as(session, Role.AUTHORITY_ADMINISTRATOR, city).id,
            make.person_as(session, Role.COORDINATOR).id,
        )


def need_of(database: Database) -> PlannedNeed:
    with database.reading() as session:
        found = session.scalars(select(PlannedNeed)).one()
        session.expunge(found)
        return found


def test_a_need_is_seen_by_its_body_alone_until_it_is_shared(database: Database, scene: Scene, visit: Visit) -> None:
    client, other = visit(scene.officer), visit(scene.other)
    assert client.post(f"{scene.at}/needs/new", data=TYPED).status_code == 302
    assert "Repainting of stairwells Painting January to March 2027 £48,000 Before VAT" in said(
        client, f"{scene.at}/needs"
    )
    assert "Repainting" not in said(other, f"{scene.theirs}/network-needs")
    need = need_of(database)
    assert (need.category_code, need.value_pence, need.shared_at) == ("45442100", 4_800_000, None)
    assert other.get(f"{scene.at}/needs").status_code == 404
    sent = TYPED | {"shared": "y", "version": str(need.version)}
    assert client.post(f"{scene.at}/needs/{need.reference}", data=sent).status_code == 302
    page = said(other, f"{scene.theirs}/network-needs")
    assert "Repainting of stairwells" in page
    assert "£57,600" in page, "laid over each other, all values include VAT"
    assert "caretaker" not in page
    assert "caretaker" not in other.get(f"{scene.theirs}/network-needs.csv").text
    assert visit(scene.coordinator).get(f"{scene.at}/needs").status_code == 403
    assert "Repainting of stairwells" in said(visit(scene.coordinator), f"{scene.at}/network-needs")


def test_a_stale_form_and_a_wrong_one_keep_what_was_typed(database: Database, scene: Scene, visit: Visit) -> None:
    client = visit(scene.officer)
    answer = client.post(f"{scene.at}/needs/new", data=TYPED | {"category_code": "12", "title": "", "notes": "<b>"})
    assert answer.status_code == 422
    assert "is no CPV code" in answer.text
    assert "Say what you plan to buy." in answer.text
    assert "&lt;b&gt;" in answer.text
    client.post(f"{scene.at}/needs/new", data=TYPED)
    need = need_of(database)
    assert client.post(f"{scene.at}/needs/{need.reference}", data=TYPED | {"version": "9"}).status_code == 409
    assert client.post(f"{scene.at}/needs/{need.reference}/remove", data={"version": "9"}).status_code == 409
    assert client.post(f"{scene.at}/needs/{need.reference}/remove", data={"version": "1"}).status_code == 302
    assert "Nothing is planned yet" in said(client, f"{scene.at}/needs")
    assert visit(scene.administrator).get(f"{scene.at}/needs/new").status_code == 403


def test_a_category_is_looked_up_in_plain_words(database: Database, scene: Scene, visit: Visit) -> None:
    client, at = visit(scene.officer), f"{scene.at}/needs/new"
    assert "Look up its official name" not in client.get(at).text, "there is no vocabulary yet"
    with database.writing() as session:
        for code, name in (("45442000", "Application work of paint"), ("44810000", "Paints")):
            session.add(Category(code=code, name=name, words=name.lower(), weight=5))
    assert "Look up its official name" in client.get(at).text
    looked = client.post(at, data=TYPED | {"category": "paint", "title": "", "category_code": "", "look": "yes"})
    assert looked.status_code == 200
    for words in ("Paints (44810000)", "Application work of paint (45442000)", "the caretaker leaves", "None of these"):
        assert words in looked.text
    assert "Say what you plan to buy." not in looked.text, "it is not sent yet"
    nothing = client.post(at, data=TYPED | {"category": "zebras \x00", "look": "yes"})
    assert "No category has all of these words." in nothing.text
    assert "Nothing is planned yet" in said(client, f"{scene.at}/needs")
    chosen = TYPED | {"category": "Paint for stairs", "found": "44810000", "category_code": "45442100"}
    assert "Paints (44810000)" in client.post(at, data=chosen | {"title": ""}).text
    assert client.post(at, data=chosen).status_code == 302
    need = need_of(database)
    assert (need.category, need.category_code) == ("Paint for stairs", "44810000")
    assert "Now 44810000, Paints." in said(client, f"{scene.at}/needs/{need.reference}")
    free = TYPED | {"version": str(need.version), "category_code": "", "found": "99999999"}
    assert client.post(f"{scene.at}/needs/{need.reference}", data=free).status_code == 302
    assert need_of(database).category_code is None, "a category that is not known is none"


FILE = """Contract title,CPV description,CPV code,Start date,Estimated value,VAT,Risk rating,Expiry date,Officer
Repainting,Painting,45442100,Q1 2027/28,"£48,000",including,Low,31/03/2027,Ann
=HYPERLINK("http://bad.example"),Catering,,April 2027,12k,excluding,,,Ann
<script>alert(1)</script>,Catering,,2027-07-01,,,high,,Ann
Lift repairs,Lifts,4545,soon,twelve,perhaps,deadly,31/02/2027,Ann
Repainting,Painting,45442100,Q1 2027/28,"£48,000",including,Low,31/03/2027,Ann
"""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_taken_in_line_by_line(database: Database, scene: Scene, visit: Visit, encoding: str) -> None:
    client, at = visit(scene.officer), f"{scene.at}/needs/file"
    for taken, known in ((3, 1), (0, 4)):
        sent = {"file": (BytesIO(FILE.encode(encoding)), "plan.csv"), "shared": "y"}
        answer = client.post(at, data=sent)
        assert answer.status_code == 200, answer.text
        page = " ".join(answer.text.split())
        assert f'Taken in</dt><dd class="app-figures__figure">{taken}</dd>' in page
        assert f'In the plan already</dt><dd class="app-figures__figure">{known}</dd>' in page
    for words in ("“soon” is no quarter", "is no CPV code", "“deadly” is not among", "“31/02/2027” is no date"):
        assert words in answer.text
    assert "Not read: Officer." in answer.text
    with database.reading() as session:
        needs = {each.title[:10]: each for each in session.scalars(select(PlannedNeed))}
    assert len(needs) == 3
    assert str(needs["Repainting"].quarter) == "2027-04-01"
    assert needs["<script>al"].risk is Risk.HIGH


def test_formulas_and_scripts_of_a_file_are_inert(scene: Scene, visit: Visit, clock: TestClock) -> None:
    client = visit(scene.officer)
    client.post(f"{scene.at}/needs/file", data={"file": (BytesIO(FILE.encode()), "plan.csv"), "shared": "y"})
    page = client.get(f"{scene.at}/network-needs").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    table = client.get(f"{scene.at}/network-needs.csv")
    assert table.headers["Content-Disposition"] == "attachment; filename=planned-needs.csv"
    assert "\"'=HYPERLINK(" in table.text
    assert ",=HYPERLINK" not in table.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choose a file that is not empty."),
        (b"PK\x03\x04zip", "This is a workbook."),
        (b"Colour,Size\nred,2\n", "No column is called title or category or quarter."),
        (b"Title,Category,Quarter\n", "no lines below"),
        (b'Title,Category,Quarter\n"a,b,c\0' + b"x" * 140_000, "cannot be divided into cells"),
        (b"Title,Category,Quarter\n" + b"a,b,Q1 2027\n" * 5_001, "more than 5,000 lines"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_words(scene: Scene, visit: Visit, content: bytes, sentence: str) -> None:
    sent = {"file": (BytesIO(content), "plan.csv")}
    answer = visit(scene.officer).post(f"{scene.at}/needs/file", data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_what_several_bodies_plan_is_common(database: Database, scene: Scene, visit: Visit) -> None:
    with database.writing() as session:
        city, trust = (session.get_one(Organisation, key) for key in (scene.city, scene.trust))
        networked.need(session, city)
        networked.need(session, trust, title="Wards painted", category="painting", category_code=None)
        networked.need(session, trust, title="Lifts", category="Lifts", category_code=None, risk=Risk.HIGH)
        networked.need(session, trust, title="Secret ward", category="Painting", shared=False)
    page = said(visit(scene.officer), f"{scene.at}/network-needs")
    assert "Painting Evenholt City Council, Marlshire Hospitals" in page
    assert "£96,000" in page
    assert "Secret ward" not in page
    narrowed = said(visit(scene.officer), f"{scene.at}/network-needs?risk=high&q=lift&theme=strange&free=yes")
    assert "Lifts" in narrowed
    assert "Wards painted" not in narrowed


def test_switched_off_it_is_gone_from_pages_and_from_the_others(database: Database, scene: Scene, visit: Visit) -> None:
    with database.writing() as session:
        networked.need(session, session.get_one(Organisation, scene.trust), title="Wards painted")
    assert "Wards painted" in said(visit(scene.officer), f"{scene.at}/network-needs")
    with database.writing() as session:
        trial = session.scalars(select(OptionTrial).where(OptionTrial.organisation_id == scene.trust)).one()
        session.delete(trial)
    other = visit(scene.other)
    for path in ("needs", "needs/new", "needs/file", "network-needs", "network-needs.csv"):
        assert other.get(f"{scene.theirs}/{path}").status_code == 404
    assert "Wards painted" not in said(visit(scene.officer), f"{scene.at}/network-needs")


def test_the_overlay_takes_as_many_statements_for_many_as_for_few(
    database: Database, scene: Scene, visit: Visit
) -> None:
    client, taken = visit(scene.officer), []
    for count in (2, 30):
        with database.writing() as session:
            for number in range(count):
                networked.need(session, session.get_one(Organisation, scene.trust), title=f"Need {number} of {count}")
        with counted() as statements:
            client.get(f"{scene.at}/network-needs")
        taken.append(len(statements))
    assert taken[0] == taken[1]
