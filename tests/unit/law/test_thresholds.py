from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law.money import parse_pounds
from portal.law.thresholds import (
    AuthorityKind,
    ContractKind,
    Standing,
    estimated_value,
    notifiable_from,
    standing,
    threshold,
)

CENTRAL = (AuthorityKind.NHS, AuthorityKind.CENTRAL_GOVERNMENT)
SUB_CENTRAL = (
    AuthorityKind.LOCAL_AUTHORITY,
    AuthorityKind.UNIVERSITY,
    AuthorityKind.HOUSING_ASSOCIATION,
    AuthorityKind.OTHER_PUBLIC,
)
OLD, NEW = date(2025, 12, 31), date(2026, 1, 1)
COUNCIL, NHS = AuthorityKind.LOCAL_AUTHORITY, AuthorityKind.NHS


@pytest.mark.parametrize(
    ("authorities", "contract", "old", "new"),
    [
        (SUB_CENTRAL, ContractKind.GOODS, "£214,904", "£207,720"),
        (SUB_CENTRAL, ContractKind.SERVICES, "£214,904", "£207,720"),
        (CENTRAL, ContractKind.GOODS, "£139,688", "£135,018"),
        (CENTRAL, ContractKind.SERVICES, "£139,688", "£135,018"),
        (CENTRAL + SUB_CENTRAL, ContractKind.WORKS, "£5,372,609", "£5,193,000"),
        (CENTRAL + SUB_CENTRAL, ContractKind.LIGHT_TOUCH, "£663,540", "£663,540"),
    ],
)
def test_thresholds_by_authority_contract_and_day(
    authorities: tuple[AuthorityKind, ...], contract: ContractKind, old: str, new: str
) -> None:
    for authority in authorities:
        assert threshold(authority, contract, OLD) == parse_pounds(old)
        assert threshold(authority, contract, NEW) == parse_pounds(new)


def test_every_authority_is_in_one_of_the_two_groups() -> None:
    assert set(CENTRAL + SUB_CENTRAL) == set(AuthorityKind)


def test_the_nhs_and_central_government_publish_notices_from_a_lower_amount() -> None:
    assert {notifiable_from(authority, NEW) for authority in CENTRAL} == {parse_pounds("£12,000")}
    assert {notifiable_from(authority, NEW) for authority in SUB_CENTRAL} == {parse_pounds("£30,000")}


@pytest.mark.parametrize(
    ("authority", "value", "on", "expected"),
    [
        (COUNCIL, "£207,720", NEW, Standing.ABOVE_THRESHOLD),
        (COUNCIL, "£207,719.99", NEW, Standing.NOTIFIABLE),
        (COUNCIL, "£207,720", OLD, Standing.NOTIFIABLE),
        (COUNCIL, "£30,000", NEW, Standing.NOTIFIABLE),
        (COUNCIL, "£29,999.99", NEW, Standing.SMALL),
        (NHS, "£150,000", NEW, Standing.ABOVE_THRESHOLD),
        (COUNCIL, "£150,000", NEW, Standing.NOTIFIABLE),
        (NHS, "£12,000", NEW, Standing.NOTIFIABLE),
        (NHS, "£11,999.99", NEW, Standing.SMALL),
        (COUNCIL, "£0", NEW, Standing.SMALL),
    ],
)
def test_standing_of_a_services_contract(authority: AuthorityKind, value: str, on: date, expected: Standing) -> None:
    assert standing(authority, ContractKind.SERVICES, parse_pounds(value), on) is expected


def test_a_value_nobody_can_estimate_counts_as_above() -> None:
    assert standing(COUNCIL, ContractKind.WORKS, None, NEW) is Standing.ABOVE_THRESHOLD


def test_the_purchase_option_lifts_a_small_pilot_over_the_threshold() -> None:
    pilot, option, prizes = parse_pounds("40k"), parse_pounds("165k"), parse_pounds("£2,720")
    assert standing(COUNCIL, ContractKind.SERVICES, pilot, NEW) is Standing.NOTIFIABLE
    whole = estimated_value(pilot, option, prizes)
    assert whole == parse_pounds("£207,720")
    assert standing(COUNCIL, ContractKind.SERVICES, whole, NEW) is Standing.ABOVE_THRESHOLD


@pytest.mark.parametrize("parts", [(-1, 0, 0), (0, -1, 0), (5, 0, -1)])
def test_no_part_of_a_value_is_negative(parts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="negative"):
        estimated_value(*parts)


def test_before_the_act_there_is_no_answer() -> None:
    assert threshold(COUNCIL, ContractKind.GOODS, date(2025, 2, 24)) == parse_pounds("£214,904")
    with pytest.raises(ValueError, match="24 February 2025"):
        threshold(COUNCIL, ContractKind.GOODS, date(2025, 2, 23))
    with pytest.raises(ValueError, match="24 February 2025"):
        notifiable_from(COUNCIL, date(2025, 2, 23))


@given(
    st.sampled_from(AuthorityKind),
    st.sampled_from(ContractKind),
    st.integers(0, 10**9),
    st.integers(0, 10**9),
)
def test_a_larger_value_never_stands_lower(
    authority: AuthorityKind, contract: ContractKind, one: int, other: int
) -> None:
    rising = [Standing.SMALL, Standing.NOTIFIABLE, Standing.ABOVE_THRESHOLD]
    low, high = (rising.index(standing(authority, contract, value, NEW)) for value in sorted((one, other)))
    assert low <= high


@pytest.mark.parametrize("choice", [*AuthorityKind, *ContractKind, *Standing])
def test_every_choice_has_its_words(choice: AuthorityKind | ContractKind | Standing) -> None:
    assert choice.title
    assert type(choice)(choice.value) is choice
