"""What an assessor reads: nothing before the conflict check on any route, no names where blind, no price apart."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.assessment import services
from portal.assessment.models import Assignment
from portal.assessment.queries import names_on, opened_standing, reading_of, sheet_rows
from portal.assessment.queries.reading import without_names
from portal.db import Database
from portal.policy import Role
from tests.support import make
from tests.support.assessed import Scene, scene
from tests.support.page import Page
from tests.support.people import signed_in

CANARY = "How we deliver"


@pytest.fixture
def made(database: Database) -> Scene:
    """A panel at the start."""
    return scene(database)


def blind(made: Scene) -> None:
    """The brief says that responses are read without names."""
    with made.database.writing() as session:
        made.inside(session).round.blind = True


def price_apart(made: Scene) -> None:
    """The second criterion is worked out from the price; the firms ask for 10, 20 and 40 thousand pounds."""
    with made.database.writing() as session:
        made.inside(session).round.criteria[1].by_price = True
        for number, pence in enumerate((1_000_000, 2_000_000, 4_000_000)):
            response = made.response(session, number)
            make.snapshot(session, response, number=2, price_pence=pence)


def test_no_route_shows_a_response_before_the_conflict_check(app: Flask, made: Scene) -> None:
    """An owner who sits on the panel could read as an insider too: every address is tried, before and after."""
    with made.database.writing() as session:
        lead = made.inside(session).challenge.lead
        make.grant(session, made.assessors[0], Role.CHALLENGE_OWNER, lead)
    client, owner = signed_in(app, made.assessors[0]), signed_in(app, made.owner)
    read = f"/responses/{made.responses[0]}/read"
    assert CANARY in client.get(read).text
    made.seat()
    with made.database.reading() as session:
        sheet = made.sheet(session, 0, 0).reference
    addresses = [read, *_addresses_of(app, sheet)]
    assert len(addresses) > 6
    for address in addresses:
        assert CANARY not in client.get(address, follow_redirects=True).text, address
    assert CANARY in owner.get(read).text
    with made.database.writing() as session:
        services.declare(session, made.actor(session, made.assessors[0]), made.sheet(session, 0, 0))
    assert CANARY in client.get(f"/assessments/{sheet}/criteria/1").text
    assert client.get(read).status_code == 404
    with made.database.writing() as session:
        services.recuse(session, made.actor(session, made.assessors[0]), made.sheet(session, 0, 0), "A friend.")
    for address in addresses:
        assert CANARY not in client.get(address, follow_redirects=True).text, address


def _addresses_of(app: Flask, sheet: str) -> list[str]:
    """Every address that is given a sheet's reference, whatever its method: what only posts answers 405."""
    rules = (rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/assessments/<reference>"))
    filled = {"<reference>": sheet, "<int:position>": "1", "<file_reference>": "anything"}
    found = []
    for rule in rules:
        address = rule.rule
        for part, value in filled.items():
            address = address.replace(part, value)
        found.append(address)
    return found


def test_a_blind_response_is_read_under_a_code(app: Flask, made: Scene) -> None:
    blind(made)
    with made.database.writing() as session:
        for number in range(3):
            text = {"summary": "At ASH  BUSES we begin.", "criterion-1": "Ash Buses"}
            make.snapshot(session, made.response(session, number), number=2, sections=text)
    made.seat()
    client = signed_in(app, made.assessors[0])
    with made.database.reading() as session:
        sheet = made.sheet(session, 0, 0)
        address, code = f"/assessments/{sheet.reference}", sheet.code
    listed = client.get("/assessments").text
    assert "Ash Buses" not in listed
    assert f"Response {code}" in listed
    check = client.get(address).text
    Page(check)
    assert all(name in check for name in ("Ash Buses", "Birch Wheels", "Cedar Rides"))
    assert code not in check
    assert client.post(f"{address}/declaration", data={}).status_code == 302
    shown = client.get(address).text
    assert f"Response {code}" in shown
    assert "At [name hidden] we begin." in shown
    assert "ash buses" not in " ".join(shown.casefold().split())


def test_a_blind_interest_ends_the_sheet_without_telling_which_code_it_was(app: Flask, made: Scene) -> None:
    blind(made)
    made.seat()
    client = signed_in(app, made.assessors[0])
    with made.database.reading() as session:
        address = f"/assessments/{made.sheet(session, 0, 0).reference}/declaration"
    ticked = {"conflicted": made.responses[1]}
    refused = client.post(address, data=ticked)
    assert (refused.status_code, "Say what your interest is." in refused.text) == (422, True)
    assert client.post(address, data=ticked | {"reason": "My brother."}).status_code == 302
    with made.database.reading() as session:
        rows = select(Assignment.state).where(Assignment.person_id == made.assessors[0].id)
        assert sorted(session.scalars(rows)) == ["recused", "scoring", "scoring"]


def test_everybody_knows_a_response_by_the_same_code(made: Scene) -> None:
    made.seat()
    with made.database.reading() as session:
        codes = session.execute(select(Assignment.response_id, Assignment.code).distinct()).all()
    assert len(codes) == 3
    assert all(code for _, code in codes)


@pytest.mark.parametrize(
    "text", ["Ash Buses builds.", "ASH BUSES builds.", "Ash\n Buses builds.", "We at ash buses: ash buses."]
)
def test_names_are_taken_out_of_a_text(text: str) -> None:
    assert "ash" not in without_names(text, ["Ash Buses"]).casefold()


def test_the_price_is_read_by_nobody_who_scores(made: Scene) -> None:
    price_apart(made)
    made.seat()
    with made.database.reading() as session:
        sheet = made.sheet(session, 0, 0)
        said = reading_of(session, sheet)
        assert said.price_pence is None
        assert "price" not in said.sections
        assert [row.criterion.name for row in sheet_rows(session, sheet)] == ["Fit with the need"]
        assert names_on(session, sheet) == ["Ash Buses"]


def test_prices_are_scored_by_the_formula_once_quality_is_locked(made: Scene) -> None:
    price_apart(made)
    made.seat()
    for assessor in range(3):
        for response in range(3):
            made.mark(assessor, response, 3)
    with made.database.reading() as session:
        from portal.assessment.queries import standing

        before = standing(session, made.inside(session).round)
        assert {point.agreed for each in before.judged for point in each.points if point.criterion.by_price} == {None}
    made.open_scores()
    with made.database.reading() as session:
        stands = opened_standing(session, made.actor(session, made.officer), made.inside(session))
        priced = {each.firm: each.points[1].agreed for each in stands.judged}
        assert [str(priced[name]) for name in ("Ash Buses", "Birch Wheels", "Cedar Rides")] == ["5", "5/2", "5/4"]
        assert len(stands.places) == 3
    with made.database.writing() as session:
        count = services.propose(session, made.actor(session, made.officer), made.inside(session))
    assert count == 3


def test_what_is_typed_is_kept_and_a_second_window_never_overwrites_it(app: Flask, made: Scene) -> None:
    made.seat()
    made.mark(0, 0, 3, 3, lock=False)
    client = signed_in(app, made.assessors[0])
    with made.database.reading() as session:
        sheet = made.sheet(session, 0, 0)
        score = sheet_rows(session, sheet)[0].score
        assert score is not None
        address, version = f"/assessments/{sheet.reference}/criteria/1/autosave", score.version
    kept = client.post(address, json={"value": "4", "comment": "Better", "version": version})
    assert (kept.status_code, kept.json) == (200, {"version": version + 1, "message": ""})
    stale = client.post(address, json={"value": "0", "comment": "Worse", "version": version})
    assert stale.status_code == 409
    assert client.post(address, json={"value": "6", "comment": "", "version": version + 1}).status_code == 409
    assert client.post(address, json={"value": "²", "comment": "", "version": version + 1}).status_code == 400
    assert client.post(address, json=["x"]).status_code == 400
    with made.database.reading() as session:
        score = sheet_rows(session, made.sheet(session, 0, 0))[0].score
        assert score is not None
        assert (score.value, score.comment) == (4, "Better")
