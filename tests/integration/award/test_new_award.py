"""Reconsidering begins an award anew, and leaves the earlier one as it was."""

from datetime import UTC, datetime

from portal.db import Database, clock
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.machine import unmet
from portal.notices import requirements as noticed
from portal.notices import services as noticing
from portal.notices.duties import duties_of
from portal.notices.effects import begin_new_award
from portal.notices.models import ClaimOutcome, Moment
from portal.notices.queries import award_number, dispatches
from tests.support.awarded import MONDAY, award

LAW = (
    noticed.summaries_sent,
    noticed.notices_before_activation,
    noticed.standstill_over,
    noticed.no_claim_pending,
)
LATER = datetime(2026, 12, 7, 9, tzinfo=UTC)


def test_everything_is_done_again_and_the_earlier_stays_to_be_seen(database: Database) -> None:
    with database.writing() as session:
        made = award(session)
        officer, challenge = made.officer(session), made.challenge(session)
        noticing.send_summaries(session, officer, challenge)
        made.publish(session, NoticeKind.UK6)
        claim = noticing.record_claim(session, officer, challenge, MONDAY, "Ash Data Ltd")
        noticing.close_claim(session, officer, challenge, claim, ClaimOutcome.SUCCEEDED)
        with clock.stopped_at(LATER):
            assert [each.name for each in unmet(LAW, made.at(session))] == ["no_claim_pending"]
            begin_new_award(made.at(session, reason="A claim succeeded."))
            assert award_number(session, challenge) == 2
            assert [each.name for each in unmet(LAW, made.at(session))] == [each.name for each in LAW[:3]]
            noticing.send_summaries(session, officer, challenge)
            made.publish(session, NoticeKind.UK6)
            assert [each.number for each in dispatches(session, challenge)] == [1, 2]
            shown = [
                (each.number, each.notice.published_at if each.notice else None)
                for each in duties_of(session, challenge)
                if each.moment is Moment.ACTIVATION
            ]
            assert shown == [(1, MONDAY), (2, LATER)]
            waits = unmet((noticed.standstill_over,), made.at(session))
            assert waits[0].details == ("The contract may be signed from 17 December 2026.",)


def test_a_direct_award_to_another_firm_is_announced_again(database: Database) -> None:
    with database.writing() as session:
        made = award(session, ReleaseKind.PROTOTYPE)
        made.publish(session, NoticeKind.UK5)
        begin_new_award(made.at(session, reason="The firm withdrew."))
        details = unmet((noticed.notices_before_activation,), made.at(session))[0].details
        assert [each.rsplit(", ", 1)[1] for each in details] == ["UK5)", "UK6)"]
