"""The pages of notices, the award and partnerships, as each person meets them."""

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Person
from portal.db import Database
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.notices import services as noticing
from portal.notices.models import Claim, Notice
from portal.open_data.models import PublishedRelease
from portal.outbox import OutboxMessage
from portal.outbox.messages import worded
from portal.partnerships import services as partnering
from portal.partnerships.models import Partnership
from portal.responses.models import Response
from tests.support.awarded import Award, award
from tests.support.page import Page
from tests.support.people import signed_in


def client_of(app: Flask, person_id: int) -> FlaskClient:
    with app.extensions["database"].reading() as session:
        return signed_in(app, session.get_one(Person, person_id))


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    if status == 200:
        assert Page(answer.text).faults() == []
    return answer.text


@pytest.fixture
def made(database: Database) -> Award:
    with database.writing() as session:
        return award(session, firms=3, chosen=2, purchase_announced=True)


@pytest.fixture
def reference(database: Database, made: Award) -> str:
    with database.reading() as session:
        return made.challenge(session).reference


@pytest.fixture
def officer(app: Flask, made: Award) -> FlaskClient:
    return client_of(app, made.officer_id)


UK6 = "notices/activation/1/UK6"
WHEN = {  # the day of the tests, half an hour before their time
    "published_at-day": "23",
    "published_at-month": "11",
    "published_at-year": "2026",
    "published_at-time": "8:30am",
}


def test_the_notices_page_says_what_is_next(database: Database, officer: FlaskClient, reference: str) -> None:
    text = page(officer, f"/challenges/{reference}/notices")
    assert "Next:" in text
    assert "Tenders are invited" in text
    data = {"reference": "012345-2026", **WHEN}
    early = officer.post(f"/challenges/{reference}/notices/release/1/UK4/published", data=data)
    assert early.status_code == 422
    assert "Look at the register of interests, then tick the box." in early.text
    answer = officer.post(f"/challenges/{reference}/notices/release/1/UK4/published", data=data | {"looked": "y"})
    assert answer.status_code == 302
    assert "Number 012345-2026, 23 November 2026 at 8:30am GMT" in page(officer, f"/challenges/{reference}/notices")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reference": "12", **WHEN}, "Enter the number as the platform shows it"),
        ({"reference": "012345-2026", **WHEN, "published_at-year": "2027"}, "cannot be in the future"),
        ({"reference": "012345-2026"}, "Enter the day and time it was published"),
        ({"reference": "012345-2026", **WHEN}, "Send them first"),
        ({"reference": "012345-2026", "ocid": "local-portal-EV-1", **WHEN}, "as the official platform shows it"),
    ],
)
def test_a_wrong_publication_is_said_beside_its_field(
    officer: FlaskClient, reference: str, typed: dict[str, str], said: str
) -> None:
    answer = officer.post(f"/challenges/{reference}/{UK6}/published", data=typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{typed["reference"]}"' in answer.text
    assert Page(answer.text).faults() == []


def test_the_official_identifier_recorded_with_a_notice_is_shown_and_published(
    database: Database, officer: FlaskClient, reference: str
) -> None:
    data = {"reference": "012345-2026", "ocid": "ocds-h6vhtk-068ae4", "looked": "y", **WHEN}
    officer.post(f"/challenges/{reference}/notices/release/1/UK4/published", data=data)
    inside, public = page(officer, f"/challenges/{reference}/notices"), page(officer, f"/challenges/{reference}")
    for text in (inside, public):
        assert "https://www.find-tender.service.gov.uk/Notice/012345-2026" in text
        assert "Official procurement identifier (ocid)" in text
        assert "ocds-h6vhtk-068ae4" in text
    with database.reading() as session:
        told = session.scalars(select(PublishedRelease.content).order_by(PublishedRelease.id.desc())).first()
    release = json.loads(told or "{}")
    assert release["ocid"] == f"local-portal-{reference}"
    assert [each["identifier"] for each in release["relatedProcesses"]] == ["ocds-h6vhtk-068ae4"]


def test_one_number_is_one_notice(officer: FlaskClient, reference: str) -> None:
    data = {"reference": "012345-2026", "looked": "y", **WHEN}
    officer.post(f"/challenges/{reference}/notices/release/1/UK4/published", data=data)
    noticed = officer.post(f"/challenges/{reference}/notices/ending/1/UK12/published", data=data)
    assert noticed.status_code == 422
    assert "has this number" in noticed.text


def test_a_notice_that_is_not_needed_is_not_found(officer: FlaskClient, reference: str) -> None:
    page(officer, f"/challenges/{reference}/notices/release/1/UK2", 404)
    page(officer, f"/challenges/{reference}/notices/nonsense/1/UK99", 404)


def test_summaries_go_to_all_and_each_firm_reads_its_own(
    app: Flask, database: Database, officer: FlaskClient, made: Award, reference: str
) -> None:
    assert "Firm" in page(officer, f"/challenges/{reference}/award/summaries")
    assert officer.post(f"/challenges/{reference}/award/summaries").status_code == 302
    assert officer.post(f"/challenges/{reference}/award/summaries").status_code == 409
    with database.reading() as session:
        queued = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "notices.summary")).all()
        assert sorted(each.to_person_id or 0 for each in queued) == sorted(made.people)
        assert len({each.queued_at for each in queued}) == 1
        references = [session.get_one(Response, each).reference for each in made.responses]
        mail = worded(session, "notices.summary", {"response": references[2]})
        assert mail is not None
        assert mail.path == f"/responses/{references[2]}/summary"
    loser = client_of(app, made.people[2])
    text = page(loser, f"/responses/{references[2]}/summary")
    assert "Reason 2 for Delivery." in text
    assert "Reason 0 for Delivery." in text
    assert "Total 60%" in text
    page(loser, f"/responses/{references[0]}/summary", 404)
    page(loser, f"/challenges/{reference}/award", 404)


