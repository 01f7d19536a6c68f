from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.assessment.ranking import (
    Place,
    Tie,
    Weighed,
    broken_order,
    goes_on,
    hundredths,
    mean,
    ranked,
    weighted_total,
)

FIT, PLAN = Weighed(1, 60, 5, 1), Weighed(2, 40, 5, 2)


def scores(fit: int | Fraction, plan: int | Fraction) -> dict[int, Fraction]:
    return {1: Fraction(fit), 2: Fraction(plan)}


def test_full_marks_are_a_hundred_per_cent_and_none_are_nought() -> None:
    assert weighted_total((FIT, PLAN), scores(5, 5)) == 100
    assert weighted_total((FIT, PLAN), scores(0, 0)) == 0


def test_a_total_is_each_score_times_its_weight() -> None:
    assert weighted_total((FIT, PLAN), scores(4, 3)) == Fraction(72)


def test_a_mean_of_three_stays_exact() -> None:
    assert mean([3, 4, 4]) == Fraction(11, 3)
    assert weighted_total((FIT, PLAN), scores(mean([3, 4, 4]), 0)) == 44


def test_nothing_has_no_mean() -> None:
    with pytest.raises(ValueError, match="nothing"):
        mean([])


@pytest.mark.parametrize(
    ("number", "whole"),
    [(Fraction(72), 7200), (Fraction(72345, 1000), 7235), (Fraction(1, 3), 33), (Fraction(2, 3), 67), (Fraction(0), 0)],
)
def test_hundredths_are_rounded_half_up(number: Fraction, whole: int) -> None:
    assert hundredths(number) == whole


def test_a_tie_goes_to_the_higher_score_on_the_heaviest_criterion() -> None:
    places = ranked((FIT, PLAN), {1: scores(2, 5), 2: scores(4, 2)}, 50)
    assert [(place.key, place.rank, place.tie) for place in places] == [(2, 1, Tie.BROKEN), (1, 2, Tie.BROKEN)]
    assert places[0].total == places[1].total == 64


def test_of_equally_heavy_criteria_the_one_the_brief_names_first_decides() -> None:
    later, first = Weighed(1, 50, 5, 2), Weighed(2, 50, 5, 1)
    places = ranked((later, first), {1: scores(4, 3), 2: scores(3, 4)}, 0)
    assert [place.key for place in places] == [2, 1]


def test_what_nothing_tells_apart_shares_its_rank_and_waits_for_a_person() -> None:
    places = ranked((FIT, PLAN), {1: scores(3, 3), 2: scores(3, 3), 3: scores(1, 1)}, 0)
    assert [(place.key, place.rank, place.tie) for place in places] == [
        (1, 1, Tie.OPEN),
        (2, 1, Tie.OPEN),
        (3, 3, Tie.NONE),
    ]


def test_the_minimum_itself_is_enough_and_a_hair_less_is_not() -> None:
    just = {1: {1: Fraction(50)}, 2: {1: Fraction(4_999_999, 100_000)}}
    places = ranked((Weighed(1, 100, 100, 1),), just, 50)
    assert [place.meets_minimum for place in places] == [True, False]


def place(key: int, rank: int, *, able: bool = True) -> Place:
    return Place(key, rank, Fraction(0), able, Tie.NONE)


@pytest.mark.parametrize(
    ("places", "most", "on"),
    [
        ([place(1, 1), place(2, 2), place(3, 3)], 2, {1, 2}),
        ([place(1, 1), place(2, 2), place(3, 3)], None, {1, 2, 3}),
        ([place(1, 1), place(2, 2, able=False)], 2, {1}),
        ([place(1, 1), place(2, 2), place(3, 2)], 2, {1}),
        ([place(1, 1), place(2, 1), place(3, 3)], 2, {1, 2}),
        ([], 2, set()),
    ],
)
def test_who_goes_on(places: list[Place], most: int | None, on: set[int]) -> None:
    assert goes_on(places, most) == on


def test_passing_over_a_better_firm_breaks_the_order_and_one_below_the_minimum_does_not() -> None:
    places = [place(1, 1), place(2, 2), place(3, 2), place(4, 4, able=False)]
    assert broken_order(places, {2}) == [(1, 2)]
    assert broken_order(places, {1, 3}) == []
    assert broken_order([place(1, 1, able=False), place(2, 2)], {2}) == []


@st.composite
def rounds(draw: st.DrawFn) -> tuple[list[Weighed], dict[int, dict[int, list[int]]]]:
    count = draw(st.integers(1, 5))
    cuts = sorted(draw(st.lists(st.integers(1, 99), min_size=count - 1, max_size=count - 1, unique=True)))
    weights = [after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)]
    criteria = [Weighed(i, w, draw(st.sampled_from([3, 4, 5, 10])), i) for i, w in enumerate(weights)]
    sheets = draw(st.integers(1, 4))
    responses = {
        key: {c.id: draw(st.lists(st.integers(0, c.max_score), min_size=sheets, max_size=sheets)) for c in criteria}
        for key in range(draw(st.integers(1, 6)))
    }
    return criteria, responses


def by_decimals(criteria: Sequence[Weighed], sheets: dict[int, list[int]]) -> Decimal:
    """The total worked out another way: sheet by sheet in decimals of sixty digits, and only then the mean."""
    with localcontext() as context:
        context.prec = 60
        count = len(next(iter(sheets.values())))
        totals = [
            sum((Decimal(sheets[c.id][n]) * int(c.weight) / c.max_score for c in criteria), Decimal(0))
            for n in range(count)
        ]
        return sum(totals, Decimal(0)) / count


@given(rounds(), st.integers(0, 100))
def test_the_ranking_agrees_with_decimals_of_sixty_digits(
    made: tuple[list[Weighed], dict[int, dict[int, list[int]]]], minimum: int
) -> None:
    criteria, sheets = made
    places = ranked(criteria, {k: {c: mean(given) for c, given in s.items()} for k, s in sheets.items()}, minimum)
    expected = {key: by_decimals(criteria, given) for key, given in sheets.items()}
    tiny = Decimal(10) ** -50
    for each in places:
        with localcontext() as context:
            context.prec = 60
            exact = Decimal(each.total.numerator) / Decimal(each.total.denominator)
            assert abs(exact - expected[each.key]) < tiny
            assert 0 <= each.total <= 100
    for better, worse in pairwise(places):
        assert expected[worse.key] - expected[better.key] < Decimal(10) ** -20
        assert better.rank <= worse.rank
        assert (better.rank == worse.rank) == sheets_equal(sheets, better, worse)
    assert {each.key for each in places} == set(sheets)
    assert places[0].rank == 1


def sheets_equal(sheets: dict[int, dict[int, list[int]]], one: Place, other: Place) -> bool:
    return {c: sum(given) for c, given in sheets[one.key].items()} == {
        c: sum(given) for c, given in sheets[other.key].items()
    }


@given(rounds(), st.integers(1, 4))
def test_the_proposal_never_breaks_the_order(
    made: tuple[list[Weighed], dict[int, dict[int, list[int]]]], most: int
) -> None:
    criteria, sheets = made
    places = ranked(criteria, {k: {c: mean(given) for c, given in s.items()} for k, s in sheets.items()}, 40)
    on = goes_on(places, most)
    assert broken_order(places, on) == []
    assert len(on) <= most
