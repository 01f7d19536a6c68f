"""A planned procurement notice that qualifies shortens the time to tender; the calendar and the check both know it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.challenges import requirements as needs
from portal.challenges.models import Round, RoundKind
from portal.db import Database, clock
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.notices.models import Moment
from portal.procurement.calendar import entries_of
from tests.support.awarded import ABOVE, MONDAY, NOTIFIABLE, Award, award
from tests.support.people import signed_in

TWELVE_DAYS = timedelta(days=12)


def about_to_invite(session: Session, *, value: int = ABOVE, ago: int | None = None) -> Award:
    """A tender that closes in twelve days and is not yet open; its planned notice came so many days ago, if at all."""
    made = award(session, ReleaseKind.ENGAGEMENT, value, state="business_case")
    tender = tender_of(session, made)
    tender.opens_at, tender.deadline = None, clock.now() + TWELVE_DAYS
    if ago is not None:
        made.publish(session, NoticeKind.UK3, Moment.PLANNING, days=ago)
    return made


def tender_of(session: Session, made: Award) -> Round:
    rows = select(Round).where(Round.challenge_id == made.challenge_id, Round.kind == RoundKind.TENDER)
    return session.scalars(rows).one()


def refused(session: Session, made: Award) -> list[str]:
    found = needs.deadline_lawful(RoundKind.TENDER).check(made.at(session))
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("value", "ago", "words"),
    [
        (ABOVE, None, "25 days to tender electronically, all documents given."),
        (ABOVE, 39, "there are 39 days, and s.15(3) asks for at least 40 days and at most 12 months."),
        (ABOVE, 40, None),
        (ABOVE, 365, None),
        (ABOVE, 366, "there are 366 days, and s.15(3) asks for at least 40 days and at most 12 months."),
        (NOTIFIABLE, None, None),
    ],
)
def test_twelve_days_are_enough_only_after_a_notice_in_time(
    database: Database, value: int, ago: int | None, words: str | None
) -> None:
    with clock.stopped_at(MONDAY), database.writing() as session:
        said = refused(session, about_to_invite(session, value=value, ago=ago))
        assert said == [] if words is None else said[0].endswith(words)
        assert words is None or said[0].startswith("The first possible day is 18 December 2026.")


def test_the_day_of_the_tender_notice_counts_once_it_is_known(database: Database) -> None:
    with clock.stopped_at(MONDAY), database.writing() as session:
        made = about_to_invite(session, ago=45)
        made.publish(session, NoticeKind.UK4, Moment.TENDER, days=10)
        assert "there are 35 days" in refused(session, made)[0]


def test_a_first_round_is_never_shortened(database: Database) -> None:
    with clock.stopped_at(MONDAY), database.writing() as session:
        made = award(session, ReleaseKind.FIRST_ROUND, state="articulation", released_at=None)
        made.publish(session, NoticeKind.UK3, Moment.PLANNING, days=45)
        rows = select(Round).where(Round.challenge_id == made.challenge_id)
        session.scalars(rows).one().deadline = clock.now() + TWELVE_DAYS
        assert needs.deadline_lawful(RoundKind.CHALLENGE).check(made.at(session)) == [
            "The first possible day is 18 December 2026. Procurement Act 2023 s.54(3): 25 days to take part."
        ]
        assert "planned_window" not in {each.rule.key for each in entries_of(session, made.challenge(session))}


def test_the_calendar_writes_both_sums_out(database: Database, app: Flask) -> None:
    with clock.stopped_at(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        with database.writing() as session:
            made = about_to_invite(session, ago=45)
            tender_of(session, made).opens_at = clock.now()
            found = {(each.rule.key, each.number): each for each in entries_of(session, made.challenge(session))}
            window, least = found["planned_window", 1], found["least_time", 2]
            assert (window.day, window.met_on) == (date(2026, 11, 18), None)
            assert least.day == date(2026, 12, 3)
            made.publish(session, NoticeKind.UK4, Moment.TENDER)
            found = {(each.rule.key, each.number): each for each in entries_of(session, made.challenge(session))}
            assert found["planned_window", 1].met_on == date(2026, 11, 23)
            reference = made.challenge(session).reference
            officer = session.get_one(Person, made.officer_id)
        text = " ".join(signed_in(app, officer).get(f"/challenges/{reference}/dates").text.split())
        notice = " ".join(signed_in(app, officer).get(f"/challenges/{reference}/notices/planning/1/UK3").text.split())
    assert "no later than 12 months after: Saturday 9 October 2027" in notice
    assert "Friday 9 October 2026 + 40 days. Tender notice from Wednesday 18 November 2026" in text
    assert "Invited Monday 23 November 2026 + 10 days, counted from the day after." in text
    assert "to the tender notice on Monday 23 November 2026 there are 45 days." in text
