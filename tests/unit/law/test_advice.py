"""The route adviser: what each way requires, against tables written from the Act by hand."""

from datetime import date
from typing import Any

import pytest

from portal.law.advice import Advice, Circumstances, advise
from portal.law.releases import ReleaseKind
from portal.law.thresholds import AuthorityKind, ContractKind

COUNCIL, NHS = AuthorityKind.LOCAL_AUTHORITY, AuthorityKind.NHS
ON = date(2026, 6, 1)


def ways(value: int | None = 30_000_000, **more: Any) -> dict[str, Advice]:
    known: dict[str, Any] = {"authority": COUNCIL, "contract": ContractKind.SERVICES, "on": ON} | more
    return {each.key or each.title: each for each in advise(Circumstances(value=value, **known)).ways}


def told(way: Advice) -> str:
    return " / ".join(step.what for step in way.steps)


@pytest.mark.parametrize(
    ("kind", "value", "expected", "never"),
    [
        (
            ReleaseKind.ENGAGEMENT,
            30_000_000,
            ["UK2", "10 days to answer", "UK4", "25 days to tender", "UK6", "UK7"],
            "UK5",
        ),
        (ReleaseKind.FIRST_ROUND, 30_000_000, ["UK4", "25 days to answer", "summary", "UK6", "eight", "UK11"], "UK2"),
        (ReleaseKind.PROTOTYPE, 30_000_000, ["UK5", "UK6", "eight", "UK7"], "UK4"),
        (ReleaseKind.EXEMPT, 30_000_000, ["research", "new procurement"], "UK7"),
        (ReleaseKind.BELOW_THRESHOLD, 5_000_000, ["below-threshold tender notice", "UK7", "as soon as"], "UK6"),
        (ReleaseKind.BELOW_THRESHOLD, 1_000_000, ["10 days"], "UK7"),
    ],
)
def test_what_a_way_requires(kind: ReleaseKind, value: int, expected: list[str], never: str) -> None:
    way = ways(value)[kind.value]
    assert way.is_open
    said = told(way)
    for each in expected:
        assert each in said
    assert never not in said


@pytest.mark.parametrize(
    ("authority", "on", "threshold", "notifiable"),
    [
        (COUNCIL, ON, 207_720_00, 30_000_00),
        (NHS, ON, 135_018_00, 12_000_00),
        (COUNCIL, date(2025, 12, 31), 214_904_00, 30_000_00),
    ],
)
def test_the_amounts_depend_on_who_buys_and_when(
    authority: AuthorityKind, on: date, threshold: int, notifiable: int
) -> None:
    found = advise(Circumstances(authority, ContractKind.SERVICES, 10_000_000, on))
    assert (found.threshold, found.notifiable_from) == (threshold, notifiable)


def test_direct_awards_need_their_own_grounds() -> None:
    failed, again = "Direct award after a competition that failed", "Repeat purchase that was announced"
    assert not ways()[failed].is_open
    assert not ways()[again].is_open
    open_now = ways(failed=True, announced=True)
    assert "UK5" in told(open_now[failed])
    assert "UK5" in told(open_now[again])
    assert "needs no special ground" in ways(1_000_000, failed=True)[failed].reason


def test_scotland_has_its_own_way_and_no_other() -> None:
    (way,) = ways(scottish=True).values()
    assert way.title == "Innovation partnership (Scotland)"
    assert all("to be checked" in step.source for step in way.steps)


def test_light_touch_has_no_standstill_and_longer_for_its_details() -> None:
    way = ways(70_000_000, contract=ContractKind.LIGHT_TOUCH)["first_round"]
    assert "eight" not in told(way)
    assert "within 120 days" in told(way)


def test_before_the_act_there_is_no_advice() -> None:
    with pytest.raises(ValueError, match="24 February 2025"):
        advise(Circumstances(COUNCIL, ContractKind.SERVICES, 1, date(2025, 2, 23)))
