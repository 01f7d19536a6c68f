"""A firm follows what it promised, reports what it did, and the authority confirms."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.db import Database
from portal.machine import NotAllowed, NotNow
from portal.mail.sending import rendered
from portal.organisations.models import Organisation
from portal.outbox import OutboxMessage, worded
from portal.partnerships.models import SeenBenefit
from portal.partnerships.plans import Seen
from portal.partnerships.services import benefits as services
from portal.policy import Role
from tests.support import make
from tests.support.partnered import SIGNED, Partners, in_boxes, partners, promised_skills
from tests.support.visit import Visit, said

REPORT = {"what": "Two repair units alone", "evidence": "Their tutor watched them in March."} | in_boxes(
    "seen_on", SIGNED
)


@pytest.fixture
def made(database: Database) -> Partners:
    with database.writing() as session:
        return partners(session, firms=2)


@pytest.fixture
def asked(database: Database, made: Partners) -> int:
    """The last criterion asked for skills, and the first firm promised some; answers its id."""
    with database.writing() as session:
        return promised_skills(session, made)


def reported(database: Database) -> SeenBenefit:
    with database.reading() as session:
        return session.scalars(select(SeenBenefit)).one()


def mailed(app: Flask, database: Database, kind: str) -> list[int | None]:
    """Whom mails of one kind went to; each is worded on the way, and names what to do."""
    with app.app_context(), database.reading() as session:
        rows = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).all()
        for row in rows:
            mail = worded(session, row.kind, json.loads(row.parameters))
            assert mail is not None
            text = rendered(mail, "")
            assert "What to do now" in text or "nothing to do now" in text
            assert "/benefits/" in text
        return [row.to_person_id for row in rows]


def test_what_a_firm_reports_counts_once_it_is_confirmed(
    app: Flask, database: Database, made: Partners, asked: int, visit: Visit
) -> None:
    page = f"/partnerships/{made.references[0]}/benefits"
    firm, officer = visit(made.award.people[0]), visit(made.award.officer_id)
    before = said(firm, page)
    assert "Two learn to repair." in before
    assert "Not yet" in before
    assert firm.post(f"{page}/report", data=REPORT | {"outcome": str(asked)}).status_code == 302
    assert mailed(app, database, "partnerships.benefit_told") == [made.award.officer_id]
    assert "To be confirmed" in said(firm, page)
    assert "Not yet" in said(officer, page)
    assert "Confirm a benefit a partner reports" in said(officer, "/home")
    one = f"/benefits/{reported(database).reference}"
    assert "Two learn to repair." in said(officer, one)
    assert officer.post(f"{one}/confirm").status_code == 302
    assert mailed(app, database, "partnerships.benefit_confirmed") == [made.award.people[0]]
    for client in (firm, officer):
        shown = said(client, page)
        assert "1 time, last on 23 November 2026" in shown
        assert "Their tutor watched them in March." in shown
    assert "Confirm a benefit a partner reports" not in said(officer, "/home")


def test_what_cannot_be_confirmed_is_explained_and_may_be_reported_again(
    app: Flask, database: Database, made: Partners, visit: Visit
) -> None:
    page = f"/partnerships/{made.references[0]}/benefits"
    firm, officer = visit(made.award.people[0]), visit(made.award.officer_id)
    firm.post(f"{page}/report", data=REPORT)
    one = f"/benefits/{reported(database).reference}"
    refused = officer.post(f"{one}/send-back", data={"reason": ""})
    assert refused.status_code == 422
    assert "Say why you cannot confirm it." in refused.get_data(as_text=True)
    assert officer.post(f"{one}/send-back", data={"reason": "Who was the tutor’s employer?"}).status_code == 302
    assert mailed(app, database, "partnerships.benefit_back") == [made.award.people[0]]
    shown = said(firm, one)
    assert "Who was the tutor’s employer?" in shown
    assert "Report it again" in shown
    assert officer.post(f"{one}/confirm").status_code == 409


def test_a_firm_takes_its_report_back_until_it_is_answered(database: Database, made: Partners, visit: Visit) -> None:
    firm, officer = visit(made.award.people[0]), visit(made.award.officer_id)
    firm.post(f"/partnerships/{made.references[0]}/benefits/report", data=REPORT)
    one = f"/benefits/{reported(database).reference}"
    assert firm.post(f"{one}/take-back").status_code == 302
    assert officer.post(f"{one}/confirm").status_code == 409
    assert firm.post(f"{one}/take-back").status_code == 409


def test_bad_reports_keep_what_was_typed(database: Database, made: Partners, visit: Visit) -> None:
    page, firm = f"/partnerships/{made.references[0]}/benefits/report", visit(made.award.people[0])
    late = firm.post(page, data=REPORT | in_boxes("seen_on", SIGNED + timedelta(days=1)))
    assert late.status_code == 422
    assert "The day cannot be in the future." in late.get_data(as_text=True)
    assert "Two repair units alone" in late.get_data(as_text=True)
    assert firm.post(page, data=REPORT | {"outcome": "999999"}).status_code == 422
    assert firm.post(page, data=REPORT | {"what": "x" * 401}).status_code == 422


def test_only_its_own_partner_reports_and_only_the_authority_confirms(
    database: Database, made: Partners, visit: Visit
) -> None:
    page = f"/partnerships/{made.references[0]}/benefits"
    rival, officer = visit(made.award.people[1]), visit(made.award.officer_id)
    assert rival.get(page).status_code == 404
    assert rival.post(f"{page}/report", data=REPORT).status_code == 404
    assert officer.post(f"{page}/report", data=REPORT).status_code == 403
    with database.writing() as session:
        seen = Seen(SIGNED, "A", "B")
        benefit = services.report_benefit(session, made.firm(session), made.contract(session), seen)
        one = f"/benefits/{benefit.reference}"
    assert rival.get(one).status_code == 404
    assert rival.post(f"{one}/take-back").status_code == 404
    with database.writing() as session:
        benefit = session.scalars(select(SeenBenefit)).one()
        with pytest.raises(NotAllowed):
            services.confirm_benefit(session, made.firm(session), benefit)
        services.confirm_benefit(session, made.officer(session), benefit)
        with pytest.raises(NotNow):
            services.confirm_benefit(session, made.officer(session), benefit)


def test_the_authority_chooses_what_of_its_own_the_firm_reads(
    database: Database, made: Partners, asked: int, visit: Visit
) -> None:
    page = f"/partnerships/{made.references[0]}/benefits"
    firm, officer = visit(made.award.people[0]), visit(made.award.officer_id)
    sent = {"evidence": "Counted.", "outcome": str(asked)} | in_boxes("seen_on", SIGNED)
    officer.post(page, data=sent | {"what": "Fewer calls at night", "money": "500"})
    officer.post(page, data=sent | {"what": "Riders wait less", "money": "700", "shown_to_firm": "y"})
    shown = said(firm, page)
    assert "Riders wait less" in shown
    assert "Fewer calls at night" not in shown
    assert "1 time, last on 23 November 2026" in shown
    assert "£" not in shown
    assert "2 times, last on 23 November 2026" in said(officer, page)


def test_a_budget_holder_reads_and_does_not_confirm(database: Database, made: Partners, visit: Visit) -> None:
    firm = visit(made.award.people[0])
    firm.post(f"/partnerships/{made.references[0]}/benefits/report", data=REPORT)
    with database.writing() as session:
        lead = session.get_one(Organisation, made.award.challenge(session).lead_id)
        holder = make.person_as(session, Role.BUDGET_HOLDER, lead).id
    one = f"/benefits/{reported(database).reference}"
    assert "Can you confirm it?" not in said(visit(holder), one)
    assert visit(holder).post(f"{one}/confirm").status_code == 403
