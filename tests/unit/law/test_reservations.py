"""Who may reserve what, on which day and at which value."""

from datetime import date, timedelta

import pytest

from portal.law.dates import Basis
from portal.law.reservations import ORDER_IN_FORCE, ReservedArea, ReservedFor, advert, choice
from portal.law.thresholds import AuthorityKind, ContractKind

COUNCIL, SERVICES = AuthorityKind.LOCAL_AUTHORITY, ContractKind.SERVICES
SMALL = 40_000_00
LATER = date(2026, 11, 27)


def test_a_council_may_reserve_by_area_from_the_day_of_the_order() -> None:
    before = choice(COUNCIL, SERVICES, SMALL, ORDER_IN_FORCE - timedelta(days=1))
    assert before.areas == ()
    assert "s.17(5)(e)" in before.closed
    after = choice(COUNCIL, SERVICES, SMALL, ORDER_IN_FORCE)
    assert set(after.areas) == set(ReservedArea)
    assert after.problem(ReservedArea.OWN, ReservedFor.ANYBODY) == ""
    assert after.problem(ReservedArea.ANYWHERE, ReservedFor.SME) == ""
    assert "Otherwise nothing is reserved" in after.problem(ReservedArea.ANYWHERE, ReservedFor.ANYBODY)


@pytest.mark.parametrize(
    ("body", "contract", "value"),
    [
        (COUNCIL, SERVICES, 207_720_00),
        (COUNCIL, ContractKind.WORKS, 5_193_000_00),
        (COUNCIL, ContractKind.LIGHT_TOUCH, 663_540_00),
        (AuthorityKind.NHS, SERVICES, 135_018_00),
        (AuthorityKind.CENTRAL_GOVERNMENT, SERVICES, 135_018_00),
    ],
)
def test_nothing_is_reserved_from_the_threshold_on(body: AuthorityKind, contract: ContractKind, value: int) -> None:
    assert choice(body, contract, value, LATER).rule is None
    assert "public contract" in choice(body, contract, value, LATER).closed
    assert choice(body, contract, value - 1, LATER).rule is not None


def test_what_nobody_has_valued_cannot_be_reserved() -> None:
    assert choice(COUNCIL, None, SMALL, LATER).rule is None
    assert choice(COUNCIL, SERVICES, None, LATER).rule is None


def test_central_government_reserves_one_county_or_the_kingdom_and_size_never_alone() -> None:
    found = choice(AuthorityKind.CENTRAL_GOVERNMENT, SERVICES, SMALL, LATER)
    assert found.areas == (ReservedArea.UK, ReservedArea.COUNTY)
    assert found.problem(ReservedArea.UK, ReservedFor.SME) == ""
    assert found.problem(ReservedArea.ANYWHERE, ReservedFor.SME)
    assert found.problem(ReservedArea.BORDERING, ReservedFor.ANYBODY)


@pytest.mark.parametrize("body", [AuthorityKind.NHS, AuthorityKind.UNIVERSITY, AuthorityKind.HOUSING_ASSOCIATION])
def test_what_we_are_not_sure_of_says_so(body: AuthorityKind) -> None:
    rule = choice(body, SERVICES, SMALL, LATER).rule
    assert rule is not None
    assert rule.basis is Basis.CHECK


def test_the_advert_says_who_may_answer() -> None:
    assert advert(ReservedArea.OWN, ReservedFor.SME, "the city of Evenholt") == (
        "This competition is reserved. Only small and medium-sized firms (SMEs) based or established in the city of "
        "Evenholt, with substantive business operations there, may answer. It does not matter where a firm’s owners "
        "are."
    )
    assert "the United Kingdom" in advert(ReservedArea.UK, ReservedFor.ANYBODY, "")
    assert advert(ReservedArea.ANYWHERE, ReservedFor.SOCIAL, "").endswith("(VCSEs) may answer.")
