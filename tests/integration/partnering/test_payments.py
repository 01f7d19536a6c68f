"""Invoices: thirty days from their receipt, disputes, payments in time and late, and who hears of what."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.db import Conflict, Database, clock
from portal.law.money import Vat
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.outbox import OutboxMessage
from portal.partnerships import services as partnering
from portal.partnerships.models import Invoice
from portal.partnerships.money import payment_words, sums_of
from portal.partnerships.plans import Payment
from portal.partnerships.services import payments as paying
from portal.partnerships.services.benefits import write_lessons
from portal.policy import Role
from tests.support import make
from tests.support.awarded import MONDAY
from tests.support.mailed import letters
from tests.support.page import Page
from tests.support.partnered import PAPER, SIGNED, Partners, in_boxes, partners
from tests.support.visit import Visit, said

DUE = date(2026, 12, 22)


@pytest.fixture
def made(database: Database) -> Partners:
    with database.writing() as session:
        return partners(session, firms=2)


def later(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


def test_a_firm_tells_of_an_invoice_and_the_officer_confirms_when_it_came(
    app: Flask, database: Database, made: Partners, visit: Visit
) -> None:
    firm, officer = visit(made.award.people[0]), visit(made.award.officer_id)
    path = f"/partnerships/{made.references[0]}/payments"
    sent = {"number": "A-19", "amount": "12,000", "vat": "exclusive", "phase": "1"}
    assert firm.post(f"{path}/new", data=sent).status_code == 302
    assert "A-19" in said(firm, path)
    [letter] = letters(app, "partnerships.invoice_told")
    assert "A-19" in letter.text
    assert "12,000" not in letter.text
    assert "See to an invoice" in said(officer, "/home")
    assert officer.post(f"{letter.path}/receive", data=in_boxes("received_on", date(2026, 11, 24))).status_code == 422
    assert officer.post(f"{letter.path}/receive", data=_versioned(database, SIGNED)).status_code == 302
    with database.reading() as session:
        invoice = session.scalars(select(Invoice)).one()
        assert (invoice.state, invoice.due_on, invoice.phase and invoice.phase.number) == ("received", DUE, 1)
    assert "Pay by 22 December 2026: 29 days left" in said(firm, letter.path)
    assert "See to an invoice" not in said(officer, "/home")
    with clock.stopped_at(later(22)):
        asked = said(visit(made.award.officer_id), "/home")
        assert "See to an invoice" in asked
        assert "Pay by 22 December 2026" in asked
    with clock.stopped_at(later(30)):
        assert "Was to be paid by 22 December 2026" in said(visit(made.award.officer_id), "/home")
    assert [each.path for each in letters(app, "partnerships.invoice_received")] == [letter.path]


def _versioned(database: Database, received: date) -> dict[str, str]:
    with database.reading() as session:
        version = session.scalars(select(Invoice.version)).one()
    return in_boxes("received_on", received) | {"version": str(version)}


def test_a_number_is_recorded_once_under_a_contract_and_again_under_another(
    database: Database, made: Partners, visit: Visit
) -> None:
    with database.writing() as session:
        made.invoice(session)
        made.invoice(session, 1)
        with pytest.raises(NotNow, match="recorded already"):
            made.invoice(session)
    answer = visit(made.award.officer_id).post(
        f"/partnerships/{made.references[0]}/payments/new",
        data={"number": "INV-7", "amount": "5", "vat": "inclusive", "phase": ""} | in_boxes("received_on", SIGNED),
    )
    assert answer.status_code == 422
    assert "recorded already" in answer.text
    assert 'value="5"' in answer.text


def test_officers_are_reminded_a_week_before_and_on_the_morning_after(app: Flask, database: Database) -> None:
    with database.writing() as session:
        made = partners(session)
        made.invoice(session)
        moments = dict(
            session.execute(
                select(OutboxMessage.kind, OutboxMessage.due_at).where(
                    OutboxMessage.kind.in_(("partnerships.invoice_due", "partnerships.invoice_overdue"))
                )
            ).all()
        )
    assert moments == {
        "partnerships.invoice_due": datetime(2026, 12, 15, 9, tzinfo=UTC),
        "partnerships.invoice_overdue": datetime(2026, 12, 23, 9, tzinfo=UTC),
    }
    with clock.stopped_at(later(30)):
        [letter] = letters(app, "partnerships.invoice_overdue")
    assert "22 December 2026" in letter.text


def test_one_that_is_recorded_late_is_only_overdue(app: Flask, database: Database) -> None:
    with database.writing() as session:
        partners(session).invoice(session, received=SIGNED - timedelta(days=40))
    assert letters(app, "partnerships.invoice_due") == []
    assert len(letters(app, "partnerships.invoice_overdue")) == 1


def test_what_is_paid_meanwhile_reminds_nobody(app: Flask, database: Database) -> None:
    with database.writing() as session:
        made = partners(session)
        invoice = made.invoice(session)
        paying.pay(session, made.officer(session), invoice, Payment(SIGNED, 2_000_000), invoice.version)
    assert letters(app, "partnerships.invoice_due") == letters(app, "partnerships.invoice_overdue") == []
    assert len(letters(app, "partnerships.invoice_paid")) == 1


def test_the_days_of_a_dispute_stand_still(app: Flask, database: Database, made: Partners) -> None:
    with database.writing() as session:
        invoice = made.invoice(session)
        with clock.stopped_at(later(10)):
            paying.dispute(session, made.officer(session), invoice, "The phase had not passed.", invoice.version)
        with clock.stopped_at(later(40)), pytest.raises(NotNow):
            paying.pay(session, made.officer(session), invoice, Payment(SIGNED, 1), invoice.version)
        with clock.stopped_at(later(40)):
            paying.settle(session, made.officer(session), invoice, "Half now.", 1_000_000, invoice.version)
        assert (invoice.state, invoice.due_on, invoice.amount_pence) == ("received", date(2027, 1, 21), 1_000_000)
    assert "not passed" not in letters(app, "partnerships.invoice_disputed")[0].text
    assert "21 January 2027" in letters(app, "partnerships.invoice_settled")[0].text
    assert len(letters(app, "partnerships.invoice_due")) == 1, "the earlier day reminds nobody any more"


def test_less_is_paid_only_with_a_word(database: Database, made: Partners) -> None:
    with database.writing() as session:
        invoice, officer = made.invoice(session), made.officer(session)
        for payment in (Payment(SIGNED, 1_999_999), Payment(date(2026, 11, 24), 2_000_000)):
            with pytest.raises(MoveRefused):
                paying.pay(session, officer, invoice, payment, invoice.version)
        paying.pay(session, officer, invoice, Payment(SIGNED, 1_999_999, "A penny was rounded."), invoice.version)
        assert invoice.state == "paid"


def test_a_stale_form_pays_nothing(database: Database, made: Partners) -> None:
    with database.writing() as session:
        invoice = made.invoice(session)
        with pytest.raises(Conflict):
            paying.pay(session, made.officer(session), invoice, Payment(SIGNED, 2_000_000), invoice.version - 1)


def test_only_the_authority_runs_an_invoice_and_only_its_firm_takes_it_back(database: Database, made: Partners) -> None:
    with database.writing() as session:
        invoice = made.invoice(session)
        with pytest.raises(NotAllowed):
            paying.dispute(session, made.firm(session), invoice, "No.", invoice.version)
        with pytest.raises(NotAllowed):
            paying.take_back(session, made.firm(session, 1), invoice)
        paying.take_back(session, made.firm(session), invoice)
        assert invoice.state == "taken_back"


def test_a_firm_sees_its_own_invoices_and_no_other(database: Database, made: Partners, visit: Visit) -> None:
    with database.writing() as session:
        own = made.invoice(session, 0, number="AMBER-1").reference
        others = made.invoice(session, 1, number="BROOK-2").reference
    firm = visit(made.award.people[0])
    assert "AMBER-1" in said(firm, f"/partnerships/{made.references[0]}/payments")
    assert firm.get(f"/invoices/{own}").status_code == 200
    for path in (f"/invoices/{others}", f"/partnerships/{made.references[1]}/payments"):
        assert firm.get(path).status_code == 404
    assert firm.post(f"/invoices/{others}/take-back").status_code == 404
    assert firm.get("/payments").status_code == 403


def test_the_list_shows_what_is_late_and_counts_what_was_in_time(
    database: Database, made: Partners, visit: Visit
) -> None:
    with database.writing() as session:
        officer = made.officer(session)
        for number, paid_after in (("IN-TIME", 29), ("TOO-LATE", 30), ("WAITING", None)):
            invoice = made.invoice(session, number=number)
            if paid_after is not None:
                with clock.stopped_at(later(paid_after)):
                    payment = Payment(SIGNED + timedelta(days=paid_after), 2_000_000)
                    paying.pay(session, officer, invoice, payment, invoice.version)
    with clock.stopped_at(later(30)):
        client = visit(made.award.officer_id)
        overdue = said(client, "/payments?show=overdue")
        late = said(client, "/payments?show=late")
        assert "WAITING" in overdue
        assert "1 day late" in overdue
        assert "1 of 2 paid invoices was paid in time" in overdue
        assert "TOO-LATE" not in overdue
        assert "TOO-LATE" in late
        assert "IN-TIME" not in late
        assert "WAITING" in said(client, "/payments?show=nonsense&authority=nonsense&page=x")


def test_another_authority_sees_nothing_of_it(database: Database, made: Partners, visit: Visit) -> None:
    with database.writing() as session:
        made.invoice(session)
        stranger = partners(session).award.officer_id
    assert "INV-7" not in said(visit(stranger), "/payments")


def test_who_only_opened_the_responses_sees_no_invoice(database: Database, made: Partners, visit: Visit) -> None:
    with database.writing() as session:
        made.invoice(session, number="PAID-1")
        stranger = session.get_one(Person, partners(session).award.officer_id)
        make.grant(session, stranger, Role.OPENER, made.contract(session).challenge)
        opener = stranger.id
    assert "PAID-1" not in said(visit(opener), "/payments")


def test_a_phase_says_how_much_of_its_payment_is_paid(database: Database, made: Partners, visit: Visit) -> None:
    with database.writing() as session:
        phase = made.contract(session).phases[0]
        whole = made.invoice(session, number="1", amount_pence=500_000)
        rest = made.invoice(session, number="2", amount_pence=400_000)
        whole.phase, rest.phase = phase, phase
        paying.pay(session, made.officer(session), whole, Payment(SIGNED, 500_000), whole.version)
        session.refresh(made.contract(session))
        assert payment_words(phase) == "£5,000 of it paid"
        paying.pay(session, made.officer(session), rest, Payment(SIGNED, 400_000), rest.version)
        assert payment_words(phase) == "paid"


def test_sums_are_on_the_contracts_basis(database: Database, made: Partners) -> None:
    with database.writing() as session:
        contract, officer = made.contract(session), made.officer(session)
        made.invoice(session, number="1", amount_pence=1_000_000, vat=Vat.EXCLUSIVE)
        back = made.invoice(session, number="2")
        paying.send_back(session, officer, back, "Twice.", back.version)
        paid = made.invoice(session, number="3", amount_pence=500_000)
        paying.pay(session, officer, paid, Payment(SIGNED, 400_000, "A part."), paid.version)
        session.refresh(contract)
        sums = sums_of(contract)
        assert (sums.committed, sums.invoiced, sums.paid) == (4_000_000, 1_600_000, 400_000)
        assert (sums.open, sums.left) == (1_200_000, 2_400_000)


def test_a_partnership_closes_only_once_its_invoices_are_settled(database: Database, made: Partners) -> None:
    with database.writing() as session:
        contract, officer, owner = made.contract(session), made.officer(session), made.owner(session)
        invoice = made.invoice(session)
        for phase in contract.phases:
            partnering.start_phase(session, owner, phase)
            partnering.deliver(session, owner, phase, "Shown.")
            partnering.review(session, owner, phase, "pass", "Seen.", {1: True})
            partnering.review(session, officer, phase, "pass", "Seen.", {1: True})
        with pytest.raises(MoveRefused, match="Every invoice"):
            partnering.close(session, officer, contract)
        paying.pay(session, officer, invoice, Payment(SIGNED, 2_000_000), invoice.version)
        with pytest.raises(MoveRefused, match="next partnership should know"):
            partnering.close(session, officer, contract)
        write_lessons(session, officer, contract, "Begin the trials in summer.")
        partnering.close(session, officer, contract)
        with pytest.raises(NotNow, match="until it is closed"):
            paying.tell_of_invoice(session, made.firm(session), contract, PAPER)


def test_every_act_on_an_invoice_by_its_page(database: Database, made: Partners, visit: Visit) -> None:
    with database.writing() as session:
        path = f"/invoices/{made.invoice(session).reference}"
    client, on = visit(made.award.officer_id), in_boxes("paid_on", SIGNED)

    def send(act: str, expected: int = 302, /, **fields: str) -> str:
        with database.reading() as session:
            version = session.scalars(select(Invoice.version)).one()
        answer = client.post(f"{path}/{act}", data=fields | {"version": str(version)})
        assert answer.status_code == expected, answer.text
        return answer.text

    assert "what is wrong" in send("dispute", 422)
    send("dispute", dispute="The trial was cut short.")
    assert "stand still" in said(client, path)
    assert Page(send("settle", 422, agreed="0", settlement="")).faults() == []
    send("settle", agreed="15,000", settlement="The rest is not owed.")
    assert "why less" in send("pay", 422, paid="1", **on)
    send("pay", paid="15,000", **on)
    assert "Paid on 23 November 2026, in time" in said(client, path)
    send("send-back", 409, back="Too late.")


def test_a_dispute_that_is_too_long_is_kept_where_a_colleague_disputed_first(
    database: Database, made: Partners, visit: Visit
) -> None:
    with database.writing() as session:
        invoice = made.invoice(session)
        path, version = f"/invoices/{invoice.reference}", invoice.version
        paying.dispute(session, made.officer(session), invoice, "The phase had not passed.", version)
    typed = "The trial was cut short. " * 200
    answer = visit(made.award.officer_id).post(f"{path}/dispute", data={"dispute": typed, "version": str(version)})
    assert answer.status_code == 409
    assert typed.strip() in answer.text
    assert "Somebody changed this" in answer.text
