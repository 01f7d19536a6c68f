"""Insolvency, a sale, a lost member: the firm heard, the work suspended or ended, and what is settled then."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.db import Database, clock
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.notices.models import Moment
from portal.partnerships import services as partnering
from portal.partnerships.models import Matter, PartnershipEvent
from portal.partnerships.pathway import EventKind
from portal.partnerships.plans import Happening, Payment
from portal.partnerships.services import events as happenings
from portal.partnerships.services import payments as paying
from portal.partnerships.services.benefits import write_lessons
from portal.responses.models import Response
from tests.support import make
from tests.support.awarded import ABOVE, MONDAY
from tests.support.mailed import letters
from tests.support.partnered import SIGNED, Partners, in_boxes, partners
from tests.support.visit import Visit, said

SECRET = "The bank called its loan."


@pytest.fixture
def made(database: Database) -> Partners:
    with database.writing() as session:
        return partners(session, firms=2, kind=ReleaseKind.FIRST_ROUND, value=ABOVE)


def later(days: float) -> Any:
    return clock.stopped_at(MONDAY + timedelta(days=days))


def record(session: Any, made: Partners, kind: EventKind = EventKind.INSOLVENCY) -> PartnershipEvent:
    happening = Happening(kind, SIGNED, SECRET, "A letter of today.", MONDAY + timedelta(days=7))
    return happenings.record_event(session, made.officer(session), made.contract(session), happening)


def end(session: Any, made: Partners) -> None:
    for actor in (made.owner(session), made.officer(session)):
        partnering.end_work(session, actor, made.contract(session), "It cannot go on.")


def test_the_firm_is_heard_before_anything_is_decided(app: Flask, database: Database, made: Partners) -> None:
    with database.writing() as session:
        event = record(session, made)
        with pytest.raises(NotNow):
            happenings.decide_event(session, made.officer(session), event, suspend=True, reason="Risk.")
        with pytest.raises(MoveRefused, match="has been heard"):
            end(session, made)
        with pytest.raises(NotAllowed):
            happenings.answer_event(session, made.firm(session, 1), event, "We are rivals.")
        happenings.answer_event(session, made.firm(session), event, "A new loan is signed.")
        happenings.decide_event(session, made.officer(session), event, suspend=False, reason="The loan is enough.")
        assert (event.state, made.contract(session).state) == ("continued", "active")
    [first] = letters(app, "partnerships.event_recorded")
    assert SECRET not in first.text
    assert "30 November 2026" in first.text
    assert len(letters(app, "partnerships.event_answered")) == len(letters(app, "partnerships.event_decided")) == 1


def test_silence_until_the_time_named_is_an_answer_too(database: Database, made: Partners) -> None:
    with database.writing() as session:
        event = record(session, made)
        with later(7):
            with pytest.raises(NotNow):
                happenings.answer_event(session, made.firm(session), event, "Too late.")
            happenings.decide_event(session, made.officer(session), event, suspend=True, reason="Nobody answers.")
        assert (event.state, made.contract(session).state) == ("suspended", "suspended")


def test_nothing_is_delivered_while_the_work_is_suspended(app: Flask, database: Database, made: Partners) -> None:
    with database.writing() as session:
        contract, owner, officer = made.contract(session), made.owner(session), made.officer(session)
        partnering.start_phase(session, owner, contract.phases[0])
        event = record(session, made)
        with later(7):
            happenings.decide_event(session, officer, event, suspend=True, reason="Risk.")
            with pytest.raises(MoveRefused, match="at work"):
                partnering.deliver(session, owner, contract.phases[0], "Done.")
            happenings.resume(session, officer, contract)
            partnering.deliver(session, owner, contract.phases[0], "Done.")
        assert made.contract(session, 1).state == "active"
    assert len(letters(app, "partnerships.resumed")) == 1


def test_an_end_closes_the_event_and_asks_for_its_notice(database: Database, made: Partners) -> None:
    with database.writing() as session:
        event = record(session, made)
        with later(8):
            end(session, made)
            duty = made.award.duty(session, NoticeKind.UK11, Moment.CONTRACT_END)
        assert event.state == "ended"
        assert (duty.number, duty.due_on, duty.ripe) == (1, date(2026, 12, 30), True)


def test_a_partnership_that_was_ended_closes_once_everything_is_settled(database: Database, made: Partners) -> None:
    with database.writing() as session:
        member = make.supplier(session)
        make.member(session, session.get_one(Response, made.award.responses[0]), member)
        session.expire_all()
        contract, officer = made.contract(session), made.officer(session)
        with pytest.raises(NotNow, match="work was ended"):
            happenings.settle_matter(session, officer, contract, Matter.PROPERTY, None, "Stays.")
        invoice = made.invoice(session)
        end(session, made)
        with pytest.raises(MoveRefused) as refused:
            partnering.close(session, officer, contract)
        details = {each.name: each.details for each in refused.value.refusal.missing}
        assert details == {
            "invoices_settled": ("Invoice INV-7",),
            "matters_settled": (
                "Intellectual property",
                "Source code",
                "The authority's data",
                "2 of 2 members' shares",
            ),
            "lessons_written": (),
        }
        paying.pay(session, officer, invoice, Payment(SIGNED, 2_000_000), invoice.version)
        for matter in (Matter.PROPERTY, Matter.SOURCE_CODE, Matter.DATA, Matter.PROPERTY):
            happenings.settle_matter(session, officer, contract, matter, None, "As the contract says.")
        for firm in (contract.organisation_id, member.id):
            happenings.settle_matter(session, officer, contract, Matter.SHARE, firm, "Half each.")
        assert len(contract.matters) == 5
        write_lessons(session, officer, contract, "Ask for the accounts earlier.")
        partnering.close(session, officer, contract)
        assert contract.ended_at == MONDAY


def test_the_pages_from_an_event_to_the_settlement(database: Database, made: Partners, visit: Visit) -> None:
    officer, owner, firm = (visit(each) for each in (made.award.officer_id, made.award.owner_id, made.award.people[0]))
    page = f"/partnerships/{made.references[0]}"
    sent = {"kind": "insolvency", "what": SECRET, "evidence": "A letter.", "hear_by-time": "5pm"}
    sent |= in_boxes("happened_on", SIGNED) | in_boxes("hear_by", date(2026, 11, 30))
    assert officer.post(f"{page}/events/new", data=sent | {"hear_by-year": "2025"}).status_code == 422
    path = owner.post(f"{page}/events/new", data=sent).headers["Location"]
    assert SECRET in said(firm, path)
    assert "Say what you think before something is decided about your work" in said(firm, "/home")
    assert visit(made.award.people[1]).get(path).status_code == 404
    assert firm.post(f"{path}/answer", data={}).status_code == 422
    assert firm.post(f"{path}/answer", data={"view": "It is not so bad."}).status_code == 302
    assert "not so bad" in said(officer, path)
    assert officer.post(f"{path}/decide", data={"decision": "suspend", "reason": "Wait."}).status_code == 302
    assert "Suspended" in said(firm, page)
    assert officer.post(f"{page}/resume").status_code == 302
    for each in (owner, officer):
        assert each.post(f"{page}/end", data={"reason": "No money came."}).status_code == 302
    assert "It cannot be closed yet" in said(officer, f"{page}/settlement")
    for matter in ("property", "source_code", "data"):
        assert officer.post(f"{page}/settlement/{matter}", data={"how": f"{matter} is settled."}).status_code == 302
    assert officer.get(f"{page}/settlement/nothing").status_code == 404
    assert "source_code is settled." in said(firm, f"{page}/settlement")
    assert officer.post(f"{page}/close").status_code == 409
    assert "What the next partnership should know is written down." in said(officer, f"{page}/settlement")
    assert officer.post(f"{page}/lessons", data={"lessons": "Ask for the accounts earlier."}).status_code == 302
    assert officer.post(f"{page}/close").status_code == 302
    with database.reading() as session:
        assert made.contract(session).state == "closed"
        assert session.scalars(select(PartnershipEvent.state)).one() == "suspended"