def test_before_they_are_sent_nobody_reads_a_summary(app: Flask, database: Database, made: Award) -> None:
    with database.reading() as session:
        mine = session.get_one(Response, made.responses[2]).reference
    page(client_of(app, made.people[2]), f"/responses/{mine}/summary", 404)


def test_the_award_page_counts_the_days(database: Database, officer: FlaskClient, made: Award, reference: str) -> None:
    assert "could be signed from <strong>4 December 2026" in page(officer, f"/challenges/{reference}/award")
    with database.writing() as session:
        noticing.send_summaries(session, made.officer(session), made.challenge(session))
        made.publish(session, NoticeKind.UK6)
    text = page(officer, f"/challenges/{reference}/award")
    assert "The contract may be signed from 4 December 2026." in text
    assert "Working day 8" in text
    assert "bank holiday in a part of the UK" in text


def test_a_claim_is_recorded_and_closed(database: Database, officer: FlaskClient, reference: str) -> None:
    when = {"received_at-day": "23", "received_at-month": "11", "received_at-year": "2026", "received_at-time": "8am"}
    path = f"/challenges/{reference}/award/claims"
    page(officer, path)
    late = officer.post(path, data={"by_whom": "Ash Data Ltd", **when, "received_at-day": "24"})
    assert late.status_code == 422
    assert officer.post(path, data={"by_whom": "Ash Data Ltd", **when}).status_code == 302
    assert "Holds up signing" in page(officer, f"/challenges/{reference}/award")
    with database.reading() as session:
        claim = session.scalars(select(Claim)).one()
    page(officer, f"{path}/{claim.id}")
    assert officer.post(f"{path}/{claim.id}", data={"outcome": "nonsense"}).status_code == 422
    assert officer.post(f"{path}/{claim.id}", data={"outcome": "withdrawn"}).status_code == 302
    page(officer, f"{path}/{claim.id + 1}", 404)


CONTRACT = {
    "contract_reference": "C-7",
    "value": "40,000",
    "ip_terms": "The firm keeps what it makes.",
    "gate_break_terms": "At each gate.",
    "option_offered": "no",
}
PHASE = {
    **{f"starts_on-{part}": value for part, value in (("day", "4"), ("month", "1"), ("year", "2027"))},
    **{f"ends_on-{part}": value for part, value in (("day", "1"), ("month", "3"), ("year", "2027"))},
    "title": "Pilot",
    "payment": "£40,000",
    "targets-0-text": "It works.",
    "targets-0-measure": "A trial.",
}


