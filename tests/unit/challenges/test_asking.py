"""What a form costs a firm, in minutes that add up."""

import pytest

from portal.challenges.asking import effort_of, hours_in_words


def test_the_lines_add_up_to_the_sum() -> None:
    found = effort_of([("How", 500), ("Who", 55)])
    assert dict(found.lines) == {
        "Read the brief": 20,
        "Summary": 30,
        "How": 50,
        "Who": 6,
        "Price, and what it covers": 30,
        "Check and submit": 10,
    }
    assert (found.minutes, found.words) == (146, 1_155)
    assert found.said == "146 minutes (about 2 and a half hours)"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(10, "about half an hour"), (50, "about 1 hour"), (100, "about 1 and a half hours"), (615, "about 10 hours")],
)
def test_hours_are_said_as_people_say_them(minutes: int, words: str) -> None:
    assert hours_in_words(minutes) == words
