"""Which notices are due at which moment, and what stands in for the one that may be replaced."""

from typing import Any

import pytest

from portal.db import Database, guard_state
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.machine import NotNow, unmet
from portal.notices import requirements as noticed
from portal.notices import services as noticing
from portal.notices.duties import duties_of
from portal.notices.models import Moment
from tests.support import make
from tests.support.awarded import ABOVE, NOTIFIABLE, SMALL, Award, award

UK2, UK4, SMALL_TENDER = NoticeKind.UK2, NoticeKind.UK4, NoticeKind.BELOW_THRESHOLD_TENDER


def standing_at(session: Any, made: Award, state: str) -> None:
    with guard_state():
        made.challenge(session).state = state
    session.flush()


@pytest.mark.parametrize(
    ("kind", "value", "fields", "release", "tender"),
    [
        (ReleaseKind.ENGAGEMENT, ABOVE, {}, [UK2], [UK4]),
        (ReleaseKind.ENGAGEMENT, NOTIFIABLE, {}, [UK2], [SMALL_TENDER]),
        (ReleaseKind.FIRST_ROUND, ABOVE, {}, [UK4], []),
        (ReleaseKind.PROTOTYPE, ABOVE, {}, [], []),
        (ReleaseKind.EXEMPT, ABOVE, {}, [], []),
        (ReleaseKind.BELOW_THRESHOLD, NOTIFIABLE, {}, [SMALL_TENDER], []),
        (ReleaseKind.BELOW_THRESHOLD, NOTIFIABLE, {"advertised": False}, [], []),
        (ReleaseKind.BELOW_THRESHOLD, SMALL, {}, [], []),
    ],
)
def test_what_is_published_before_firms_are_asked(
    database: Database,
    kind: ReleaseKind,
    value: int,
    fields: dict[str, Any],
    release: list[NoticeKind],
    tender: list[NoticeKind],
) -> None:
    with database.writing() as session:
        made = award(session, kind, value, **fields)
        for moment, requirement, kinds in (
            (Moment.RELEASE, noticed.notices_before_release, release),
            (Moment.TENDER, noticed.notices_before_tender, tender),
        ):
            open_now = unmet((requirement,), made.at(session))
            assert len(open_now[0].details if open_now else ()) == len(kinds)
            for each in kinds:
                made.publish(session, each, moment)
            assert unmet((requirement,), made.at(session)) == ()


def test_until_the_release_kind_is_chosen_nobody_can_say(database: Database) -> None:
    with database.writing() as session:
        made = award(session)
        made.challenge(session).release_kind = None
        assert "Choose them first" in unmet((noticed.notices_before_release,), made.at(session))[0].details[0]


def test_reasons_may_stand_in_for_the_engagement_notice_and_for_no_other(database: Database) -> None:
    with database.writing() as session:
        made = award(session, ReleaseKind.ENGAGEMENT)
        officer, challenge = made.officer(session), made.challenge(session)
        duty = made.duty(session, UK2, Moment.RELEASE)
        noticing.check(session, officer, challenge, duty)
        noticing.give_reasons(session, officer, challenge, duty, "Everybody in the market came to the open day.")
        assert unmet((noticed.notices_before_release,), made.at(session)) == ()
        with pytest.raises(NotNow):
            noticing.give_reasons(session, officer, challenge, made.duty(session, UK4, Moment.TENDER), "No time.")


@pytest.mark.parametrize(
    ("kind", "state", "again"),
    [
        (ReleaseKind.FIRST_ROUND, "open", UK4),
        (ReleaseKind.ENGAGEMENT, "open", None),
        (ReleaseKind.ENGAGEMENT, "tender", UK4),
    ],
)
def test_a_tender_notice_is_published_anew_when_the_brief_changes(
    database: Database, kind: ReleaseKind, state: str, again: NoticeKind | None
) -> None:
    with database.writing() as session:
        made = award(session, kind)
        standing_at(session, made, state)
        waiting = unmet((noticed.revised_notice_recorded,), made.at(session))
        assert bool(waiting) is (again is not None)
        if again is not None:
            made.publish(session, again, Moment.AMENDMENT)
            assert unmet((noticed.revised_notice_recorded,), made.at(session)) == ()
            made.challenge(session).brief_number += 1
            assert unmet((noticed.revised_notice_recorded,), made.at(session))


@pytest.mark.parametrize("state", ["assessment", "support", "showcase", "business_case", "award"])
def test_the_end_is_announced_whichever_end_it_is(database: Database, state: str) -> None:
    with database.writing() as session:
        made = award(session)
        standing_at(session, made, state)
        assert unmet((noticed.termination_notice_recorded,), made.at(session)) == ()
        made.publish(session, UK4, Moment.RELEASE)
        details = unmet((noticed.termination_notice_recorded,), made.at(session))[0].details
        assert details == ("No contract will be awarded (procurement termination notice, UK12)",)
        made.publish(session, NoticeKind.UK12, Moment.ENDING)
        assert unmet((noticed.termination_notice_recorded,), made.at(session)) == ()


def test_a_transparency_notice_is_ended_too(database: Database) -> None:
    with database.writing() as session:
        made = award(session, ReleaseKind.PROTOTYPE)
        made.publish(session, NoticeKind.UK5)
        assert unmet((noticed.termination_notice_recorded,), made.at(session))


def test_nothing_public_begun_nothing_to_end(database: Database) -> None:
    with database.writing() as session:
        made = award(session, ReleaseKind.BELOW_THRESHOLD, NOTIFIABLE)
        made.publish(session, SMALL_TENDER, Moment.RELEASE)
        assert unmet((noticed.termination_notice_recorded,), made.at(session)) == ()


def test_what_was_recorded_stays_to_be_seen_when_the_release_kind_changes(database: Database) -> None:
    with database.writing() as session:
        made = award(session, ReleaseKind.FIRST_ROUND)
        made.publish(session, UK4, Moment.RELEASE)
        made.challenge(session).release_kind = ReleaseKind.EXEMPT
        assert [each.kind for each in duties_of(session, made.challenge(session)) if each.met] == [UK4]


def test_an_award_notice_is_not_recorded_before_the_award(database: Database) -> None:
    with database.writing() as session:
        challenge = make.challenge(session, state="open", release_kind=ReleaseKind.PROTOTYPE, estimated_pence=ABOVE)
        made = award(session, ReleaseKind.PROTOTYPE)
        duty = next(each for each in duties_of(session, challenge) if each.kind is NoticeKind.UK5)
        with pytest.raises(NotNow):
            noticing.check(session, made.officer(session), challenge, duty)
