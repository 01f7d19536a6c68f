"""The rules of a release as worked tables, written from the Act and not from the code."""

from datetime import date
from itertools import product

import pytest

from portal.law import releases
from portal.law.notices import NoticeKind
from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind, Standing

ABOVE, NOTIFIABLE, SMALL = Standing.ABOVE_THRESHOLD, Standing.NOTIFIABLE, Standing.SMALL
ENGAGEMENT, FIRST_ROUND, PROTOTYPE = ReleaseKind.ENGAGEMENT, ReleaseKind.FIRST_ROUND, ReleaseKind.PROTOTYPE
EXEMPT, BELOW = ReleaseKind.EXEMPT, ReleaseKind.BELOW_THRESHOLD

# Each row: release, standing, then the notices before release, before the tender round, before
# activation, and after signing. Everything here is advertised; invitations have a test of their own.
NOTICES = """
engagement       above_threshold  UK2  UK4  UK6      UK7
engagement       notifiable       UK2  BTT  -        UK7
engagement       small            UK2  -    -        -
first_round      above_threshold  UK4  -    UK6      UK7
first_round      notifiable       BTT  -    -        UK7
first_round      small            -    -    -        -
prototype        above_threshold  -    -    UK5,UK6  UK7
prototype        notifiable       -    -    -        UK7
prototype        small            -    -    -        -
exempt           above_threshold  -    -    -        -
exempt           notifiable       -    -    -        -
exempt           small            -    -    -        -
below_threshold  above_threshold  UK4  -    UK6      UK7
below_threshold  notifiable       BTT  -    -        UK7
below_threshold  small            -    -    -        -
"""
ROWS = [tuple(line.split()) for line in NOTICES.strip().splitlines()]


def _notices(cell: str) -> tuple[NoticeKind, ...]:
    if cell == "-":
        return ()
    return tuple(NoticeKind(name.replace("BTT", "BELOW_THRESHOLD_TENDER")) for name in cell.split(","))


def test_the_table_of_notices_leaves_nothing_out() -> None:
    assert {(row[0], row[1]) for row in ROWS} == {(k.value, s.value) for k, s in product(ReleaseKind, Standing)}


@pytest.mark.parametrize(("kind", "standing", "release", "tender", "activation", "signing"), ROWS)
def test_notices_at_each_step(
    kind: str, standing: str, release: str, tender: str, activation: str, signing: str
) -> None:
    what, where = ReleaseKind(kind), Standing(standing)
    assert releases.notices_before_release(what, where) == _notices(release)
    assert releases.notices_before_tender(what, where) == _notices(tender)
    assert releases.notices_before_activation(what, where) == _notices(activation)
    assert releases.notices_after_signing(what, where) == _notices(signing)


def test_inviting_chosen_firms_only_needs_no_notice_below_the_threshold() -> None:
    assert releases.notices_before_release(BELOW, NOTIFIABLE, advertised=False) == ()
    assert releases.notices_after_signing(BELOW, NOTIFIABLE) == (NoticeKind.UK7,)


@pytest.mark.parametrize("kind", [FIRST_ROUND, BELOW])
def test_above_the_threshold_not_advertising_is_no_way_around_the_tender_notice(kind: ReleaseKind) -> None:
    assert releases.notices_before_release(kind, ABOVE, advertised=False) == (NoticeKind.UK4,)


def test_only_the_engagement_notice_may_be_replaced_by_reasons() -> None:
    assert [n for n in NoticeKind if releases.may_be_replaced_by_reasons(n)] == [NoticeKind.UK2]


@pytest.mark.parametrize(
    ("kind", "tender_round", "ranking", "announced_option"),
    [
        (ENGAGEMENT, True, False, True),
        (FIRST_ROUND, False, True, True),
        (PROTOTYPE, False, False, True),
        (EXEMPT, False, False, False),
        (BELOW, False, True, True),
    ],
)
def test_what_each_kind_leads_to(kind: ReleaseKind, tender_round: bool, ranking: bool, announced_option: bool) -> None:
    assert releases.needs_tender_round(kind) is tender_round
    assert releases.ranking_decides(kind) is ranking
    assert releases.purchase_option_allowed(kind, announced=True) is announced_option
    assert releases.purchase_option_allowed(kind, announced=False) is False


STANDSTILL = {
    (kind, contract, ABOVE)
    for kind in (ENGAGEMENT, FIRST_ROUND, PROTOTYPE, BELOW)
    for contract in (ContractKind.GOODS, ContractKind.SERVICES, ContractKind.WORKS)
}


