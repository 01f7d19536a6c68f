"""Above the threshold chosen firms are asked four things before the contract; below it nobody is asked any."""

import html
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.db import Database
from portal.exclusions.models import SupplierCheck
from portal.exclusions.queries import checks_of, is_due
from portal.exclusions.requirements import suppliers_in_order
from portal.exclusions.services import ask_chosen
from portal.journal import JournalEntry
from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind
from portal.mail.sending import rendered
from portal.outbox import worded
from portal.outbox.models import OutboxMessage
from portal.policy import Role
from portal.responses.models import Response
from portal.workflow import fire
from tests.support import make
from tests.support.awarded import ABOVE, LIGHT_TOUCH, NOTIFIABLE, SMALL, Award, award
from tests.support.clock import TestClock
from tests.support.page import Page
from tests.support.visit import Visit, said

SECRET = "A fine of 2019; the manager left."
ANSWERS = {
    "share_code": "h4Tn-V9pQ",
    "ground": "no",
    "grounds": "",
    "debarred": "no",
    "subcontracts": "yes",
    "subcontractors-0-name": "Ash Data Ltd",
    "subcontractors-0-part": "Hosts the data",
}


@pytest.fixture(autouse=True)
def _monday(clock: TestClock) -> None:
    clock.set(datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.fixture
def made(database: Database) -> Award:
    with database.writing() as session:
        made = award(session, firms=3)
        assert ask_chosen(session, made.officer(session), made.challenge(session)) == 1
        return made


def send(client: FlaskClient, path: str, **fields: Any) -> tuple[int, str]:
    """Post a form with the version that its page carries."""
    version = re.search(r'name="version"[^>]*value="(\d+)"', client.get(path).text)
    answer = client.post(path, data={"version": version[1] if version else ""} | fields)
    return answer.status_code, answer.text


def path_of(database: Database) -> str:
    with database.reading() as session:
        return f"/supplier-checks/{session.scalars(select(SupplierCheck.reference)).one()}"


def missing(database: Database, made: Award) -> list[str]:
    with database.reading() as session:
        found = suppliers_in_order.check(made.at(session))
        assert isinstance(found, list)
        return found


def mails(app: Flask, database: Database, kind: str) -> list[tuple[int | None, str]]:
    with app.test_request_context(), database.reading() as session:
        rows = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)).all()
        found = [(row.to_person_id, worded(session, row.kind, json.loads(row.parameters))) for row in rows]
        return [(to, f"{mail.subject} {mail.path} {rendered(mail, '')}") for to, mail in found if mail]


@pytest.mark.parametrize(
    ("kind", "value", "contract", "asked"),
    [
        (ReleaseKind.FIRST_ROUND, ABOVE, "services", True),
        (ReleaseKind.FIRST_ROUND, LIGHT_TOUCH, "light_touch", True),
        (ReleaseKind.PROTOTYPE, ABOVE, "services", True),
        (ReleaseKind.EXEMPT, ABOVE, "services", False),
        (ReleaseKind.BELOW_THRESHOLD, NOTIFIABLE, "services", False),
        (ReleaseKind.BELOW_THRESHOLD, SMALL, "services", False),
    ],
)
def test_only_a_public_contract_asks(
    database: Database, kind: ReleaseKind, value: int, contract: Any, asked: bool
) -> None:
    with database.writing() as session:
        made = award(session, kind, value, contract=ContractKind(contract))
        assert is_due(session, made.challenge(session)) is asked
        assert ask_chosen(session, made.officer(session), made.challenge(session)) == int(asked)
        assert bool(suppliers_in_order.check(made.at(session))) is asked


