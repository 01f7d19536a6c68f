"""The route adviser's page: filled from a challenge, in words where something is typed wrong, and keeping nothing."""

from flask import Flask

from portal.accounts.models import Person
from portal.db import Database
from tests.support import make
from tests.support.awarded import award
from tests.support.people import signed_in


def test_it_is_filled_from_a_challenge(database: Database, app: Flask) -> None:
    with database.writing() as session:
        made = award(session)
        officer, reference = session.get_one(Person, made.officer_id), made.challenge(session).reference
    text = " ".join(signed_in(app, officer).get(f"/procurement/adviser?challenge={reference}").text.split())
    assert "The threshold is £207,720 with VAT" in text
    assert "£300,000" in text
    assert "Decide on the legal route" in text


def test_what_is_typed_wrong_is_kept_and_said(database: Database, app: Flask) -> None:
    with database.writing() as session:
        officer = session.get_one(Person, award(session).officer_id)
    client = signed_in(app, officer)
    assert client.get("/procurement/adviser").status_code == 200
    wrong = client.get("/procurement/adviser?contract=services&base=1,00&on=tomorrow")
    assert wrong.status_code == 422
    assert "Enter an amount in pounds" in wrong.text
    assert 'value="1,00"' in wrong.text
    early = client.get("/procurement/adviser?contract=services&base=40k&on=2020-01-01")
    assert early.status_code == 422
    assert "24 February 2025" in early.text
    never = client.get("/procurement/adviser?contract=services&base=40k&on=31+2+2026")
    assert never.status_code == 422
    assert "Enter a day that exists" in never.text
    assert 'value="31 2 2026"' in never.text
    assert "The threshold is" in client.get("/procurement/adviser?contract=services&base=40k&on=4+12+2026").text
    huge = client.get("/procurement/adviser?contract=nonsense&authority=nonsense&base=40k&option=200k&vat=exclusive")
    assert "Above the threshold" in huge.text


def test_it_is_for_people_of_authorities(database: Database, app: Flask) -> None:
    with database.writing() as session:
        stranger = make.person(session)
    assert signed_in(app, stranger).get("/procurement/adviser").status_code == 403


def test_in_scotland_no_threshold_of_the_act_is_shown(database: Database, app: Flask) -> None:
    with database.writing() as session:
        officer = session.get_one(Person, award(session).officer_id)
    client = signed_in(app, officer)
    there = client.get("/procurement/adviser?contract=services&base=250k&on=4+12+2026&scottish=yes").text
    assert "The Procurement Act 2023 does not apply." in there
    assert "Innovation partnership (Scotland)" in there
    assert "The threshold is" not in there
