"""Where two people approve: both are named, the second is asked, and home asks only who may still decide."""

import json
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from portal.accounts.models import Person, RoleGrant
from portal.business_cases import services
from portal.business_cases.queries import Waiting, awaiting_decision, deciders
from portal.challenges.models import Challenge, ChallengeParty, Part
from portal.db import Database
from portal.documents import pdfs_are_made
from portal.law.money import Vat
from portal.policy import Role
from portal.workflow import agree, fire
from tests.integration.business_cases.conftest import (
    FUNDING,
    Cast,
    acting,
    case_in,
    cast_for,
    second_decider,
    write,
)
from tests.support import make
from tests.support.mailed import letters
from tests.support.people import signed_in
from tests.support.required import is_missing

DECIDE = "Decide on the business case"
HALF = f"{DECIDE}, which another person has approved"
TOGETHER = "approve_funding_together"


@pytest.fixture
def second(database: Database, submitted: Cast) -> Person:
    """Another budget holder of an authority that has two people decide on the case's sum."""
    key = second_decider(database, submitted, 60_000_00)
    with database.reading() as session:
        return session.get_one(Person, key)


def first_approves(app: Flask, cast: Cast, words: str = "The bus firm agreed in writing.") -> None:
    answer = signed_in(app, cast.budget).post(
        f"/challenges/{cast.reference}/moves/{TOGETHER}", data={"note": words}, follow_redirects=True
    )
    assert "You have agreed. Another person must now make the move." in answer.text


def test_both_are_named_with_their_own_words(app: Flask, database: Database, submitted: Cast, second: Person) -> None:
    first_approves(app, submitted)
    client, inside = signed_in(app, second), f"/challenges/{submitted.reference}"
    assert "The bus firm agreed in writing." in client.get(f"{inside}/business-case").text
    assert "The bus firm agreed in writing." in client.get(f"{inside}/moves/{TOGETHER}").text
    assert client.post(f"{inside}/moves/{TOGETHER}", data={"note": "Within our reserve."}).status_code == 302
    page = client.get(f"{inside}/business-case").text
    for said in (
        f"Approved by {submitted.budget.name} on",
        "The bus firm agreed in writing.",
        f"Approved too by {second.name} on",
        "Within our reserve.",
    ):
        assert page.count(said) == 1


def test_who_says_nothing_is_not_given_the_others_words(
    app: Flask, database: Database, submitted: Cast, second: Person
) -> None:
    first_approves(app, submitted)
    with database.writing() as session:
        challenge = session.get_one(Challenge, submitted.challenge_id)
        fire(session, acting(session, session.get_one(Person, second.id)), challenge, TOGETHER)
        assert case_in(session, submitted).decision_note == ""
    assert signed_in(app, second).get(f"/challenges/{submitted.reference}/business-case").text.count("bus firm") == 1


def test_the_paper_names_both(app: Flask, database: Database, submitted: Cast, second: Person) -> None:
    if not pdfs_are_made():
        is_missing("pdf", "Pango is not installed (on Debian: apt install libpangoft2-1.0-0).")
    first_approves(app, submitted)
    client, inside = signed_in(app, second), f"/challenges/{submitted.reference}"
    client.post(f"{inside}/moves/{TOGETHER}", data={"note": ""})
    found = PdfReader(BytesIO(client.get(f"{inside}/business-case/case.pdf").data))
    said = " ".join(" ".join(page.extract_text() for page in found.pages).split())
    assert f"decided by {submitted.budget.name} and {second.name}" in said
    for each in (f"Approved by {submitted.budget.name}", "The bus firm agreed", f"Approved too by {second.name}"):
        assert each in said
    assert "They said nothing further." in said


def test_a_case_that_one_approved_names_that_one(app: Flask, database: Database, submitted: Cast) -> None:
    address = f"/challenges/{submitted.reference}/moves/approve_funding"
    client = signed_in(app, submitted.budget)
    assert "Anything to say with it? (optional)" in client.get(address).text
    too_long = client.post(address, data={"note": "x" * 4001})
    assert (too_long.status_code, "Use 4,000 characters or fewer." in too_long.text) == (422, True)
    assert client.post(address, data={"note": "Go ahead."}).status_code == 302
    page = client.get(f"/challenges/{submitted.reference}/business-case").text
    assert f"Approved by {submitted.budget.name} on" in page
    assert "Go ahead." in page
    assert "Approved too" not in page


def test_the_others_are_asked_and_neither_author_nor_first_nor_whose_limit_is_below(
    app: Flask, database: Database, submitted: Cast, second: Person
) -> None:
    with database.writing() as session:
        below = make.person(session)
        make.grant(session, below, Role.BUDGET_HOLDER, submitted.lead).limit_pence = 59_999_99
        make.grant(session, session.get_one(Person, submitted.owner.id), Role.BUDGET_HOLDER, submitted.lead)
    first_approves(app, submitted)
    [mail] = letters(app, "business_cases.second_asked")
    assert mail.to == second.email
    assert f"{submitted.budget.name} approved the business case" in mail.text
    assert f"/challenges/{submitted.reference}/business-case" in mail.text
    assert "bus firm" not in mail.text


def test_a_mail_that_is_late_says_nothing(app: Flask, database: Database, submitted: Cast, second: Person) -> None:
    first_approves(app, submitted)
    with database.writing() as session:
        services.take_back(session, acting(session, submitted.owner), case_in(session, submitted))
    assert letters(app, "business_cases.second_asked") == []