@pytest.mark.parametrize("case", list(product(ReleaseKind, ContractKind, Standing)), ids=str)
def test_standstill_is_for_public_contracts_that_are_not_light_touch(
    case: tuple[ReleaseKind, ContractKind, Standing],
) -> None:
    assert releases.standstill_is_mandatory(*case) is (case in STANDSTILL)


@pytest.mark.parametrize(("kind", "standing"), list(product(ReleaseKind, Standing)))
def test_summaries_follow_a_competition_for_a_public_contract(kind: ReleaseKind, standing: Standing) -> None:
    expected = standing is ABOVE and kind in (ENGAGEMENT, FIRST_ROUND, BELOW)
    assert releases.summaries_are_due(kind, standing) is expected


@pytest.mark.parametrize(
    ("published", "due"),
    [
        (set(), False),
        ({"UK2"}, False),
        ({"UK2", "UK3"}, False),
        ({"UK4"}, True),
        ({"UK5"}, True),
        ({"UK2", "UK4", "UK6"}, True),
        ({"BELOW_THRESHOLD_TENDER"}, False),
    ],
)
def test_ending_a_public_procurement_without_award_is_announced(published: set[str], due: bool) -> None:
    notices = {NoticeKind(name) for name in published}
    assert releases.termination_notice_due(notices, awarded=False) is due
    assert releases.termination_notice_due(notices, awarded=True) is False


@pytest.mark.parametrize(
    ("kind", "standing", "contract", "days", "is_law"),
    [
        (FIRST_ROUND, ABOVE, ContractKind.SERVICES, 25, True),
        (FIRST_ROUND, ABOVE, ContractKind.GOODS, 25, True),
        (BELOW, ABOVE, ContractKind.SERVICES, 25, True),
        (FIRST_ROUND, ABOVE, ContractKind.LIGHT_TOUCH, 10, False),
        (FIRST_ROUND, NOTIFIABLE, ContractKind.SERVICES, 10, False),
        (ENGAGEMENT, ABOVE, ContractKind.SERVICES, 10, False),
        (PROTOTYPE, ABOVE, ContractKind.GOODS, 10, False),
        (EXEMPT, ABOVE, ContractKind.SERVICES, 10, False),
        (BELOW, NOTIFIABLE, ContractKind.SERVICES, 10, False),
        (BELOW, SMALL, ContractKind.SERVICES, 10, False),
    ],
)
def test_firms_get_time_to_answer_by_law_or_by_our_policy(
    kind: ReleaseKind, standing: Standing, contract: ContractKind, days: int, is_law: bool
) -> None:
    period = releases.response_period(kind, standing, contract)
    assert (period.days, period.is_law) == (days, is_law)
    assert releases.minimum_response_days(kind, standing, contract) == days
    assert period.source.startswith("Procurement Act 2023" if is_law else "Our policy")


@pytest.mark.parametrize(
    ("standing", "contract", "planned", "days", "is_law"),
    [
        (ABOVE, ContractKind.SERVICES, False, 25, True),
        (ABOVE, ContractKind.SERVICES, True, 10, True),
        (ABOVE, ContractKind.LIGHT_TOUCH, False, 10, False),
        (NOTIFIABLE, ContractKind.SERVICES, False, 10, False),
    ],
)
def test_the_tender_round_has_its_own_period(
    standing: Standing, contract: ContractKind, planned: bool, days: int, is_law: bool
) -> None:
    period = releases.tender_period(standing, contract, planned_notice=planned)
    assert (period.days, period.is_law) == (days, is_law)


def test_the_period_begins_the_day_after_release() -> None:
    released = date(2026, 6, 1)
    assert releases.earliest_deadline(FIRST_ROUND, ABOVE, released) == date(2026, 6, 26)
    assert releases.earliest_deadline(ENGAGEMENT, ABOVE, released) == date(2026, 6, 11)
    assert releases.earliest_deadline(FIRST_ROUND, ABOVE, released, ContractKind.LIGHT_TOUCH) == date(2026, 6, 11)


@pytest.mark.parametrize("kind", ReleaseKind)
def test_every_kind_says_in_one_sentence_what_it_means(kind: ReleaseKind) -> None:
    assert kind.title
    assert kind.meaning.endswith(".")
    assert kind.meaning.count(".") == 1
