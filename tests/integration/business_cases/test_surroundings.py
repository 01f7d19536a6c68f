"""Money from elsewhere, the gap, what could go wrong, and the second person who decides."""

from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from portal.accounts.models import Person
from portal.business_cases import services
from portal.business_cases.pathway import Level
from portal.challenges.models import Challenge
from portal.db import Database
from portal.documents import pdfs_are_made
from portal.machine import MoveRefused, NotNow
from portal.organisations.models import Organisation
from portal.policy import Role
from portal.workflow import agree, fire, outlook
from tests.integration.business_cases.conftest import FUNDING, Cast, acting, case_in, second_decider
from tests.support import make
from tests.support.people import signed_in
from tests.support.required import is_missing


def test_a_gap_is_what_neither_this_money_nor_what_others_agreed_to_pays(database: Database, written: Cast) -> None:
    with database.writing() as session:
        owner, case = acting(session, written.owner), case_in(session, written)
        services.save_money(session, owner, case, replace(FUNDING, amount_pence=50_000_00), case.version)
        assert case.gap_pence == 10_000_00
        hoped = services.add_contribution(session, owner, case, source="A trust", amount_pence=4_000_00, agreed=False)
        assert case.gap_pence == 10_000_00
        services.add_contribution(session, owner, case, source="The county", amount_pence=6_000_00, agreed=True)
        assert case.gap_pence == 4_000_00
        with pytest.raises(MoveRefused, match="how the rest is found"):
            services.submit(session, owner, case)
        services.remove_contribution(session, owner, case, hoped.id)
        told = replace(FUNDING, amount_pence=50_000_00, gap_note="From the reserve, agreed by cabinet in May.")
        services.save_money(session, owner, case, told, case.version)
        services.submit(session, owner, case)
        with pytest.raises(NotNow):
            services.add_contribution(session, owner, case, source="Late", amount_pence=1, agreed=True)


def test_a_case_of_full_length_names_what_could_go_wrong(database: Database, written: Cast) -> None:
    with database.writing() as session:
        owner, case = acting(session, written.owner), case_in(session, written)
        services.remove_risk(session, owner, case, case.risks[0].id)
        with pytest.raises(MoveRefused, match="What could go wrong is named"):
            services.submit(session, owner, case)
        services.save_money(
            session, owner, case, replace(FUNDING, amount_pence=29_999_99, gap_note="So."), case.version
        )
        services.submit(session, owner, case)


def test_what_matters_most_comes_first(database: Database, written: Cast) -> None:
    with database.writing() as session:
        owner, case = acting(session, written.owner), case_in(session, written)
        for likelihood, impact in ((Level.LOW, Level.LOW), (Level.HIGH, Level.HIGH), (Level.LOW, Level.HIGH)):
            what = f"{likelihood.value} {impact.value}"
            services.add_risk(session, owner, case, what=what, likelihood=likelihood, impact=impact, answer="So.")
        found = [(each.what, each.level) for each in case.worst_first]
        assert found == [
            ("The stops lose their signal.", Level.HIGH),
            ("high high", Level.HIGH),
            ("low high", Level.MEDIUM),
            ("low low", Level.LOW),
        ]


def test_a_large_amount_takes_two_people_and_a_smaller_one_does_not(database: Database, submitted: Cast) -> None:
    second_decider(database, submitted, 60_000_01)
    with database.reading() as session:
        challenge = session.get_one(Challenge, submitted.challenge_id)
        looks = {each.move.name for each in outlook(session, acting(session, submitted.budget), challenge)}
        assert looks & {"approve_funding", "approve_funding_together"} == {"approve_funding"}
    second_decider(database, submitted, 60_000_00)
    with database.reading() as session:
        challenge = session.get_one(Challenge, submitted.challenge_id)
        looks = {each.move.name for each in outlook(session, acting(session, submitted.budget), challenge)}
        assert looks & {"approve_funding", "approve_funding_together"} == {"approve_funding_together"}


def test_neither_of_the_two_decides_alone(database: Database, submitted: Cast) -> None:
    other = second_decider(database, submitted, 60_000_00)
    with database.writing() as session:
        challenge = session.get_one(Challenge, submitted.challenge_id)
        first = acting(session, submitted.budget)
        with pytest.raises(NotNow):
            fire(session, first, challenge, "approve_funding")
        with pytest.raises(MoveRefused, match="Another person must agree first"):
            fire(session, first, challenge, "approve_funding_together")
        agree(session, first, challenge, "approve_funding_together")
        with pytest.raises(MoveRefused, match="a different person"):
            fire(session, first, challenge, "approve_funding_together")
        second = acting(session, session.get_one(type(submitted.budget), other))
        fire(session, second, challenge, "approve_funding_together")
        case = case_in(session, submitted)
        assert (case.state, case.decided_by_id) == ("approved", other)