def test_the_chosen_firm_answers_and_the_officer_finds_it_in_order(
    app: Flask, database: Database, made: Award, visit: Visit
) -> None:
    assert [to for to, _mail in mails(app, database, "exclusions.asked")] == [made.people[0]]
    firm, officer, path = visit(made.people[0]), visit(made.officer_id), path_of(database)
    assert path in mails(app, database, "exclusions.asked")[0][1]
    assert "answer four questions before the contract" in said(firm, "/home")
    assert missing(database, made)[0].endswith(": waiting for the firm.")
    assert send(firm, path, **ANSWERS)[0] == 302
    assert [to for to, _mail in mails(app, database, "exclusions.given")] == [made.officer_id]
    assert "Check what a chosen firm said" in said(officer, "/home")
    page = said(officer, f"{path}/check")
    assert "h4TnV9pQ" in page
    assert "Hosts the data" in page
    unlooked, text = send(officer, f"{path}/check", found="in_order")
    assert unlooked == 422
    assert "Look it up, then tick the box." in text
    assert send(officer, f"{path}/check", found="in_order", looked="y")[0] == 302
    assert missing(database, made) == []
    assert "You need do nothing more" in said(firm, path)
    assert send(firm, path, **ANSWERS)[0] == 409, "what is checked stays as it was checked"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"share_code": ""}, "Enter the share code."),
        ({"share_code": "h4TnV9"}, "eight letters and digits"),
        ({"share_code": "h4TnV9pé"}, "eight letters and digits"),
        ({"ground": ""}, "Say whether a ground applies."),
        ({"ground": "yes"}, "Say which ground applies, and what was done about it."),
        ({"debarred": ""}, "Say whether it is on the list."),
        ({"subcontracts": "no"}, "You named somebody below."),
        ({"subcontractors-0-part": ""}, "Say which part of the work they do."),
        ({"subcontractors-0-name": "", "subcontractors-0-part": ""}, "Name each of them below"),
    ],
)
def test_what_is_missing_is_said_beside_its_box(
    database: Database, made: Award, visit: Visit, change: dict[str, str], sentence: str
) -> None:
    status, page = send(visit(made.people[0]), path_of(database), **(ANSWERS | change))
    assert status == 422
    assert sentence in html.unescape(page)
    assert Page(page).faults() == []


def test_more_rows_lose_nothing(database: Database, made: Award, visit: Visit) -> None:
    status, page = send(visit(made.people[0]), path_of(database), **ANSWERS, more="rows")
    assert status == 200
    assert 'name="subcontractors-3-name"' in page
    assert "Hosts the data" in page


def test_a_ground_is_weighed_and_the_reasons_are_kept(
    app: Flask, database: Database, made: Award, visit: Visit
) -> None:
    firm, officer, path = visit(made.people[0]), visit(made.officer_id), path_of(database)
    assert send(firm, path, **ANSWERS | {"ground": "yes", "grounds": SECRET})[0] == 302
    assert "Something has to be weighed." in said(officer, f"{path}/check")
    without, text = send(officer, f"{path}/check", found="in_order", looked="y")
    assert without == 422
    assert "Say why the contract can be awarded all the same." in text
    assert send(officer, f"{path}/check", found="in_order", looked="y", note="It is long over.")[0] == 302
    assert "It is long over." in said(officer, f"{path}/check")
    assert SECRET not in " ".join(mail for _to, mail in mails(app, database, "exclusions.given"))
    with database.reading() as session:
        assert all(SECRET not in entry.data for entry in session.scalars(select(JournalEntry)))


def test_the_firm_is_asked_again_with_the_reason(app: Flask, database: Database, made: Award, visit: Visit) -> None:
    firm, officer, path = visit(made.people[0]), visit(made.officer_id), path_of(database)
    send(firm, path, **ANSWERS)
    assert send(officer, f"{path}/check", found="again")[0] == 422
    assert send(officer, f"{path}/check", found="again", note="The code has expired.")[0] == 302
    assert "The code has expired." in said(firm, path)
    [(to, mail)] = mails(app, database, "exclusions.sent_back")
    assert to == made.people[0]
    assert "expired" not in mail
    assert send(firm, path, **ANSWERS | {"share_code": "AAAA1111"})[0] == 302
    assert "AAAA1111" in said(officer, f"{path}/check")


def test_an_officer_does_not_pass_what_has_changed_meanwhile(database: Database, made: Award, visit: Visit) -> None:
    firm, officer, path = visit(made.people[0]), visit(made.officer_id), path_of(database)
    send(firm, path, **ANSWERS)
    stale = re.search(r'name="version"[^>]*value="(\d+)"', officer.get(f"{path}/check").text)
    assert stale
    send(firm, path, **ANSWERS | {"debarred": "yes"})
    late = officer.post(
        f"{path}/check", data={"version": stale[1], "found": "in_order", "looked": "y", "note": "Fine."}
    )
    assert late.status_code == 409


