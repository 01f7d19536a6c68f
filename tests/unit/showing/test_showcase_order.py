"""The running order as arithmetic: turns, clashes, the lot, and the costs by year."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from portal.law.money import Vat, with_vat
from portal.showcases.costs import before_vat, by_year
from portal.showcases.running import Showing, clashes, draw, lot, swapped, turns, unmet, why_not

TEN = datetime(2026, 7, 1, 9, tzinfo=UTC)
"""10am in London, in summer."""
FIRMS = [Showing("A"), Showing("B", 10), Showing("C", 0, ((time(10), time(10, 20)),))]


@dataclass(frozen=True)
class Cost:
    one_off_pence: int
    yearly_pence: int
    years: int
    vat: Vat


def test_the_first_sets_up_before_the_event_and_the_others_in_between() -> None:
    first, second = turns(TEN, 20, [Showing("B", 10), Showing("B2", 5)])
    assert (first.sets_up.minute, first.at, first.until.minute) == (50, TEN, 20)
    assert (second.sets_up.minute, second.at.minute, second.until.minute) == (20, 25, 45)


def test_a_time_that_touches_a_turn_is_no_clash() -> None:
    turn = turns(TEN, 20, [Showing("X")])[0]
    assert clashes(Showing("X", 0, ((time(10, 20), time(11)), (time(9), time(10)))), turn) == []
    assert clashes(Showing("X", 0, ((time(10, 19), time(11)),)), turn) == [(time(10, 19), time(11))]


def test_a_draw_respects_every_firm_and_can_be_repeated() -> None:
    drawn = draw("5eed", TEN, 20, FIRMS)
    assert drawn.unmet == ()
    assert drawn.order[0] != "C"
    assert draw("5eed", TEN, 20, list(reversed(FIRMS))) == drawn
    assert [each.reference for each in lot("5eed", drawn.round, FIRMS)] == list(drawn.order)


def test_every_possible_order_is_as_likely_as_any_other() -> None:
    possible = [order for order in permutations("ABC") if order[0] != "C"]
    count = Counter(draw(f"seed {number}", TEN, 20, FIRMS).order for number in range(2_000))
    assert set(count) == set(possible)
    assert max(count.values()) < 1.25 * min(count.values())


def test_what_cannot_be_is_said_with_its_reason() -> None:
    always_away = Showing("D", 0, ((time(0), time(23, 59)),))
    drawn = draw("5eed", TEN, 20, [*FIRMS, always_away])
    assert drawn.unmet == ("D",)
    assert why_not(TEN, 20, [*FIRMS, always_away], "D") == "it cannot come at any turn of the day"
    only_first = tuple(Showing(name, 0, ((time(10, 20), time(18)),)) for name in "EF")
    crowded = draw("5eed", TEN, 20, only_first)
    assert len(crowded.unmet) == 1
    assert "another firm needs" in why_not(TEN, 20, only_first, crowded.unmet[0])


def test_a_swap_moves_two_and_no_other() -> None:
    assert [each.reference for each in swapped(FIRMS, "A", "C")] == ["C", "B", "A"]
    assert unmet(TEN, 20, swapped(FIRMS, "A", "C")) == ("C",)


@given(st.lists(st.builds(Cost, *[st.integers(0, 10**9)] * 2, st.integers(1, 20), st.sampled_from(Vat)), max_size=6))
def test_the_years_add_up_to_the_bill(lines: list[Cost]) -> None:
    schedule = by_year(lines)
    once = sum(with_vat(each.one_off_pence, each.vat) for each in lines)
    running = sum(each.years * with_vat(each.yearly_pence, each.vat) for each in lines)
    assert schedule.with_vat_pence == once + running
    assert len(schedule.years) >= 6
    assert [each.year for each in schedule.years] == list(range(len(schedule.years)))


@given(st.integers(0, 10**12))
def test_vat_taken_off_and_put_on_again_is_the_same_amount_to_the_penny(pence: int) -> None:
    assert abs(with_vat(before_vat(pence, Vat.INCLUSIVE), Vat.EXCLUSIVE) - pence) <= 1


def test_a_running_cost_that_stops_early_is_not_passed_off_as_cheap() -> None:
    assert by_year([Cost(0, 100, 3, Vat.EXCLUSIVE)]).stops_after == 3
    assert by_year([Cost(100, 0, 1, Vat.EXCLUSIVE), Cost(0, 100, 5, Vat.EXCLUSIVE)]).stops_after is None
