"""Notices drafted in full: what each says, where it came from, and where what is missing is met."""

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask, url_for

from portal.accounts.models import Person
from portal.db import Database, clock
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.notices import services as noticing
from portal.notices.drafting import Draft, draft_of
from portal.notices.duties import Duty, duties_of
from portal.notices.models import Moment
from tests.support.awarded import award
from tests.support.people import signed_in

N = NoticeKind
DRAFTED = {  # of payments, changes and endings: tests/integration/partnering/test_drafts.py
    N.UK2: Moment.RELEASE,
    N.UK3: Moment.PLANNING,
    N.UK4: Moment.RELEASE,
    N.BELOW_THRESHOLD_TENDER: Moment.RELEASE,
    N.UK5: Moment.ACTIVATION,
    N.UK6: Moment.ACTIVATION,
    N.UK7: Moment.SIGNING,
    N.UK9: Moment.RUNNING,
    N.UK12: Moment.ENDING,
}
SAYS = {
    N.UK2: "How we engage",
    N.UK3: "What it allows",
    N.UK4: "Award criteria and weights",
    N.BELOW_THRESHOLD_TENDER: "Responses until",
    N.UK5: "Ground of the direct award",
    N.UK6: "Standstill ends, if published today",
    N.UK7: "Signed on",
    N.UK9: "Its value with VAT",
    N.UK12: "What is decided",
}


def by_label(draft: Draft) -> dict[str, str]:
    return {each.label: each.value for each in draft.fields}


@pytest.mark.parametrize("kind", DRAFTED)
def test_each_notice_says_what_the_portal_knows(database: Database, app: Flask, kind: NoticeKind) -> None:
    with database.writing() as session:
        made = award(session)
        made.signed(session, date(2026, 11, 23))
        number = 101 if DRAFTED[kind] is Moment.RUNNING else 1
        draft = draft_of(session, made.challenge(session), Duty(kind, DRAFTED[kind], number))
        told = by_label(draft)
        assert told[SAYS[kind]]
        assert told["Contracting authority"]
        assert all(each.asked_by for each in draft.fields)
        assert all(each.source for each in draft.known)
        with app.test_request_context():
            for each in draft.fields:
                if each.endpoint:
                    assert url_for(each.endpoint, **({"reference": "EV-2026-001"} | dict(each.values)))


def test_what_is_missing_leads_to_where_it_is_met(database: Database, app: Flask) -> None:
    with database.writing() as session:
        made = award(session)
        challenge = made.challenge(session)
        challenge.lots_reason = ""
        draft = draft_of(session, challenge, Duty(N.UK4, Moment.RELEASE))
        missing = {each.label: each.endpoint for each in draft.missing}
        assert missing["Why it is not divided into lots"] == "brief.lots"
        assert "Conflicts assessment" in missing
        challenge.lots_reason = "One system only works as a whole."
        challenge.conflicts_assessed_at = clock.now()
        again = draft_of(session, challenge, Duty(N.UK4, Moment.RELEASE))
        assert {"Why it is not divided into lots", "Conflicts assessment"}.isdisjoint(e.label for e in again.missing)


def test_a_firm_that_fell_out_is_not_in_the_new_award_notice(database: Database) -> None:
    with database.writing() as session:
        made = award(session, firms=2)
        made.contract(session)
        told = by_label(draft_of(session, made.challenge(session), Duty(N.UK6, Moment.ACTIVATION)))
        assert sum(label.startswith("Contract with") for label in told) == 1


def test_a_planned_procurement_notice_is_not_offered_once_tenders_are_invited(database: Database) -> None:
    with database.writing() as session:
        made = award(session, ReleaseKind.FIRST_ROUND)
        challenge = made.challenge(session)
        assert N.UK3 in [each.kind for each in duties_of(session, challenge)]
        made.publish(session, N.UK4, Moment.RELEASE)
        assert N.UK3 not in [each.kind for each in duties_of(session, challenge)]


@pytest.fixture
def scene(database: Database) -> dict[str, Any]:
    with clock.stopped_at(datetime(2026, 11, 23, 9, tzinfo=UTC)), database.writing() as session:
        made = award(session)
        noticing.send_summaries(session, made.officer(session), made.challenge(session))
        challenge = made.challenge(session)
        firm = session.get_one(Person, made.people[0])
        people = {"officer": session.get_one(Person, made.officer_id), "firm": firm}
        return {"path": f"/challenges/{challenge.reference}/notices/activation/1/UK6"} | people


def test_the_page_the_pdf_and_the_release_stand_beside_each_other(app: Flask, scene: dict[str, Any]) -> None:
    client = signed_in(app, scene["officer"])
    text = " ".join(client.get(scene["path"]).text.split())
    assert "fields missing" in text
    assert "What you enter on the official platform yourself" in text
    assert "Assessment summaries sent" in text
    printed = client.get(f"{scene['path']}/draft.pdf")
    assert printed.data.startswith(b"%PDF")
    release = json.loads(client.get(f"{scene['path']}/release.json").data)
    assert release["releases"][0]["tag"] == ["award"]
    assert release["releases"][0]["id"].endswith("-draft")


def test_a_draft_leads_nobody_to_a_page_that_is_not_theirs(app: Flask, scene: dict[str, Any]) -> None:
    client = signed_in(app, scene["officer"])
    links = set(re.findall(r'<a class="govuk-link" href="(/[^"#?]*)', client.get(scene["path"]).text))
    assert any(link.endswith("/brief/value") for link in links)
    refused = [link for link in sorted(links) if client.get(link).status_code in (403, 404)]
    assert refused == []


def test_a_draft_is_for_the_authority_only(app: Flask, scene: dict[str, Any]) -> None:
    client = signed_in(app, scene["firm"])
    for path in ("", "/draft.pdf", "/release.json"):
        assert client.get(scene["path"] + path).status_code == 404


def test_before_the_release_the_engagement_notice_can_be_drafted(database: Database, app: Flask) -> None:
    with database.writing() as session:
        made = award(session, ReleaseKind.ENGAGEMENT, state="articulation", released_at=None)
        reference = made.challenge(session).reference
        officer = session.get_one(Person, made.officer_id)
    client = signed_in(app, officer)
    for path in ("", "/draft.pdf", "/release.json"):
        assert client.get(f"/challenges/{reference}/notices/release/1/UK2{path}").status_code == 200
