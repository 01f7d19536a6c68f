"""What each kind of release asks before its partnership can be activated: its own conditions, and no others."""

from datetime import UTC, datetime
from typing import Any

import pytest

from portal import wiring
from portal.db import Database, clock
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind
from portal.machine import MoveRefused, NotNow, unmet
from portal.notices import requirements as noticed
from portal.notices import services as noticing
from portal.notices.models import ClaimOutcome
from portal.partnerships import requirements as contracted
from portal.responses.models import Response
from portal.workflow import fire
from tests.support.awarded import ABOVE, LIGHT_TOUCH, MONDAY, NOTIFIABLE, SMALL, Award, award

CONTRACTS = (
    contracted.a_contract_per_partner,
    contracted.phases_complete,
    contracted.terms_complete,
    contracted.purchase_option_lawful,
)
LAW = (
    noticed.summaries_sent,
    noticed.notices_before_activation,
    noticed.standstill_over,
    noticed.no_claim_pending,
)
SUMMARIES, NOTICES, WAIT = "summaries_sent", "notices_before_activation", "standstill_over"

CASES: list[Any] = [
    (ReleaseKind.ENGAGEMENT, ABOVE, "services", {SUMMARIES, NOTICES, WAIT}),
    (ReleaseKind.ENGAGEMENT, NOTIFIABLE, "services", set()),
    (ReleaseKind.FIRST_ROUND, ABOVE, "services", {SUMMARIES, NOTICES, WAIT}),
    (ReleaseKind.FIRST_ROUND, LIGHT_TOUCH, "light_touch", {SUMMARIES, NOTICES}),
    (ReleaseKind.PROTOTYPE, ABOVE, "services", {NOTICES, WAIT}),
    (ReleaseKind.PROTOTYPE, NOTIFIABLE, "services", set()),
    (ReleaseKind.EXEMPT, ABOVE, "services", set()),
    (ReleaseKind.BELOW_THRESHOLD, NOTIFIABLE, "services", set()),
    (ReleaseKind.BELOW_THRESHOLD, SMALL, "services", set()),
]


def missing(at: Any, *requirements: Any) -> set[str]:
    return {each.name for each in unmet(requirements or CONTRACTS + LAW, at)}


@pytest.mark.parametrize(("kind", "value", "bought", "asked"), CASES)
def test_each_kind_asks_for_its_own(
    database: Database, kind: ReleaseKind, value: int, bought: str, asked: set[str]
) -> None:
    with database.writing() as session:
        made = award(session, kind, value, contract=ContractKind(bought))
        assert missing(made.at(session)) == asked | {"a_contract_per_partner"}
        made.contract(session)
        assert missing(made.at(session)) == asked
        if SUMMARIES in asked:
            noticing.send_summaries(session, made.officer(session), made.challenge(session))
            assert missing(made.at(session)) == asked - {SUMMARIES}
        if NOTICES in asked:
            if kind is ReleaseKind.PROTOTYPE:
                made.publish(session, NoticeKind.UK5)
            made.publish(session, NoticeKind.UK6)
            assert missing(made.at(session)) == asked & {WAIT}
        with clock.stopped_at(datetime(2026, 12, 4, 0, 0, tzinfo=UTC)):
            assert missing(made.at(session)) == set()


def test_published_on_monday_23_november_it_may_be_signed_from_friday_4_december(database: Database) -> None:
    with database.writing() as session:
        made = award(session)
        noticing.send_summaries(session, made.officer(session), made.challenge(session))
        made.publish(session, NoticeKind.UK6)
        for moment, over in (
            (MONDAY, False),
            (datetime(2026, 12, 3, 23, 59, 59, tzinfo=UTC), False),
            (datetime(2026, 12, 4, 0, 0, 0, tzinfo=UTC), True),
        ):
            with clock.stopped_at(moment):
                waits = unmet((noticed.standstill_over,), made.at(session))
                assert (waits == ()) is over
                if waits:
                    assert waits[0].details == ("The contract may be signed from 4 December 2026.",)


def test_the_award_notice_comes_after_the_summaries(database: Database) -> None:
    with database.writing() as session:
        made = award(session)
        with pytest.raises(NotNow, match="Send them first"):
            made.publish(session, NoticeKind.UK6)
        noticing.send_summaries(session, made.officer(session), made.challenge(session))
        with pytest.raises(NotNow, match="must come after the assessment summaries"):
            made.publish(session, NoticeKind.UK6, minutes=1)
        made.publish(session, NoticeKind.UK6)


