"""The calendar of legal dates: each with its day, its arithmetic, and how it stands."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.db import Database, clock
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind
from portal.notices import services as noticing
from portal.notices.models import Moment
from portal.partnerships import services as partnering
from portal.procurement.calendar import entries_of
from portal.procurement.entries import Entry, Standing, standings
from portal.procurement.models import LegalDate
from tests.integration.partnering.test_changes import PUBLIC, agreed, plan
from tests.support import make
from tests.support.awarded import ABOVE, LIGHT_TOUCH, NOTIFIABLE, Award, award
from tests.support.partnered import partners
from tests.support.people import signed_in

LARGE = 600_000_000


def by_key(session: Any, made: Award) -> dict[str, Entry]:
    return {each.rule.key: each for each in entries_of(session, made.challenge(session))}


@pytest.mark.parametrize(
    ("published", "last", "sign"),
    [
        (datetime(2026, 6, 1, 9, tzinfo=UTC), date(2026, 6, 10), "may sign from Thursday 11 June 2026"),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), date(2026, 12, 3), "may sign from Friday 4 December 2026"),
    ],
)
def test_standstill_is_counted_from_the_award_notice(
    database: Database, published: datetime, last: date, sign: str
) -> None:
    with clock.stopped_at(published), database.writing() as session:
        made = award(session)
        waiting = by_key(session, made)["standstill"]
        assert waiting.day is None
        assert "begins with the day" in waiting.waits_for
        noticing.send_summaries(session, made.officer(session), made.challenge(session))
        made.publish(session, NoticeKind.UK6)
        found = by_key(session, made)["standstill"]
        assert found.day == last
        assert sign in found.arithmetic


@pytest.mark.parametrize(
    ("contract", "value", "details", "copy"),
    [
        (ContractKind.SERVICES, ABOVE, date(2026, 12, 22), None),
        (ContractKind.SERVICES, LARGE, date(2026, 12, 22), date(2027, 2, 20)),
        (ContractKind.LIGHT_TOUCH, LIGHT_TOUCH, date(2027, 3, 22), None),
        (ContractKind.LIGHT_TOUCH, LARGE, date(2027, 3, 22), date(2027, 5, 21)),
        (ContractKind.SERVICES, NOTIFIABLE, None, None),
    ],
)
def test_what_follows_signing(
    database: Database, contract: ContractKind, value: int, details: date | None, copy: date | None
) -> None:
    with database.writing() as session:
        made = award(session, value=value, contract=contract)
        made.signed(session, date(2026, 11, 23))
        found = by_key(session, made)
        assert found["details"].day == details
        assert ("copy" in found and found["copy"].day) == (copy or False)
        if details is None:
            assert "sets no day" in found["details"].waits_for


def test_an_ended_contract_owes_its_termination_notice(database: Database) -> None:
    with database.writing() as session:
        made = award(session)
        contract = made.signed(session, date(2026, 11, 23))
        assert "termination" not in by_key(session, made)
        partnering.end_work(session, made.officer(session), contract, "It does not work.")
        partnering.end_work(session, made.owner(session), contract, "It does not work.")
        found = by_key(session, made)["termination"]
        assert found.day == date(2026, 12, 22)
        made.publish(session, NoticeKind.UK11, Moment.CONTRACT_END)
        assert by_key(session, made)["termination"].met_on == date(2026, 11, 23)


def test_a_large_contract_that_ended_is_assessed_once_more_and_then_no_more(database: Database) -> None:
    with database.writing() as session:
        made = award(session, value=LARGE)
        contract = made.signed(session, date(2026, 11, 23))
        assert by_key(session, made)["performance"].day == date(2027, 11, 22)
        for person in (made.officer(session), made.owner(session)):
            partnering.end_work(session, person, contract, "It does not work.")
        found = by_key(session, made)["performance"]
        assert (found.day, found.met_on) == (None, None)
        assert "now that the contract has ended" in found.waits_for
        made.publish(session, NoticeKind.UK9, Moment.RUNNING)
        (last,) = (each for each in entries_of(session, made.challenge(session)) if each.rule.key == "performance")
        assert last.met_on == date(2026, 11, 23)
        assert last.about.endswith("at its end")


def test_the_notice_of_a_change_stands_with_the_contract_that_it_changes(database: Database) -> None:
    with database.writing() as session:
        made = partners(session, firms=2, **PUBLIC)
        agreed(session, made, plan(2_500_000))
        first, second = (made.contract(session, which).organisation.name for which in (0, 1))
        entries = entries_of(session, made.award.challenge(session))
        (change,) = (place for place, each in enumerate(entries) if "UK10" in each.rule.title)
        assert entries[change].about == first
        assert change < min(place for place, each in enumerate(entries) if each.about == second)


def test_exempt_research_and_small_contracts_owe_little(database: Database) -> None:
    with database.writing() as session:
        made = award(session, ReleaseKind.EXEMPT)
        made.signed(session, date(2026, 11, 23))
        assert {"standstill", "details", "copy", "change", "no_award"}.isdisjoint(by_key(session, made))


def test_a_missed_duty_is_overdue_and_a_passed_moment_is_past(database: Database) -> None:
    with database.writing() as session:
        made = award(session)
        made.signed(session, date(2026, 11, 23))
        entries = entries_of(session, made.challenge(session))
    told = {entry.rule.key: standing for entry, standing in standings(entries, date(2027, 1, 10))}
    assert told["details"] is Standing.OVERDUE
    assert told["deadline"] is Standing.PAST
    assert told["contract_end"] is Standing.NEXT
    last = {entry.rule.key: standing for entry, standing in standings(entries, date(2026, 12, 22))}
    assert last["details"] is Standing.TODAY


def test_the_page_writes_the_sum_out(database: Database, app: Flask) -> None:
    with database.writing() as session:
        made = award(session)
        noticing.send_summaries(session, made.officer(session), made.challenge(session))
        made.publish(session, NoticeKind.UK6)
        officer, reference = session.get_one(Person, made.officer_id), made.challenge(session).reference
    text = " ".join(signed_in(app, officer).get(f"/challenges/{reference}/dates").text.split())
    assert "Monday 30 November (bank holiday in Scotland)" in text
    assert "may sign from Friday 4 December 2026" in text
    assert "Procurement Act 2023 s.51" in text


def test_days_are_kept_with_the_move_that_changes_them(database: Database) -> None:
    with database.writing() as session:
        made = award(session)
        noticing.send_summaries(session, made.officer(session), made.challenge(session))
        made.publish(session, NoticeKind.UK6)
    with database.reading() as session:
        kept = select(LegalDate.day).where(LegalDate.challenge_id == made.challenge_id, LegalDate.key == "standstill")
        assert session.scalars(kept).all() == [date(2026, 12, 3)]


def test_a_copy_is_recorded_by_an_officer_and_by_nobody_else(database: Database, app: Flask) -> None:
    with database.writing() as session:
        made = award(session, value=LARGE)
        made.signed(session, date(2026, 11, 23))
        officer, owner = (session.get_one(Person, each) for each in (made.officer_id, made.owner_id))
        reference = made.challenge(session).reference
    path = f"/challenges/{reference}/dates/copy/1"
    assert signed_in(app, owner).get(path).status_code == 403
    client = signed_in(app, officer)
    assert "last day is" in client.get(path).text
    wrong = client.post(path, data={"done_on-day": "24", "done_on-month": "11", "done_on-year": "2026"})
    assert wrong.status_code == 422
    assert "cannot be in the future" in wrong.text
    right = client.post(path, data={"done_on-day": "23", "done_on-month": "11", "done_on-year": "2026"})
    assert right.status_code == 302
    again = client.post(path, data={"done_on-day": "23", "done_on-month": "11", "done_on-year": "2026"})
    assert again.status_code == 409
    with database.reading() as session:
        entry = by_key(session, made)["copy"]
        assert entry.met_on == date(2026, 11, 23)


def test_nobody_outside_sees_the_dates(database: Database, app: Flask) -> None:
    with database.writing() as session:
        made = award(session)
        stranger = make.person(session)
        firm = session.get_one(Person, made.people[0])
        reference = made.challenge(session).reference
    for who in (stranger, firm):
        assert signed_in(app, who).get(f"/challenges/{reference}/dates").status_code == 404
