"""Where a firm stands: what was promised beside what happened, and nothing that is not yet told to everybody."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import journal
from portal.accounts.models import Person
from portal.assessment.models import Decision, Outcome, ScoresOpened
from portal.challenges.models import Deal
from portal.db import Database, clock, guard_state
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.notices.models import Moment, Notice, SummaryDispatch
from portal.policy import CLOCK, Role
from portal.responses.models import Response
from portal.workflow import machine_of
from tests.integration.public.test_page import publish
from tests.support import make
from tests.support.answering import (
    Scene,
    acting,
    after,
    answered,
    asked_of,
    challenge_of,
    opened_by,
    own,
    scene,
    started,
    submitted,
    written,
)
from tests.support.clock import TestClock
from tests.support.page import Page
from tests.support.people import signed_in
from tests.support.statements import counted

NO_DATE, NOT_YET = "No date promised", "Not yet"
STATEMENTS = {"submitted": 16, "award": 22}
"""The statements of a response's page with its table, while it is sealed and when a contract is near; one of the latter
asks for the links to outcome, support, showcase, summary and contract together."""

Rows = dict[str, tuple[str, str]]
Shown = Callable[..., Rows]


@pytest.fixture
def at(database: Database, clock: TestClock) -> Scene:
    clock.set(datetime(2026, 10, 1, 9, tzinfo=UTC))
    made = scene(database, release_kind=ReleaseKind.FIRST_ROUND, estimated_pence=30_000_000)
    with database.writing() as session:
        challenge = challenge_of(session, made)
        session.add(Deal(challenge_id=challenge.id, go_on_count=3, decision_on=date(2026, 11, 20)))
        session.flush()
        publish(session, challenge, 1, "")
    return made


def visiting(app: Flask, database: Database, person: int) -> FlaskClient:
    with database.reading() as session:
        return signed_in(app, session.get_one(Person, person))


@pytest.fixture
def steps(app: Flask, database: Database, at: Scene) -> Shown:
    """Each row of the table as somebody of the firm reads it: what was promised and what happened."""

    def read(reference: str, person: int = at.member) -> Rows:
        return rows_of(visiting(app, database, person), reference)

    return read


def rows_of(client: FlaskClient, reference: str) -> Rows:
    page = client.get(f"/responses/{reference}").text
    assert Page(page).faults() == []
    table = re.search(r"Where you stand</caption>.*?</table>", page, re.DOTALL)
    rows = re.findall(
        r'<th scope="row"[^>]*>(.*?)</th>\s*<td[^>]*>(.*?)</td>\s*<td[^>]*>(.*?)</td>', table[0] if table else ""
    )
    return {what: (promised, happened) for what, promised, happened in rows}


def moved(session: Session, at: Scene, before: str, after: str) -> None:
    """The challenge goes on, as the journal has it."""
    challenge = challenge_of(session, at)
    with guard_state():
        challenge.state = after
    machine = machine_of(challenge).name
    journal.record(
        session,
        CLOCK,
        f"{machine}.move",
        (machine, challenge.id),
        challenge_id=challenge.id,
        before=before,
        after=after,
    )


def decided(database: Database, at: Scene, reference: str, *, sent: bool, chosen: bool = True) -> None:
    """The scores are opened and an outcome is written; `sent`: and told, with the challenge at award."""
    with database.writing() as session:
        response = session.scalars(select(Response).where(Response.reference == reference)).one()
        make.eligible(session, response)
        session.add(ScoresOpened(round_id=response.round_id, at=clock.now()))
        given: dict[str, Any] = {
            "decision": Decision.CHOSEN if chosen else Decision.NOT_CHOSEN,
            "total": 7000,
            "rank": 1,
        }
        keys = {"response_id": response.id, "challenge_id": response.challenge_id, "round_id": response.round_id}
        outcome = Outcome(decided_at=clock.now(), sent_at=clock.now() if sent else None, **given, **keys)
        session.add(outcome)
        with guard_state():
            response.state = "chosen" if chosen else "not_chosen"
        if sent:
            moved(session, at, "assessment", "award")


def opened(database: Database, at: Scene, reference: str) -> None:
    after(at.deadline)
    with database.writing() as session:
        moved(session, at, "open", "assessment")
    for officer in at.officers:
        opened_by(database, at, officer)


def test_a_draft_has_no_table_and_every_copy_is_told(steps: Shown, database: Database, at: Scene) -> None:
    reference = started(database, at)
    assert steps(reference) == {}
    written(database, at, reference)
    submitted(database, at, reference)
    clock.advance(days=2)
    submitted(database, at, reference, once_key="twice")
    assert steps(reference) == {
        "You began to write": ("Up to you", "1 October 2026"),
        "You submitted copy 1": ("Up to you", "1 October 2026"),
        "You submitted copy 2": ("Up to you", "3 October 2026"),
        "Responses close": ("31 October 2026", NOT_YET),
        "Two people open all responses": (NO_DATE, NOT_YET),
    }


def test_a_moved_deadline_stays_beside_the_promised_one(steps: Shown, database: Database, at: Scene) -> None:
    reference = answered(database, at)
    with database.writing() as session:
        asked = asked_of(session, at)
        assert asked.deadline
        asked.deadline += timedelta(days=4)
    after(at.deadline, days=5)
    shown = steps(reference)
    assert shown["Responses close"] == (
        "31 October 2026, moved to 4 November 2026",
        "4 November 2026 (later than promised)",
    )


def test_what_is_decided_stays_unsaid_until_everybody_is_told(steps: Shown, database: Database, at: Scene) -> None:
    reference = answered(database, at)
    opened(database, at, reference)
    before = steps(reference)
    assert before["Two people open all responses"] == (NO_DATE, "31 October 2026")
    assert before["The decision is made"] == ("20 November 2026", NOT_YET)
    decided(database, at, reference, sent=False, chosen=False)
    assert steps(reference) == before


def test_a_chosen_firm_sees_the_way_to_its_contract(steps: Shown, database: Database, at: Scene) -> None:
    reference = answered(database, at)
    opened(database, at, reference)
    clock.set_to(datetime(2026, 11, 21, 9, tzinfo=UTC))
    decided(database, at, reference, sent=True)
    shown = steps(reference)
    late = "21 November 2026 (later than promised)"
    assert shown["It is decided whether yours can be assessed"] == (NO_DATE, "21 November 2026")
    assert shown["You get the outcome and your feedback"] == ("20 November 2026", late)
    assert shown["The time to object before signing ends (standstill)"] == (NO_DATE, NOT_YET)
    with database.writing() as session:
        challenge = challenge_of(session, at)
        clock.set_to(datetime(2026, 11, 23, 9, tzinfo=UTC))
        session.add(SummaryDispatch(challenge_id=challenge.id, number=1, sent_at=clock.now()))
        notice = Notice(challenge_id=challenge.id, kind=NoticeKind.UK6, moment=Moment.ACTIVATION, state="published")
        notice.reference, notice.published_at, notice.state_since = "012345-2026", clock.now(), clock.now()
        session.add(notice)
    shown = steps(reference)
    assert shown["Every assessed firm gets its assessment summary"] == (NO_DATE, "23 November 2026")
    # St Andrew's Day lies between: eight working days end on 3 December.
    assert shown["The time to object before signing ends (standstill)"] == ("3 December 2026", NOT_YET)
    clock.set_to(datetime(2026, 12, 4, 9, tzinfo=UTC))
    assert steps(reference)["The time to object before signing ends (standstill)"][1] == "3 December 2026"
    assert shown["The partnership begins"] == (NO_DATE, NOT_YET)


def test_a_firm_that_is_out_is_promised_nothing_more(steps: Shown, database: Database, at: Scene) -> None:
    reference = answered(database, at)
    opened(database, at, reference)
    decided(database, at, reference, sent=True, chosen=False)
    shown = steps(reference)
    assert list(shown)[-1] == "You get the outcome and your feedback"


def test_a_partner_sees_the_same_table_and_a_stranger_none(
    steps: Shown, app: Flask, database: Database, at: Scene
) -> None:
    reference = answered(database, at)
    with database.writing() as session:
        response = own(session, acting(session, at.member), reference)
        firm = make.supplier(session)
        make.member(session, response, firm)
        partner = make.person_as(session, Role.SUPPLIER_MEMBER, firm).id
    theirs = steps(reference, partner)
    assert theirs
    assert theirs == steps(reference)
    assert visiting(app, database, at.stranger).get(f"/responses/{reference}").status_code == 404


def test_the_page_takes_as_many_statements_whatever_happened(app: Flask, database: Database, at: Scene) -> None:
    reference = answered(database, at)

    def statements() -> int:
        client = visiting(app, database, at.member)
        client.get(f"/responses/{reference}")
        with counted() as sent:
            client.get(f"/responses/{reference}")
        return len(sent)

    assert statements() == STATEMENTS["submitted"]
    for number in range(12):
        submitted(database, at, reference, once_key=f"again {number}")
    assert statements() == STATEMENTS["submitted"]
    opened(database, at, reference)
    decided(database, at, reference, sent=True)
    assert statements() == STATEMENTS["award"]
