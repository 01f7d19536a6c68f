"""Which dates the law sets after signing, by kind, standing and value."""

from datetime import date

import pytest

from portal.law import dates, reckoning
from portal.law.releases import ReleaseKind
from portal.law.thresholds import ContractKind, Standing

SIGNED = date(2026, 12, 4)
ABOVE, NOTIFIABLE = Standing.ABOVE_THRESHOLD, Standing.NOTIFIABLE
FIVE_MILLION = 5_000_000_00


@pytest.mark.parametrize(
    ("contract", "standing", "due"),
    [
        (ContractKind.SERVICES, ABOVE, date(2026, 6, 30)),
        (ContractKind.WORKS, ABOVE, date(2026, 6, 30)),
        (ContractKind.LIGHT_TOUCH, ABOVE, date(2026, 9, 28)),
        (ContractKind.SERVICES, NOTIFIABLE, None),
        (ContractKind.SERVICES, Standing.SMALL, None),
    ],
)
def test_the_contract_details_notice_has_a_last_day(
    contract: ContractKind, standing: Standing, due: date | None
) -> None:
    signed = date(2026, 6, 1)
    days = dates.contract_details_days(contract, standing, signed)
    assert (days and reckoning.within(days, beginning=signed, event="Signed").day) == due


@pytest.mark.parametrize(
    ("contract", "standing", "value", "expected"),
    [
        (ContractKind.SERVICES, ABOVE, FIVE_MILLION, None),  # not more than
        (ContractKind.SERVICES, ABOVE, FIVE_MILLION + 1, 90),
        (ContractKind.LIGHT_TOUCH, ABOVE, FIVE_MILLION + 1, 180),
        (ContractKind.SERVICES, ABOVE, None, 90),
        (ContractKind.SERVICES, NOTIFIABLE, FIVE_MILLION + 1, None),
    ],
)
def test_a_copy_of_a_large_contract_is_published(
    contract: ContractKind, standing: Standing, value: int | None, expected: int | None
) -> None:
    assert dates.contract_copy_days(contract, standing, value, SIGNED) == expected


@pytest.mark.parametrize(
    ("kind", "contract", "standing", "value", "expected"),
    [
        (ReleaseKind.FIRST_ROUND, ContractKind.SERVICES, ABOVE, FIVE_MILLION + 1, True),
        (ReleaseKind.FIRST_ROUND, ContractKind.SERVICES, ABOVE, FIVE_MILLION, False),
        (ReleaseKind.FIRST_ROUND, ContractKind.LIGHT_TOUCH, ABOVE, FIVE_MILLION + 1, False),
        (ReleaseKind.EXEMPT, ContractKind.SERVICES, ABOVE, FIVE_MILLION + 1, False),
        (ReleaseKind.BELOW_THRESHOLD, ContractKind.SERVICES, NOTIFIABLE, 4_000_000, False),
    ],
)
def test_measures_are_set_above_five_million(
    kind: ReleaseKind, contract: ContractKind, standing: Standing, value: int, expected: bool
) -> None:
    assert dates.measures_due(kind, contract, standing, value, SIGNED) is expected


@pytest.mark.parametrize(
    ("standing", "pence", "paid_on", "expected"),
    [
        (ABOVE, 30_000_01, date(2026, 4, 1), True),
        (ABOVE, 30_000_00, date(2026, 4, 1), False),  # not more than
        (ABOVE, 30_000_01, date(2026, 3, 31), False),  # before s.70 came into force
        (NOTIFIABLE, 30_000_01, date(2026, 4, 1), False),
    ],
)
def test_payments_over_thirty_thousand_are_published(
    standing: Standing, pence: int, paid_on: date, expected: bool
) -> None:
    assert dates.payment_is_published(standing, pence, paid_on) is expected


def test_the_end_of_a_public_contract_is_announced_and_of_no_other() -> None:
    assert dates.is_public_contract(ReleaseKind.FIRST_ROUND, ABOVE)
    assert not dates.is_public_contract(ReleaseKind.EXEMPT, ABOVE)
    assert not dates.is_public_contract(ReleaseKind.BELOW_THRESHOLD, NOTIFIABLE)


def test_before_the_act_there_are_no_periods() -> None:
    with pytest.raises(ValueError, match="24 February 2025"):
        dates.periods(date(2025, 2, 23))


def test_every_rule_says_what_it_is_and_where_it_stands() -> None:
    for rule in dates.RULES.values():
        assert rule.words.endswith(".")
        assert rule.source
        assert len(rule.key) <= 40