def test_a_direct_award_is_announced_first(database: Database) -> None:
    with database.writing() as session:
        made = award(session, ReleaseKind.PROTOTYPE)
        with pytest.raises(NotNow, match="transparency notice"):
            made.publish(session, NoticeKind.UK6)
        made.publish(session, NoticeKind.UK5)
        with pytest.raises(NotNow, match="must come after the transparency notice"):
            made.publish(session, NoticeKind.UK6, hours=1)


def test_nothing_is_published_in_the_future(database: Database) -> None:
    with database.writing() as session:
        made = award(session, ReleaseKind.PROTOTYPE)
        with pytest.raises(MoveRefused, match="has passed"):
            made.publish(session, NoticeKind.UK5, minutes=-1)


def at_the_end_of_the_wait(session: Any) -> Award:
    made = award(session)
    made.contract(session)
    noticing.send_summaries(session, made.officer(session), made.challenge(session))
    made.publish(session, NoticeKind.UK6)
    return made


@pytest.mark.parametrize("outcome", list(ClaimOutcome))
def test_a_claim_holds_up_the_signature_until_it_is_over(database: Database, outcome: ClaimOutcome) -> None:
    with database.writing() as session:
        made = at_the_end_of_the_wait(session)
        officer, challenge = made.officer(session), made.challenge(session)
        claim = noticing.record_claim(session, officer, challenge, MONDAY, "Ash Data Ltd")
        with clock.stopped_at(datetime(2026, 12, 4, 9, tzinfo=UTC)):
            assert missing(made.at(session)) == {"no_claim_pending"}
            noticing.close_claim(session, officer, challenge, claim, outcome)
            succeeded = outcome is ClaimOutcome.SUCCEEDED
            assert missing(made.at(session)) == ({"no_claim_pending"} if succeeded else set())
            with pytest.raises(NotNow):
                noticing.close_claim(session, officer, challenge, claim, outcome)


def test_a_claim_told_in_the_future_is_refused(database: Database) -> None:
    with database.writing() as session:
        made = award(session)
        later = datetime(2026, 11, 24, tzinfo=UTC)
        with pytest.raises(NotNow):
            noticing.record_claim(session, made.officer(session), made.challenge(session), later, "Ash Data Ltd")


def test_the_pathway_activates_on_friday_and_not_on_thursday(database: Database) -> None:
    wiring.connect()
    with database.writing() as session:
        made = award(session, firms=3, chosen=1)
        contract = made.contract(session)
        made.told(session)
        officer, challenge = made.officer(session), made.challenge(session)
        noticing.send_summaries(session, officer, challenge)
        made.publish(session, NoticeKind.UK6)
        with clock.stopped_at(datetime(2026, 12, 3, 17, tzinfo=UTC)):
            with pytest.raises(MoveRefused) as refused:
                fire(session, officer, challenge, "activate")
            assert [each.name for each in refused.value.refusal.missing] == [WAIT]
        with clock.stopped_at(datetime(2026, 12, 4, 9, tzinfo=UTC)):
            fire(session, officer, challenge, "activate")
        assert (challenge.state, contract.state) == ("activated", "mobilising")
        assert session.get_one(Response, made.responses[0]).state == "partner"


def test_below_the_threshold_the_pathway_asks_firms_nothing_before_the_contract(database: Database) -> None:
    wiring.connect()
    with database.writing() as session:
        made = award(session, ReleaseKind.BELOW_THRESHOLD, NOTIFIABLE)
        made.contract(session)
        fire(session, made.officer(session), made.challenge(session), "activate")
        assert made.challenge(session).state == "activated"


def test_the_pathway_refuses_with_everything_that_is_missing(database: Database) -> None:
    wiring.connect()
    with database.writing() as session:
        made = award(session)
        with pytest.raises(MoveRefused) as refused:
            fire(session, made.officer(session), made.challenge(session), "activate")
        assert {each.name for each in refused.value.refusal.missing} == {
            "a_contract_per_partner",
            "suppliers_in_order",
            SUMMARIES,
            NOTICES,
            WAIT,
        }
