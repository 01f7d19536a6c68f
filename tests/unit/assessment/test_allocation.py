from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from portal.assessment.allocation import Pair, Skill, spread, uncovered


def test_everybody_reads_everything() -> None:
    assert spread([1, 2], [7, 8], each=None) == [(1, 7), (1, 8), (2, 7), (2, 8)]


def test_what_was_given_stays_and_counts() -> None:
    assert spread([1, 2], [7, 8, 9], each=2, taken=[(1, 7), (1, 8)]) == [(2, 9), (2, 7)]


def test_who_stood_down_from_a_response_never_gets_it_again() -> None:
    assert spread([1], [7, 8], each=None, barred=[(1, 7)]) == [(1, 8)]


def test_with_too_few_people_each_response_gets_those_there_are() -> None:
    assert spread([1], [7], each=3) == [(1, 7)]


def test_nobody_on_the_panel_gives_nothing() -> None:
    assert spread([1, 2], [], each=2) == []


pairs = st.sets(st.tuples(st.integers(1, 8), st.integers(1, 5)), max_size=12)


@given(st.integers(0, 8), st.integers(0, 5), st.integers(1, 5), pairs, pairs)
def test_each_response_gets_enough_and_no_pair_twice(
    responses: int, people: int, each: int, taken: set[Pair], barred: set[Pair]
) -> None:
    barred -= taken
    asked, able = list(range(1, responses + 1)), list(range(1, people + 1))
    added = spread(asked, able, each=each, taken=taken, barred=barred)
    assert len(set(added)) == len(added)
    assert not set(added) & (taken | barred)
    got = Counter(response for response, _ in taken | set(added))
    for response in asked:
        possible = sum((response, person) not in barred | taken for person in able)
        had = sum(pair[0] == response for pair in taken)
        assert got[response] == max(had, min(each, had + possible))


@given(st.integers(1, 20), st.integers(1, 6), st.integers(1, 6))
def test_a_fresh_panel_shares_the_load_evenly(responses: int, people: int, each: int) -> None:
    added = spread(list(range(responses)), list(range(people)), each=each)
    load = Counter(person for _, person in added)
    assert max(load.values()) - min(load[person] for person in range(people)) <= 1


def test_a_response_goes_to_whoever_can_judge_what_is_still_uncovered() -> None:
    covers = {(1, 7): frozenset({10}), (1, 8): frozenset({11}), (1, 9): frozenset({10, 11}), (2, 7): frozenset({10})}
    assert spread([1, 2], [7, 8, 9], each=1, covers=covers) == [(1, 7), (1, 8), (2, 7)]
    assert spread([1], [7, 8, 9], each=None, covers=covers) == [(1, 7), (1, 8), (1, 9)]
    assert spread([1], [7, 8, 9], each=1, taken=[(1, 9)], covers=covers) == []


skills = st.builds(
    Skill, st.none() | st.frozensets(st.integers(1, 3), max_size=3), st.none() | st.frozensets(st.integers(1, 2))
)


@given(st.lists(st.sampled_from([1, 2]), max_size=6), st.lists(skills, max_size=5), st.integers(1, 3))
def test_nobody_gets_what_they_cannot_judge_and_every_criterion_gets_all_it_can(
    lots: list[int], panel: list[Skill], each: int
) -> None:
    criteria, responses, people = (1, 2, 3), list(range(len(lots))), list(range(len(panel)))
    covers = {(r, p): panel[p].of(criteria, lots[r]) for r in responses for p in people}
    added = spread(responses, people, each=each, covers=covers)
    assert all(covers[pair] for pair in added)
    short = {(lot, key) for lot, key, _ in uncovered(sorted(set(lots)), criteria, panel, each)}
    for response in responses:
        for key in criteria:
            able = sum(key in covers[response, person] for person in people)
            given_to = sum(key in covers[pair] for pair in added if pair[0] == response)
            assert given_to >= min(each, able)
            assert ((lots[response], key) in short) is (able < each)
