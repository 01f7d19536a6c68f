"""What each firm was offered and took, and when that is uneven."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.support.ledger import Offer, hours, lines, unevenness
from portal.support.pathway import EVEN_WITHIN_MINUTES

FIRMS = [(1, "Arbor"), (2, "Bramble")]


def offered(*offers: Offer) -> list[int]:
    return [line.people.offered for line in lines(FIRMS, offers)]


def test_a_free_time_counts_for_every_firm_that_could_have_it() -> None:
    assert offered(Offer(60, with_people=True)) == [60, 60]
    assert offered(Offer(60, with_people=True, for_plan=2)) == [0, 60]


def test_a_time_another_firm_took_was_not_offered() -> None:
    assert offered(Offer(60, with_people=True, held_by=1)) == [60, 0]


def test_what_a_firm_gave_back_was_offered_even_where_another_took_it() -> None:
    given_back = Offer(60, with_people=True, held_by=2, let_go_by=frozenset({1}))
    assert offered(given_back) == [60, 60]
    assert [line.people.taken for line in lines(FIRMS, [given_back])] == [0, 60]


def test_rooms_are_counted_apart_from_people() -> None:
    (line, _other) = lines(FIRMS, [Offer(90, with_people=False, held_by=1)])
    assert (line.people.offered, line.things.offered, line.things.taken) == (0, 90, 90)


@pytest.mark.parametrize(("more", "sentences"), [(0, 0), (1, 1)])
def test_it_is_uneven_beyond_the_published_figure(more: int, sentences: int) -> None:
    ledger = lines(FIRMS, [Offer(EVEN_WITHIN_MINUTES + more, with_people=True, held_by=1)])
    assert len(unevenness(ledger)) == sentences


def test_the_sentence_says_who_how_much_and_what_would_even_it() -> None:
    ledger = lines(FIRMS, [Offer(240, with_people=True, held_by=1), Offer(30, with_people=True, for_plan=2)])
    assert unevenness(ledger) == [
        "Time with people: Bramble was offered 30 minutes, and Arbor 4 hours. Offer Bramble 1 hour 30 minutes more."
    ]


def test_rooms_alone_can_make_it_uneven() -> None:
    ledger = lines(FIRMS, [Offer(180, with_people=False, held_by=2)])
    assert [sentence.split(" was")[0] for sentence in unevenness(ledger)] == ["Rooms and equipment: Arbor"]


def test_without_firms_nothing_is_uneven() -> None:
    assert unevenness([]) == []


OFFERS = st.lists(
    st.builds(
        Offer,
        st.integers(15, 480),
        with_people=st.just(True),
        for_plan=st.sampled_from([None, 1, 2]),
        held_by=st.sampled_from([None, 1, 2]),
    ),
    max_size=8,
)


@given(OFFERS)
def test_offering_what_the_sentence_asks_for_makes_it_even(offers: list[Offer]) -> None:
    ledger = lines(FIRMS, offers)
    if unevenness(ledger):
        least, most = sorted(ledger, key=lambda line: line.people.offered)
        short = most.people.offered - EVEN_WITHIN_MINUTES - least.people.offered
        assert unevenness(lines(FIRMS, [*offers, Offer(short, with_people=True, for_plan=least.plan_id)])) == []
        assert unevenness(lines(FIRMS, [*offers, Offer(short - 1, with_people=True, for_plan=least.plan_id)]))


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "no time"), (45, "45 minutes"), (60, "1 hour"), (90, "1 hour 30 minutes"), (480, "8 hours")],
)
def test_hours_are_said_as_people_say_them(minutes: int, said: str) -> None:
    assert hours(minutes) == said