def test_a_contract_is_written_and_its_phases_planned(
    database: Database, officer: FlaskClient, made: Award, reference: str
) -> None:
    with database.reading() as session:
        response = session.get_one(Response, made.responses[0]).reference
        loser = session.get_one(Response, made.responses[2]).reference
    path = f"/challenges/{reference}/partnership/{response}"
    assert "No contract yet" in page(officer, f"/challenges/{reference}/partnership")
    page(officer, path)
    page(officer, f"/challenges/{reference}/partnership/{loser}", 404)
    silent = officer.post(path, data=CONTRACT | {"option_offered": "yes", "option_maximum": ""})
    assert "Enter the most it may cost." in silent.text
    unfinished = officer.post(path, data=CONTRACT | {"option_offered": "yes", "option_maximum": "lots"})
    assert unfinished.status_code == 422
    for said in ("Say which level of performance", "Enter an amount in pounds", "Enter the last day to decide"):
        assert said in unfinished.text
    assert officer.post(path, data=CONTRACT).status_code == 302
    assert "there are no phases yet" in page(officer, f"/challenges/{reference}/partnership")
    with database.reading() as session:
        contract = session.scalars(select(Partnership)).one()
    phases = f"/partnerships/{contract.reference}/phases"
    page(officer, phases)
    wrong = officer.post(phases, data=PHASE | {"ends_on-year": "2026", "targets-0-measure": ""})
    assert wrong.status_code == 422
    assert "on or after the first" in wrong.text
    assert "Say how this target is measured" in wrong.text
    assert officer.post(phases, data=PHASE).status_code == 302
    assert "The phases are complete" in page(officer, phases)
    assert "Ready to activate" in page(officer, f"/challenges/{reference}/partnership")
    assert 'value="It works."' in page(officer, f"{phases}/1")
    assert officer.post(f"{phases}/1", data=PHASE | {"title": "Trial", "version": "99"}).status_code == 409
    assert officer.post(f"{phases}/1/remove").status_code == 302
    assert officer.post(path, data=CONTRACT | {"version": "99"}).status_code == 409


@pytest.fixture
def working(database: Database, made: Award) -> list[str]:
    """Both partners at work; their partnerships' references."""
    with database.writing() as session:
        contracts = [made.contract(session, number, option=number == 0) for number in (0, 1)]
        made.activate(session)
        for each in contracts:
            partnering.sign(session, made.officer(session), each, date(2026, 11, 23))
        return [each.reference for each in contracts]


def test_the_phases_of_a_signed_contract_are_read_and_not_written(officer: FlaskClient, working: list[str]) -> None:
    text = page(officer, f"/partnerships/{working[0]}/phases")
    assert "The contract is signed, so its phases stand." in text
    assert "Add this phase" not in text
    assert officer.get(f"/partnerships/{working[0]}/phases/1").location.endswith("/phases")
    late = officer.post(f"/partnerships/{working[0]}/phases", data=PHASE | {"title": "One phase more"})
    assert late.status_code == 409
    assert "One phase more" in late.text


def test_one_partner_never_sees_another(app: Flask, made: Award, working: list[str], reference: str) -> None:
    first, second = (client_of(app, each) for each in made.people[:2])
    for client, own, other in ((first, working[0], working[1]), (second, working[1], working[0])):
        text = page(client, f"/partnerships/{own}")
        assert other not in text
        page(client, f"/partnerships/{other}", 404)
        page(client, f"/partnerships/{own}/phases/1/gate", 404)
        assert client.post(f"/partnerships/{other}/end", data={"reason": "x"}).status_code == 404
        assert client.post(f"/partnerships/{own}/phases/1/start").status_code == 404
        page(client, f"/challenges/{reference}/partnership", 404)
    page(client_of(app, made.people[2]), f"/partnerships/{working[0]}", 404)
    assert app.test_client().get(f"/partnerships/{working[0]}").status_code == 302


def test_a_draft_contract_is_not_the_firms_to_see(app: Flask, database: Database, made: Award) -> None:
    with database.writing() as session:
        draft = made.contract(session).reference
    page(client_of(app, made.people[0]), f"/partnerships/{draft}", 404)


