"""Files as evidence: both sides of one contract attach and see them, nobody else, and only while it can matter."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from portal.db import Database, clock
from portal.files.arrived import Arrived
from portal.machine import NotNow
from portal.outbox import OutboxMessage
from portal.outbox.messages import worded
from portal.partnerships import services as partnering
from portal.partnerships.models import EvidenceFile, PartnershipEvent
from portal.partnerships.pathway import EventKind
from portal.partnerships.plans import Happening
from portal.partnerships.services import events, evidence
from tests.support.awarded import MONDAY
from tests.support.partnered import SIGNED, Partners, partners
from tests.support.visit import Visit, said

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def made(database: Database) -> Partners:
    with database.writing() as session:
        made = partners(session, firms=2)
        partnering.start_phase(session, made.owner(session), made.contract(session).phases[0])
        return made


def came(number: int = 0) -> Arrived:
    return Arrived(f"{number:064}", 1, "text/plain", "trial.txt")


def recorded(session: Any, made: Partners) -> PartnershipEvent:
    happening = Happening(EventKind.INSOLVENCY, SIGNED, "The loan.", "A letter.", MONDAY + timedelta(days=7))
    return events.record_event(session, made.officer(session), made.contract(session), happening)


def sent(content: bytes, name: str, **fields: str) -> dict[str, Any]:
    return {"data": {"file": (BytesIO(content), name), **fields}, "content_type": "multipart/form-data"}


def test_a_file_is_attached_once_for_each_side_and_ten_at_most(database: Database, made: Partners) -> None:
    with database.writing() as session:
        phase, firm = made.contract(session).phases[0], made.firm(session)
        first = evidence.attach_to_target(session, firm, phase, 1, came())
        assert first.by_firm
        assert evidence.attach_to_target(session, firm, phase, 1, came()) is first
        assert not evidence.attach_to_target(session, made.owner(session), phase, 1, came()).by_firm
        for number in range(2, 10):
            evidence.attach_to_target(session, firm, phase, 1, came(number))
        with pytest.raises(NotNow, match="10 files"):
            evidence.attach_to_target(session, firm, phase, 1, came(10))
        with pytest.raises(NotNow, match="no such target"):
            evidence.attach_to_target(session, firm, phase, 9, came())
        with pytest.raises(NotNow, match="Only the side"):
            evidence.take_out(session, made.owner(session), first)
        evidence.take_out(session, firm, first)
        evidence.attach_to_target(session, firm, phase, 1, came(10))


def test_a_new_file_makes_the_first_persons_decision_lapse(database: Database, made: Partners) -> None:
    with database.writing() as session:
        contract, owner, officer = made.contract(session), made.owner(session), made.officer(session)
        phase = contract.phases[0]
        partnering.deliver(session, owner, phase, "It works.")
        assert not partnering.review(session, owner, phase, "pass", "Good.", {1: True})
        evidence.attach_to_target(session, made.firm(session), phase, 1, came())
        session.expire_all()
        assert not partnering.review(session, officer, phase, "pass", "Good.", {1: True})
        assert partnering.review(session, owner, phase, "pass", "Good.", {1: True})
        with pytest.raises(NotNow, match="while the phase is under way"):
            evidence.attach_to_target(session, owner, phase, 1, came(1))


def test_the_firm_attaches_while_it_is_heard_and_the_authority_until_it_decides(
    database: Database, made: Partners
) -> None:
    with database.writing() as session:
        event, officer, firm = recorded(session, made), made.officer(session), made.firm(session)
        evidence.attach_to_event(session, officer, event, came())
        evidence.attach_to_event(session, firm, event, came(1))
        with clock.stopped_at(MONDAY + timedelta(days=8)):
            with pytest.raises(NotNow, match="time to say something is over"):
                evidence.attach_to_event(session, firm, event, came(2))
            evidence.attach_to_event(session, officer, event, came(2))
            events.decide_event(session, officer, event, suspend=False, reason="It holds.")
            with pytest.raises(NotNow, match="is decided"):
                evidence.attach_to_event(session, officer, event, came(3))


def test_the_other_side_is_told_once_a_day_of_files_about_an_event(database: Database, made: Partners) -> None:
    with database.writing() as session:
        event, officer, firm = recorded(session, made), made.officer(session), made.firm(session)
        for number in (1, 2, 2):
            evidence.attach_to_event(session, firm, event, came(number))
        evidence.attach_to_event(session, officer, event, came())
        asked = select(OutboxMessage.to_person_id).where(OutboxMessage.kind == "partnerships.event_file")
        told = list(session.scalars(asked))
        assert len(told) == len(set(told))
        assert {officer.person_id, firm.person_id} <= set(told)
        mail = worded(session, "partnerships.event_file", {"event": event.reference})
        assert mail is not None
        assert mail.path == f"/partnership-events/{event.reference}"


def test_the_pages_take_files_in_and_give_them_to_this_contracts_sides_only(
    database: Database, made: Partners, visit: Visit
) -> None:
    owner, firm, rival = (visit(each) for each in (made.award.owner_id, *made.award.people))
    page = f"/partnerships/{made.references[0]}/phases/1/files"
    assert "Nothing is attached yet" in said(firm, page)
    no_file: dict[str, Any] = {"data": {"target": "1"}}
    for wrong in (
        sent(b"MZ\x90\x00", "trial.exe", target="1"),
        no_file,
        sent(PDF, "trial.pdf", target="9"),
    ):
        assert firm.post(page, **wrong).status_code == 422
    assert firm.post(page, **sent(PDF, "trial.pdf", target="1")).status_code == 302
    assert "trial.pdf" in said(owner, page)
    with database.reading() as session:
        reference = session.scalars(select(EvidenceFile)).one().file.reference
    path = f"/partnerships/{made.references[0]}/files/{reference}"
    for client in (owner, firm):
        answer = client.get(path)
        assert answer.data == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
        answer.close()
    for method, address in (("GET", page), ("GET", path), ("POST", page), ("POST", f"{path}/take-out")):
        assert rival.open(address, method=method).status_code == 404
    own = f"/partnerships/{made.references[1]}/files/{reference}"
    assert rival.get(own).status_code == 404
    assert owner.post(f"{path}/take-out").status_code == 409
    assert firm.post(f"{path}/take-out").status_code == 302
    assert owner.get(path).status_code == 404


def test_an_event_shows_its_files(database: Database, made: Partners, visit: Visit) -> None:
    with database.writing() as session:
        path = f"/partnership-events/{recorded(session, made).reference}"
    officer, firm = visit(made.award.officer_id), visit(made.award.people[0])
    assert firm.post(f"{path}/files", data={}).status_code == 422
    assert firm.post(f"{path}/files", **sent(PDF, "loan.pdf")).status_code == 302
    assert "loan.pdf" in said(officer, path)
    assert visit(made.award.people[1]).post(f"{path}/files", **sent(PDF, "loan.pdf")).status_code == 404
