"""The arithmetic against an independent calculation in whole numbers: weights, ties, prices, other weights."""

from fractions import Fraction
from math import lcm

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.assessment.ranking import Weighed, lighter, mean, price_parts, ranked, weighted_total
from portal.assessment.sizing import LARGE_FROM, SMALL_BELOW, advised

WEIGHTS = st.lists(st.integers(1, 60), min_size=1, max_size=5)
SHEETS = st.lists(st.integers(0, 5), min_size=1, max_size=4)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[list[Weighed], dict[int, dict[int, list[int]]]]:
    """Criteria, and for each response and criterion the scores of its sheets."""
    weights = draw(WEIGHTS)
    criteria = [Weighed(number, weight, 5, number) for number, weight in enumerate(weights, start=1)]
    responses = draw(st.integers(1, 6))
    return criteria, {r: {each.id: draw(SHEETS) for each in criteria} for r in range(responses)}


@given(rounds())
def test_places_agree_with_a_sum_of_whole_numbers(made: tuple[list[Weighed], dict[int, dict[int, list[int]]]]) -> None:
    """Totals over one common denominator, compared as integers: who has more than how many, ties by weight."""
    criteria, sheets = made
    common = lcm(*(len(scores) for row in sheets.values() for scores in row.values())) * 5

    def parts(row: dict[int, list[int]]) -> list[int]:
        return [sum(row[each.id]) * common // (len(row[each.id]) * 5) for each in criteria]

    by_weight = sorted(range(len(criteria)), key=lambda n: -int(criteria[n].weight))
    keys = {}
    for response, row in sheets.items():
        part = parts(row)
        total = sum(int(each.weight) * points for each, points in zip(criteria, part, strict=True))
        keys[response] = (total, *(part[n] for n in by_weight))
    expected = {response: 1 + sum(other > key for other in keys.values()) for response, key in keys.items()}
    scores = {response: {c: mean(given) for c, given in row.items()} for response, row in sheets.items()}
    places = ranked(criteria, scores, 50)
    assert {place.key: place.rank for place in places} == expected
    assert {place.key: place.total * common for place in places} == {r: key[0] for r, key in keys.items()}
    assert all(place.meets_minimum is (place.total >= 50) for place in places)


@given(st.dictionaries(st.integers(), st.none() | st.integers(0, 10**9), min_size=1, max_size=6))
def test_the_lowest_price_gets_all_and_a_dearer_one_never_more(prices: dict[int, int | None]) -> None:
    parts = price_parts(prices)
    said = {key: price for key, price in prices.items() if price is not None}
    assert all(0 <= part <= 1 for part in parts.values())
    assert all(parts[key] == 0 for key in prices.keys() - said.keys())
    if said:
        lowest = min(said.values())
        assert all(parts[key] == 1 for key, price in said.items() if price == lowest)
        assert all(parts[key] * price == lowest for key, price in said.items())


@given(WEIGHTS, st.data())
def test_a_lighter_criterion_leaves_the_sum_and_the_others_proportions(weights: list[int], data: st.DataObject) -> None:
    criteria = [Weighed(number, weight, 5, number) for number, weight in enumerate(weights)]
    eased = data.draw(st.sampled_from([each.id for each in criteria]))
    after = {each.id: each.weight for each in lighter(criteria, eased, 10)}
    assert sum(after.values()) == sum(weights)
    assert all(weight >= 0 for weight in after.values())
    if len(criteria) > 1:
        assert after[eased] == max(0, weights[eased] - 10)
        others = [each for each in criteria if each.id != eased]
        assert all(after[a.id] * b.weight == after[b.id] * a.weight for a in others for b in others)


def test_ten_points_can_turn_an_order_round() -> None:
    price, fit = Weighed(1, 50, 5, 1), Weighed(2, 50, 5, 2)
    scores = {
        1: {1: Fraction(5), 2: Fraction(3)},
        2: {1: Fraction(3), 2: Fraction(5)},
        3: {1: Fraction(4), 2: Fraction(4)},
    }
    assert weighted_total([price, fit], scores[1]) == weighted_total([price, fit], scores[2])
    assert next(place.key for place in ranked(lighter([price, fit], 1, 10), scores, 0)) == 2


@pytest.mark.parametrize(
    ("value", "competition", "people"),
    [
        (SMALL_BELOW - 1, False, 1),
        (SMALL_BELOW, False, 2),
        (None, False, 2),
        (LARGE_FROM, False, 3),
        (SMALL_BELOW - 1, True, 3),
    ],
)
def test_a_panel_is_as_large_as_what_is_at_stake(value: int | None, competition: bool, people: int) -> None:
    advice = advised(value, competition=competition, quorum=1)
    assert advice.people == people
    assert ("fewer" in advice.sentence) is (people > 1)
