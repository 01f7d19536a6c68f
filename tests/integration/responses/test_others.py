"""Who else will work on an offer (subcontractors): named by the firm, kept in the copy, shown before anybody judges."""

import json

from flask import Flask

from portal.accounts.models import Person
from portal.assessment.queries import firms_in, others_named, reading_of
from portal.db import Database
from portal.responses import queries
from portal.responses.content import content_of
from portal.responses.sections import OTHERS
from tests.support import make
from tests.support.answering import Scene, acting, answered, own, scene, submitted
from tests.support.assessed import scene as judged_scene
from tests.support.page import Page
from tests.support.people import signed_in

NAMED = "Dunmore Sensors\r\n\r\n Elm Survey "
NAMES = ("Dunmore Sensors", "Elm Survey")


def person(database: Database, at: Scene) -> Person:
    with database.reading() as session:
        return session.get_one(Person, at.member)


def test_a_firm_names_who_else_will_work_on_it(app: Flask, database: Database) -> None:
    at = scene(database)
    reference = answered(database, at)
    client, page = signed_in(app, person(database, at)), f"/responses/{reference}/partners"
    assert client.post(f"{page}/others", data={"names": "x" * 2_001, "version": ""}).status_code == 422
    assert client.post(f"{page}/others", data={"names": NAMED, "version": ""}).status_code == 302
    stale = client.post(f"{page}/others", data={"names": "Another", "version": ""})
    assert (stale.status_code, "Another" in stale.text) == (409, True)
    shown = client.get(page).text
    Page(shown)
    assert "Dunmore Sensors" in shown
    draft = client.get(f"/responses/{reference}/check").text
    assert "Elm Survey will work on it, too" in draft
    assert submitted(database, at, reference, once_key="again") == 2
    with database.reading() as session:
        response = own(session, acting(session, at.member), reference)
        before, after = (queries.snapshot_of(session, response, number) for number in (1, 2))
        assert before is not None
        assert after is not None
        assert "others" not in json.loads(before.content)
        assert content_of(after).others == NAMES
        assert all(section.key != OTHERS for section in content_of(after).sections)
    assert "Dunmore Sensors" in client.get(f"/responses/{reference}/copies/2").text


def test_an_assessor_declares_against_their_names_too(app: Flask, database: Database) -> None:
    made = judged_scene(database)
    with database.writing() as session:
        make.snapshot(session, made.response(session, 0), number=2, others=list(NAMES))
    made.seat()
    with database.reading() as session:
        address = f"/assessments/{made.sheet(session, 0, 0).reference}"
        assert others_named(session, made.response(session, 1)) == ()
    page = signed_in(app, made.assessors[0]).get(address).text
    Page(page)
    assert all(name in page for name in ("Ash Buses", *NAMES))


def test_a_blind_round_names_them_with_all_firms_and_hides_them_in_the_text(app: Flask, database: Database) -> None:
    made = judged_scene(database)
    with database.writing() as session:
        made.inside(session).round.blind = True
        sections = {"summary": "Built with elm survey."}
        make.snapshot(session, made.response(session, 0), number=2, others=list(NAMES), sections=sections)
    made.seat()
    with database.reading() as session:
        sheet = made.sheet(session, 0, 0)
        asked = made.inside(session).round
        assert firms_in(session, asked)[0][1] == "Ash Buses, with Dunmore Sensors, with Elm Survey"
        assert reading_of(session, sheet).sections["summary"] == "Built with [name hidden]."
        address = f"/assessments/{sheet.reference}"
    client = signed_in(app, made.assessors[0])
    assert all(name in client.get(address).text for name in NAMES)
    assert client.post(f"{address}/declaration", data={}).status_code == 302
    assert not any(name in client.get(address).text for name in NAMES)