def test_the_work_goes_through_its_pages(
    app: Flask, officer: FlaskClient, made: Award, working: list[str], reference: str
) -> None:
    owner, path = client_of(app, made.owner_id), f"/partnerships/{working[0]}"
    page(officer, f"/challenges/{reference}/notices")
    assert "Last day 22 December 2026" in page(officer, f"/challenges/{reference}/notices")
    for number in (1, 2):
        phase = f"{path}/phases/{number}"
        assert f"Start phase {number}" in page(owner, path)
        assert owner.post(f"{phase}/start").status_code == 302
        page(owner, f"{phase}/deliver")
        assert owner.post(f"{phase}/deliver", data={"evidence": ""}).status_code == 422
        assert owner.post(f"{phase}/deliver", data={"evidence": "Shown at the depot."}).status_code == 302
        page(owner, f"{phase}/gate")
        assert owner.post(f"{phase}/gate", data={"decision": "pass"}).status_code == 422
        said = {"target_1": "yes", "decision": "pass", "reason": "We saw it work."}
        assert owner.post(f"{phase}/gate", data=said).status_code == 302
        assert "must now confirm" in page(owner, f"{phase}/gate")
        text = page(officer, f"{phase}/gate")
        assert "decided “Pass this phase”" in text
        assert officer.post(f"{phase}/gate", data=said).status_code == 302
        page(officer, f"{phase}/gate")
    assert "The option cannot be taken yet" in page(officer, path)
    assert officer.post(f"{path}/measure", data={"measured": "4 minutes"}).status_code == 422
    figures = {"measured": "4 minutes", "level_met": "yes", "final": "80,000"}
    assert officer.post(f"{path}/measure", data=figures).status_code == 302
    page(officer, f"{path}/option/leave")
    assert officer.post(f"{path}/option/take").status_code == 422
    why = {"reason": "It does what was agreed, for less."}
    assert officer.post(f"{path}/option/take", data=why).status_code == 302
    assert "One person has agreed" in page(owner, path)
    assert owner.post(f"{path}/option/take", data=why).status_code == 302
    assert "It cannot be closed yet" in page(officer, path)
    assert officer.post(f"{path}/lessons", data={"lessons": "Begin in summer."}).status_code == 302
    assert "Close the partnership" in page(officer, path)
    assert officer.post(f"{path}/close").status_code == 302
    assert "Closed" in page(client_of(app, made.people[0]), path)


def test_ending_a_partners_work_through_its_page(
    app: Flask, officer: FlaskClient, made: Award, working: list[str]
) -> None:
    owner, path = client_of(app, made.owner_id), f"/partnerships/{working[1]}/end"
    page(owner, path)
    assert owner.post(path, data={"reason": ""}).status_code == 422
    assert owner.post(path, data={"reason": "The firm stopped trading."}).status_code == 302
    assert "You have agreed" in page(owner, path)
    assert "The firm stopped trading." in page(officer, path)
    assert officer.post(path, data={"reason": "The firm stopped trading."}).status_code == 302
    assert "The firm stopped trading." in page(client_of(app, made.people[1]), f"/partnerships/{working[1]}")


def test_signing_has_its_page(app: Flask, database: Database, officer: FlaskClient, made: Award) -> None:
    with database.writing() as session:
        contract = made.contract(session)
        made.activate(session)
    path = f"/partnerships/{contract.reference}"
    page(officer, path)
    day = {"signed_on-day": "22", "signed_on-month": "11", "signed_on-year": "2026"}
    early = officer.post(f"{path}/sign", data=day)
    assert early.status_code == 422
    assert "before the partnership was activated" in early.text
    assert officer.post(f"{path}/sign", data=day | {"signed_on-day": "23"}).status_code == 302


def test_reasons_instead_of_the_engagement_notice(app: Flask, database: Database) -> None:
    with database.writing() as session:
        made = award(session, ReleaseKind.ENGAGEMENT)
        reference = made.challenge(session).reference
    officer, path = client_of(app, made.officer_id), f"/challenges/{reference}/notices/release/1/UK2"
    page(officer, path)
    assert officer.post(f"{path}/reasons", data={"reason": ""}).status_code == 422
    assert officer.post(f"{path}/checked").status_code == 302
    assert officer.post(f"{path}/reasons", data={"reason": "All firms came to the open day."}).status_code == 302
    assert "All firms came to the open day." in page(officer, path)
    with database.reading() as session:
        assert session.scalars(select(Notice.state)).all() == ["replaced"]


@pytest.mark.parametrize("path", ["notices", "award", "partnership"])
def test_pages_before_anybody_is_chosen(app: Flask, database: Database, path: str) -> None:
    with database.writing() as session:
        made = award(session, chosen=0)
        reference = made.challenge(session).reference
    page(client_of(app, made.officer_id), f"/challenges/{reference}/{path}")


def test_the_owner_reads_and_does_not_publish(app: Flask, made: Award, reference: str) -> None:
    owner = client_of(app, made.owner_id)
    for path in ("notices", "award", "partnership", UK6):
        page(owner, f"/challenges/{reference}/{path}")
    posts: dict[str, Any] = {"reference": "012345-2026", **WHEN}
    assert owner.post(f"/challenges/{reference}/{UK6}/published", data=posts).status_code == 403
    assert owner.post(f"/challenges/{reference}/award/summaries").status_code == 403