def test_the_page_tells_each_of_the_two_where_the_decision_stands(
    app: Flask, database: Database, submitted: Cast
) -> None:
    other = second_decider(database, submitted, 60_000_00)
    address = f"/challenges/{submitted.reference}/business-case"
    assert "the first agrees, a second approves" in signed_in(app, submitted.budget).get(address).text
    with database.writing() as session:
        second = session.get_one(Person, other)
        below = make.person(session)
        make.grant(session, below, Role.BUDGET_HOLDER, submitted.lead).limit_pence = 50_000_00
        challenge = session.get_one(Challenge, submitted.challenge_id)
        agree(session, acting(session, submitted.budget), challenge, "approve_funding_together")
    waits = signed_in(app, submitted.budget).get(address).text
    assert "another budget holder must now approve it" in waits
    assert "Return with comments" not in waits
    assert "if you approve it too, it is approved" in signed_in(app, second).get(address).text
    assert "Your limit is £50,000 including VAT; this case asks for £60,000" in signed_in(app, below).get(address).text
    move = signed_in(app, second).get(f"/challenges/{submitted.reference}/moves/approve_funding_together").text
    assert "two people, each a budget holder" in move


def test_agreeing_to_one_submission_is_not_agreeing_to_the_next(database: Database, submitted: Cast) -> None:
    other = second_decider(database, submitted, 60_000_00)
    with database.writing() as session:
        challenge, case = session.get_one(Challenge, submitted.challenge_id), case_in(session, submitted)
        agree(session, acting(session, submitted.budget), challenge, "approve_funding_together")
        owner = acting(session, submitted.owner)
        services.take_back(session, owner, case)
        services.submit(session, owner, case)
        second = acting(session, session.get_one(type(submitted.budget), other))
        with pytest.raises(MoveRefused, match="Another person must agree first"):
            fire(session, second, challenge, "approve_funding_together")


def test_an_administrator_says_from_which_amount_two_people_decide(app: Flask, database: Database, cast: Cast) -> None:
    with database.writing() as session:
        person = make.person_as(session, Role.AUTHORITY_ADMINISTRATOR, cast.lead)
        lead = session.get_one(Organisation, cast.lead.id)
        typed = {"name": lead.name, "code": "LC", "is_authority": "y", "version": str(lead.version)}
        typed |= {"authority_kind": lead.authority_kind.value if lead.authority_kind else ""}
    client, address = signed_in(app, person), f"/organisations/{cast.lead.reference}/details"
    wrong = client.post(address, data=typed | {"second_decider_from": "some"})
    assert (wrong.status_code, 'value="some"' in wrong.text) == (422, True)
    assert client.post(address, data=typed | {"second_decider_from": "100k"}).status_code == 302
    with database.reading() as session:
        assert session.get_one(Organisation, cast.lead.id).second_decider_from_pence == 100_000_00
    assert 'value="100,000"' in client.get(address).text
    assert "From £100,000, including VAT" in client.get(address.removesuffix("/details")).text


def test_what_is_typed_wrong_about_risks_and_money_is_kept(app: Flask, written: Cast) -> None:
    client, address = signed_in(app, written.owner), f"/challenges/{written.reference}/business-case"
    answer = client.post(f"{address}/risks", data={"what": "Snow.", "likelihood": "often"})
    assert answer.status_code == 422
    assert "Snow." in answer.text
    assert "Say how bad it would be" in answer.text
    answer = client.post(f"{address}/contributions", data={"source": "A trust", "amount": "much", "agreed": "yes"})
    assert answer.status_code == 422
    assert 'value="much"' in answer.text
    typed = {"source": "A trust", "amount": "4,000", "agreed": "no"}
    assert client.post(f"{address}/contributions", data=typed).status_code == 302
    page = client.get(f"{address}/contributions").text
    assert "A trust" in page
    assert "Not yet" in page


def test_the_case_is_a_paper_for_a_meeting(app: Flask, submitted: Cast) -> None:
    if not pdfs_are_made():
        is_missing("pdf", "Pango is not installed (on Debian: apt install libpangoft2-1.0-0).")
    answer = signed_in(app, submitted.budget).get(f"/challenges/{submitted.reference}/business-case/case.pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    found = PdfReader(BytesIO(answer.data))
    said = " ".join(" ".join(page.extract_text() for page in found.pages).split())
    for each in ("£60,000", "AS-4410", "Talking bus stops (preferred)", "The strategic words.", "The stops lose their"):
        assert each in said
    assert "/StructTreeRoot" in found.root_object


def test_the_papers_charts_are_figures_that_say_their_values(app: Flask, submitted: Cast) -> None:
    if not pdfs_are_made():
        is_missing("pdf", "Pango is not installed (on Debian: apt install libpangoft2-1.0-0).")
    answer = signed_in(app, submitted.budget).get(f"/challenges/{submitted.reference}/business-case/case.pdf")
    figures = [each for each in _tagged(PdfReader(BytesIO(answer.data))) if each.get("/S") == "/Figure"]
    spoken = [str(each.get("/Alt", "")) for each in figures]
    for chart in ("Costs in today’s money", "Benefits in today’s money", "Net present value"):
        assert [words for words in spoken if words.startswith(f"{chart}: Carry on as now, £0; Posters, £0; Talking")]
    said = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert "Costs 20% higher" in " ".join(said.split())


def _tagged(found: PdfReader) -> list[DictionaryObject]:
    """Every element of the document's structure, as a screen reader meets them."""
    waiting: list[PdfObject] = [found.root_object["/StructTreeRoot"]]
    met = []
    while waiting:
        each: PdfObject | None = waiting.pop().get_object()
        if isinstance(each, ArrayObject):
            waiting.extend(each)
        elif isinstance(each, DictionaryObject):
            met.append(each)
            waiting.extend([each["/K"]] if "/K" in each else [])
    return met
