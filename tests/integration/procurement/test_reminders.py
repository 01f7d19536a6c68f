"""Reminders of legal dates: once before, once when overdue, to the officers concerned and to nobody else."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.challenges.queries import round_of
from portal.cli.worker import worker
from portal.db import Database, clock
from portal.law.notices import NoticeKind
from portal.notices import services as noticing
from portal.notices.models import Moment
from portal.organisations.models import Organisation
from portal.outbox import OutboxMessage, worded
from portal.policy import Role
from portal.procurement.keeping import keep
from portal.procurement.reminders import remind
from tests.support import make
from tests.support.awarded import Award, award


@pytest.fixture
def made(database: Database) -> Award:
    """An award whose standstill ends on Thursday 3 December 2026; three working days before is Friday 27 November."""
    with database.writing() as session:
        made = award(session)
        noticing.send_summaries(session, made.officer(session), made.challenge(session))
        made.publish(session, NoticeKind.UK6)
    return made


def at(day: int, month: int = 11, year: int = 2026) -> Any:
    return clock.stopped_at(datetime(year, month, day, 8, tzinfo=UTC))


def reminders(database: Database, key: str) -> list[tuple[str, int | None]]:
    with database.reading() as session:
        rows = session.execute(
            select(OutboxMessage.kind, OutboxMessage.to_person_id, OutboxMessage.parameters)
            .where(OutboxMessage.kind.startswith("procurement."))
            .order_by(OutboxMessage.id)
        )
        return [(kind, person) for kind, person, parameters in rows if f'"{key}"' in parameters]


def test_nobody_is_reminded_before_three_working_days_are_left(database: Database, made: Award) -> None:
    with at(26):
        remind(database)
    assert reminders(database, "standstill") == []


def test_the_officers_are_reminded_once(database: Database, made: Award) -> None:
    with database.writing() as session:
        lead = session.get_one(Organisation, made.challenge(session).lead_id)
        second = make.person_as(session, Role.PROCUREMENT_OFFICER, lead).id
        make.person_as(session, Role.PROCUREMENT_OFFICER, make.authority(session))
    for day in (27, 27, 28, 30):
        with at(day):
            remind(database)
    kind = "procurement.reminder"
    assert reminders(database, "standstill") == [(kind, made.officer_id), (kind, second)]


def test_two_workers_at_once_write_once(database: Database, made: Award) -> None:
    both = Barrier(2)

    def work() -> None:
        both.wait()
        remind(database)

    with at(27):
        workers = [Thread(target=work) for _ in range(2)]
        for each in workers:
            each.start()
        for each in workers:
            each.join()
    assert reminders(database, "standstill") == [("procurement.reminder", made.officer_id)]


def test_what_only_passes_is_never_overdue(database: Database, made: Award) -> None:
    with at(10, 12):
        remind(database)
        remind(database)
    assert reminders(database, "standstill") == []


def test_a_missed_duty_is_said_once_and_not_when_it_was_met_meanwhile(database: Database, made: Award) -> None:
    with database.writing() as session:
        made.signed(session, date(2026, 12, 4))
    for day in (4, 5, 6):
        with at(day, 1, 2027):
            remind(database)
    assert reminders(database, "details") == [("procurement.overdue", made.officer_id)]
    with at(6, 1, 2027), database.writing() as session:
        given = {"challenge": made.challenge_id, "key": "details", "number": 1, "day": "2027-01-02"}
        mail = worded(session, "procurement.overdue", given)
        assert mail is not None
        assert mail.subject.startswith("Overdue since Saturday 2 January 2027")
        made.publish(session, NoticeKind.UK7, Moment.SIGNING)
        assert worded(session, "procurement.overdue", given) is None


def test_a_day_that_moves_is_reminded_of_anew(database: Database, made: Award) -> None:
    for deadline in (date(2026, 11, 30), date(2026, 12, 2), date(2026, 12, 2)):
        with at(27), database.writing() as session:
            challenge = made.challenge(session)
            asked = round_of(session, challenge)
            assert asked is not None
            asked.deadline = datetime(deadline.year, deadline.month, deadline.day, 12, tzinfo=UTC)
            keep(session, challenge)
        with at(27):
            remind(database)
    assert len(reminders(database, "deadline")) == 2


def test_the_worker_sends_them_in_its_own_round(app: Flask, database: Database, made: Award) -> None:
    with at(27):
        result = app.test_cli_runner().invoke(worker, ["--once"])
        assert result.exit_code == 0, result.output
    with database.reading() as session:
        sent = select(OutboxMessage.sent_at).where(OutboxMessage.kind == "procurement.reminder")
        assert all(session.scalars(sent).all())
        assert session.scalars(sent).all()
