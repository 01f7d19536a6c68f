"""Notices about a contract at work, drafted in full from what was paid, changed and ended."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.db import Database
from portal.law.notices import NoticeKind
from portal.notices.drafting import draft_of
from portal.notices.duties import duties_of
from portal.notices.models import Moment
from portal.partnerships import services as partnering
from portal.partnerships.plans import Payment
from portal.partnerships.services import payments as paying
from tests.integration.partnering.test_changes import PUBLIC, agreed, plan
from tests.support.partnered import SIGNED, Partners, partners
from tests.support.people import signed_in


@pytest.fixture
def made(database: Database) -> Partners:
    with database.writing() as session:
        return partners(session, firms=2, **PUBLIC)


def told(session: Session, made: Partners, kind: NoticeKind, moment: Moment) -> dict[str, str]:
    duty = made.award.duty(session, kind, moment)
    draft = draft_of(session, made.award.challenge(session), duty)
    assert all(each.source for each in draft.known)
    return {each.label: each.value for each in draft.fields}


def test_a_large_payment_is_published_from_its_invoice(database: Database, made: Partners) -> None:
    with database.writing() as session:
        made.invoice(session, 1, number="SMALL-1", amount_pence=1_000_000)
        invoice = made.invoice(session, 1, number="BIG-2", amount_pence=3_500_000)
        paying.pay(session, made.officer(session), invoice, Payment(SIGNED, 3_500_000, ""), invoice.version)
        said = told(session, made, NoticeKind.UK8, Moment.RUNNING)
        assert (said["Payment with VAT"], said["Invoice"]) == ("£35,000", "BIG-2")
        assert said["Day on which it was paid"] == "23 November 2026"
        firm = made.contract(session, 1).organisation.name
        assert firm in said.values()


def test_the_officer_reads_it_on_its_page(app: Flask, database: Database, made: Partners) -> None:
    with database.writing() as session:
        invoice = made.invoice(session, 1, number="BIG-2", amount_pence=3_500_000)
        paying.pay(session, made.officer(session), invoice, Payment(SIGNED, 3_500_000, ""), invoice.version)
        reference, number = made.award.challenge(session).reference, invoice.id
        officer = session.get_one(Person, made.officer(session).person_id)
        session.expunge(officer)
    page = signed_in(app, officer).get(f"/challenges/{reference}/notices/running/{number}/UK8")
    assert page.status_code == 200
    assert "BIG-2" in page.text


def test_a_payment_of_thirty_thousand_or_less_asks_for_no_notice(database: Database, made: Partners) -> None:
    with database.writing() as session:
        invoice = made.invoice(session, amount_pence=3_000_000)
        paying.pay(session, made.officer(session), invoice, Payment(SIGNED, 3_000_000, ""), invoice.version)
        wanted = duties_of(session, made.award.challenge(session))
        assert NoticeKind.UK8 not in {each.kind for each in wanted}


def test_a_change_is_announced_with_its_figures(database: Database, made: Partners) -> None:
    with database.writing() as session:
        agreed(session, made, plan(2_500_000))
        said = told(session, made, NoticeKind.UK10, Moment.CHANGE)
        assert said["What changes"] == "A second depot"
        assert said["Value"] == "From £40,000 to £45,000"
        assert said["Last day"] == "From 23 June 2027 to 23 June 2027"
        assert said["Why it is allowed"].startswith("It is not substantial.")


def test_an_ended_contract_is_announced_with_its_reason(database: Database, made: Partners) -> None:
    with database.writing() as session:
        contract = made.contract(session)
        for person in (made.owner(session), made.officer(session)):
            partnering.end_work(session, person, contract, "The firm closed its workshop.")
        assert contract.state == "ended"
        duty = made.award.duty(session, NoticeKind.UK11, Moment.CONTRACT_END)
        assert duty.due_on == date(2026, 12, 22)
        said = told(session, made, NoticeKind.UK11, Moment.CONTRACT_END)
        assert (said["Why it ended"], said["When it ended"]) == ("The firm closed its workshop.", "23 November 2026")