def test_each_firm_of_a_consortium_is_asked_and_answers_only_for_itself(
    app: Flask, database: Database, visit: Visit
) -> None:
    with database.writing() as session:
        made = award(session)
        partner = make.supplier(session, name="Cawdale Makers Ltd")
        make.member(session, session.get_one(Response, made.responses[0]), partner)
        session.expire_all()
        person = make.person_as(session, Role.SUPPLIER_MEMBER, partner).id
        assert ask_chosen(session, made.officer(session), made.challenge(session)) == 2
    assert "Cawdale Makers Ltd: waiting for the firm." in missing(database, made)
    assert {to for to, _mail in mails(app, database, "exclusions.asked")} == {made.people[0], person}
    with database.reading() as session:
        paths = {
            each.organisation_id: f"/supplier-checks/{each.reference}"
            for each in session.scalars(select(SupplierCheck))
        }
    theirs = paths.pop(partner.id)
    assert "Cawdale Makers Ltd" in said(visit(made.people[0]), next(iter(paths.values())))
    assert send(visit(person), theirs, **ANSWERS)[0] == 302
    lead = visit(made.people[0])
    assert lead.get(theirs).status_code == 404
    assert lead.post(theirs, data=ANSWERS).status_code == 404
    assert "h4TnV9pQ" not in lead.get(next(iter(paths.values()))).text
    assert "h4TnV9pQ" in visit(person).get(theirs).text


def test_a_partner_that_joins_after_the_award_is_named_and_can_be_asked(
    app: Flask, database: Database, made: Award, visit: Visit
) -> None:
    with database.writing() as session:
        partner = make.supplier(session, name="Cawdale Makers Ltd")
        make.member(session, session.get_one(Response, made.responses[0]), partner)
        session.expire_all()
        person = make.person_as(session, Role.SUPPLIER_MEMBER, partner).id
        reference = made.challenge(session).reference
    assert "Cawdale Makers Ltd: not asked yet." in missing(database, made)
    officer = visit(made.officer_id)
    assert "Not asked yet: Cawdale Makers Ltd." in said(officer, f"/challenges/{reference}/award")
    assert officer.post(f"/challenges/{reference}/award/ask-firms").status_code == 302
    assert person in {to for to, _mail in mails(app, database, "exclusions.asked")}
    assert "Cawdale Makers Ltd: waiting for the firm." in missing(database, made)
    assert "Not asked yet" not in said(officer, f"/challenges/{reference}/award")


def test_nobody_else_reads_it(database: Database, made: Award, visit: Visit) -> None:
    path = path_of(database)
    assert visit(made.people[1]).get(path).status_code == 404
    assert visit(made.owner_id).get(f"{path}/check").status_code == 403
    assert visit(made.people[0]).get(f"{path}/check").status_code in {403, 404}


def test_when_the_award_is_reconsidered_the_next_firm_is_asked_and_the_first_let_go(
    app: Flask, database: Database, made: Award
) -> None:
    with database.writing() as session:
        given = {"response_id": made.responses[0], "reason": "It withdrew."}
        fire(session, made.officer(session), made.challenge(session), "reconsider", **given)
        states = {each.response_id: each.state for each in checks_of(session, made.challenge(session))}
    assert states == {made.responses[0]: "fell_away", made.responses[1]: "asked"}
    assert [to for to, _mail in mails(app, database, "exclusions.asked")] == [made.people[1]]


def test_who_was_chosen_before_this_was_asked_is_asked_from_the_award_page(database: Database, visit: Visit) -> None:
    with database.writing() as session:
        made = award(session)
        reference = made.challenge(session).reference
    officer = visit(made.officer_id)
    assert "Not asked yet:" in said(officer, f"/challenges/{reference}/award")
    assert officer.post(f"/challenges/{reference}/award/ask-firms").status_code == 302
    assert "Waiting for the firm" in said(officer, f"/challenges/{reference}/award")