def test_home_asks_only_those_who_may_still_decide(
    app: Flask, database: Database, submitted: Cast, second: Person
) -> None:
    with database.writing() as session:
        below = make.person(session)
        make.grant(session, below, Role.BUDGET_HOLDER, submitted.lead).limit_pence = 59_999_99
        ended = make.person(session)
        grant = make.grant(session, ended, Role.BUDGET_HOLDER, submitted.lead)
        grant.ended_at = grant.granted_at
        make.grant(session, session.get_one(Person, submitted.owner.id), Role.BUDGET_HOLDER, submitted.lead)

    def asked(person: Person) -> tuple[bool, bool]:
        page = signed_in(app, person).get("/home").text
        assert "Confirm or leave what another person has agreed" not in page
        return f">{DECIDE}<" in page, f">{HALF}<" in page

    for person in (submitted.budget, second):
        assert asked(person) == (True, False)
    first_approves(app, submitted)
    assert asked(second) == (False, True)
    for person in (submitted.budget, submitted.owner, submitted.officer, below, ended):
        assert asked(person) == (False, False)


def test_what_waits_is_found_for_those_it_waits_for(database: Database, submitted: Cast) -> None:
    with database.writing() as session:
        elsewhere = cast_for(session)
        write(session, elsewhere)
    both = [submitted.challenge_id, elsewhere.challenge_id]
    with database.reading() as session:
        assert awaiting_decision(session, submitted.budget.id, both) == {submitted.challenge_id: Waiting(True, False)}
        assert awaiting_decision(session, elsewhere.budget.id, both) == {submitted.challenge_id: Waiting(False, False)}
        assert awaiting_decision(session, submitted.budget.id, both[1:]) == {}


def test_a_joint_authority_decides_too_and_home_tells_it(app: Flask, database: Database, submitted: Cast) -> None:
    with database.writing() as session:
        joint, stranger = make.authority(session), make.authority(session)
        session.add(ChallengeParty(challenge_id=submitted.challenge_id, organisation_id=joint.id, part=Part.JOINT))
        theirs, below = (make.person_as(session, Role.BUDGET_HOLDER, joint) for _ in range(2))
        session.scalars(select(RoleGrant).where(RoleGrant.person_id == below.id)).one().limit_pence = 59_999_99
        elsewhere = make.person_as(session, Role.BUDGET_HOLDER, stranger)
        owner = make.person_as(session, Role.CHALLENGE_OWNER, joint)
    people = (submitted.budget, theirs, below, elsewhere, owner)
    with database.reading() as session:
        where = [submitted.challenge_id]
        told = [each.id for each in people if awaiting_decision(session, each.id, where)[where[0]].theirs]
        assert sorted(told) == list(deciders(session, case_in(session, submitted))) == [submitted.budget.id, theirs.id]
    shown = [each.id for each in people if f">{DECIDE}<" in signed_in(app, each).get("/home").text]
    assert shown == [submitted.budget.id, theirs.id]


def test_a_limit_is_held_against_the_sum_with_its_vat(database: Database, written: Cast) -> None:
    with database.writing() as session:
        before_vat = replace(FUNDING, vat=Vat.EXCLUSIVE)
        owner, case = acting(session, written.owner), case_in(session, written)
        services.save_money(session, owner, case, before_vat, case.version)
        services.submit(session, owner, case)
        keys = []
        for pence in (71_999_99, 72_000_00):
            person = make.person(session)
            make.grant(session, person, Role.BUDGET_HOLDER, written.lead).limit_pence = pence
            keys.append(person.id)
    with database.reading() as session:
        found = [awaiting_decision(session, key, [written.challenge_id])[written.challenge_id].theirs for key in keys]
        assert found == [False, True]


def test_an_approval_counts_for_the_submission_it_was_given_to(
    database: Database, submitted: Cast, second: Person
) -> None:
    where = [submitted.challenge_id]
    with database.writing() as session:
        challenge = session.get_one(Challenge, submitted.challenge_id)
        agree(session, acting(session, submitted.budget), challenge, TOGETHER)
    with database.writing() as session:
        owner, case = acting(session, submitted.owner), case_in(session, submitted)
        services.take_back(session, owner, case)
        services.submit(session, owner, case)
    with database.reading() as session:
        for person in (submitted.budget, second):
            assert awaiting_decision(session, person.id, where) == {submitted.challenge_id: Waiting(True, False)}


def test_the_audit_pack_holds_the_case_and_both_decisions(
    app: Flask, database: Database, submitted: Cast, second: Person
) -> None:
    client = signed_in(app, submitted.officer)
    address = f"/challenges/{submitted.reference}/audit"
    assert _in_the_pack(client.post(address).data)["decision"] is None
    first_approves(app, submitted)
    with database.writing() as session:
        challenge = session.get_one(Challenge, submitted.challenge_id)
        fire(session, acting(session, session.get_one(Person, second.id)), challenge, TOGETHER, note="Within reserve.")
    kept = _in_the_pack(client.post(address).data)
    assert (kept["state"], kept["amount_pence"], kept["authors"]) == ("approved", 60_000_00, [submitted.owner.id])
    assert [(each["by"], each["words"]) for each in kept["decision"]["decisions"]] == [
        (submitted.budget.id, "The bus firm agreed in writing."),
        (second.id, "Within reserve."),
    ]
    assert [each["name"] for each in kept["options"] if each["preferred"]] == ["Talking bus stops"]


def _in_the_pack(pack: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ZipFile(BytesIO(pack)).read("business-case.json"))
    return found
