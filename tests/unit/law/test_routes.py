from datetime import date

import pytest

from portal.law.money import parse_pounds
from portal.law.releases import ReleaseKind
from portal.law.routes import routes
from portal.law.thresholds import AuthorityKind, ContractKind

NHS, COUNCIL = AuthorityKind.NHS, AuthorityKind.LOCAL_AUTHORITY
ON = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("authority", "contract", "value", "closed"),
    [
        (COUNCIL, ContractKind.SERVICES, "£207,720", {"below_threshold"}),
        (COUNCIL, ContractKind.SERVICES, "£207,719", {"prototype"}),
        (NHS, ContractKind.SERVICES, "£135,018", {"below_threshold"}),
        (COUNCIL, ContractKind.GOODS, "£300,000", {"below_threshold", "exempt"}),
        (COUNCIL, ContractKind.WORKS, "£6m", {"below_threshold", "exempt", "prototype"}),
        (COUNCIL, ContractKind.WORKS, "£1m", {"exempt", "prototype"}),
        (COUNCIL, ContractKind.LIGHT_TOUCH, "£700k", {"below_threshold", "exempt"}),
        (COUNCIL, ContractKind.SERVICES, None, {"below_threshold"}),
    ],
)
def test_which_release_kinds_are_closed(
    authority: AuthorityKind, contract: ContractKind, value: str | None, closed: set[str]
) -> None:
    found = routes(authority, contract, value if value is None else parse_pounds(value), ON)
    assert [route.kind for route in found] == list(ReleaseKind)
    assert {route.kind.value for route in found if not route.is_open} == closed
    assert all(route.reason.endswith(").") for route in found)


def test_a_reason_names_the_authoritys_own_threshold() -> None:
    below = routes(NHS, ContractKind.SERVICES, parse_pounds("£150,000"), ON)[-1]
    assert not below.is_open
    assert "£135,018" in below.reason
